import type { ReactElement } from 'react';

import type { Leg, OfferAnswerMark } from '../../sim-core/reading.ts';
import { hue } from '../words/hues.ts';

/** The hue of a leg's tags; media have no offers. */
export function hueOfLeg(leg: Leg): string {
  return hue(leg === 'media' ? 'M' : leg);
}

/** O1, A1 …: offers filled, answers outlined. */
export function MarkTags({
  marks,
  hue,
}: {
  readonly marks: readonly OfferAnswerMark[];
  readonly hue: string;
}): ReactElement {
  return (
    <>
      {marks.map(({ side, number, disposition }) => (
        <span
          key={`${side}${number}${disposition}`}
          className={`tag ${side === 'O' ? 'offer' : 'answer'} ${hue}`}
          title={`${side === 'O' ? 'offer' : 'answer'} ${number}, ${disposition}`}
        >
          {side}
          {number}
        </span>
      ))}
    </>
  );
}
