import { makeMedia, makeSession } from './make-description.ts';
import { isOn, withPort } from './media-lines.ts';
import type { SessionDescription } from './session-description.ts';

/**
 * What a party can do in an early session, where nothing says otherwise: the same media and codecs
 * (R-ES-07) at ports of its own (R-ES-04), under a session id of its own (RFC 3959 §7).
 */
export function besideTheSession(description: SessionDescription): SessionDescription {
  const { origin, sessionName, lines, media } = description;
  const ports = media.map(({ port }) => port);
  const upwards = Math.max(...ports) + 2 * media.length < portsEnd;
  const first = upwards ? Math.max(...ports) : Math.min(...ports.filter((port) => port > 0));
  const others = media.map((section, index) => {
    if (!isOn(section)) return section;
    const port = upwards ? first + 2 * (index + 1) : first - 2 * (index + 1);
    const moved = withPort(section, port);
    return makeMedia(section.media, port, section.protocol, section.formats, moved.lines);
  });
  const sessionId = `${origin.sessionId.slice(0, -1)}${otherDigit(origin.sessionId)}`;
  return makeSession({ ...origin, sessionId }, sessionName, lines, others);
}

const portsEnd = 65_535;

/** Another last digit, never a longer number: session ids fill 64 bits in some terminals. */
function otherDigit(sessionId: string): number {
  const last = Number(sessionId.slice(-1));
  return last === 0 ? 1 : last - 1;
}
