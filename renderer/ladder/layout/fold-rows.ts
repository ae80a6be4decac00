import type { Standing } from './arrows.ts';
import { ATTACH, FOLD } from './dimensions.ts';
import type { PlacedFold } from './ladder-layout.ts';
import type { FoldRow } from './time-axis.ts';

/** The picture of what is inside keeps this far from the edges of the row, px. */
const INSET = 4;
/** The words begin this far to the right of the second lifeline, px. */
const WORDS_BESIDE = 14;

/** One row a fold, with its messages drawn small: the real geometry in 30 px. */
export function placeFolds(
  rows: readonly FoldRow[],
  { lifelines, folded }: Standing,
): readonly PlacedFold[] {
  return rows.map(({ anchor, y1 }): PlacedFold => {
    const { fold, flights } = anchor;
    const fromMicros = flights[0]?.message.sentMicros ?? anchor.fromMicros;
    const toMicros = flights.reduce((last, { arrivesMicros }) => Math.max(last, arrivesMicros), 0);
    const room = FOLD - 2 * INSET;
    const heightOf = (micros: number): number => {
      const share = toMicros > fromMicros ? (micros - fromMicros) / (toMicros - fromMicros) : 0.5;
      return y1 + INSET + share * room;
    };
    return {
      id: fold.id,
      name: fold.name,
      count: flights.filter(({ answersCommand }) => !answersCommand).length,
      worst: fold.worst,
      fromMicros,
      toMicros,
      y1,
      y2: y1 + FOLD,
      textX: (lifelines[1]?.x ?? lifelines[0]?.x ?? 0) + WORDS_BESIDE,
      shafts: flights.map(({ message, fromIndex, toIndex, arrivesMicros, tailAt, headAt }) => {
        const direction = Math.sign(toIndex - fromIndex);
        const from = folded.get(tailAt ?? '') ?? lifelines[fromIndex]?.x ?? 0;
        const to = folded.get(headAt ?? '') ?? lifelines[toIndex]?.x ?? 0;
        return {
          leg: message.leg,
          x1: from + ATTACH * direction,
          y1: heightOf(message.sentMicros),
          x2: to - ATTACH * direction,
          y2: heightOf(arrivesMicros),
        };
      }),
    };
  });
}
