import type { Dialog } from '../../sip/dialog.ts';
import { headerValue, type SipMessage } from '../../sip/message.ts';
import type { CmrClientState } from './client-state.ts';

/** P-Early-Media at a caller's terminal (RFC 5009 §8): which early media may pass its gate. */

type Authorised = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface EarlyMediaAuthorisation {
  /** Place of the dialog in `agent.dialogs`. */
  readonly dialog: number;
  /** Line by line, seen from the called side; the last one holds for all that follow (R-PEM-04). */
  readonly directions: readonly Authorised[];
}

/** Takes note of the header field; a message without it changes nothing (R-PEM-06). */
export function noteEarlyMedia(
  client: CmrClientState,
  dialog: Dialog | null,
  message: SipMessage,
): void {
  const { earlyMedia, defects } = client.config;
  if (dialog === null || !earlyMedia) return;
  const absent = defects.includes('takes-silence-for-a-ban') ? 'inactive' : null;
  const value = headerValue(message, 'P-Early-Media') ?? absent;
  if (value === null) return;
  const directions = value
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(isDirection);
  // Where no direction is recognised, nothing is asked for (R-PEM-04).
  if (directions.length === 0) return;
  const place = client.agent.dialogs.indexOf(dialog);
  const known = client.authorised.findIndex((one) => one.dialog === place);
  const now = { dialog: place, directions };
  if (known < 0) client.authorised.push(now);
  else client.authorised[known] = now;
}

function isDirection(word: string): word is Authorised {
  return word === 'sendrecv' || word === 'sendonly' || word === 'recvonly' || word === 'inactive';
}

/**
 * Whether media of that line may reach this caller's ear before the answer. Where several early
 * dialogs have a say, the strictest decides (R-PEM-10); where none has, its own default does.
 */
export function mayHearEarly(client: CmrClientState, line: number): boolean {
  if (client.config.defects.includes('plays-what-is-forbidden')) return true;
  const said = saying(client);
  if (said.length === 0)
    return client.phase === 'in call' || client.config.earlyMediaGate === 'open';
  return said.every(({ directions }) => {
    const direction = directionFor(directions, line);
    return direction === 'sendrecv' || direction === 'sendonly';
  });
}

/** Whether this caller may send on that line before the answer (R-PEM-03, R-PEM-08). */
export function maySendEarly(client: CmrClientState, line: number): boolean {
  return saying(client).every(({ directions }) => {
    const direction = directionFor(directions, line);
    return direction === 'sendrecv' || direction === 'recvonly';
  });
}

/** Whether the network said that sound towards this caller is on its way (R-PEM-12). */
export function promisesSound(client: CmrClientState): boolean {
  return saying(client).some(({ directions }) =>
    client.able.media.some(({ media }, line) => {
      const direction = directionFor(directions, line);
      return media === 'audio' && (direction === 'sendrecv' || direction === 'sendonly');
    }),
  );
}

/** The authorisations of early dialogs; from the 200 on all media are (R-PEM-07). */
function saying(client: CmrClientState): readonly EarlyMediaAuthorisation[] {
  const { authorised, agent, phase, config } = client;
  if (phase === 'in call' && config.defects.includes('keeps-gate-shut')) return authorised;
  if (phase === 'in call' || authorised.length === 0) return none;
  return authorised.filter(({ dialog }) => agent.dialogs[dialog]?.state === 'early');
}

const none: readonly EarlyMediaAuthorisation[] = Object.freeze([]);

function directionFor(directions: readonly Authorised[], line: number): Authorised | undefined {
  return directions[line] ?? directions.at(-1);
}
