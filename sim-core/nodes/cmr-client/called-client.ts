import type { Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { respondToInvite } from '../../sip/sending.ts';
import { answer } from './answering.ts';
import { endCall, type CmrClientState } from './client-state.ts';
import { endExpired, giveUpUnacknowledged, hearInDialog } from './in-dialog.ts';
import { waitsToRing } from './preconditions.ts';
import { hearOfRenegotiation } from './renegotiating.ts';
import { beginRinging } from './ringing.ts';

/** The called side: RFC 3261 §13.3, RFC 3262 §3. */

export function hearAsCalled(client: CmrClientState, heard: SipIndication, out: Outbox): void {
  switch (heard.kind) {
    case 'request':
      hearRequest(client, heard, out);
      return;
    case 'ACK':
      return;
    case 'not acknowledged':
      giveUp(client, heard.response.status, out);
      return;
    case 'session expired':
      endExpired(client, heard.dialog, out);
      return;
    case 'response':
    case 'retry':
    case 'no answer':
      hearOfRenegotiation(client, heard, out);
      return;
  }
}

function hearRequest(
  client: CmrClientState,
  heard: Extract<SipIndication, { kind: 'request' }>,
  out: Outbox,
): void {
  const { request, branch } = heard;
  const nothing = { headers: [], bodies: [], contact: null };
  if (request.method === 'INVITE' && heard.dialog === null) {
    if (client.phase !== 'idle') {
      respondToInvite(client.agent, branch, 486, nothing, false, out);
      return;
    }
    client.phase = 'invited';
    client.inviteBranch = branch;
    if (!waitsToRing(client, request, out)) beginRinging(client, out);
    return;
  }
  if (request.method === 'CANCEL') {
    endCall(client, out);
    respondToInvite(client.agent, branch, 487, nothing, false, out);
    return;
  }
  hearInDialog(client, heard, out);
  if (client.answerWaits) answer(client, out);
}

/**
 * 64·T1 without PRACK: 5xx to the INVITE (R-PRK-07); without the ACK of a 2xx: BYE (R-2XX-02);
 * without that of a refusal: nothing is left to end (R-TX-11).
 */
function giveUp(client: CmrClientState, status: number, out: Outbox): void {
  if (status >= 300) return;
  if (status >= 200) {
    giveUpUnacknowledged(client, out);
    return;
  }
  endCall(client, out);
  const refusal = { headers: [], bodies: [], contact: null };
  respondToInvite(client.agent, client.inviteBranch, 504, refusal, false, out);
}
