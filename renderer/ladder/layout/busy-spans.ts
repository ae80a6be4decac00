import { CUT_AFTER_MICROS } from './dimensions.ts';
import { type FoldAnchor, keptApartBy, type Unfolded } from './folding.ts';
import type { Micros, PauseReason } from './ladder-input.ts';

/** A span in which something is in flight, fires or is done; both ends included. */
export interface BusySpan {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** Joins ascending spans whose pause is shorter than `pauseMicros` and holds no fold. */
export function joinSpans(
  spans: readonly BusySpan[],
  pauseMicros: number,
  anchors: readonly FoldAnchor[],
): readonly BusySpan[] {
  const isKeptApart = keptApartBy(anchors);
  const joined: BusySpan[] = [];
  let open: { fromMicros: Micros; toMicros: Micros } | null = null;
  for (const span of spans) {
    const near = open !== null && span.fromMicros - open.toMicros < pauseMicros;
    if (open !== null && near && !isKeptApart(open, span.fromMicros)) {
      open.toMicros = Math.max(open.toMicros, span.toMicros);
    } else {
      open = { fromMicros: span.fromMicros, toMicros: span.toMicros };
      joined.push(open);
    }
  }
  return joined;
}

/**
 * The busy spans of what is drawn, ascending, with pauses of at least `CUT_AFTER_MICROS` or a fold
 * between them.
 * A lost message counts until it would have arrived; playing media count only until their first
 * packet arrives. The end of the run is an event of its own, and so is that of the last fold.
 * Never empty.
 */
export function findBusySpans(
  { flights, timers, userActions, anchors }: Unfolded,
  endsAtMicros: Micros | null,
): readonly BusySpan[] {
  const spans: BusySpan[] = flights.map(({ message, arrivesMicros }) => ({
    fromMicros: message.sentMicros,
    toMicros: arrivesMicros,
  }));
  const instants = timers
    .filter(({ outcome }) => outcome === 'fired')
    .map(({ toMicros }) => toMicros);
  for (const { atMicros } of userActions) instants.push(atMicros);
  if (endsAtMicros !== null) instants.push(endsAtMicros);
  for (const micros of instants) spans.push({ fromMicros: micros, toMicros: micros });
  // What follows the last of all is a fold's end, so that every fold stands before something.
  const last = spans.reduce((latest, { toMicros }) => Math.max(latest, toMicros), 0);
  const lastFold = anchors.reduce((latest, { toMicros }) => Math.max(latest, toMicros), 0);
  if (spans.length === 0 || lastFold > last) {
    spans.push({ fromMicros: lastFold, toMicros: lastFold });
  }
  spans.sort((a, b) => a.fromMicros - b.fromMicros);
  return joinSpans(spans, CUT_AFTER_MICROS, anchors);
}

/** The reason that covers most of a pause, or plain words where none is given. */
export function pauseReason(
  pauses: readonly PauseReason[],
  fromMicros: Micros,
  toMicros: Micros,
): string {
  let reason = 'no signalling';
  let coveredMost = 0;
  for (const pause of pauses) {
    const covered = Math.min(pause.toMicros, toMicros) - Math.max(pause.fromMicros, fromMicros);
    if (covered <= coveredMost) continue;
    coveredMost = covered;
    reason = pause.text;
  }
  return reason;
}
