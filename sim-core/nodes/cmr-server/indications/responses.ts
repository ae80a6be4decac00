import type { Outbox } from '../../../kernel/node.ts';
import type { SipIndication } from '../../../sip/agent.ts';
import type { Dialog } from '../../../sip/dialog.ts';
import { hangUp } from '../../../sip/hanging-up.ts';
import { inviteAgain } from '../../../sip/inviting-again.ts';
import { bodyOf, reliableSequence, type SipResponse } from '../../../sip/message.ts';
import { earlySessionOn } from '../actions/early-sessions.ts';
import { acknowledgeClientA, acknowledgeClientB } from '../actions/negotiating.ts';
import {
  nothingMore,
  type CmrCall,
  type CmrServerState,
  type Leg,
  type Onward,
  type OwnOffer,
} from '../call.ts';
import { endBranch, followOtherBranch, isOtherBranch, showBranch } from '../fork-branches.ts';
import {
  dialogOn,
  endToEnd,
  inviteOfClientARequires,
  inviteOfClientASupports,
  rememberDialog,
} from '../legs.ts';
import { refuseInPrack, sendPrackToClientB } from '../offers-of-client-b.ts';
import type { Tell } from '../procedure.ts';
import { endsDialog, sipReason } from '../reasons.ts';
import { makeWaitingOffers, repeatsOffer, settleOffer } from '../own-offers.ts';
import { endCall, forward } from '../relay.ts';
import { stopRinging } from '../ringing-on.ts';
import { answerRelayed, offerRelayed, refuseRelayed } from '../session-relay.ts';

/** A response of either client to a request of the CMR Server. */
export function hearResponse(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  heard: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
  tell: Tell,
): void {
  const { response, to } = heard;
  rememberDialog(server, call, leg, heard.dialog);
  if (answersOwnOffer(call, leg, heard.branch)) {
    hearToOffer(server, call, leg, heard, out, tell);
    makeWaitingOffers(server, call, out);
  } else if (leg === 'Client-B' && (to.method === 'PRACK' || to.method === 'UPDATE')) {
    hearOfOffer(server, call, to.method, response.status, tell);
    makeWaitingOffers(server, call, out);
  } else if (to.method === 'INVITE' && to.to.tag !== null) {
    hearToOffer(server, call, leg, heard, out, tell);
    makeWaitingOffers(server, call, out);
  } else if (to.method === 'INVITE' && leg === 'Client-B') {
    if (response.status < 200) {
      hearProvisional(server, call, heard, out, tell);
      return;
    }
    if (invitesAgain(server, call, heard, out)) return;
    if (response.status < 300) followAnswered(server, call, heard.dialog, out);
    hearFinal(server, call, response, out, tell);
  }
}

/** Beside it an UPDATE with an early session may be open, an exchange of its own (RFC 3959 §4). */
export function answersOwnOffer(call: CmrCall, leg: Leg, branch: string): boolean {
  const own = call.offers[leg];
  return own?.state === 'asked' && own.branch === branch;
}

/** Leg B goes on under another INVITE where the first asked for too short a session (422). */
function invitesAgain(
  { agent, config }: CmrServerState,
  call: CmrCall,
  { to, response }: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
): boolean {
  const called = config.subscribers.find(({ contact }) => contact === to.requestUri);
  if (called === undefined || call.over) return false;
  const again = inviteAgain(agent, called.node, to, response, out);
  call.branches['Client-B'] = again ?? call.branches['Client-B'];
  return again !== null;
}

/** GAP-32: of the branches behind a fork, leg B goes on in the one that was answered. */
function followAnswered(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog | null,
  out: Outbox,
): void {
  if (dialog === null) return;
  const other = isOtherBranch(server, call, dialog);
  call.dialogs['Client-B'] = server.agent.dialogs.indexOf(dialog);
  const answered = server.config.subscribers.find(({ place }) => place === dialog.remoteTarget);
  call.names['Client-B'] = answered?.name ?? call.names['Client-B'];
  if (other) followOtherBranch(server, call, dialog, out);
}

function hearProvisional(
  server: CmrServerState,
  call: CmrCall,
  { response, dialog }: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
  tell: Tell,
): void {
  const reliable = reliableSequence(response) !== null;
  if (reliable && dialog !== null) acknowledge(server, call, dialog, response, out, tell);
  if (call.over) return;
  const other = isOtherBranch(server, call, dialog);
  if (response.status === 199) {
    // One early dialog of a fork has ended; Client-A may see one for all of them (R-199-02).
    if (dialog !== null) endBranch(server, call, dialog, response, out);
    return;
  }
  if (other && dialog !== null) {
    showBranch(server, call, dialog, response, out);
    return;
  }
  if (response.status === 180) call.alerted = true;
  const onward = onwardOf(response);
  onward.reliably =
    (reliable && inviteOfClientASupports(server, call, '100rel')) ||
    inviteOfClientARequires(server, call, '100rel'); // R-PRK-15
  tell(call, 'Client-B: provisional response', { onward, status: response.status });
  if (!onward.held && !call.over) forward(server, call, onward, out);
}

/** GAP-13: Client-B's reliable response gets a PRACK of this server's, unless one is kept back. */
function acknowledge(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  if (call.prack.due) {
    // Another branch of a fork: what is kept back for the first one is not for this one.
    refuseInPrack(server, call, dialog, response, out);
    return;
  }
  call.prack.response = response;
  call.prack.dialog = server.agent.dialogs.indexOf(dialog);
  call.prack.due = true;
  call.prack.says = nothingMore;
  const earlySession = earlySessionOn(server, call, 'Client-B');
  tell(call, 'Client-B: reliable provisional response', { response, earlySession });
  sendPrackToClientB(server, call, out);
}

/** What Client-B says to a PRACK or an UPDATE, which may carry an early-session offer. */
export function hearOfOffer(
  server: CmrServerState,
  call: CmrCall,
  method: 'PRACK' | 'UPDATE',
  status: number,
  tell: Tell,
): void {
  if (call.over) return;
  const earlySession = earlySessionOn(server, call, 'Client-B');
  if (method === 'PRACK') tell(call, 'Client-B: PRACK answered', { status, earlySession });
  else if (status < 300) tell(call, 'Client-B: UPDATE answered', { earlySession });
  else tell(call, 'Client-B: UPDATE refused', { status });
}

function hearFinal(
  server: CmrServerState,
  call: CmrCall,
  response: SipResponse,
  out: Outbox,
  tell: Tell,
): void {
  const { status } = response;
  const dialog = dialogOn(server, call, 'Client-B');
  const answered = status < 300 && dialog !== null;
  if (answered) call.owedAcks.push(response.cseq.number);
  if (call.over) {
    // Client-A has cancelled, and the answer came first: acknowledged, then ended (R-CAN-07).
    acknowledgeClientB(server, call, out);
    if (answered) hangUp(server.agent, dialog, [], out);
    return;
  }
  const session = dialog?.offerAnswer.session;
  if (answered && session?.remote === null && session.state !== 'offer received') {
    // An answer without a description leaves nothing to talk over (RFC 3261 §13.2.1).
    const invalid = { status: 502, headers: [sipReason(502)] };
    endCall(server, call, 'CMR Server', invalid, out);
    return;
  }
  const onward = onwardOf(response);
  call.responsesWait = []; // provisional responses are of no use any more
  if (status >= 300) stopRinging(call, out);
  tell(call, 'Client-B: final response', { onward, status });
  if (onward.held || call.over) return;
  if (answered) acknowledgeClientB(server, call, out); // GAP-44
  call.kept = null;
  forward(server, call, onward, out);
  if (status >= 300) endCall(server, call, 'Client-B', { status, headers: [] }, out);
}

/** A final response to an offer of this server's own, or to one it has passed on. */
function hearToOffer(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  { response, to }: Extract<SipIndication, { kind: 'response' }>,
  out: Outbox,
  tell: Tell,
): void {
  const { status, cseq } = response;
  if (status < 200) return;
  const own = call.offers[leg];
  const accepted = status < 300;
  const answer = bodyOf(response, 'session');
  const offered = accepted && own !== null && own.offer === null && answer !== null;
  if (accepted && to.method === 'INVITE' && !(offered && !call.over)) {
    if (leg === 'Client-B') call.owedAcks.push(cseq.number);
    else acknowledgeClientA(server, call, cseq.number, out);
  }
  if (call.over) {
    acknowledgeClientB(server, call, out);
    return;
  }
  if (own === null) return;
  if (offered) {
    settleOffer(server, call, leg, own);
    offerRelayed(server, call, leg, cseq.number, answer, out);
    return;
  }
  if (accepted && answer !== null) {
    settleOffer(server, call, leg, own);
    if (own.relayed) {
      acknowledgeClientB(server, call, out);
      answerRelayed(server, call, leg, answer, out);
    } else if (leg === 'Client-A') tell(call, `Client-A: ${requestName(own)} answered`, { answer });
    else tell(call, 'Client-B: re-INVITE answered', { answer });
    return;
  }
  if (repeatsOffer(server, call, leg, to, response, out)) return;
  hearRefusal(server, call, leg, status, out, tell);
}

/** A refused offer leaves the session as it was, unless the dialog is gone (R-UPD-09, R-REI-05). */
export function hearRefusal(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  status: number,
  out: Outbox,
  tell: Tell,
): void {
  const own = call.offers[leg];
  if (own === null) return;
  const { method, relayed } = own;
  if (endsDialog(status, method)) {
    loseLeg(server, call, leg, status, out);
    return;
  }
  call.offers[leg] = null;
  if (relayed) refuseRelayed(server, call, leg, status, out);
  else if (leg === 'Client-A') tell(call, `Client-A: ${requestName(own)} refused`, { status });
  else tell(call, 'Client-B: re-INVITE refused', { status });
}

/** GAP-26 c and d: the other leg is told why it ends. */
function loseLeg(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  status: number,
  out: Outbox,
): void {
  const final = leg === 'Client-A' ? 487 : 480;
  // Where nothing came back the other end may still be there: it gets a BYE as well (R-DLG-10).
  const silent = dialogOn(server, call, leg)?.state === 'confirmed';
  const from = silent ? 'CMR Server' : leg;
  endCall(server, call, from, { status: final, headers: [sipReason(status)] }, out);
}

function requestName({ method }: OwnOffer): 're-INVITE' | 'UPDATE' {
  return method === 'INVITE' ? 're-INVITE' : 'UPDATE';
}

function onwardOf(response: SipResponse): Onward {
  return {
    towards: 'Client-A',
    // What its neighbour cannot serve now is none of Client-A's business (RFC 3261 §16.7 item 6).
    status: response.status === 503 ? 500 : response.status,
    headers: endToEnd(response.headers),
    bodies: response.bodies.filter(({ disposition }) => disposition === 'session'),
    reliably: false,
    held: false,
  };
}
