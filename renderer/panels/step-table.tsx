import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';

import type { MessageView, RecordNumber, TraceNode, TraceRecord } from '../../sim-core/reading.ts';
import { clausesShownBy } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import type { TraceView } from '../store/trace-store.ts';
import { verbs } from '../words/acts.ts';
import { nodeOf, shortTitle } from '../words/parties.ts';
import { millisText } from '../words/times.ts';
import { enterInspector } from './regions.ts';
import { useParts, useRenderer, useTrace } from './window-parts.ts';

/** One row: a message, or what a person does. */
interface TableRow {
  readonly record: RecordNumber;
  /** As on the ladder; null for what a person does. */
  readonly number: number | null;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly message: MessageView | null;
  readonly what: string;
  readonly states: string;
}

/** The ladder as rows, in the order of time. */
export const tableRowsOf: TraceView<readonly TableRow[]> = ({ header, records }, view) => {
  if (header === null) return [];
  const title = (id: TraceNode['id']): string => shortTitle(nodeOf(header, id).title);
  const { arrows, messageOf } = view(arrowsOf);
  const rows: TableRow[] = [];
  for (const { id, text, number } of arrows) {
    const message = messageOf.get(id);
    if (message === undefined) continue;
    rows.push({
      record: message.record,
      number,
      at: message.sentAt,
      from: title(message.from),
      to: title(message.to),
      message,
      what: text,
      states: stateChanges(message, records),
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
      message: null,
      what: verbs[record.action.kind],
      states: '',
    });
  }
  return rows.toSorted((one, other) => one.at - other.at || one.record - other.record);
};

/** The dialog states that changed because this message was sent or received. */
function stateChanges(message: MessageView, records: readonly TraceRecord[]): string {
  const causes = new Set<number>(message.received);
  const changes: string[] = [];
  for (const record of records) {
    if (record.kind !== 'note' || record.note.kind !== 'state') continue;
    if (record.note.machine !== 'dialog' || !causes.has(record.cause)) continue;
    changes.push(record.note.to);
  }
  return [...new Set(changes)].join(', ');
}

const columns = ['', 'Sent', 'From', 'To', 'Message', 'SDP', 'Step', 'Dialog', 'Clauses'] as const;

/** The ladder's twin for keyboards and ears: the same messages, the same selection. */
export function StepTable(): ReactElement {
  const { actions } = useParts();
  const rows = useTrace(tableRowsOf);
  const selected = useRenderer((state) => state.selected);
  const body = useRef<HTMLTableSectionElement>(null);
  const place = rows.findIndex(({ record }) => record === selected);
  const at = Math.max(0, place);

  useEffect(() => {
    const row = body.current?.rows[at];
    row?.scrollIntoView({ block: 'nearest' });
    if (body.current?.contains(document.activeElement) === true) row?.focus();
  }, [at]);

  function move(event: KeyboardEvent<HTMLTableSectionElement>): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      enterInspector(document);
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = rows[place < 0 ? at : at + step];
    if (step === 0 || row === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    actions.select(row.record);
  }

  return (
    <div className="step-table scrolls inset-focus" data-region="ladder">
      <table role="grid" aria-label="Messages of the call" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column === '' ? <span className="only-heard">Number</span> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          {rows.map((row, index) => (
            <StepRow key={row.record} row={row} reachable={index === at} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StepRow({
  row,
  reachable,
}: {
  readonly row: TableRow;
  readonly reachable: boolean;
}): ReactElement {
  const { traces, actions } = useParts();
  const arrows = useTrace(arrowsOf);
  const selected = useRenderer((state) => state.selected === row.record);
  const later = useRenderer((state) => row.at > state.playhead);
  const clauses = [...clausesShownBy(traces.trace, arrows, row.record)];
  return (
    <tr
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      className={later ? 'later' : ''}
      onClick={() => actions.select(row.record)}
    >
      <td className="number">{row.number}</td>
      <td className="number">{millisText(row.at)}</td>
      <td>{row.from}</td>
      <td>{row.to}</td>
      <td>
        {row.what}
        {fate(row.message)}
      </td>
      <td>{row.message?.marks.map(({ side, number }) => `${side}${number}`).join(' ')}</td>
      <td>{row.message?.step ?? ''}</td>
      <td>{row.states}</td>
      <td>{shortList(clauses)}</td>
    </tr>
  );
}

/** At most three; the requirements tab has them all. */
function shortList(clauses: readonly string[]): string {
  if (clauses.length <= 3) return clauses.join(', ');
  return `${clauses.slice(0, 2).join(', ')} and ${clauses.length - 2} more`;
}

function fate(message: MessageView | null): string {
  if (message === null) return '';
  const words: string[] = [];
  if (message.resent > 0) words.push(`resent ${message.resent}`);
  if (message.lost) words.push('lost');
  if (message.absorbed) words.push('absorbed');
  return words.length === 0 ? '' : `, ${words.join(', ')}`;
}
