import { check } from '../base/check.ts';
import { makeMedia, makeSession, sdpLine } from './make-description.ts';
import { isOn, withPort } from './media-lines.ts';
import { printAddress } from './print-sdp.ts';
import type {
  MediaDescription,
  Origin,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/**
 * What a party sends after `previous` in the same dialog and disposition (RFC 3264 §8, R-OA-14):
 * `next` under the o= line of `previous` with its version one higher, or `previous` itself when
 * nothing else differs. Without `previous`, `next` as it is.
 */
export function nextVersion(
  previous: SessionDescription | null,
  next: SessionDescription,
): SessionDescription {
  if (previous === null) return next;
  if (sameSession(previous, next)) return previous;
  const { userName, sessionId, version, address } = previous.origin;
  check(Number.isSafeInteger(version + 1), 'an o= version that can still be raised');
  return withOrigin(next, { userName, sessionId, version: version + 1, address });
}

/** The description under another o= line. */
export function withOrigin(description: SessionDescription, origin: Origin): SessionDescription {
  return makeSession(
    Object.isFrozen(origin) ? origin : { ...origin },
    description.sessionName,
    description.lines,
    description.media,
  );
}

/**
 * The description with its media at another place: c= lines of the session and of the sections
 * that are on say `address`, their ports are what `portOf` gives (1 to 65535), a=rtcp lines go
 * with them. Sections with port 0 stay as they are, and so does o= (R-OA-14).
 */
export function relocate(
  description: SessionDescription,
  address: string,
  portOf: (media: MediaDescription, index: number) => number,
): SessionDescription {
  const place = printAddress(address);
  const media = description.media.map((section, index) => {
    if (!isOn(section)) return section;
    const port = portOf(section, index);
    check(Number.isInteger(port) && port > 0 && port <= 0xffff, 'a port between 1 and 65535');
    const { protocol, formats, lines } = withPort(section, port);
    return makeMedia(section.media, port, protocol, formats, placed(lines, place));
  });
  const { origin, sessionName } = description;
  return makeSession(origin, sessionName, placed(description.lines, place), media);
}

function placed(lines: readonly SdpLine[], place: string): readonly SdpLine[] {
  return lines.map((line) => {
    const value = line[1];
    if (line[0] === 'c') return value === place ? line : sdpLine('c', place);
    if (line[0] !== 'a' || !value.startsWith('rtcp:')) return line;
    const end = value.indexOf(' ');
    return end < 0 ? line : sdpLine('a', `${value.slice(0, end)} ${place}`);
  });
}

/** Whether two descriptions are the same in all but the o= line. */
export function sameSession(a: SessionDescription, b: SessionDescription): boolean {
  return (
    a === b ||
    (a.sessionName === b.sessionName &&
      sameLines(a.lines, b.lines) &&
      a.media.length === b.media.length &&
      a.media.every((section, index) => sameMedia(section, b.media[index])))
  );
}

function sameMedia(a: MediaDescription, b: MediaDescription | undefined): boolean {
  if (a === b || b === undefined) return a === b;
  return (
    a.media === b.media &&
    a.port === b.port &&
    a.protocol === b.protocol &&
    a.formats.length === b.formats.length &&
    a.formats.every((format, index) => format === b.formats[index]) &&
    sameLines(a.lines, b.lines)
  );
}

function sameLines(a: readonly SdpLine[], b: readonly SdpLine[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    const one = a[index];
    const other = b[index];
    if (one !== other && (one?.[0] !== other?.[0] || one?.[1] !== other?.[1])) return false;
  }
  return true;
}
