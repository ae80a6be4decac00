import type { Codec } from './codec.ts';
import { sdpLine } from './make-description.ts';
import { directionIn, isDirection } from './media-lines.ts';
import type {
  Direction,
  MediaDescription,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/** A format in common: the party's own, the offer's number for it, what a=fmtp is to say. */
export interface CommonFormat {
  readonly own: Codec;
  readonly number: string;
  readonly parameters: string | null;
}

/** The party's own lines in its order, with the offer's numbers and the direction agreed on. */
export function answeredLines(
  offered: MediaDescription,
  able: SessionDescription,
  own: MediaDescription,
  common: readonly CommonFormat[],
  direction: Direction,
): SdpLine[] {
  const preconditions = hasLine(offered.lines, 'des:');
  const feedback = own.protocol === offered.protocol;
  const lines: SdpLine[] = [];
  let stated = directionIn(able.lines) ?? 'sendrecv';
  for (const { line, role, format } of rolesOf(own)) {
    if (role === 'as it is') lines.push(line);
    else if (role === 'direction') {
      stated = direction;
      lines.push(line[1] === direction ? line : sdpLine('a', direction));
    } else if (role === 'precondition') {
      if (preconditions) lines.push(line);
    } else if (feedback || !line[1].startsWith('rtcp-fb:')) {
      const renumbered = renumberedLine(line, format, common);
      if (renumbered !== null) lines.push(renumbered);
    }
  }
  for (const format of common) completeFormat(lines, format);
  if (stated !== direction) lines.push(sdpLine('a', direction));
  return lines;
}

/** What becomes of a line of the party in an answer. */
interface LineRole {
  readonly line: SdpLine;
  readonly role: 'as it is' | 'direction' | 'precondition' | 'per format';
  /** The payload type that a per-format line speaks of, or `*`. */
  readonly format: string;
}

function rolesOf(own: MediaDescription): readonly LineRole[] {
  const known = rolesBySection.get(own);
  if (known !== undefined) return known;
  const roles = own.lines.map(roleOf);
  if (Object.isFrozen(own)) rolesBySection.set(own, roles);
  return roles;
}

const rolesBySection = new WeakMap<MediaDescription, readonly LineRole[]>();

/** RFC 3312 §4. */
const preconditionLine = /^(?:curr|des|conf):/;

/** Attributes whose first word is a payload type: RFC 8866 §6.6 and §6.15, RFC 4585, RFC 6236. */
const perFormatLine = /^(?:rtpmap|fmtp|rtcp-fb|imageattr):(\S+)/;

function roleOf(line: SdpLine): LineRole {
  const value = line[1];
  if (line[0] !== 'a') return { line, role: 'as it is', format: '' };
  if (isDirection(value)) return { line, role: 'direction', format: '' };
  if (preconditionLine.test(value)) return { line, role: 'precondition', format: '' };
  const format = perFormatLine.exec(value)?.[1];
  if (format === undefined) return { line, role: 'as it is', format: '' };
  return { line, role: 'per format', format };
}

/** The line with the offer's number, null where its format is not answered. */
function renumberedLine(
  line: SdpLine,
  format: string,
  common: readonly CommonFormat[],
): SdpLine | null {
  if (format === '*') return line;
  for (const { own, number, parameters } of common) {
    if (own.format !== format) continue;
    const value = line[1];
    if (parameters !== own.parameters && value.startsWith('fmtp:')) {
      return sdpLine('a', `fmtp:${number} ${parameters ?? ''}`);
    }
    if (format === number) return line;
    const start = value.indexOf(':') + 1;
    return sdpLine('a', `${value.slice(0, start)}${number}${value.slice(start + format.length)}`);
  }
  return null;
}

/** Adds the a=rtpmap that a dynamic number needs and the a=fmtp that the offer asks for. */
function completeFormat(lines: SdpLine[], format: CommonFormat): void {
  const { own, number, parameters } = format;
  if (!hasFormatLine(lines, 'rtpmap:', number) && Number(number) >= 96) {
    const { name, clockRate, parameters: channels } = own.encoding;
    const mapped = `${name}/${clockRate}${channels === null ? '' : `/${channels}`}`;
    lines.push(sdpLine('a', `rtpmap:${number} ${mapped}`));
  }
  if (parameters !== own.parameters && !hasFormatLine(lines, 'fmtp:', number)) {
    lines.push(sdpLine('a', `fmtp:${number} ${parameters ?? ''}`));
  }
}

function hasFormatLine(lines: readonly SdpLine[], name: string, number: string): boolean {
  return hasLine(lines, `${name}${number} `);
}

function hasLine(lines: readonly SdpLine[], start: string): boolean {
  for (const line of lines) {
    if (line[1].startsWith(start) && line[0] === 'a') return true;
  }
  return false;
}
