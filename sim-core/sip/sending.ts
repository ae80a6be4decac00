import { clause } from '../base/clause-id.ts';
import { check } from '../base/check.ts';
import { zeroMicros } from '../base/micros.ts';
import type { NodeId, Outbox } from '../kernel/node.ts';
import type { UserAgent } from './agent.ts';
import { dialogOf, dialogOfUas, type Dialog, type DialogState } from './dialog.ts';
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
import { inheritOffer, negotiateSent } from './negotiating.ts';
import { awaitAcknowledgement, stopRepeatingProvisionals } from './reliable-provisional.ts';
import { awaitAck, stopRepeatingIn } from './success-response.ts';
import { respondInInviteServer } from './transaction/invite-server.ts';
import { respondInNonInviteServer } from './transaction/non-invite-server.ts';
import { outboxOf, rollBackOffer, startClient } from './transaction/running.ts';
import type {
  InviteClientTransaction,
  InviteServerTransaction,
  NonInviteClientTransaction,
} from './transaction/transaction.ts';

/** What a user agent says of itself in one message. */
export interface Saying {
  readonly headers: readonly Header[];
  readonly bodies: readonly BodyPart[];
  /** Contact as printed, for the messages that must have one. */
  readonly contact: string | null;
}

/** An INVITE outside a dialog. */
export interface Invitation extends Saying {
  readonly peer: NodeId;
  readonly requestUri: string;
  readonly fromUri: string;
  readonly toUri: string;
}

/** Sends an INVITE that begins a call (RFC 3261 §13.2.1); gives its branch. */
export function sendInvite(agent: UserAgent, invitation: Invitation, out: Outbox): string {
  const via = nextVia(agent);
  const request = makeRequest({
    method: 'INVITE',
    requestUri: invitation.requestUri,
    via: [via],
    from: { uri: invitation.fromUri, tag: nextTag(agent) },
    to: { uri: invitation.toUri, tag: null },
    callId: `${agent.mark}-call-${agent.nextCallId}@${agent.host}`,
    sequence: 1,
    contact: invitation.contact,
    headers: invitation.headers,
    bodies: invitation.bodies,
  });
  agent.nextCallId += 1;
  startClient(agent, inviteClient(via.branch, invitation.peer, request), out);
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
  const via = nextVia(agent);
  const request = inDialog(dialog, method, dialog.localSequence, via, saying);
  negotiateSent(dialog, request, out);
  if (method === 'BYE') {
    stopRepeatingIn(agent, dialog, out);
    enterDialogState(dialog, 'terminated', 'R-DLG-12', out);
  }
  startClient(
    agent,
    method === 'INVITE'
      ? inviteClient(via.branch, dialog.peer, request)
      : nonInviteClient(via.branch, dialog.peer, request),
    out,
  );
  return via.branch;
}

/** Acknowledges a provisional response sent reliably (RFC 3262 §4); gives the PRACK's branch. */
export function sendPrack(
  agent: UserAgent,
  dialog: Dialog,
  response: SipResponse,
  bodies: readonly BodyPart[],
  out: Outbox,
): string {
  const sequence = headerValue(response, 'RSeq');
  check(sequence !== null, 'a PRACK acknowledges a response with RSeq');
  const headers: Header[] = [['RAck', `${sequence} ${response.cseq.number} INVITE`]];
  if (agent.defects.includes('requires-100rel-in-prack')) headers.push(['Require', '100rel']);
  return sendInDialog(agent, dialog, 'PRACK', { headers, bodies, contact: null }, out);
}

/** Acknowledges a 2xx: a request of its own with the INVITE's CSeq number (R-2XX-03). */
export function sendAck(agent: UserAgent, dialog: Dialog, sequence: number, out: Outbox): void {
  const saying = { headers: [], bodies: [], contact: null };
  const ack = inDialog(dialog, 'ACK', sequence, nextVia(agent), saying);
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
  if (invite.state !== 'Proceeding') return;
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
  startClient(agent, nonInviteClient(branch, invite.peer, cancel), out);
  out.startTimer(`cancel ${branch}`, agent.timers.giveUp);
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
  const { headers, bodies, contact } = saying;
  // A CANCEL has no To tag; its 200 takes the one of the INVITE it cancels (RFC 3261 §9.2).
  const invite = inviteServerOf(agent, branch);
  const tag = request.to.tag ?? invite?.toTag ?? null;
  const response = makeResponse(request, status, tag, contact, headers, bodies);
  const dialog = dialogOf(agent.dialogs, request.callId, response.to.tag, request.from.tag);
  if (dialog !== null) {
    if (status >= 300) rollBackOffer(dialog, request);
    else negotiateSent(dialog, response, out);
  }
  respondInNonInviteServer(transaction, response, agent.timers, outboxOf(agent, transaction, out));
}

/**
 * Responds to an INVITE. `reliably` asks for RFC 3262: the response then waits for its PRACK,
 * as a 2xx waits for its ACK. Does nothing where the INVITE has its final response already.
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
  const { request, peer } = transaction;
  if (reliably) transaction.lastReliable += agent.defects.includes('skips-rseq') ? 2 : 1;
  const headers = reliably ? withReliability(saying.headers, transaction) : saying.headers;
  const tag = status > 100 ? transaction.toTag : null;
  const response = makeResponse(request, status, tag, saying.contact, headers, saying.bodies);
  out.stopTimer(`100 ${branch}`);
  if (status > 100) negotiateInviteResponse(agent, transaction, response, out);
  if (status >= 200) stopRepeatingProvisionals(agent, branch, out);
  respondInInviteServer(transaction, response, agent.timers, outboxOf(agent, transaction, out));
  if (reliably) {
    awaitAcknowledgement(agent, branch, response, transaction.lastReliable, out);
  }
  if (status >= 200 && status < 300) awaitAck(agent, branch, peer, response, out);
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

/** Enters a state of a dialog, citing the sentence that says so; no state is entered twice. */
export function enterDialogState(
  dialog: Dialog,
  state: DialogState,
  id: string,
  out: Outbox,
  from: string = dialog.state,
): void {
  if (from === state) return;
  dialog.state = state;
  out.note({
    kind: 'state',
    machine: 'dialog',
    subject: dialog.callId,
    peer: dialog.peer,
    from,
    to: state,
    clause: clause(id),
  });
}

export function nextTag(agent: UserAgent): string {
  const tag = `${agent.mark}-${agent.nextTag}`;
  agent.nextTag += 1;
  return tag;
}

/** Makes or moves the dialog that a response to INVITE concerns. */
function negotiateInviteResponse(
  agent: UserAgent,
  transaction: InviteServerTransaction,
  response: SipResponse,
  out: Outbox,
): void {
  const { request, peer, toTag } = transaction;
  const { status } = response;
  const localTag = request.to.tag ?? toTag;
  let dialog = dialogOf(agent.dialogs, request.callId, localTag, request.from.tag);
  if (dialog === null && status < 300) {
    dialog = dialogOfUas(request, toTag, peer, 'early');
    inheritOffer(dialog, request, false);
    agent.dialogs.push(dialog);
    const state = status < 200 ? 'early' : 'confirmed';
    enterDialogState(dialog, state, 'R-DLG-02', out, 'none');
  }
  if (dialog === null) return;
  if (status >= 300) {
    rollBackOffer(dialog, request);
    if (dialog.state === 'early') enterDialogState(dialog, 'terminated', 'R-DLG-09', out);
    return;
  }
  negotiateSent(dialog, response, out);
  if (status >= 200) enterDialogState(dialog, 'confirmed', 'RFC3261 12.1', out);
}

/** Adds `Require: 100rel` and RSeq (R-PRK-02). */
function withReliability(
  headers: readonly Header[],
  transaction: InviteServerTransaction,
): readonly Header[] {
  const sequence: Header = ['RSeq', String(transaction.lastReliable)];
  let required = false;
  const together = headers.map((header): Header => {
    if (header[0] !== 'Require') return header;
    required = true;
    const tags = header[1].split(',').map((tag) => tag.trim());
    return tags.includes('100rel') ? header : ['Require', [...tags, '100rel'].join(', ')];
  });
  return required ? [...together, sequence] : [['Require', '100rel'], sequence, ...together];
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
  });
}

function nextVia(agent: UserAgent): Via {
  const branch = `z9hG4bK-${agent.mark}-${agent.nextBranch}`;
  agent.nextBranch += 1;
  return Object.freeze({ sentBy: agent.sentBy, branch });
}

function inviteClient(branch: string, peer: NodeId, request: SipRequest): InviteClientTransaction {
  return {
    kind: 'INVITE client',
    branch,
    peer,
    request,
    state: 'Calling',
    retransmitAfter: zeroMicros,
    ack: null,
    cancelWanted: false,
  };
}

function nonInviteClient(
  branch: string,
  peer: NodeId,
  request: SipRequest,
): NonInviteClientTransaction {
  return {
    kind: 'non-INVITE client',
    branch,
    peer,
    request,
    state: 'Trying',
    retransmitAfter: zeroMicros,
  };
}
