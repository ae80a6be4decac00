import { isControl, type MessageView, type RecordNumber } from '../../sim-core/reading.ts';
import type { LadderFolds } from '../store/arrangement.ts';
import { findBusySpans } from './layout/busy-spans.ts';
import { CUT_AFTER_MICROS } from './layout/dimensions.ts';
import { takeApart } from './layout/folding.ts';
import type { LadderFold, LadderInput, LadderMessage, MessageId } from './layout/ladder-input.ts';
import type { Blame, MessageGroups } from './message-groups.ts';

/** What is known of the messages that may be folded. */
export interface Foldable {
  readonly messageOf: ReadonlyMap<MessageId, MessageView>;
  readonly groups: ReadonlyMap<MessageId, MessageGroups>;
  readonly blames: ReadonlyMap<MessageId, Blame>;
}

/** Which fold a row on the page is: `'transaction 15'` is of the one that begins with record 15. */
export type FoldId =
  'set-up' | `trying ${MessageId}` | `resent ${MessageId}` | `transaction ${RecordNumber}`;

/**
 * The folds that are closed, in the order in which they take their messages: none is in two.
 * @param input the messages that are drawn
 */
export function findFolds(
  input: LadderInput,
  folds: Omit<LadderFolds, 'setUp'> & { readonly setUp: boolean },
  foldable: Foldable,
): readonly LadderFold[] {
  const taken = new Set<MessageId>();
  const found: LadderFold[] = [];
  const add = (
    id: FoldId,
    name: string,
    members: readonly LadderMessage[],
    span: LadderFold['span'],
  ): void => {
    const messages = members.filter((one) => !taken.has(one.id)).map((one) => one.id);
    if (messages.length === 0) return;
    for (const message of messages) taken.add(message);
    found.push({ id, name, messages, span, worst: worstOf(messages, foldable) });
  };
  if (folds.setUp) {
    const setUp = setUpOf(input, foldable);
    if (setUp !== null) add('set-up', 'Set-up', setUp.messages, setUp.span);
  }
  for (const first of folds.transactions) {
    const members = transactionFrom(first, input, foldable);
    add(`transaction ${first}`, transactionName(members), members, null);
  }
  if (folds.trying) {
    for (const burst of bursts(input.messages.filter(({ text }) => text === '100 Trying'))) {
      add(`trying ${burst[0]?.id ?? ''}`, '100 Trying', burst, null);
    }
  }
  if (folds.resent) {
    for (const [first, copies] of copiesOf(input.messages, foldable)) {
      add(`resent ${first}`, `${copies[0]?.text ?? ''} resent`, copies, null);
    }
  }
  return found;
}

function worstOf(messages: readonly MessageId[], { blames }: Foldable): LadderFold['worst'] {
  const found = messages.map((id) => blames.get(id));
  if (found.includes('fails')) return 'fails';
  return found.includes('warns') ? 'warns' : null;
}

/**
 * From the first INVITE until nothing more is signalled after the ring has been told to play, or,
 * where nobody is told, after the INVITE. Null where the whole call is one busy time.
 */
export function setUpOf(
  input: LadderInput,
  { messageOf }: Pick<Foldable, 'messageOf'>,
): {
  readonly messages: readonly LadderMessage[];
  readonly span: { readonly fromMicros: number; readonly toMicros: number };
} | null {
  const invite = input.messages.find(({ text }) => text === 'INVITE');
  if (invite === undefined) return null;
  const play = input.messages.find(({ id }) => isPlay(messageOf.get(id)));
  const at = (play ?? invite).sentMicros;
  const spans = findBusySpans(takeApart({ ...input, folds: [] }), input.endsAtMicros);
  const place = spans.findIndex(({ fromMicros, toMicros }) => at >= fromMicros && at <= toMicros);
  const end = spans[place]?.toMicros;
  if (end === undefined || place === spans.length - 1) return null;
  const fromMicros = Math.min(invite.sentMicros, spans[0]?.fromMicros ?? 0);
  const messages = input.messages.filter(({ sentMicros }) => sentMicros <= end);
  return { messages, span: { fromMicros, toMicros: end } };
}

function isPlay(message: MessageView | undefined): boolean {
  if (message === undefined || !isControl(message.packet)) return false;
  return message.packet.form === 'command' && message.packet.command.kind === 'play';
}

/** The messages of the transaction that a record's message belongs to. */
export function transactionFrom(
  record: RecordNumber,
  { messages }: Pick<LadderInput, 'messages'>,
  { groups }: Pick<Foldable, 'groups'>,
): readonly LadderMessage[] {
  const transaction = groups.get(String(record))?.transaction ?? null;
  if (transaction === null) return [];
  return messages.filter(({ id }) => groups.get(id)?.transaction === transaction);
}

function transactionName(members: readonly LadderMessage[]): string {
  const first = members.find(({ kind }) => kind === 'request' || kind === 'command');
  return (first ?? members[0])?.text ?? '';
}

/** Messages that follow each other without a pause worth a cut. */
function bursts(messages: readonly LadderMessage[]): LadderMessage[][] {
  const found: LadderMessage[][] = [];
  for (const message of messages.toSorted((one, other) => one.sentMicros - other.sentMicros)) {
    const burst = found.at(-1);
    const last = burst?.at(-1);
    const isNear = last !== undefined && message.sentMicros - last.sentMicros < CUT_AFTER_MICROS;
    if (burst !== undefined && isNear) burst.push(message);
    else found.push([message]);
  }
  return found;
}

/** The further copies of every message that was sent more than once, by its first copy. */
function copiesOf(
  messages: readonly LadderMessage[],
  { messageOf }: Foldable,
): ReadonlyMap<string, readonly LadderMessage[]> {
  const copies = new Map<string, LadderMessage[]>();
  for (const message of messages) {
    if (message.retransmission === null) continue;
    const first = String(messageOf.get(message.id)?.first ?? message.id);
    const list = copies.get(first);
    if (list === undefined) copies.set(first, [message]);
    else list.push(message);
  }
  return copies;
}
