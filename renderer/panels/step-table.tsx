import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';

import { recordOfArrow } from '../ladder/ladder-scene.ts';
import { stepRows, type StepRow } from '../ladder/step-rows.ts';
import { millisText } from '../words/times.ts';
import { enterInspector } from './regions.ts';
import { useParts, useRenderer } from './window-parts.ts';

const columns = ['', 'Sent', 'From', 'To', 'Message', 'SDP', 'Step', 'Dialog', 'Checks'] as const;

/** Up to so many rows all are on the page; of more, those in view and a screen around them. */
const rowsMost = 200;
/** Height of a row, px; style/panels.css says the same. */
const rowHeight = 23;

/** The ladder's twin for keyboards and ears: the same messages, the same selection. */
export function StepTable(): ReactElement {
  const { actions } = useParts();
  const rows = useRows();
  const place = usePlace(rows);
  const at = Math.max(0, place);
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = useWindow(frame, rows.length, at);

  useEffect(() => {
    const row = body.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
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
    if (step === 0 || row === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    actions.select(row.record);
  }

  return (
    <div ref={frame} className="step-table scrolls inset-focus" data-region="ladder">
      <table role="grid" aria-label="Messages of the call" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column === '' ? <span className="only-heard">Number</span> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={move}>
          <Spacer rows={shown.first} />
          {rows.slice(shown.first, shown.last).map((row, index) => (
            <Row
              key={row.record}
              row={row}
              place={shown.first + index}
              selected={shown.first + index === place}
              reachable={shown.first + index === at}
            />
          ))}
          <Spacer rows={rows.length - shown.last} />
        </tbody>
      </table>
    </div>
  );
}

/** The rows of what the ladder draws: filtered as it is. */
function useRows(): readonly StepRow[] {
  const { scene, traces } = useParts();
  const version = useRenderer((state) => state.traceVersion);
  useRenderer((state) => state.arrangement);
  const arranged = scene.arranged();
  return useMemo(() => {
    // The trace is another one with every version.
    return version < 0 ? [] : stepRows(arranged, traces);
  }, [arranged, traces, version]);
}

/** The place of the selection among the rows, or −1. */
function usePlace(rows: readonly StepRow[]): number {
  const { scene } = useParts();
  const selected = useRenderer((state) => state.selected);
  if (selected === null) return -1;
  const arrow = scene.arranged().arrowOf(selected);
  const record = arrow === undefined ? selected : recordOfArrow(arrow);
  return rows.findIndex((row) => row.record === record);
}

/** Which rows are on the page: all of a short table, of a long one those around what is seen. */
function useWindow(
  frame: React.RefObject<HTMLDivElement | null>,
  count: number,
  reachable: number,
): { readonly first: number; readonly last: number } {
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const look = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [frame]);
  const { height } = seen;
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || count <= rowsMost) return;
    // The row that takes the focus must be there to take it.
    const y = reachable * rowHeight;
    const isSeen = y >= element.scrollTop && y <= element.scrollTop + height - 2 * rowHeight;
    if (!isSeen) element.scrollTop = y - height / 2;
  }, [frame, count, reachable, height]);
  if (count <= rowsMost) return { first: 0, last: count };
  const first = Math.floor((seen.top - height) / rowHeight);
  const last = Math.ceil((seen.top + 2 * height) / rowHeight);
  return { first: Math.max(0, Math.min(count, first)), last: Math.min(count, Math.max(last, 0)) };
}

function Spacer({ rows }: { readonly rows: number }): ReactElement | null {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={columns.length} style={{ height: rows * rowHeight }} />
    </tr>
  );
}

function Row({
  row,
  place,
  selected,
  reachable,
}: {
  readonly row: StepRow;
  readonly place: number;
  readonly selected: boolean;
  readonly reachable: boolean;
}): ReactElement {
  const { actions } = useParts();
  const later = useRenderer((state) => row.at > state.playhead);
  return (
    <tr
      aria-rowindex={place + 2}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      className={later ? 'later' : ''}
      onClick={() => actions.select(row.record)}
    >
      <td className="number">{row.number}</td>
      <td className="number">{millisText(row.at)}</td>
      <td>{row.from}</td>
      <td>{row.to}</td>
      <td>{row.what}</td>
      <td>{row.tags}</td>
      <td>{row.step ?? ''}</td>
      <td>{row.states}</td>
      <td>{checksInShort(row.checks)}</td>
    </tr>
  );
}

/** At most three; the requirements tab has them all. A cross stands before what does not hold. */
function checksInShort(checks: StepRow['checks']): string {
  const names = checks.map(({ clause, holds }) => (holds ? clause : `✗ ${clause}`));
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
