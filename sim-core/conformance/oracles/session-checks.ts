import { addressOf, directionOf, encodingOf, isOn } from '../../sdp/media-lines.ts';
import type {
  Direction,
  MediaDescription,
  SdpLine,
  SessionDescription,
} from '../../sdp/session-description.ts';
import type { ConferencePorts } from '../../resource-control/control-message.ts';

/*
 * What is wrong with a session description, as the end of a sentence that begins with its name;
 * null where nothing is. Written from the RFCs, not from the code that makes descriptions.
 */

/** R-OA-06, 08 and 09: whether the answer fits the offer. */
export function problemOfAnswer(
  offer: SessionDescription,
  answer: SessionDescription,
): string | null {
  const problem = problemOfLines(offer, answer);
  if (problem !== null) return problem;
  for (const [index, line] of answer.media.entries()) {
    const offered = offer.media[index];
    if (offered === undefined || !isOn(line)) continue;
    if (!isOn(offered)) return `accepts ${place(answer, index)}, which the offer refuses (R-OA-07)`;
    if (!sharesFormat(offered, line)) {
      return `has no format of the offer on ${place(answer, index)} (R-OA-08)`;
    }
    const [asked, given] = [directionOf(offered, offer), directionOf(line, answer)];
    if (!mayAnswer[asked].includes(given)) {
      return `answers ${asked} with ${given} on ${place(answer, index)} (R-OA-09)`;
    }
  }
  return null;
}

/** R-OA-06: as many m= lines as the offer, of its media types, in its order. */
export function problemOfLines(
  offer: SessionDescription,
  answer: SessionDescription,
): string | null {
  if (answer.media.length !== offer.media.length) {
    const counts = `${answer.media.length} m= lines, the offer ${offer.media.length}`;
    return `has ${counts} (R-OA-06)`;
  }
  for (const [index, line] of answer.media.entries()) {
    if (line.media !== offer.media[index]?.media) {
      return `has ${line.media} where the offer has ${offer.media[index]?.media} (R-OA-06)`;
    }
  }
  return null;
}

/** R-OA-09, as a table: what a direction may be answered with. */
export const mayAnswer: Readonly<Record<Direction, readonly Direction[]>> = {
  sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
  sendonly: ['recvonly', 'inactive'],
  recvonly: ['sendonly', 'inactive'],
  inactive: ['inactive'],
};

/** The same stream seen from the other end. */
export function mirrored(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}

/** R-OA-13 to 16: whether a party may send `next` after `previous` in the same dialog. */
export function problemOfContinuation(
  previous: SessionDescription,
  next: SessionDescription,
): string | null {
  return problemOfOrigin(previous, next) ?? problemOfPlaces(previous, next);
}

/** R-OA-14. */
function problemOfOrigin(previous: SessionDescription, next: SessionDescription): string | null {
  const [was, is] = [previous.origin, next.origin];
  const same =
    was.userName === is.userName && was.sessionId === is.sessionId && was.address === is.address;
  if (!same) {
    return `has o=${printOrigin(next)} where this leg has had o=${printOrigin(previous)} (R-OA-14)`;
  }
  if (is.version === was.version) {
    return sameContent(previous, next)
      ? null
      : `changes the session under the old version ${was.version} of o= (R-OA-14)`;
  }
  if (is.version === was.version + 1) return null;
  return `has version ${is.version} of o= after version ${was.version} (R-OA-14)`;
}

function printOrigin({ origin }: SessionDescription): string {
  return `${origin.userName} ${origin.sessionId} ${origin.version} … ${origin.address}`;
}

/** R-OA-13, 15 and 16. */
function problemOfPlaces(previous: SessionDescription, next: SessionDescription): string | null {
  if (next.media.length < previous.media.length) {
    const counts = `${next.media.length} m= lines after ${previous.media.length}`;
    return `has ${counts}: m= lines never disappear (R-OA-13)`;
  }
  for (const [index, was] of previous.media.entries()) {
    const is = next.media[index];
    if (is === undefined || !isOn(was)) continue;
    if (is.media !== was.media) {
      return `puts ${is.media} in the place of ${was.media} (R-OA-13, R-OA-15)`;
    }
    const moved = is.formats.find((format) => remaps(was, is, format));
    if (moved !== undefined) return `gives payload type ${moved} another codec (R-OA-16)`;
  }
  return null;
}

/** Whether a dynamic payload type means something else than before. */
function remaps(was: MediaDescription, is: MediaDescription, format: string): boolean {
  if (Number(format) < 96 || !was.formats.includes(format)) return false;
  const [before, after] = [encodingName(was, format), encodingName(is, format)];
  return before !== null && after !== null && before !== after;
}

function encodingName(media: MediaDescription, format: string): string | null {
  const encoding = encodingOf(media, format);
  if (encoding === null) return null;
  return `${encoding.name.toUpperCase()}/${encoding.clockRate}/${encoding.parameters ?? '1'}`;
}

/** Whether the two lines have a format in common, by number or by codec. */
export function sharesFormat(a: MediaDescription, b: MediaDescription): boolean {
  if (a.formats.some((format) => b.formats.includes(format) && !remaps(a, b, format))) return true;
  const names = a.formats.map((format) => encodingName(a, format));
  return b.formats.some((format) => {
    const name = encodingName(b, format);
    return name !== null && names.includes(name);
  });
}

/** The first format of `line` that `among` does not have, or null. */
export function strangeFormat(line: MediaDescription, among: MediaDescription): string | null {
  return line.formats.find((format) => !among.formats.includes(format)) ?? null;
}

function sameContent(a: SessionDescription, b: SessionDescription): boolean {
  return (
    a.sessionName === b.sessionName &&
    sameLines(a.lines, b.lines) &&
    a.media.length === b.media.length &&
    a.media.every((line, index) => sameMedia(line, b.media[index]))
  );
}

function sameMedia(a: MediaDescription, b: MediaDescription | undefined): boolean {
  return (
    b !== undefined &&
    a.media === b.media &&
    a.port === b.port &&
    a.protocol === b.protocol &&
    a.formats.join(' ') === b.formats.join(' ') &&
    sameLines(a.lines, b.lines)
  );
}

function sameLines(a: readonly SdpLine[], b: readonly SdpLine[]): boolean {
  return (
    a.length === b.length &&
    a.every(([type, value], index) => type === b[index]?.[0] && value === b[index][1])
  );
}

/** Whether every active line is received at that address. */
export function problemOfAddress(
  description: SessionDescription,
  address: string,
  whose: string,
): string | null {
  for (const [index, line] of description.media.entries()) {
    if (!isOn(line)) continue;
    const found = addressOf(line, description) ?? 'no address';
    if (found !== address) {
      return `has ${found} on ${place(description, index)}, not ${whose} ${address}`;
    }
  }
  return null;
}

/**
 * Whether every active line is where the conference was allocated for that party, or, for a line
 * that carries the ring alone, where the ring was played before (GAP-10 asks for a port of the
 * Resource Server there, and for the mixing port only where something is mixed).
 */
export function problemOfPorts(
  description: SessionDescription,
  conference: ConferencePorts,
  party: 'towardsA' | 'towardsB',
  ring: SessionDescription | null,
): string | null {
  const problem = problemOfAddress(description, conference.address, "the Resource Server's");
  if (problem !== null) return problem;
  const ports: Readonly<Record<string, number>> = conference[party];
  for (const [index, line] of description.media.entries()) {
    if (!isOn(line) || ports[line.media] === line.port) continue;
    const alone = directionOf(line, description) === 'sendonly';
    const played = ring?.media.some(
      ({ media, port }) => media === line.media && port === line.port,
    );
    if (alone && played === true) continue;
    const where = `${place(description, index)} at port ${line.port}`;
    return `has ${where}, which the conference was not allocated (${ports[line.media] ?? 'none'})`;
  }
  return null;
}

/** `the audio line`, or `the second audio line` where there are several. */
function place(description: SessionDescription, index: number): string {
  const media = description.media[index]?.media ?? 'missing';
  const earlier = description.media.slice(0, index).filter((line) => line.media === media).length;
  return earlier === 0 ? `the ${media} line` : `m= line ${index + 1} (${media})`;
}
