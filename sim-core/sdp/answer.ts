import { answeredLines, type CommonFormat } from './answered-lines.ts';
import { answeredParameters, codecsOf, isTelephoneEvent, type Codec } from './codec.ts';
import { makeMedia, makeSession, sdpLine } from './make-description.ts';
import { connectionIn, directionOf, isOn, isRtp } from './media-lines.ts';
import { printAddress } from './print-sdp.ts';
import type {
  Direction,
  MediaDescription,
  Origin,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/** How a party answers. */
export interface Answering {
  readonly origin: Origin;
  /** Whether the party wants this section of the offer; without it, all. */
  readonly allow?: (offered: MediaDescription, index: number) => boolean;
  /** A limit below the mirror of the offer; `'mirror'` sets none. */
  readonly direction?: 'mirror' | 'sendonly' | 'recvonly';
}

/**
 * The answer to an offer (RFC 3264 §6, R-OA-06…11). `able` is what the party itself would offer:
 * its ports, its lines in its order. Every section of the offer is answered in its place by the
 * party's own section of that rank and media type, with the first codec of the offer that the
 * party has and the telephone-event of its clock rate, under the offer's payload numbers; or
 * refused with port 0. Preconditions are kept where the offer has some. Keys, a=setup and ICE are
 * the party's own, unchanged.
 */
export function answerTo(
  offer: SessionDescription,
  able: SessionDescription,
  as: Answering,
): SessionDescription {
  const media: MediaDescription[] = [];
  for (let index = 0; index < offer.media.length; index += 1) {
    const offered = offer.media[index];
    if (offered === undefined) break;
    const own = sectionFor(offer, index, able);
    const wanted =
      own !== null && isOn(offered) && isOn(own) && (as.allow?.(offered, index) ?? true);
    const accepted = wanted ? acceptedSection(offer, offered, able, own, as) : null;
    media.push(accepted ?? refusedSection(offered, able, as.origin));
  }
  const origin = Object.isFrozen(as.origin) ? as.origin : { ...as.origin };
  return makeSession(origin, able.sessionName, answeredTimes(offer, able), media);
}

/**
 * The section of `able` of the same rank among those of its media type, or null. A line that is
 * switched off takes none: what it would take is free for a line below.
 */
export function sectionFor(
  offer: SessionDescription,
  index: number,
  able: SessionDescription,
): MediaDescription | null {
  const type = offer.media[index]?.media;
  let rank = 0;
  for (let before = 0; before < index; before += 1) {
    const above = offer.media[before];
    if (above !== undefined && above.media === type && isOn(above)) rank += 1;
  }
  for (const section of able.media) {
    if (section.media !== type || !isOn(section)) continue;
    if (rank === 0) return section;
    rank -= 1;
  }
  return null;
}

/** RFC 8866 §5.7: a c= line where the session has none, even for a refused stream. */
function refusedSection(
  offered: MediaDescription,
  able: SessionDescription,
  origin: Origin,
): MediaDescription {
  const lines =
    connectionIn(able.lines) === null ? [sdpLine('c', printAddress(origin.address))] : [];
  return makeMedia(offered.media, 0, offered.protocol, offered.formats, lines);
}

function acceptedSection(
  offer: SessionDescription,
  offered: MediaDescription,
  able: SessionDescription,
  own: MediaDescription,
  as: Answering,
): MediaDescription | null {
  if (!coversProtocol(own.protocol, offered.protocol)) return null;
  const common = isRtp(offered.protocol) ? commonFormats(offered, own) : [];
  const formats = isRtp(offered.protocol)
    ? common.map((format) => format.number)
    : offered.formats.filter((format) => own.formats.includes(format));
  if (formats.length === 0) return null;
  const direction = answeredDirection(
    directionOf(offered, offer),
    directionOf(own, able),
    as.direction ?? 'mirror',
  );
  const lines = answeredLines(offered, able, own, common, direction);
  return makeMedia(offered.media, own.port, offered.protocol, formats, lines);
}

/** A party with the feedback profile (RFC 4585) answers the plain one too; not the other way. */
function coversProtocol(own: string, offered: string): boolean {
  return own === offered || own === `${offered}F`;
}

/** The first codec of the offer that both have, and the telephone-event that goes with it. */
function commonFormats(offered: MediaDescription, own: MediaDescription): readonly CommonFormat[] {
  const theirs = codecsOf(offered);
  const ours = codecsOf(own);
  const codec = firstInCommon(theirs, ours, (candidate) => candidate.carriesMedia);
  if (codec === null) return [];
  const { clockRate } = codec.own.encoding;
  const events = firstInCommon(theirs, ours, (candidate) => isTelephoneEvent(candidate, clockRate));
  return events === null ? [codec] : [codec, events];
}

function firstInCommon(
  theirs: readonly Codec[],
  ours: readonly Codec[],
  suits: (candidate: Codec) => boolean,
): CommonFormat | null {
  for (const offered of theirs) {
    if (!suits(offered)) continue;
    for (const own of ours) {
      if (own.sameness !== offered.sameness) continue;
      const answered = answeredParameters(offered, own);
      if (answered === 'not in common') continue;
      return { own, number: offered.format, parameters: answered.parameters };
    }
  }
  return null;
}

/** R-OA-09: what the offer leaves, what the party can, what it wants; all three must agree. */
function answeredDirection(
  offered: Direction,
  own: Direction,
  limit: 'mirror' | 'sendonly' | 'recvonly',
): Direction {
  const sends = receives(offered) && sendsIn(own) && limit !== 'recvonly';
  const hears = sendsIn(offered) && receives(own) && limit !== 'sendonly';
  if (sends) return hears ? 'sendrecv' : 'sendonly';
  return hears ? 'recvonly' : 'inactive';
}

function sendsIn(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** The party's session lines with the offer's t=, r= and z= lines in place of its own (R-OA-10). */
function answeredTimes(offer: SessionDescription, able: SessionDescription): readonly SdpLine[] {
  if (sameTimes(offer.lines, able.lines)) return able.lines;
  const lines: SdpLine[] = [];
  const times = offer.lines.filter(isTime);
  let placed = false;
  for (const line of able.lines) {
    if (!placed && 'trzka'.includes(line[0])) {
      lines.push(...times);
      placed = true;
    }
    if (!isTime(line)) lines.push(line);
  }
  return placed ? lines : [...lines, ...times];
}

/** Whether both have the same times; a description in the right order has them in one block. */
function sameTimes(a: readonly SdpLine[], b: readonly SdpLine[]): boolean {
  let at = 0;
  for (const line of a) {
    if (!isTime(line)) continue;
    while (at < b.length && !isTime(b[at])) at += 1;
    const other = b[at];
    if (other === undefined || line[0] !== other[0] || line[1] !== other[1]) return false;
    at += 1;
  }
  while (at < b.length && !isTime(b[at])) at += 1;
  return at === b.length;
}

function isTime(line: SdpLine | undefined): boolean {
  return line?.[0] === 't' || line?.[0] === 'r' || line?.[0] === 'z';
}
