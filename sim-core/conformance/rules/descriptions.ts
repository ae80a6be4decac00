import { connectionIn, isDirection, isOn, isRtp } from '../../sdp/media-lines.ts';
import type {
  MediaDescription,
  SdpLine,
  SessionDescription,
} from '../../sdp/session-description.ts';
import { isDynamic, placeOf } from './comparing-descriptions.ts';
import { breaks, holds, type Findings } from './findings.ts';
import type { Observation, SeenMessage } from './observation.ts';
import { isProxy } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named } from './words.ts';

/** RFC 8866 and RFC 3264 §5: session descriptions one by one. */
export const descriptions: readonly Rule[] = [
  rule(
    'R-SDP-01',
    (seen, found) => judgeEach(seen, found, problemOfOrder),
    (count) => `${counted(count, 'description')} with their lines in the order of RFC 8866.`,
    'No session description left.',
  ),
  rule(
    'R-SDP-02',
    (seen, found) => judgeEach(seen, found, problemOfConnection),
    (count) => `${counted(count, 'description')} with an address for every m= line.`,
    'No session description left.',
  ),
  rule(
    'R-SDP-03',
    (seen, found) => judgeEach(seen, found, problemOfDirection),
    (count) => `${counted(count, 'description')} with one direction a level at most.`,
    'No session description left.',
  ),
  rule(
    'R-SDP-04',
    oneSession,
    (count) => `${counted(count, 'body', 'bodies')} of one session each.`,
    'No session description left.',
  ),
  rule(
    'R-SDP-05',
    (seen, found) => judgeEach(seen, found, problemOfMaps),
    (count) => `${counted(count, 'description')} that say what their dynamic payload types are.`,
    'No session description left.',
  ),
  rule('R-SDP-06', noRtcp, () => '', 'No RTCP is computed, so none was seen or missed.'),
];

/** What is wrong with a description, as the end of a sentence; null where nothing is. */
type Problem = (description: SessionDescription) => string | null;

function judgeEach(seen: Observation, found: Findings, problemOf: Problem): void {
  const judged = new Map<SessionDescription, string | null>();
  for (const message of withBodies(seen)) {
    for (const { description } of message.packet.bodies) {
      let problem = judged.get(description);
      if (problem === undefined) {
        problem = problemOf(description);
        judged.set(description, problem);
      }
      if (problem === null) holds(found, message);
      else breaks(found, `The SDP of ${Named(seen, message)} ${problem}.`, message);
    }
  }
}

/** The messages with a body, at the node that wrote it. */
function withBodies(seen: Observation): SeenMessage[] {
  return seen.messages.filter(
    ({ packet, from }) => packet.bodies.length > 0 && !isProxy(seen, from),
  );
}

/** RFC 8866 §5; k= is obsolete and stands where RFC 4566 had it. */
const sessionOrder = 'iuepcbtrzka';
const mediaOrder = 'icbka';

function problemOfOrder({ lines, media }: SessionDescription): string | null {
  const misplaced = firstMisplaced(lines, sessionOrder);
  if (misplaced !== null) return `has ${misplaced}= out of its order at session level`;
  if (!lines.some(([type]) => type === 't')) return 'has no t= line';
  for (const [index, line] of media.entries()) {
    const below = firstMisplaced(line.lines, mediaOrder);
    if (below !== null) return `has ${below}= out of its order in ${placeOf(index, line)}`;
  }
  return null;
}

function firstMisplaced(lines: readonly SdpLine[], order: string): string | null {
  let reached = 0;
  for (const line of lines) {
    const type = line[0];
    const place = order.indexOf(type);
    if (place < 0) continue;
    // r= and z= go with their t=, of which there may be several (RFC 8866 §5.9).
    const repeats = (type === 't' || type === 'r') && reached <= order.indexOf('z');
    if (place < reached && !repeats) return type;
    reached = Math.max(reached, place);
  }
  return null;
}

function problemOfConnection({ lines, media }: SessionDescription): string | null {
  if (connectionIn(lines) !== null) return null;
  for (const [index, line] of media.entries()) {
    if (connectionIn(line.lines) === null) return `has no c= for ${placeOf(index, line)}`;
  }
  return media.length === 0 ? 'has no c= line' : null;
}

function problemOfDirection({ lines, media }: SessionDescription): string | null {
  if (countDirections(lines) > 1) return 'has two directions at session level';
  for (const [index, line] of media.entries()) {
    if (countDirections(line.lines) > 1) return `has two directions in ${placeOf(index, line)}`;
  }
  return null;
}

function countDirections(lines: readonly SdpLine[]): number {
  let count = 0;
  for (const line of lines) if (line[0] === 'a' && isDirection(line[1])) count += 1;
  return count;
}

const ofSixtyFourBits = 18_446_744_073_709_551_615n;

function oneSession(seen: Observation, found: Findings): void {
  for (const message of withBodies(seen)) {
    const dispositions = new Set<string>();
    for (const { disposition, description } of message.packet.bodies) {
      if (dispositions.has(disposition)) {
        breaks(found, `${Named(seen, message)} has two descriptions for ${disposition}.`, message);
      }
      dispositions.add(disposition);
      const problem = problemOfNumbers(description);
      if (problem !== null)
        breaks(found, `The SDP of ${Named(seen, message)} ${problem}.`, message);
      else holds(found, message);
    }
  }
}

function problemOfNumbers({ origin }: SessionDescription): string | null {
  const { sessionId, version } = origin;
  const fits = /^\d+$/.test(sessionId) && BigInt(sessionId) <= ofSixtyFourBits;
  if (!fits) return `has the session id ${sessionId} in o=`;
  return Number.isInteger(version) && version >= 0 ? null : `has the version ${version} in o=`;
}

function problemOfMaps({ media }: SessionDescription): string | null {
  for (const [index, line] of media.entries()) {
    if (!isOn(line) || !isRtp(line.protocol)) continue;
    const unknown = line.formats.find((format) => isDynamic(format) && !isMapped(line, format));
    if (unknown !== undefined) {
      return `says nothing of payload type ${unknown} in ${placeOf(index, line)}`;
    }
  }
  return null;
}

function isMapped({ lines }: MediaDescription, format: string): boolean {
  const start = `rtpmap:${format} `;
  return lines.some((line) => line[0] === 'a' && line[1].startsWith(start));
}

/** RTCP is not part of the model of media. */
function noRtcp(): void {}
