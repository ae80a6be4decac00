import { directionOf, isOn } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import { sharesFormat } from './session-checks.ts';

/** What step 6 puts together (GAP-10). */
export interface Union {
  /** The last description the CMR Server sent Client-A. */
  readonly previous: SessionDescription | null;
  readonly offer: SessionDescription;
  /** Client-B's last answer. */
  readonly answer: SessionDescription;
  /** Media types the CMR Resource was granted. */
  readonly ringMedia: readonly string[];
  /** SW-CONT-SLOT. */
  readonly reading: string;
}

/**
 * Whether the offer is the media Client-B accepted, each in its place, plus the CMR media of
 * other types, and nothing else; the end of a sentence that begins with "The UPDATE".
 */
export function problemOfUnion(union: Union): string | null {
  const { offer, answer } = union;
  for (const [index, given] of answer.media.entries()) {
    if (!isOn(given)) continue;
    const problem = problemOfRegular(offer, offer.media[index], given, answer);
    if (problem !== null) return problem;
  }
  for (const [index, line] of offer.media.entries()) {
    if (!isOn(line) || isRegular(line, answer.media[index])) continue;
    const problem = problemOfComponent(union, line, index);
    if (problem !== null) return problem;
  }
  const accepted = acceptedMedia(answer);
  for (const media of union.ringMedia) {
    if (accepted.has(media)) continue;
    const there = offer.media.some((line) => line.media === media && isOn(line));
    if (!there) return `leaves out the ${media} of the CMR Resource`;
  }
  return null;
}

function acceptedMedia(answer: SessionDescription): ReadonlySet<string> {
  return new Set(answer.media.filter(isOn).map((line) => line.media));
}

function isRegular(line: MediaDescription, given: MediaDescription | undefined): boolean {
  return given !== undefined && isOn(given) && given.media === line.media;
}

/** A medium Client-B accepted: in its place, active, both ways, in one of its formats. */
function problemOfRegular(
  offer: SessionDescription,
  line: MediaDescription | undefined,
  given: MediaDescription,
  answer: SessionDescription,
): string | null {
  if (line === undefined || line.media !== given.media || !isOn(line)) {
    return `leaves out the ${given.media} that Client-B accepted`;
  }
  if (!sharesFormat(line, given)) {
    return `offers ${line.media} in no format that Client-B accepted`;
  }
  const direction = directionOf(line, offer);
  const both = directionOf(given, answer) === 'sendrecv';
  return both && direction !== 'sendrecv' ? `offers the mixed ${line.media} as ${direction}` : null;
}

/** A CMR component: of a type Client-B did not accept, sendonly, where SW-CONT-SLOT puts it. */
function problemOfComponent(union: Union, line: MediaDescription, index: number): string | null {
  const { previous, offer, answer, reading } = union;
  if (acceptedMedia(answer).has(line.media)) {
    return `adds ${line.media} beside the ${line.media} that Client-B accepted`;
  }
  const direction = directionOf(line, offer);
  if (direction !== 'sendonly') return `offers the CMR ${line.media} as ${direction}`;
  const places = previous?.media ?? [];
  if (reading === 'append-only' && index < places.length) {
    return `puts the CMR ${line.media} into an old m= line (SW-CONT-SLOT=append-only)`;
  }
  const free = places.some(
    (place, at) => place.media === line.media && !isRegular(place, answer.media[at]),
  );
  if (reading === 'reuse' && index >= places.length && free) {
    return `puts the CMR ${line.media} into a new m= line (SW-CONT-SLOT=reuse)`;
  }
  return null;
}
