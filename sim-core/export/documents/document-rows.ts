import { visible } from '../../base/text-problems.ts';
import { micros, printSeconds, type Micros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { Run } from '../../run/run.ts';
import type { MessageView } from '../../trace/message-view.ts';
import { labelOf } from '../../trace/text-ladder-arrows.ts';
import { nodesInOrder } from '../../trace/text-ladder-lanes.ts';
import { userText } from '../../trace/text-ladder.ts';
import { viewMessages } from '../../trace/view-messages.ts';

/** Messages by their records; null stands for all of them. */
export type Chosen = ReadonlySet<RecordNumber> | null;

/** One line of a document about a run, in the order of time. */
export type DocumentRow =
  | { readonly kind: 'message'; readonly at: Micros; readonly view: MessageView }
  | { readonly kind: 'act'; readonly at: Micros; readonly node: NodeId; readonly says: string }
  /** Nothing is shown for so long before the row that follows. */
  | { readonly kind: 'silence'; readonly at: Micros; readonly lasts: Micros };

/** Longer silence than this is a row of its own, in µs; as in the text ladder. */
const silenceLeast = 1_000_000;

/** What a document tells of a run: messages, what people do, and long silences. */
export function documentRows({ header, records }: Run, chosen: Chosen): DocumentRow[] {
  const messages = viewMessages(header, records)
    .filter(({ record }) => chosen === null || chosen.has(record))
    .map((view) => ({ kind: 'message', at: view.sentAt, number: view.record, view }) as const);
  const acts = records.flatMap((record) => {
    if (record.kind !== 'user' || chosen !== null) return [];
    const { at, number, node, action } = record;
    return [{ kind: 'act', at, number, node, says: userText(action) } as const];
  });
  const rows: DocumentRow[] = [];
  let before: Micros | null = null;
  for (const row of [...messages, ...acts].toSorted((a, b) => a.at - b.at || a.number - b.number)) {
    const lasts = before === null ? 0 : row.at - before;
    if (lasts >= silenceLeast) rows.push({ kind: 'silence', at: row.at, lasts: micros(lasts) });
    rows.push(row);
    before = row.at;
  }
  return rows;
}

/** The lifelines of a run, left to right, with names that are safe to print. */
export function lifelinesOf({ header }: Run): { readonly id: NodeId; readonly title: string }[] {
  return nodesInOrder(header).map(({ id, title }) => ({ id, title: visible(title) }));
}

/** `'6 UPDATE O2'`, and what became of it where it did not simply arrive. */
export function messageText(view: MessageView): string {
  const fate = fateWords(view);
  return visible(fate === '' ? labelOf(view) : `${labelOf(view)} (${fate})`);
}

/** `'lost'`, `'absorbed'`, `'delivered twice'`, or nothing to say. */
export function fateWords({ lost, absorbed, againAt }: MessageView): string {
  if (lost) return 'lost';
  if (absorbed) return 'absorbed';
  return againAt === null ? '' : 'delivered twice';
}

export function silenceText(lasts: Micros): string {
  return `${printSeconds(lasts)} s`;
}

/** What identifies a run, for the foot of everything made of it; pure ASCII. */
export function footerOf({ header, fingerprint }: Run): string {
  const inputs = `seed ${header.seed}, profile ${header.profile}`;
  return `${inputs}, fingerprint ${fingerprint}, ringscope ${header.engine}`;
}
