import { directionOf, isOn } from '../../sdp/media-lines.ts';
import type { Direction, SessionDescription } from '../../sdp/session-description.ts';
import { haveFormatInCommon, placeOf } from './comparing-descriptions.ts';
import { breaks, holds, type Findings } from './findings.ts';
import { negotiationsOf, type BodySeen } from './negotiation.ts';
import type { Observation } from './observation.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named } from './words.ts';

/** RFC 3264 §6: what an answer has of its offer. */
export const answers: readonly Rule[] = [
  rule(
    'R-OA-06',
    (seen, found) => judgeAnswers(seen, found, problemOfLines),
    (count) => `${counted(count, 'answer')} with the m= lines of the offer.`,
    'Nobody answered an offer.',
  ),
  rule(
    'R-OA-08',
    (seen, found) => judgeAnswers(seen, found, problemOfFormats),
    (count) => `${counted(count, 'answer')} with a format of the offer on every accepted line.`,
    'Nobody answered an offer.',
  ),
  rule(
    'R-OA-09',
    (seen, found) => judgeAnswers(seen, found, problemOfDirections),
    (count) => `${counted(count, 'answer')} in directions that the offer lets them have.`,
    'Nobody answered an offer.',
  ),
  rule(
    'R-OA-10',
    (seen, found) => judgeAnswers(seen, found, problemOfTimes),
    (count) => `${counted(count, 'answer')} with the t= line of the offer.`,
    'Nobody answered an offer.',
  ),
];

/** What is wrong with an answer, as the end of a sentence; null where nothing is. */
type Problem = (offer: SessionDescription, answer: SessionDescription) => string | null;

function judgeAnswers(seen: Observation, found: Findings, problemOf: Problem): void {
  for (const { bodies } of negotiationsOf(seen)) {
    for (const body of bodies) {
      const offered = offerOf(body);
      if (offered === null) continue;
      const { message } = body.event;
      const problem = problemOf(offered, body.description);
      if (problem === null) holds(found, body.exchange?.offer.message ?? null, message);
      else
        breaks(
          found,
          `${Named(seen, message)} ${problem}.`,
          body.exchange?.offer.message ?? null,
          message,
        );
    }
  }
}

/** The offer that this end answers with the body, or null where the body answers none. */
function offerOf({ event, role, exchange }: BodySeen): SessionDescription | null {
  const answersIt = role === 'answer' || role === 'preview';
  return answersIt && event.way === 'sent' ? (exchange?.offered ?? null) : null;
}

function problemOfLines(offer: SessionDescription, answer: SessionDescription): string | null {
  if (answer.media.length !== offer.media.length) {
    return `has ${counted(answer.media.length, 'm= line')}, its offer ${offer.media.length}`;
  }
  for (const [index, line] of answer.media.entries()) {
    const asked = offer.media[index];
    if (asked?.media !== line.media) return `has ${line.media} where its offer has ${asked?.media}`;
  }
  return null;
}

function problemOfFormats(offer: SessionDescription, answer: SessionDescription): string | null {
  for (const [index, line] of answer.media.entries()) {
    const asked = offer.media[index];
    if (asked === undefined || !isOn(line) || asked.media !== line.media) continue;
    if (!isOn(asked)) return `accepts ${placeOf(index, line)}, which its offer has switched off`;
    if (!haveFormatInCommon(asked, line)) {
      return `has no format of its offer on ${placeOf(index, line)}`;
    }
  }
  return null;
}

/** RFC 3264 §6.1, as a table: what each direction may be answered with. */
const mayFollow: Readonly<Record<Direction, ReadonlySet<Direction>>> = {
  sendrecv: new Set<Direction>(['sendrecv', 'sendonly', 'recvonly', 'inactive']),
  sendonly: new Set<Direction>(['recvonly', 'inactive']),
  recvonly: new Set<Direction>(['sendonly', 'inactive']),
  inactive: new Set<Direction>(['inactive']),
};

function problemOfDirections(offer: SessionDescription, answer: SessionDescription): string | null {
  for (const [index, line] of answer.media.entries()) {
    const asked = offer.media[index];
    if (asked === undefined || !isOn(line) || !isOn(asked)) continue;
    const [wanted, given] = [directionOf(asked, offer), directionOf(line, answer)];
    if (!mayFollow[wanted].has(given)) {
      return `answers ${wanted} with ${given} on ${placeOf(index, line)}`;
    }
  }
  return null;
}

function problemOfTimes(offer: SessionDescription, answer: SessionDescription): string | null {
  const [asked, given] = [timesOf(offer), timesOf(answer)];
  return asked === given ? null : `has ${given} where its offer has ${asked}`;
}

function timesOf({ lines }: SessionDescription): string {
  const times = lines.filter(([type]) => type === 't').map(([, value]) => `t=${value}`);
  return times.length === 0 ? 'no t= line' : times.join(', ');
}
