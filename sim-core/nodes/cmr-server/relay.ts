import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { bodyOf, type BodyPart, type Header, type SipRequest } from '../../sip/message.ts';
import {
  cancelInvite,
  dialogOfInvite,
  inviteServerOf,
  respondToInvite,
  sendAck,
  sendInvite,
} from '../../sip/sending.ts';
import type { CmrCall, CmrServerState, Leg, Onward, Subscriber } from './call.ts';
import {
  capabilities,
  contactOf,
  dialogOn,
  endToEnd,
  inHistoryOf,
  rememberDialog,
} from './legs.ts';
import { freeConference, freeRing, reservationTimer } from './resource-control.ts';

/** What happens to everything that no procedure claims: a back-to-back user agent relays it. */

/** The INVITE goes on to Client-B, in a dialog of the CMR Server's own. */
export function inviteClientB(
  server: CmrServerState,
  call: CmrCall,
  called: Subscriber,
  invite: SipRequest,
  out: Outbox,
): void {
  const { agent, config } = server;
  const offer = bodyOf(invite, 'session');
  const bodies = offer === null ? [] : [sessionBody(server, call, 'Client-B', offer)];
  call.branches['Client-B'] = sendInvite(
    agent,
    {
      peer: called.node,
      requestUri: called.contact,
      fromUri: invite.from.uri,
      toUri: invite.to.uri,
      contact: contactOf(config),
      headers: [...capabilities, ...endToEnd(invite.headers)],
      bodies,
    },
    out,
  );
  const sent = agent.transactions.find(({ branch }) => branch === call.branches['Client-B']);
  call.callIds['Client-B'] = sent?.request.callId ?? '';
}

/**
 * Sends a response of Client-B on to Client-A. A 2xx waits for the PRACK of what carried the
 * answer (R-PRK-12); a description Client-A does not need any more stays behind (R-OA-04). A
 * provisional response lists Allow alone: Supported has no place in it (R-MSG-18).
 */
export function forward(server: CmrServerState, call: CmrCall, onward: Onward, out: Outbox): void {
  const { agent, config } = server;
  const branch = call.branches['Client-A'];
  if (onward.status >= 200 && onward.status < 300 && waitsForPrack(server, call)) {
    call.kept = onward;
    call.forwardWaits = true;
    out.note({ kind: 'ignored', why: '200 waits for PRACK', clause: clause('R-PRK-12') });
    return;
  }
  const agreed = dialogOn(server, call, 'Client-A')?.offerAnswer.session.state === 'agreed';
  const bodies: BodyPart[] = [];
  for (const part of agreed ? [] : onward.bodies) {
    bodies.push(sessionBody(server, call, 'Client-A', part.description));
  }
  const { status } = onward;
  const says = status >= 300 ? [] : status >= 200 ? capabilities : capabilities.slice(0, 1);
  const headers = [...says, ...onward.headers];
  if (status === 200 && config.defects.includes('authorises-early-media-in-200')) {
    headers.push(['P-Early-Media', config.switches['SW-PEM']]);
  }
  const saying = { headers, bodies, contact: status < 300 ? contactOf(config) : null };
  respondToInvite(agent, branch, onward.status, saying, onward.reliably, out);
  rememberDialog(server, call, 'Client-A', dialogOfInvite(agent, branch));
}

/** Whether a provisional response with a description still waits for Client-A's PRACK (GAP-06). */
export function waitsForPrack({ agent }: CmrServerState, call: CmrCall): boolean {
  const branch = call.branches['Client-A'];
  return agent.provisionals.some((one) => one.branch === branch && one.response.bodies.length > 0);
}

/** Who ends a call: the party of a leg, or the CMR Server, which then ends both legs. */
export type Ender = Leg | 'CMR Server';

/**
 * Ends a call: everything still open on either leg, and all that is kept at the Resource Server.
 * `reason` is told to whoever did not end it (R-DLG-16).
 */
export function endCall(
  server: CmrServerState,
  call: CmrCall,
  from: Ender,
  reason: { readonly status: number; readonly headers: readonly Header[] },
  out: Outbox,
): void {
  if (call.over) return;
  call.over = true;
  endLegB(server, call, from, reason.headers, out);
  endLegA(server, call, from, reason, out);
  for (const leg of ['Client-A', 'Client-B'] as const) {
    out.stopTimer(reservationTimer(call, leg));
    freeRing(server, call, leg, out);
  }
  freeConference(server, call, out);
}

function endLegA(
  server: CmrServerState,
  call: CmrCall,
  from: Ender,
  reason: { readonly status: number; readonly headers: readonly Header[] },
  out: Outbox,
): void {
  const { agent } = server;
  const branch = call.branches['Client-A'];
  const pending = inviteServerOf(agent, branch)?.state === 'Proceeding';
  if (pending) {
    const saying = { headers: reason.headers, bodies: [], contact: null };
    respondToInvite(agent, branch, reason.status, saying, false, out);
    return;
  }
  const dialog = dialogOn(server, call, 'Client-A');
  if (from === 'Client-A' || dialog?.state !== 'confirmed') return;
  hangUp(agent, dialog, reason.headers, out);
}

/** A leg B that was answered is acknowledged and then ended; otherwise its INVITE is cancelled. */
function endLegB(
  server: CmrServerState,
  call: CmrCall,
  from: Ender,
  headers: readonly Header[],
  out: Outbox,
): void {
  const { agent } = server;
  const dialog = dialogOn(server, call, 'Client-B');
  if (dialog === null || dialog.state === 'early') {
    cancelInvite(agent, call.branches['Client-B'], headers, out);
    return;
  }
  if (dialog.state !== 'confirmed') return;
  for (const sequence of call.owedAcks) sendAck(agent, dialog, sequence, out);
  call.owedAcks = [];
  if (from === 'Client-B') return;
  hangUp(agent, dialog, headers, out);
}

function sessionBody(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  description: Parameters<typeof inHistoryOf>[3],
): BodyPart {
  return bodyPart('session', inHistoryOf(server, call, leg, description));
}
