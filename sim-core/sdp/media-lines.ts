import { makeMedia, sdpLine } from './make-description.ts';
import type {
  Direction,
  Encoding,
  MediaDescription,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/** Whether the value of an a= line is a direction attribute (RFC 8866 §6.7). */
export function isDirection(value: string): value is Direction {
  return (
    value === 'sendrecv' || value === 'sendonly' || value === 'recvonly' || value === 'inactive'
  );
}

/** The section's direction, else the session's, else sendrecv (RFC 8866 §6.7). */
export function directionOf(media: MediaDescription, of?: SessionDescription): Direction {
  return directionIn(media.lines) ?? (of && directionIn(of.lines)) ?? 'sendrecv';
}

/** The direction attribute among the lines of one level, or null. */
export function directionIn(lines: readonly SdpLine[]): Direction | null {
  for (const line of lines) {
    const value = line[1];
    if (line[0] === 'a' && isDirection(value)) return value;
  }
  return null;
}

/** The section with this direction, in the place of the present attribute or as the last line. */
export function withDirection(media: MediaDescription, direction: Direction): MediaDescription {
  const { lines: present } = media;
  const at = present.findIndex((line) => line[0] === 'a' && isDirection(line[1]));
  if (at >= 0 && present[at]?.[1] === direction) return media;
  const line = sdpLine('a', direction);
  const lines = at >= 0 ? present.with(at, line) : [...present, line];
  return makeMedia(media.media, media.port, media.protocol, media.formats, lines);
}

/** Whether the stream is on: its port is not 0 (RFC 3264 §6). */
export function isOn(media: MediaDescription): boolean {
  return media.port !== 0;
}

/** Whether the formats are RTP payload types: RTP/AVP, RTP/SAVPF, UDP/TLS/RTP/SAVPF and so on. */
export function isRtp(protocol: string): boolean {
  return protocol.includes('RTP/');
}

/**
 * What a=rtpmap says of the format, or RFC 3551 of a static payload type in common use. Null where
 * neither says anything.
 */
export function encodingOf(media: MediaDescription, format: string): Encoding | null {
  const mapped = attributeOf(media, 'rtpmap:', format);
  if (mapped !== null) return readEncoding(mapped);
  return isRtp(media.protocol) ? (staticEncodings.get(format) ?? null) : null;
}

/** What a=fmtp says of the format: `mode-change-capability=2;max-red=0`. */
export function parametersOf(media: MediaDescription, format: string): string | null {
  return attributeOf(media, 'fmtp:', format);
}

function attributeOf(media: MediaDescription, name: string, format: string): string | null {
  const start = name.length + format.length;
  for (const line of media.lines) {
    const value = line[1];
    if (value.charCodeAt(start) !== space || line[0] !== 'a') continue;
    if (value.startsWith(name) && value.startsWith(format, name.length)) {
      return value.slice(start + 1).trim();
    }
  }
  return null;
}

const space = 0x20;

/** RFC 8866 §6.6: `AMR-WB/16000/1`. */
function readEncoding(text: string): Encoding | null {
  const nameEnd = text.indexOf('/');
  if (nameEnd < 1) return null;
  const rateEnd = text.indexOf('/', nameEnd + 1);
  const rate = rateEnd < 0 ? text.slice(nameEnd + 1) : text.slice(nameEnd + 1, rateEnd);
  const clockRate = Number(rate);
  if (rate === '' || !Number.isSafeInteger(clockRate) || clockRate < 1) return null;
  const parameters = rateEnd < 0 ? null : text.slice(rateEnd + 1);
  return Object.freeze({ name: text.slice(0, nameEnd), clockRate, parameters });
}

function staticEncoding(name: string, clockRate: number): Encoding {
  return Object.freeze({ name, clockRate, parameters: null });
}

/** RFC 3551 §6, tables 4 and 5: those that terminals still offer. */
const staticEncodings: ReadonlyMap<string, Encoding> = new Map([
  ['0', staticEncoding('PCMU', 8000)],
  ['3', staticEncoding('GSM', 8000)],
  ['8', staticEncoding('PCMA', 8000)],
  ['9', staticEncoding('G722', 8000)],
  ['18', staticEncoding('G729', 8000)],
  ['34', staticEncoding('H263', 90000)],
]);

/** Where the section receives: its own first c= line, else the session's; without TTL or count. */
export function addressOf(media: MediaDescription, of: SessionDescription): string | null {
  return connectionIn(media.lines) ?? connectionIn(of.lines);
}

/** The address of the first c= line of one level, or null. */
export function connectionIn(lines: readonly SdpLine[]): string | null {
  for (const line of lines) {
    if (line[0] !== 'c') continue;
    const value = line[1];
    const start = value.lastIndexOf(' ') + 1;
    const suffix = value.indexOf('/', start);
    return suffix < 0 ? value.slice(start) : value.slice(start, suffix);
  }
  return null;
}

/**
 * The section at another port, 0 to 65535. An a=rtcp line (RFC 3605) keeps its distance to it; it
 * stays as it is when the stream is switched off.
 */
export function withPort(media: MediaDescription, port: number): MediaDescription {
  if (port === media.port) return media;
  const lines = port === 0 ? media.lines : media.lines.map((line) => movedRtcp(line, media, port));
  return makeMedia(media.media, port, media.protocol, media.formats, lines);
}

function movedRtcp(line: SdpLine, media: MediaDescription, port: number): SdpLine {
  if (line[0] !== 'a' || !line[1].startsWith('rtcp:')) return line;
  const end = line[1].indexOf(' ');
  const was = Number(line[1].slice(5, end < 0 ? undefined : end));
  const distance = media.port === 0 ? 1 : was - media.port;
  return sdpLine('a', `rtcp:${port + distance}${end < 0 ? '' : line[1].slice(end)}`);
}

/** The section refused or switched off: port 0, its formats and its c= line, no attributes. */
export function refused(media: MediaDescription): MediaDescription {
  const lines = media.lines.filter((line) => line[0] === 'c');
  return makeMedia(media.media, 0, media.protocol, media.formats, lines);
}
