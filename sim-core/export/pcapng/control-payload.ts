import type { SessionDescription } from '../../sdp/session-description.ts';
import { printSdp } from '../../sdp/print-sdp.ts';
import type { ControlMessage } from '../../resource-control/control-message.ts';

/** UDP port of CMR Server and CMR Resource Server for their commands. */
export const controlPort = 2855;

/** The first line of every datagram: name and version of the protocol (docs/pcapng.md). */
const firstLine = 'ringscope control 1';

/**
 * A command or reply as the text that a capture shows: the fixed first line, then one line of
 * JSON whose keys are sorted. Session descriptions are in it as their SDP text.
 */
export function controlPayload(message: ControlMessage): string {
  // What a fault rule knows it by follows from the rest; JSON leaves out what is undefined.
  const said = { ...message, protocol: undefined, label: undefined };
  return `${firstLine}\n${JSON.stringify(said, forReading)}\n`;
}

/** Sorts the keys of an object, in the order of their code units; prints a description. */
function forReading(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (isDescription(value)) return printSdp(value);
  const entries = Object.entries(value);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function isDescription(value: object): value is SessionDescription {
  return 'origin' in value && 'sessionName' in value && 'media' in value;
}
