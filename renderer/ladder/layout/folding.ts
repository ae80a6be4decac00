import { type Flight, orderFlights } from './flights.ts';
import { countUpTo } from './height-map.ts';
import type { LadderFold, LadderInput, MessageId, Micros } from './ladder-input.ts';

/** A fold and the time it stands for; of one without a span, the instant where it is put. */
export interface FoldAnchor {
  readonly fold: LadderFold;
  readonly flights: readonly Flight[];
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** What is drawn thing by thing, and the folds that hold the rest. */
export interface Unfolded {
  readonly flights: readonly Flight[];
  readonly timers: LadderInput['timers'];
  readonly userActions: LadderInput['userActions'];
  /** In the order of their beginnings. */
  readonly anchors: readonly FoldAnchor[];
}

/**
 * Takes a run apart: what stands by itself, and what its folds hold.
 * @throws RangeError as `orderFlights` does
 */
export function takeApart(input: LadderInput): Unfolded {
  const { folds, timers, userActions } = input;
  const all = orderFlights(input.messages, input.lifelines);
  if (folds.length === 0) return { flights: all, timers, userActions, anchors: [] };
  const foldOf = new Map<MessageId, LadderFold>();
  for (const fold of folds) for (const id of fold.messages) foldOf.set(id, fold);
  const inside = new Map<LadderFold, Flight[]>();
  const flights: Flight[] = [];
  for (const flight of all) {
    const fold = foldOf.get(flight.message.id);
    if (fold === undefined) flights.push(flight);
    else addTo(inside, fold, flight);
  }
  const anchors = [...inside]
    .map(([fold, held]) => anchorOf(fold, held))
    .sort((a, b) => a.fromMicros - b.fromMicros || (a.fold.id < b.fold.id ? -1 : 1));
  const spans = folds.flatMap(({ span }) => (span === null ? [] : [span]));
  const isOutside = (micros: Micros): boolean =>
    !spans.some(({ fromMicros, toMicros }) => micros >= fromMicros && micros <= toMicros);
  return {
    flights,
    timers: timers.filter(
      ({ fromMicros, toMicros, message }) =>
        (isOutside(fromMicros) || isOutside(toMicros)) &&
        (message === null || !foldOf.has(message)),
    ),
    userActions: userActions.filter(({ atMicros }) => isOutside(atMicros)),
    anchors,
  };
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function anchorOf(fold: LadderFold, flights: readonly Flight[]): FoldAnchor {
  const first = flights[0]?.message.sentMicros ?? 0;
  const { fromMicros, toMicros } = fold.span ?? { fromMicros: first, toMicros: first };
  return { fold, flights, fromMicros, toMicros };
}

/**
 * Whether a fold stands between a span and a later start, so that they stay apart. One at the very
 * instant of a span without length stands before it (`placeAmong`).
 */
export function keptApartBy(
  anchors: readonly FoldAnchor[],
): (
  span: { readonly fromMicros: Micros; readonly toMicros: Micros },
  startMicros: Micros,
) => boolean {
  const starts = anchors.map(({ fromMicros }) => fromMicros);
  return ({ fromMicros, toMicros }, startMicros) => {
    const next = anchors[countUpTo(starts, Math.max(toMicros - 1, fromMicros))];
    return next !== undefined && next.toMicros <= startMicros;
  };
}

/** Folds by the pause they stand in, and those that stand inside a busy span. */
export interface FoldPlaces {
  /** By the place of the span that follows. */
  readonly inPause: ReadonlyMap<number, readonly FoldAnchor[]>;
  readonly inSpan: ReadonlyMap<number, readonly FoldAnchor[]>;
}

/** Finds for every fold where among ascending spans it stands. */
export function placeAmong(
  anchors: readonly FoldAnchor[],
  spans: readonly { readonly fromMicros: Micros; readonly toMicros: Micros }[],
): FoldPlaces {
  const starts = spans.map(({ fromMicros }) => fromMicros);
  const inPause = new Map<number, FoldAnchor[]>();
  const inSpan = new Map<number, FoldAnchor[]>();
  for (const anchor of anchors) {
    // The first span that begins no sooner than the fold ends.
    const next = countUpTo(starts, anchor.toMicros - 1);
    const before = spans[next - 1];
    const isBetween = before === undefined || before.toMicros <= anchor.fromMicros;
    if (isBetween && next < spans.length) addTo(inPause, next, anchor);
    else addTo(inSpan, Math.max(0, countUpTo(starts, anchor.fromMicros) - 1), anchor);
  }
  return { inPause, inSpan };
}
