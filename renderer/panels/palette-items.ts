import {
  findClause,
  gaps,
  micros,
  switchTable,
  type ClauseId,
  type Micros,
  type RecordNumber,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import type { TraceArrows } from '../ladder/trace-arrows.ts';
import type { ScenarioEntry } from '../store/renderer-state.ts';
import { keyTable, printKeys, type KeyAction } from '../words/keys.ts';
import { directionWords } from '../words/parties.ts';
import { millisWithUnit } from '../words/times.ts';

/** What choosing an item does. */
export type PaletteDeed =
  | { readonly kind: 'scenario'; readonly key: string }
  | { readonly kind: 'message'; readonly record: RecordNumber }
  | { readonly kind: 'clause'; readonly clause: ClauseId }
  | { readonly kind: 'gap'; readonly sought: string }
  | { readonly kind: 'instant'; readonly at: Micros }
  | { readonly kind: 'command'; readonly action: KeyAction };

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  readonly says: string;
  /** What is said beside it: keys, an instant, where it belongs. */
  readonly hint: string;
  readonly deed: PaletteDeed;
}

/** What there is to go to in the window. */
export interface Places {
  readonly header: TraceHeader | null;
  readonly arrows: TraceArrows;
  /** The clauses that are judged, in this run or in any. */
  readonly clauses: readonly ClauseId[];
  readonly scenarios: readonly ScenarioEntry[];
}

/** Every command that a key of the table does. */
export function commandItems(): PaletteItem[] {
  return keyTable
    .filter(({ action }) => action !== 'leave' && !action.startsWith('node '))
    .map(({ action, keys, says, group }) => ({
      id: `command ${action}`,
      group: `Commands: ${group}`,
      says: says.slice(0, 1).toUpperCase() + says.slice(1),
      hint: printKeys(keys[0] ?? ''),
      deed: { kind: 'command', action },
    }));
}

/** Everything one can go to: messages, clauses, gaps and switches, scenarios. */
export function placeItems({ header, arrows, clauses, scenarios }: Places): PaletteItem[] {
  return [
    ...messageItems(header, arrows),
    ...clauses.map((clause): PaletteItem => {
      const known = findClause(clause);
      const says = `${clause} ${known?.title ?? ''}`.trim();
      const hint = known?.document ?? '';
      const deed = { kind: 'clause', clause } as const;
      return { id: `clause ${clause}`, group: 'Clauses', says, hint, deed };
    }),
    ...gaps.map(({ id, title }): PaletteItem => ({
      id: `gap ${id}`,
      group: 'Gaps',
      says: `${id} ${title}`,
      hint: '',
      deed: { kind: 'gap', sought: id },
    })),
    ...switchTable.map(({ name, gap }): PaletteItem => ({
      id: `switch ${name}`,
      group: 'Switches',
      says: name,
      hint: gap,
      deed: { kind: 'gap', sought: name },
    })),
    ...scenarios.map(({ key, title, folder }): PaletteItem => ({
      id: `scenario ${key}`,
      group: 'Scenarios',
      says: title,
      hint: folder,
      deed: { kind: 'scenario', key },
    })),
  ];
}

function messageItems(header: TraceHeader | null, { messageOf }: TraceArrows): PaletteItem[] {
  if (header === null) return [];
  return [...messageOf.values()]
    .toSorted((one, other) => one.record - other.record)
    .map(({ record, text, step, from, to, sentAt }) => {
      const which = step === null ? '' : `Step ${step} `;
      return {
        id: `message ${record}`,
        group: 'Messages',
        says: `${which}${text}, ${directionWords(header, from, to)}`,
        hint: millisWithUnit(sentAt),
        deed: { kind: 'message', record },
      };
    });
}

/** Items shown at most; whoever wants others types more. */
const shownMost = 50;

/** The items with all these words in them, those that begin with them first. */
export function foundItems(items: readonly PaletteItem[], sought: string): PaletteItem[] {
  const text = sought.trim().toLowerCase();
  const words = text.split(/\s+/).filter((word) => word !== '');
  const found = items.filter((item) => {
    const whole = `${item.says} ${item.hint} ${item.group}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const begins = (item: PaletteItem): number => (item.says.toLowerCase().startsWith(text) ? 0 : 1);
  const instant = instantItem(text);
  const sorted = found.toSorted((one, other) => begins(one) - begins(other));
  return [...(instant === null ? [] : [instant]), ...sorted].slice(0, shownMost);
}

/** `5.65s`, `5650ms`: an instant to go to. */
function instantItem(text: string): PaletteItem | null {
  const written = /^(\d{1,6}(?:\.\d{1,6})?) ?(ms|s)$/.exec(text);
  if (written === null) return null;
  const at = micros(Math.round(Number(written[1]) * (written[2] === 's' ? 1_000_000 : 1_000)));
  const says = `Go to ${millisWithUnit(at)}`;
  return { id: 'instant', group: 'Time', says, hint: '', deed: { kind: 'instant', at } };
}
