import { clause } from '../base/clause-id.ts';
import { check } from '../base/check.ts';
import type { NodeId, Outbox } from '../kernel/node.ts';
import { sayingNothing, type Saying, type UserAgent } from './agent.ts';
import { dialogOf, type Dialog } from './dialog.ts';
import { enterDialogState } from './dialog-state.ts';
import { negotiateInviteResponse, settleAnswered, withReliability } from './invite-response.ts';
import { makeRequest, makeResponse } from './making-messages.ts';
import {
  headerValue,
  type BodyPart,
  type Header,
  type Method,
  type SipRequest,
  type SipResponse,
  type Via,
} from './message.ts';
import { negotiateSent } from './negotiating.ts';
import {
  awaitAcknowledgement,
  awaitsPrack,
  forgetQueued,
  stopRepeatingProvisionals,
} from './reliable-provisional.ts';
import { askingForTimer, grantingTimer, stopSessionTimer } from './session-timer.ts';
import { awaitAck, stopRepeatingIn } from './success-response.ts';
import { respondInInviteServer } from './transaction/invite-server.ts';
import { newClientTransaction } from './transaction/new-client.ts';
import { nextTag } from './transaction/new-server.ts';
import { respondInNonInviteServer } from './transaction/non-invite-server.ts';
import { outboxOf, startClient, timersTowards } from './transaction/running.ts';
import type { InviteServerTransaction } from './transaction/transaction.ts';
import { stopTrying } from './trying.ts';

export type { Saying } from './agent.ts';

/** An INVITE outside a dialog. */
export interface Invitation extends Saying {
  readonly peer: NodeId;
  readonly requestUri: string;
  readonly fromUri: string;
  readonly toUri: string;
}

/** Sends an INVITE that begins a call (RFC 3261 §13.2.1); gives its branch. */
export function sendInvite(agent: UserAgent, invitation: Invitation, out: Outbox): string {
  const { peer } = invitation;
  const via = nextVia(agent, peer);
  const request = makeRequest({
    method: 'INVITE',
    requestUri: invitation.requestUri,
    via: [via],
    from: { uri: invitation.fromUri, tag: nextTag(agent) },
    to: { uri: invitation.toUri, tag: null },
    callId: `${agent.mark}-call-${agent.nextCallId}@${agent.host}`,
    sequence: 1,
    contact: invitation.contact,
    headers: askingForTimer(agent, null, invitation.headers),
    bodies: invitation.bodies,
    otherBodies: invitation.otherBodies,
  });
  agent.nextCallId += 1;
  startClient(agent, newClientTransaction(via.branch, peer, request), out);
  return via.branch;
}

/** Sends any request but ACK and CANCEL in a dialog (RFC 3261 §12.2.1.1); gives its branch. */
export function sendInDialog(
  agent: UserAgent,
  dialog: Dialog,
  method: Exclude<Method, 'ACK' | 'CANCEL'>,
  saying: Saying,
  out: Outbox,
): string {
  dialog.localSequence += 1;
  const via = nextVia(agent, dialog.peer);
  const refreshing = method === 'INVITE' || method === 'UPDATE';
  const headers = refreshing ? askingForTimer(agent, dialog, saying.headers) : saying.headers;
  const told = headers === saying.headers ? saying : { ...saying, headers };
  const request = inDialog(dialog, method, dialog.localSequence, via, told);
  negotiateSent(dialog, request, null, out);
  if (method === 'BYE') {
    stopSessionTimer(agent, dialog, out);
    stopRepeatingIn(agent, dialog, out);
    limitInvites(agent, dialog, out);
    enterDialogState(dialog, 'terminated', 'R-DLG-12', out);
  }
  startClient(agent, newClientTransaction(via.branch, dialog.peer, request), out);
  return via.branch;
}

/**
 * Acknowledges a provisional response sent reliably (RFC 3262 §4), without a Contact (R-PRK-16);
 * gives the PRACK's branch.
 */
export function sendPrack(
  agent: UserAgent,
  dialog: Dialog,
  response: SipResponse,
  bodies: readonly BodyPart[],
  out: Outbox,
  more: readonly Header[] = [],
): string {
  const sequence = headerValue(response, 'RSeq');
  check(sequence !== null, 'a PRACK acknowledges a response with RSeq');
  const headers: Header[] = [['RAck', `${sequence} ${response.cseq.number} INVITE`], ...more];
  if (agent.defects.includes('requires-100rel-in-prack')) headers.push(['Require', '100rel']);
  return sendInDialog(agent, dialog, 'PRACK', { headers, bodies, contact: null }, out);
}

/**
 * Acknowledges a 2xx: a request of its own with the INVITE's CSeq number (R-2XX-03). It carries
 * the answer where the 2xx carried the offer, and else no session description (R-2XX-05).
 */
export function sendAck(
  agent: UserAgent,
  dialog: Dialog,
  sequence: number,
  out: Outbox,
  bodies: readonly BodyPart[] = [],
): void {
  const saying = { ...sayingNothing, bodies };
  const ack = inDialog(dialog, 'ACK', sequence, nextVia(agent, dialog.peer), saying);
  negotiateSent(dialog, ack, null, out);
  dialog.acks.push(ack);
  out.send(ack, dialog.peer);
}

/** Cancels an INVITE, as soon as a provisional response has come (RFC 3261 §9.1, R-CAN-03). */
export function cancelInvite(
  agent: UserAgent,
  branch: string,
  headers: readonly Header[],
  out: Outbox,
): void {
  const invite = agent.transactions.find(
    (one) => one.branch === branch && one.kind === 'INVITE client',
  );
  if (invite === undefined || invite.kind !== 'INVITE client') return;
  if (invite.state === 'Calling') invite.cancelWanted = true;
  const cancelled = agent.transactions.some(
    (one) => one.branch === branch && one.request.method === 'CANCEL',
  );
  if (invite.state !== 'Proceeding' || cancelled) return;
  invite.cancelWanted = false;
  const { request } = invite;
  const cancel = makeRequest({
    method: 'CANCEL',
    requestUri: request.requestUri,
    via: request.via.slice(0, 1),
    from: request.from,
    to: request.to,
    callId: request.callId,
    sequence: request.cseq.number,
    contact: null,
    headers: [...request.headers.filter(([name]) => name === 'Route'), ...headers],
    bodies: [],
  });
  startClient(agent, newClientTransaction(branch, invite.peer, cancel), out);
  out.startTimer(`cancel ${branch}`, agent.timers.giveUp);
}

/**
 * A BYE ends the dialog: a re-INVITE of this end is answered now, with 487, or never. After 64·T1
 * it is given up as a cancelled one is.
 */
export function limitInvites(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  for (const { kind, state, branch, request } of agent.transactions) {
    if (kind !== 'INVITE client' || request.callId !== dialog.callId) continue;
    if (state !== 'Calling' && state !== 'Proceeding') continue;
    if (request.from.tag !== dialog.local.tag || request.to.tag !== dialog.remote.tag) continue;
    out.startTimer(`cancel ${branch}`, agent.timers.giveUp);
  }
}

/** Responds to a request other than INVITE. Does nothing where it was answered already. */
export function respond(
  agent: UserAgent,
  branch: string,
  method: Exclude<Method, 'INVITE' | 'ACK'>,
  status: number,
  saying: Saying,
  out: Outbox,
): void {
  const transaction = agent.transactions.find(
    (one) =>
      one.kind === 'non-INVITE server' && one.branch === branch && one.request.method === method,
  );
  if (transaction === undefined || transaction.kind !== 'non-INVITE server') return;
  const { request } = transaction;
  const { bodies, otherBodies } = saying;
  // A CANCEL has no To tag; its 200 takes the one of the INVITE it cancels (RFC 3261 §9.2). A
  // request that belongs to nothing gets a tag of its own (§8.2.6.2, R-MSG-07).
  const known = request.to.tag ?? inviteServerOf(agent, branch)?.toTag ?? null;
  const tag = known ?? (status > 100 ? nextTag(agent) : null);
  const dialog = dialogOf(agent.dialogs, request.callId, known, request.from.tag);
  const grants = method === 'UPDATE' && status >= 200 && status < 300;
  const headers = grants ? grantingTimer(agent, request, saying.headers) : saying.headers;
  // RFC 3311 Table 1: a 2xx to UPDATE has a Contact, where its user says so or not (R-MSG-08).
  const contact = saying.contact ?? (grants ? (dialog?.localContact ?? null) : null);
  const response = makeResponse(request, status, tag, contact, headers, bodies, otherBodies);
  if (dialog !== null) settleAnswered(agent, dialog, request, response, out);
  stopTrying(transaction, out);
  const timers = timersTowards(agent, transaction.peer);
  respondInNonInviteServer(transaction, response, timers, outboxOf(agent, transaction, out));
  if (method === 'PRACK' && dialog !== null) sendQueued(agent, dialog, out);
}

/**
 * Responds to an INVITE. `reliably` asks for RFC 3262: the response then waits for its PRACK,
 * as a 2xx waits for its ACK; and it waits for its turn where the one before has no PRACK yet
 * (R-PRK-05). Does nothing where the INVITE has its final response already.
 */
export function respondToInvite(
  agent: UserAgent,
  branch: string,
  status: number,
  saying: Saying,
  reliably: boolean,
  out: Outbox,
): void {
  const transaction = inviteServerOf(agent, branch);
  if (transaction === null || transaction.state !== 'Proceeding') return;
  const hurries = agent.defects.includes('hurries-reliable-responses');
  if (reliably && !hurries && awaitsPrack(agent, branch)) {
    agent.queued.push({ branch, status, saying });
    out.note({ kind: 'ignored', why: `${status} waits for PRACK`, clause: clause('R-PRK-05') });
    return;
  }
  const { request, peer } = transaction;
  if (reliably) transaction.lastReliable += agent.defects.includes('skips-rseq') ? 2 : 1;
  const success = status >= 200 && status < 300;
  const says = success ? grantingTimer(agent, request, saying.headers) : saying.headers;
  const headers = reliably ? withReliability(says, transaction) : says;
  const tag = status > 100 ? transaction.toTag : null;
  const { bodies, contact, otherBodies } = saying;
  const response = makeResponse(request, status, tag, contact, headers, bodies, otherBodies);
  out.stopTimer(`100 ${branch}`);
  if (status > 100) negotiateInviteResponse(agent, transaction, response, out);
  if (status >= 200) {
    stopRepeatingProvisionals(agent, branch, out);
    forgetQueued(agent, branch);
  }
  const timers = timersTowards(agent, peer);
  respondInInviteServer(transaction, response, timers, outboxOf(agent, transaction, out));
  if (reliably) {
    awaitAcknowledgement(agent, branch, response, transaction.lastReliable, out);
  }
  if (success) awaitAck(agent, branch, peer, response, out);
}

/** The PRACK is answered: the response that waited for it goes, reliably too. */
function sendQueued(agent: UserAgent, dialog: Dialog, out: Outbox): void {
  if (agent.queued.length === 0) return;
  const next = agent.queued.find(({ branch }) => dialogOfInvite(agent, branch) === dialog);
  if (next === undefined || awaitsPrack(agent, next.branch)) return;
  agent.queued = agent.queued.filter((one) => one !== next);
  respondToInvite(agent, next.branch, next.status, next.saying, true, out);
}

export function inviteServerOf(agent: UserAgent, branch: string): InviteServerTransaction | null {
  for (const one of agent.transactions) {
    if (one.kind === 'INVITE server' && one.branch === branch) return one;
  }
  return null;
}

/** The dialog this end has as the UAS of an INVITE, or null before it has one. */
export function dialogOfInvite(agent: UserAgent, branch: string): Dialog | null {
  const invite = inviteServerOf(agent, branch);
  if (invite === null) return null;
  const { request, toTag } = invite;
  return dialogOf(agent.dialogs, request.callId, toTag, request.from.tag);
}

function inDialog(
  dialog: Dialog,
  method: Method,
  sequence: number,
  via: Via,
  saying: Saying,
): SipRequest {
  const route = dialog.routeSet.map((uri): Header => ['Route', `<${uri}>`]);
  return makeRequest({
    method,
    requestUri: dialog.remoteTarget,
    via: [via],
    from: dialog.local,
    to: dialog.remote,
    callId: dialog.callId,
    sequence,
    contact: saying.contact,
    headers: [...route, ...saying.headers],
    bodies: saying.bodies,
    otherBodies: saying.otherBodies,
  });
}

/** The Via of a new transaction with this neighbour (R-MSG-02). */
export function nextVia(agent: UserAgent, peer: NodeId): Via {
  const branch = `z9hG4bK-${agent.mark}-${agent.nextBranch}`;
  agent.nextBranch += 1;
  const { sentBy } = agent;
  return Object.freeze(
    agent.streamPeers.includes(peer) ? { sentBy, branch, transport: 'TCP' } : { sentBy, branch },
  );
}
