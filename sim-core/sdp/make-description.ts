import type {
  MediaDescription,
  Origin,
  SdpLine,
  SessionDescription,
} from './session-description.ts';

/** A frozen line. */
export function sdpLine(type: string, value: string): SdpLine {
  return Object.freeze([type, value] as const);
}

/** A frozen media section. `formats` and `lines` become its own; the lines are frozen already. */
export function makeMedia(
  media: string,
  port: number,
  protocol: string,
  formats: readonly string[],
  lines: readonly SdpLine[],
): MediaDescription {
  const section = {
    media,
    port,
    protocol,
    formats: Object.freeze(formats),
    lines: Object.freeze(lines),
  };
  return Object.freeze(section);
}

/** A frozen description. The arrays become its own; what they hold is frozen already. */
export function makeSession(
  origin: Origin,
  sessionName: string,
  lines: readonly SdpLine[],
  media: readonly MediaDescription[],
): SessionDescription {
  return Object.freeze({
    origin: Object.freeze(origin),
    sessionName,
    lines: Object.freeze(lines),
    media: Object.freeze(media),
  });
}
