import type { MessageId } from './ladder-input.ts';
import type { InstantZone, LadderArrow } from './ladder-layout.ts';

/** A zone reaches this far above the first shaft and below the last, px. */
const ZONE_HALF = 2;
const LETTERS = 26;

/** a … z, aa … : as many letters as it takes. */
function letters(index: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (index % LETTERS));
  return index < LETTERS ? last : letters(Math.floor(index / LETTERS) - 1) + last;
}

/** Messages sent at one instant: their zones on the ruler, and the sub-numbers of their labels. */
export interface Instants {
  readonly zones: readonly InstantZone[];
  readonly subNumbers: ReadonlyMap<MessageId, string>;
}

/**
 * Finds instants at which several requests, responses or commands are sent. They share the
 * number of the first and differ by a letter.
 * @param live in a live run the first keeps its label as it is, because it was alone when placed
 */
export function findInstants(arrows: readonly LadderArrow[], live: boolean): Instants {
  const zones: InstantZone[] = [];
  const subNumbers = new Map<MessageId, string>();
  const signals = arrows.filter(({ kind }) => kind !== 'media' && kind !== 'reply');
  let end = 0;
  for (let start = 0; start < signals.length; start = end) {
    const first = signals[start];
    if (first === undefined) break;
    end = start + 1;
    while (signals[end]?.sentMicros === first.sentMicros) end++;
    if (end - start < 2) continue;
    const group = signals.slice(start, end);
    const y2 = (group.at(-1)?.y1 ?? first.y1) + ZONE_HALF;
    const messages = group.map(({ id }) => id);
    zones.push({ micros: first.sentMicros, y1: first.y1 - ZONE_HALF, y2, messages });
    messages.forEach((id, index) => {
      if (index > 0 || !live) subNumbers.set(id, `${first.number}${letters(index)}`);
    });
  }
  return { zones, subNumbers };
}
