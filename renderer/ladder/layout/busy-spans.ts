import { CUT_AFTER_MICROS } from './dimensions.ts';
import type { Flight } from './flights.ts';
import type { LadderInput, Micros, PauseReason } from './ladder-input.ts';

/** A span in which something is in flight, fires or is done; both ends included. */
export interface BusySpan {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** Joins ascending spans whose pause is shorter than `pauseMicros`. */
export function joinSpans(spans: readonly BusySpan[], pauseMicros: number): readonly BusySpan[] {
  const joined: BusySpan[] = [];
  let open: { fromMicros: Micros; toMicros: Micros } | null = null;
  for (const span of spans) {
    if (open !== null && span.fromMicros - open.toMicros < pauseMicros) {
      open.toMicros = Math.max(open.toMicros, span.toMicros);
    } else {
      open = { fromMicros: span.fromMicros, toMicros: span.toMicros };
      joined.push(open);
    }
  }
  return joined;
}

/**
 * The busy spans of a run, ascending, with pauses of at least `CUT_AFTER_MICROS` between them.
 * A lost message counts until it would have arrived; playing media count only until their first
 * packet arrives. The end of the run is an event of its own. Never empty.
 */
export function findBusySpans(
  flights: readonly Flight[],
  input: Pick<LadderInput, 'timers' | 'userActions' | 'endsAtMicros'>,
): readonly BusySpan[] {
  const spans: BusySpan[] = flights.map(({ message, arrivesMicros }) => ({
    fromMicros: message.sentMicros,
    toMicros: arrivesMicros,
  }));
  const instants = input.timers
    .filter(({ outcome }) => outcome === 'fired')
    .map(({ toMicros }) => toMicros);
  for (const { atMicros } of input.userActions) instants.push(atMicros);
  if (input.endsAtMicros !== null) instants.push(input.endsAtMicros);
  for (const micros of instants) spans.push({ fromMicros: micros, toMicros: micros });
  if (spans.length === 0) return [{ fromMicros: 0, toMicros: 0 }];
  spans.sort((a, b) => a.fromMicros - b.fromMicros);
  return joinSpans(spans, CUT_AFTER_MICROS);
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
