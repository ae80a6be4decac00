import { nextVersion, withOrigin } from '../../sdp/history.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hostPort, type Header } from '../../sip/message.ts';
import type { CmrCall, CmrServerConfig, CmrServerState, Leg } from './call.ts';

/** The two legs of a back-to-back user agent: each has its own dialog and its own o= line. */

export function dialogOn({ agent }: CmrServerState, call: CmrCall, leg: Leg): Dialog | null {
  return agent.dialogs[call.dialogs[leg]] ?? null;
}

export function rememberDialog(
  { agent }: CmrServerState,
  call: CmrCall,
  leg: Leg,
  dialog: Dialog | null,
): void {
  if (dialog !== null && call.dialogs[leg] < 0) call.dialogs[leg] = agent.dialogs.indexOf(dialog);
}

/** The call and leg a Call-ID belongs to, or null. */
export function legOf(
  { calls }: CmrServerState,
  callId: string,
): { readonly call: CmrCall; readonly leg: Leg } | null {
  for (const call of calls) {
    if (call.callIds['Client-A'] === callId) return { call, leg: 'Client-A' };
    if (call.callIds['Client-B'] === callId) return { call, leg: 'Client-B' };
  }
  return null;
}

/**
 * A description as this leg's own history has it: the CMR Server's o= line, its version counted
 * on from what was sent there last (GAP-09, GAP-11, R-OA-14).
 */
export function inHistoryOf(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  description: SessionDescription,
): SessionDescription {
  const previous = dialogOn(server, call, leg)?.offerAnswer.session.lastSent ?? null;
  const first = withOrigin(description, {
    userName: server.config.mark,
    sessionId: `${server.calls.indexOf(call) + 1}00${leg === 'Client-A' ? 1 : 2}`,
    version: 1,
    address: server.config.address,
  });
  return nextVersion(previous, first);
}

export function contactOf({ mark, address, port }: CmrServerConfig): string {
  return `<sip:${mark}@${hostPort(address, port)}>`;
}

/** What the CMR Server says of itself in an INVITE, a response that makes a dialog, an UPDATE. */
export const capabilities: readonly Header[] = [
  ['Allow', 'INVITE, ACK, BYE, CANCEL, PRACK, UPDATE'],
  ['Supported', '100rel'],
];

/** Header fields of one hop or one end, which a B2BUA does not carry over. */
const ownToEachLeg = new Set([
  'allow',
  'p-access-network-info',
  'p-early-media',
  'p-preferred-identity',
  'rack',
  'record-route',
  'require',
  'route',
  'rseq',
  'supported',
]);

/** What of a message's header fields goes on to the other leg. */
export function endToEnd(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => !ownToEachLeg.has(name.toLowerCase()));
}
