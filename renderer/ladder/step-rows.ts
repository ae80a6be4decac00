import type {
  ClauseId,
  MessageView,
  RecordNumber,
  TraceNode,
  TraceRecord,
} from '../../sim-core/reading.ts';
import type { TraceStore, TraceView } from '../store/trace-store.ts';
import { verbs } from '../words/acts.ts';
import { nodeOf, shortTitle } from '../words/parties.ts';
import type { ArrangedLadder } from './arrange-ladder.ts';
import { arrowsOf } from './from-trace.ts';
import { recordOfArrow } from './ladder-scene.ts';
import type { LadderMessage } from './layout/ladder-input.ts';
import { clausesByArrow } from './message-groups.ts';

/** One row of the ladder's twin: a message, or what a person does. */
export interface StepRow {
  readonly record: RecordNumber;
  /** As on the ladder; null for what a person does. */
  readonly number: number | null;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** `'O1'`, `'O1 A2'`; empty for a message without SDP. */
  readonly tags: string;
  readonly step: number | null;
  /** The dialog states that changed because of it. */
  readonly states: string;
  /** The clauses it is evidence for: those that do not hold first. */
  readonly checks: readonly { readonly clause: ClauseId; readonly holds: boolean }[];
}

/** The messages that are drawn or folded, and the acts between them, in the order of time. */
export function stepRows(
  { input }: ArrangedLadder,
  { trace, view }: Pick<TraceStore, 'trace' | 'view'>,
): readonly StepRow[] {
  const { header, records } = trace;
  if (header === null) return [];
  const title = (id: TraceNode['id']): string => shortTitle(nodeOf(header, id).title);
  const titles = new Map(input.lifelines.map((line) => [line.id, shortTitle(line.title)]));
  const { messageOf } = view(arrowsOf);
  const changes = view(stateChanges);
  const clauses = view(clausesByArrow);
  const violated = view(violatedClauses);
  const rows: StepRow[] = [];
  for (const message of input.messages) {
    const shown = messageOf.get(message.id);
    if (shown === undefined) continue;
    rows.push({
      record: recordOfArrow(message.id),
      number: message.number,
      at: message.sentMicros,
      from: titles.get(message.from) ?? '',
      to: titles.get(message.to) ?? '',
      what: `${message.text}${fateOf(message)}`,
      tags: message.tags.map(({ text }) => text).join(' '),
      step: message.step,
      states: statesAfter(shown, changes),
      checks: checksOf(clauses.get(message.id) ?? [], violated),
    });
  }
  for (const record of records) {
    if (record.kind !== 'user') continue;
    rows.push({
      record: record.number,
      number: null,
      at: record.at,
      from: title(record.node),
      to: '',
      what: verbs[record.action.kind],
      tags: '',
      step: null,
      states: '',
      checks: [],
    });
  }
  return rows.sort((one, other) => one.at - other.at || one.record - other.record);
}

/** The dialog states that changed because of each record. */
const stateChanges: TraceView<ReadonlyMap<number, readonly string[]>> = ({ records }) => {
  const changes = new Map<number, string[]>();
  for (const record of records) {
    const state = dialogState(record);
    if (state === null) continue;
    const list = changes.get(record.cause);
    if (list === undefined) changes.set(record.cause, [state]);
    else list.push(state);
  }
  return changes;
};

function dialogState(record: TraceRecord): string | null {
  if (record.kind !== 'note' || record.note.kind !== 'state') return null;
  return record.note.machine === 'dialog' ? record.note.to : null;
}

function statesAfter(
  { received }: MessageView,
  changes: ReadonlyMap<number, readonly string[]>,
): string {
  const states = received.flatMap((record) => changes.get(record) ?? []);
  return [...new Set(states)].join(', ');
}

const violatedClauses: TraceView<ReadonlySet<ClauseId>> = ({ end }) =>
  new Set(
    (end?.verdicts ?? []).flatMap(({ verdict, clause }) =>
      verdict === 'violated' ? [clause] : [],
    ),
  );

function checksOf(
  clauses: readonly ClauseId[],
  violated: ReadonlySet<ClauseId>,
): StepRow['checks'] {
  const checks = clauses.map((clause) => ({ clause, holds: !violated.has(clause) }));
  return checks.toSorted((one, other) => Number(one.holds) - Number(other.holds));
}

function fateOf({ retransmission, journey, absorbed, duplicate }: LadderMessage): string {
  const words: string[] = [];
  if (retransmission !== null) {
    words.push(retransmission.number === null ? 'again' : `resent ${retransmission.number}`);
  }
  if (journey.end === 'lost') words.push('lost');
  if (duplicate) words.push('twice');
  if (absorbed) words.push('absorbed');
  return words.length === 0 ? '' : `, ${words.join(', ')}`;
}
