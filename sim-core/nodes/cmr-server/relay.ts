import { clause } from '../../base/clause-id.ts';
import type { Outbox } from '../../kernel/node.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import { type BodyPart, type Header } from '../../sip/message.ts';
import {
  cancelInvite,
  dialogOfInvite,
  inviteServerOf,
  respondToInvite,
  sendAck,
  sendInvite,
} from '../../sip/sending.ts';
import { legs, type CmrCall, type CmrServerState, type Leg, type Onward } from './call.ts';
import { stopContinueTimers } from './continue-limits.ts';
import { defectiveSuccess } from './defective-success.ts';
import { acknowledgeLate } from './late-ack.ts';
import { useShownTag, wantsEndsOfBranches } from './fork-branches.ts';
import {
  asAnswerTo,
  bodyIn,
  capabilities,
  capabilitiesInProvisional,
  capabilitiesTowards,
  contactOf,
  dialogOn,
  inviteOfClientASupports,
  rememberDialog,
  waitsForPrack,
} from './legs.ts';
import { refusalDueToClientB, sendPrackToClientB } from './offers-of-client-b.ts';
import { forgetOffers } from './own-offers.ts';
import { refuseOffer } from './refusing-offers.ts';
import { ringOn, stopRinging } from './ringing-on.ts';
import { freeConference, freeRing, reservationTimer } from './resource-control.ts';

/** What happens to everything that no procedure claims: a back-to-back user agent relays it. */

/** The INVITE goes on to Client-B, in a dialog of the CMR Server's own. */
export function inviteClientB(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { agent, config } = server;
  const { invite } = call;
  if (invite === null) return;
  call.invite = null;
  const { called, request } = invite;
  // Without an offer, Client-B's reliable response would carry one that Client-A could not answer.
  const offers = invite.bodies.some(({ disposition }) => disposition === 'session');
  const mayBeReliable = offers || inviteOfClientASupports(server, call, '100rel');
  call.branches['Client-B'] = sendInvite(
    agent,
    {
      peer: called.node,
      requestUri: called.contact,
      fromUri: request.from.uri,
      toUri: request.to.uri,
      contact: contactOf(config),
      headers: withCapabilities(
        [...invite.headers, ...wantsEndsOfBranches(server, call)],
        mayBeReliable,
      ),
      bodies: invite.bodies.map((part) => bodyIn(server, call, 'Client-B', part)),
      otherBodies: invite.otherBodies ?? [],
    },
    out,
  );
  const sent = agent.transactions.find(({ branch }) => branch === call.branches['Client-B']);
  call.callIds['Client-B'] = sent?.request.callId ?? '';
}

/** What the CMR Server supports, and what a procedure says beside it, in one header field. */
function withCapabilities(headers: readonly Header[], mayBeReliable: boolean): Header[] {
  const more = headers.filter(([name]) => name === 'Supported').map(([, tags]) => tags);
  const own = capabilities.flatMap(([name, value]): Header[] => {
    if (name !== 'Supported') return [[name, value]];
    const tags = mayBeReliable ? [value, ...more] : more;
    return tags.length === 0 ? [] : [[name, tags.join(', ')]];
  });
  return [...own, ...headers.filter(([name]) => name !== 'Supported')];
}

/**
 * Sends a response of Client-B on to Client-A. A second reliable one, and a 2xx, wait for the
 * PRACK that is due (R-PRK-05, R-PRK-12); a description Client-A does not need any more stays
 * behind (R-OA-04). A provisional response lists Allow alone: Supported has no place in it
 * (R-MSG-18).
 */
export function forward(server: CmrServerState, call: CmrCall, onward: Onward, out: Outbox): void {
  const { agent, config } = server;
  const branch = call.branches['Client-A'];
  const { status } = onward;
  const success = status >= 200 && status < 300;
  if (success ? waitsForPrack(server, call) : onward.reliably && isUnacknowledged(server, call)) {
    call.responsesWait.push(onward);
    const id = success ? 'R-PRK-12' : 'R-PRK-05';
    out.note({ kind: 'ignored', why: `${status} waits for PRACK`, clause: clause(id) });
    return;
  }
  const says =
    status >= 200
      ? capabilitiesTowards(server, 'Client-A')
      : capabilitiesInProvisional(server, onward.reliably);
  const headers = [...(status >= 300 ? [] : says), ...onward.headers];
  const bodies = bodiesFor(server, call, onward);
  if (call.firstAnswerToClientA === null) {
    const first = bodies.find(({ disposition }) => disposition === 'session');
    call.firstAnswerToClientA = first?.description ?? null;
  } else if (status === 200 && config.switches['SW-200-SDP'] === 'repeat' && bodies.length === 0) {
    bodies.push(bodyPart('session', call.firstAnswerToClientA)); // GAP-07
  }
  if (status === 200 && config.defects.length > 0) {
    const wrong = defectiveSuccess(server, call);
    headers.push(...wrong.headers);
    bodies.push(...wrong.bodies);
  }
  const contact = status < 300 ? contactOf(config) : null;
  const { otherBodies = [] } = onward;
  if (status >= 300) useShownTag(server, call);
  const saying = { headers, bodies, contact, otherBodies };
  respondToInvite(agent, branch, status, saying, onward.reliably, out);
  if (status < 200) ringOn(call, onward, out);
  else stopRinging(call, out);
  if (onward.ring === true) call.ringAnswered = true;
  rememberDialog(server, call, 'Client-A', dialogOfInvite(agent, branch));
}

/**
 * The bodies of a response as Client-A gets them. A 2xx has the answer that Client-A is still
 * owed, which Client-B may have given before (R-2XX-06).
 */
function bodiesFor(server: CmrServerState, call: CmrCall, onward: Onward): BodyPart[] {
  const session = dialogOn(server, call, 'Client-A')?.offerAnswer.session;
  // An offer of this server that Client-A left open is no answer that Client-A is owed, nor is
  // what an UPDATE of Client-A offers anew.
  const agreed =
    session !== undefined && (session.local !== null || session.state === 'offer sent');
  const asked = session?.state === 'offer received' ? session.pending : null;
  const told = (part: BodyPart): BodyPart => {
    const body = bodyIn(server, call, 'Client-A', part);
    if (asked === null || part.disposition !== 'session') return body;
    // Lines that only a refused offer of this server had are none of this answer's (R-OA-06).
    return bodyPart('session', asAnswerTo(asked, body.description));
  };
  const bodies: BodyPart[] = [];
  for (const part of onward.bodies) {
    if (agreed && part.disposition === 'session') continue;
    bodies.push(told(part));
  }
  const given = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote ?? null;
  const owes = onward.status >= 200 && onward.status < 300 && !agreed && bodies.length === 0;
  // What Client-A was shown in a response that nobody acknowledged is its answer (R-OA-05).
  const due = call.firstAnswerToClientA ?? given;
  if (owes && due !== null) {
    bodies.push(told(bodyPart('session', due)));
  }
  return bodies;
}

function isUnacknowledged({ agent }: CmrServerState, call: CmrCall): boolean {
  const branch = call.branches['Client-A'];
  return agent.provisionals.some((one) => one.branch === branch);
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
  stopContinueTimers(call, out);
  stopRinging(call, out);
  forgetOffers(server, call, out);
  refuseAsked(server, call, out);
  acknowledgeLate(server, call, [], out);
  endLegB(server, call, from, reason.headers, out);
  endLegA(server, call, from, reason, out);
  for (const leg of legs) {
    out.stopTimer(reservationTimer(call, leg));
    freeRing(server, call, leg, out);
  }
  freeConference(server, call, out);
}

/** R-DLG-12: what a party asked and did not get an answer to. */
function refuseAsked(server: CmrServerState, call: CmrCall, out: Outbox): void {
  for (const leg of legs) {
    const asked = call.asked[leg];
    call.asked[leg] = null;
    if (asked !== null) refuseOffer(server, asked, 487, out);
  }
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
    useShownTag(server, call);
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
  sendPrackToClientB(server, call, out);
  const dialog = dialogOn(server, call, 'Client-B');
  if (dialog === null || dialog.state !== 'confirmed') {
    // Where one of several terminals hung up, the others may be ringing still.
    cancelInvite(agent, call.branches['Client-B'], headers, out);
    return;
  }
  for (const sequence of call.owedAcks) {
    sendAck(agent, dialog, sequence, out, refusalDueToClientB(server, call));
  }
  call.owedAcks = [];
  if (from === 'Client-B') return;
  hangUp(agent, dialog, headers, out);
}
