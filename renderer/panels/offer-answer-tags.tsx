import type { ReactElement } from 'react';

import type { Leg, OfferAnswerMark } from '../../sim-core/reading.ts';
import { hue } from '../words/hues.ts';

/** The hue of a leg's tags; media have no offers. */
export function hueOfLeg(leg: Leg): string {
  return hue(leg === 'media' ? 'M' : leg);
}

function tagClass(
  side: OfferAnswerMark['side'],
  disposition: OfferAnswerMark['disposition'],
  hue: string,
): string {
  const half = side === 'O' ? 'offer' : 'answer';
  return `tag ${disposition === 'early-session' ? 'early ' : ''}${half} ${hue}`;
}

/** O1, A1 …: offers filled, answers outlined, those of an early session dashed. */
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
          className={tagClass(side, disposition, hue)}
          title={`${side === 'O' ? 'offer' : 'answer'} ${number}, ${disposition}`}
        >
          {side}
          {number}
        </span>
      ))}
    </>
  );
}
