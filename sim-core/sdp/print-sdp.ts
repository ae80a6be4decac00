import type { Origin, SessionDescription } from './session-description.ts';

/** The wire text, every line ended by CRLF. Printed once per frozen description. */
export function printSdp(description: SessionDescription): string {
  const known = printed.get(description);
  if (known !== undefined) return known;
  const text = print(description);
  if (Object.isFrozen(description)) printed.set(description, text);
  return text;
}

const printed = new WeakMap<SessionDescription, string>();

function print(description: SessionDescription): string {
  let text = `v=0\r\no=${printOrigin(description.origin)}\r\ns=${description.sessionName}\r\n`;
  for (const line of description.lines) text += `${line[0]}=${line[1]}\r\n`;
  for (const section of description.media) {
    const formats = section.formats.join(' ');
    text += `m=${section.media} ${section.port} ${section.protocol} ${formats}\r\n`;
    for (const line of section.lines) text += `${line[0]}=${line[1]}\r\n`;
  }
  return text;
}

/** The value of the o= line (RFC 8866 §5.2). */
function printOrigin(origin: Origin): string {
  const { userName, sessionId, version, address } = origin;
  return `${userName} ${sessionId} ${version} ${printAddress(address)}`;
}

/** Network type, address type and address, as in o= and c= lines. */
export function printAddress(address: string): string {
  return `IN IP${address.includes(':') ? 6 : 4} ${address}`;
}
