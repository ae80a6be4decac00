import type { RecordNumber } from '../../sim-core/reading.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { exchangesOf } from '../words/agreed-lines.ts';
import { arrowsOf, messagesOf } from './from-trace.ts';
import { recordOfArrow } from './ladder-scene.ts';
import type { MessageId } from './layout/ladder-input.ts';
import { groupsOf } from './message-groups.ts';

/** What a message has to do with others, as arrows. */
export interface Kin {
  readonly arrow: MessageId;
  /** Itself, its transaction, and those below: they stay while the rest steps back. */
  readonly stays: ReadonlySet<MessageId>;
  /** What caused it, and the other half of the offers and answers it carries. */
  readonly related: ReadonlySet<MessageId>;
}

/**
 * @param record of a message that is drawn
 * @param arrowAt the arrow that is drawn for a record of a message; undefined where none is
 */
export function kinOf(
  record: RecordNumber,
  traces: TraceStore,
  arrowAt: (record: RecordNumber) => MessageId | undefined,
): Kin | null {
  const { arrowOf, messageOf } = traces.view(arrowsOf);
  const own = arrowOf.get(record) ?? '';
  const message = messageOf.get(own);
  const arrow = arrowAt(record);
  if (message === undefined || arrow === undefined) return null;
  const halves = exchangesOf(message, traces.view(messagesOf)).flatMap(({ offer, answer }) => [
    offer.record,
    ...(answer === null ? [] : [answer.record]),
  ]);
  const drawn = (records: readonly RecordNumber[]): MessageId[] =>
    records.flatMap((one) => arrowAt(one) ?? []);
  const related = new Set(drawn([message.cause, ...halves]));
  related.delete(arrow);
  const groups = traces.view(groupsOf);
  const transaction = groups.get(own)?.transaction ?? null;
  const fellows = [...groups].flatMap(([id, one]) =>
    transaction !== null && one.transaction === transaction ? [recordOfArrow(id)] : [],
  );
  return { arrow, stays: new Set([arrow, ...related, ...drawn(fellows)]), related };
}
