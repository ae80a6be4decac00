import { LABEL_MOVES_MOST, LABEL_TEXT_PX, WORD_STEP } from './dimensions.ts';
import type { EventHeight } from './event-heights.ts';
import type { LadderTimer, LifelineId, MeasureText, StateBand } from './ladder-input.ts';
import type {
  LadderLabel,
  PlacedAction,
  PlacedLifeline,
  PlacedTimer,
  SideWord,
} from './ladder-layout.ts';
import { lifelinePlace } from './lifelines.ts';

/** Distances of words from their lifeline, and of their baselines from what they name, px. */
const STATE_X = 12;
const VERB_X = 16;
const TIMER_X = 14;
const STATE_BASELINE = 6;
const BASELINE = 4;

interface Wish {
  readonly place: number;
  readonly y: number;
  readonly word: Omit<SideWord, 'y' | 'anchor' | 'x'>;
  readonly distance: number;
}

/** The words beside one lifeline: those above push later ones down. */
interface SideColumn {
  lowest: number;
  /** Baselines by the multiple of `WORD_STEP` they fall into, to find neighbours. */
  readonly taken: Map<number, number>;
}

function emptyColumn(): SideColumn {
  return { lowest: -Infinity, taken: new Map() };
}

function isTaken({ taken }: SideColumn, y: number): boolean {
  const slot = Math.floor(y / WORD_STEP);
  return [slot - 1, slot, slot + 1].some((near) => {
    const other = taken.get(near);
    return other !== undefined && Math.abs(other - y) < WORD_STEP;
  });
}

function take(column: SideColumn, y: number): number {
  column.taken.set(Math.floor(y / WORD_STEP), y);
  return y;
}

/**
 * A timer's text moves down to the next free place, and up where a label is in its way; a crowd of
 * them leaves some unnamed.
 */
function timerBaseline(
  column: SideColumn,
  y: number,
  isLabelled: (baseline: number) => boolean,
): number | null {
  for (const way of isLabelled(y) ? [1, -1] : [1]) {
    for (let move = 0; move <= LABEL_MOVES_MOST; move++) {
      const there = y + way * move * WORD_STEP;
      if (!isTaken(column, there) && !isLabelled(there)) return take(column, there);
    }
  }
  return null;
}

/** What a word takes above and below its baseline, and keeps beside it, px. */
const ASCENT = 10;
const DESCENT = 3;
const CLEARANCE = 6;

type Box = Pick<LadderLabel, 'x' | 'y' | 'width' | 'height'>;

/** Tells whether a label lies on the line of a word from `x1` to `x2`, or hardly beside it. */
function labelFinder(labels: readonly Box[]) {
  const byRow = new Map<number, Box[]>();
  const rowOf = (y: number): number => Math.floor(y / WORD_STEP);
  for (const label of labels) {
    for (let row = rowOf(label.y); row <= rowOf(label.y + label.height); row++) {
      const known = byRow.get(row);
      if (known === undefined) byRow.set(row, [label]);
      else known.push(label);
    }
  }
  return (x1: number, x2: number, baseline: number): boolean => {
    const [top, bottom] = [baseline - ASCENT, baseline + DESCENT];
    return [rowOf(top), rowOf(bottom)].some((row) =>
      (byRow.get(row) ?? []).some(
        ({ x, y, width, height }) =>
          x < x2 + CLEARANCE && x + width > x1 - CLEARANCE && y < bottom && y + height > top,
      ),
    );
  };
}

function stateWishes(
  bands: readonly StateBand[],
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
): Wish[] {
  const latest = new Map<LifelineId, string>();
  const wishes: Wish[] = [];
  for (const { lifeline, word, fromMicros } of bands) {
    const place = lifelinePlace(places, lifeline, `A state band at ${fromMicros} µs`);
    if (word === null || lifelines[place]?.outermost !== true) continue;
    if (latest.get(lifeline) === word) continue;
    latest.set(lifeline, word);
    const y = eventHeight(lifeline, fromMicros) + STATE_BASELINE;
    wishes.push({ place, y, word: { kind: 'state', text: word }, distance: STATE_X });
  }
  return wishes;
}

/** What stands outside the lifelines, and where it would like to be. */
export interface SideContents {
  /** In the order of their beginnings; none where the window is narrow. */
  readonly bands: readonly StateBand[];
  readonly actions: readonly PlacedAction[];
  /** Timers and their brackets, place by place. */
  readonly timers: readonly LadderTimer[];
  readonly brackets: readonly PlacedTimer[];
  /** What has its place already: words of timers keep clear of it. */
  readonly labels: readonly Box[];
}

/**
 * Words beside the lifelines: what the user does, states at their changes, timers in the middle
 * of their brackets. Where two come closer than `WORD_STEP` the later one moves down.
 */
export function placeWords(
  contents: SideContents,
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  eventHeight: EventHeight,
  measure: MeasureText,
): readonly SideWord[] {
  const columns = lifelines.map(emptyColumn);
  const words: SideWord[] = [];
  const settle = ({ place, word, distance }: Wish, y: number): void => {
    const { x, side } = lifelines[place] ?? { x: 0, side: 'right' };
    const anchor = side === 'left' ? 'end' : 'start';
    words.push({ ...word, x: side === 'left' ? x - distance : x + distance, y, anchor });
  };
  const wishes: Wish[] = contents.actions.map(({ lifeline, verb, y }) => ({
    place: places.get(lifeline) ?? 0,
    y: y + BASELINE,
    word: { kind: 'verb', text: verb },
    distance: VERB_X,
  }));
  wishes.push(...stateWishes(contents.bands, lifelines, places, eventHeight));
  // Stable, and verbs are listed first: at one height they keep their place.
  wishes.sort((a, b) => Math.round(a.y) - Math.round(b.y));
  for (const wish of wishes) {
    const column = columns[wish.place] ?? emptyColumn();
    column.lowest = take(column, Math.max(wish.y, column.lowest + WORD_STEP));
    settle(wish, column.lowest);
  }
  const isLabelled = labelFinder(contents.brackets.length === 0 ? [] : contents.labels);
  contents.brackets.forEach(({ y1, y2 }, index) => {
    const timer = contents.timers[index];
    if (timer === undefined) return;
    const place = places.get(timer.lifeline) ?? 0;
    const { x, side } = lifelines[place] ?? { x: 0, side: 'right' };
    const reach = TIMER_X + measure(timer.text, LABEL_TEXT_PX, 400);
    const [left, right] = side === 'left' ? [x - reach, x - TIMER_X] : [x + TIMER_X, x + reach];
    const middle = (y1 + y2) / 2 + BASELINE;
    const y = timerBaseline(columns[place] ?? emptyColumn(), middle, (baseline) =>
      isLabelled(left, right, baseline),
    );
    const word = { kind: 'timer', text: timer.text } as const;
    if (y !== null) settle({ place, y, word, distance: TIMER_X }, y);
  });
  return words;
}
