import type { Micros } from '../sim-core/reading.ts';

/** A pause in which nothing is signalled. */
export interface QuietSpan {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** How long a quiet span may take to play, seconds, however long it is. */
const quietSecondsMost = 0.8;

/**
 * Where the playhead is after `elapsedMillis` of real time at `speed` model seconds a second.
 * Quiet spans pass at least fast enough to be over in `quietSecondsMost`. Never beyond `end`.
 * @param quiet ascending, not overlapping
 */
export function playFrom(
  playhead: number,
  elapsedMillis: number,
  speed: number,
  quiet: readonly QuietSpan[],
  end: number,
): Micros {
  let at = playhead;
  let left = elapsedMillis / 1000;
  for (const span of quiet) {
    if (span.toMicros <= at || left <= 0) continue;
    if (at < span.fromMicros) {
      const busy = (span.fromMicros - at) / 1e6 / speed;
      if (left <= busy) break;
      left -= busy;
      at = span.fromMicros;
    }
    const fast = Math.max(speed, (span.toMicros - span.fromMicros) / 1e6 / quietSecondsMost);
    const through = (span.toMicros - at) / 1e6 / fast;
    if (left < through) return whole(at + left * fast * 1e6, end);
    left -= through;
    at = span.toMicros;
  }
  return whole(at + Math.max(0, left) * speed * 1e6, end);
}

/** The instant of the ascending `instants` that `step` leads to, or null at either end. */
export function instantBeside(
  instants: readonly Micros[],
  playhead: Micros,
  step: 'next' | 'previous',
): Micros | null {
  if (step === 'next') return instants.find((instant) => instant > playhead) ?? null;
  return instants.findLast((instant) => instant < playhead) ?? null;
}

function whole(micros: number, end: number): Micros {
  // A playhead is as exact as the records: whole microseconds.
  return Math.round(Math.min(end, micros)) as Micros;
}
