import { encodingOf } from '../../sdp/media-lines.ts';
import type {
  MediaDescription,
  SdpLine,
  SessionDescription,
} from '../../sdp/session-description.ts';

/** How rules compare session descriptions. Written from the RFCs, for the judge alone. */

/** Whether two descriptions are one text, o= included. */
export function sameText(a: SessionDescription, b: SessionDescription): boolean {
  if (a === b) return true;
  const [one, other] = [a.origin, b.origin];
  return (
    one.userName === other.userName &&
    one.sessionId === other.sessionId &&
    one.version === other.version &&
    one.address === other.address &&
    sameBelowOrigin(a, b)
  );
}

/** Whether two descriptions differ in their o= line at most. */
export function sameBelowOrigin(a: SessionDescription, b: SessionDescription): boolean {
  if (a === b) return true;
  if (a.sessionName !== b.sessionName || a.media.length !== b.media.length) return false;
  if (!sameLines(a.lines, b.lines)) return false;
  for (const [index, line] of a.media.entries()) {
    const other = b.media[index];
    if (other === undefined || !sameSection(line, other)) return false;
  }
  return true;
}

function sameSection(a: MediaDescription, b: MediaDescription): boolean {
  if (a === b) return true;
  return (
    a.media === b.media &&
    a.port === b.port &&
    a.protocol === b.protocol &&
    a.formats.join(' ') === b.formats.join(' ') &&
    sameLines(a.lines, b.lines)
  );
}

function sameLines(a: readonly SdpLine[], b: readonly SdpLine[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((line, index) => {
    const other = b[index];
    return other !== undefined && other[0] === line[0] && other[1] === line[1];
  });
}

/** `AMR-WB/16000/1`; null where neither a=rtpmap nor RFC 3551 says anything. */
export function codecOf(line: MediaDescription, format: string): string | null {
  const encoding = encodingOf(line, format);
  if (encoding === null) return null;
  return `${encoding.name.toUpperCase()}/${encoding.clockRate}/${encoding.parameters ?? '1'}`;
}

/** Whether the lines have a format in common: by codec, or by number where that is all there is. */
export function haveFormatInCommon(a: MediaDescription, b: MediaDescription): boolean {
  for (const format of a.formats) {
    const codec = codecOf(a, format);
    for (const other of b.formats) {
      const known = codecOf(b, other);
      if (codec !== null && known !== null ? codec === known : format === other) return true;
    }
  }
  return false;
}

/** RFC 3264 §8.3.2: a dynamic payload type. */
export function isDynamic(format: string): boolean {
  const number = Number(format);
  return Number.isInteger(number) && number >= 96 && number <= 127;
}

/** `the second m= line (video)`. */
export function placeOf(index: number, line: MediaDescription | undefined): string {
  const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
  const ordinal = ordinals[index] ?? `${index + 1}th`;
  return line === undefined ? `the ${ordinal} m= line` : `the ${ordinal} m= line (${line.media})`;
}
