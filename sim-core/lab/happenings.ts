import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import type { Run } from '../run/run.ts';
import { messageInWords } from '../trace/message-in-words.ts';
import { userText } from '../trace/text-ladder.ts';
import { viewMessages } from '../trace/view-messages.ts';

/** A run, as far as races are looked for in it. */
export type RacedRun = Pick<
  Run,
  'header' | 'records' | 'outcome' | 'verdicts' | 'warnings' | 'ended'
>;

/** What a node acts upon: whatever else it records follows from one of these. */
export type Happening = Extract<TraceRecord, { kind: 'received' | 'timer fired' | 'user' }>;

/** What happened to the nodes of a run, by name. */
export interface Happenings {
  readonly run: RacedRun;
  /** In the order in which it happened. */
  readonly all: readonly Happening[];
  /** The message, as a fault sentence names it; null for what no fault can name. */
  messageOf(received: TraceRecord): string | null;
  say(happening: Happening): string;
  /**
   * The same thing in another run, where it need not have happened: what is called the same at
   * the same node, and as many of these before it.
   */
  find(happening: Happening, other: Happenings): Happening | null;
}

export function happeningsOf(run: RacedRun): Happenings {
  const { header, records } = run;
  const all = records.filter(isHappening);
  let names: ReadonlyMap<RecordNumber, string> | null = null;

  function messageOf({ number }: TraceRecord): string | null {
    names ??= namesOf(run);
    return names.get(number) ?? null;
  }

  return {
    run,
    all,
    messageOf,
    say(happening) {
      switch (happening.kind) {
        case 'received':
          return messageOf(happening) ?? happening.packet.label;
        case 'timer fired':
          return `timer ${happening.timer}`;
        case 'user': {
          const { name } = header.nodes.find(({ id }) => id === happening.node) ?? {};
          return `${name ?? 'somebody'} ${userText(happening.action)}`;
        }
      }
    },
    find(happening, other) {
      const isSame = likeIt(happening);
      const before = all.filter((one) => one.number < happening.number && isSame(one)).length;
      return other.all.filter(isSame)[before] ?? null;
    },
  };
}

/** Every message by the record of its arrival; the network's own second copy has no name. */
function namesOf({ header, records }: RacedRun): ReadonlyMap<RecordNumber, string> {
  const messages = viewMessages(header, records);
  const names = new Map<RecordNumber, string>();
  for (const message of messages) {
    const [received] = message.received;
    if (received === undefined) continue;
    const words = messageInWords(message, messages, header);
    if (words !== null) names.set(received, words);
  }
  return names;
}

function isHappening(record: TraceRecord): record is Happening {
  return record.kind === 'received' || record.kind === 'timer fired' || record.kind === 'user';
}

function likeIt(happening: Happening): (other: Happening) => boolean {
  const key = keyOf(happening);
  return (other) => other.node === happening.node && keyOf(other) === key;
}

function keyOf(happening: Happening): string {
  switch (happening.kind) {
    case 'received':
      return `received ${happening.packet.label} from ${happening.from}`;
    case 'timer fired':
      return `timer ${happening.timer}`;
    case 'user':
      return `user ${happening.action.kind}`;
  }
}
