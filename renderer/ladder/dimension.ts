import type { MessageView, TraceHeader } from '../../sim-core/reading.ts';
import { millisWithUnit } from '../words/times.ts';
import type { Dimension } from './draw/draw-dimension.ts';
import { lifelineId } from './trace-arrows.ts';

/**
 * From the sending of the earlier message to the arrival of the later one at the same lifeline, as
 * a node waits for its answer; of one that does not arrive there, to its sending.
 */
export function dimensionOf(
  one: MessageView,
  other: MessageView,
  header: TraceHeader | null,
): Dimension | null {
  if (header === null) return null;
  const [first, second] = one.sentAt <= other.sentAt ? [one, other] : [other, one];
  const toMicros = second.to === first.from && !second.lost ? second.arrivesAt : second.sentAt;
  return {
    lifeline: lifelineId(first.from),
    fromMicros: first.sentAt,
    toMicros,
    says: `${millisWithUnit(toMicros - first.sentAt)}, ${first.text} to ${second.text}`,
  };
}
