import type { Outbox } from '../../kernel/node.ts';
import type { Dialog } from '../../sip/dialog.ts';
import type { Header, SipResponse } from '../../sip/message.ts';
import { inviteServerOf, respondToInvite } from '../../sip/sending.ts';
import { nextTag } from '../../sip/transaction/new-server.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { capabilitiesInProvisional, contactOf, inviteOfClientASupports } from './legs.ts';
import { decideContinue } from './policy.ts';
import { freeRing, reservationTimer } from './resource-control.ts';
import { stopRinging } from './ringing-on.ts';

/**
 * SW-FORK-A `per-branch` (GAP-32): each early dialog of leg B is one of leg A's, under a To tag of
 * its own (RFC 6141 §4.9). The ring belongs to the first of them, and no other may have early
 * media meanwhile (R-PEM-11); their responses go on without a description.
 */

function showsBranches({ config }: CmrServerState): boolean {
  return config.switches['SW-FORK-A'] === 'per-branch';
}

/** RFC 6228 §4: what the INVITE for Client-B says beside its own, where Client-A wants 199. */
export function wantsEndsOfBranches(server: CmrServerState, call: CmrCall): Header[] {
  const wanted = showsBranches(server) && inviteOfClientASupports(server, call, '199');
  return wanted ? [['Supported', '199']] : [];
}

/**
 * The early dialog of leg B has its counterpart from now on; says whether that is another one
 * than the ring's.
 */
export function isOtherBranch(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog | null,
): boolean {
  const first = inviteServerOf(server.agent, call.branches['Client-A']);
  if (!showsBranches(server) || dialog === null || first === null) return false;
  const place = server.agent.dialogs.indexOf(dialog);
  const known = call.shown.findIndex((one) => one.dialog === place);
  if (known >= 0) return known > 0;
  const others = call.shown.length > 0;
  call.shown.push({ dialog: place, tag: others ? nextTag(server.agent) : first.toTag });
  return others;
}

/** A provisional response of another branch than the ring's, in a dialog of its own. */
export function showBranch(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  { status }: SipResponse,
  out: Outbox,
): void {
  const headers = capabilitiesInProvisional(server, false);
  const saying = { headers, bodies: [], contact: contactOf(server.config) };
  underTagOf(server, call, dialog, () => {
    respondToInvite(server.agent, call.branches['Client-A'], status, saying, false, out);
  });
}

/** A branch has ended (R-199-01): so does its dialog on leg A, and with the first one the ring. */
export function endBranch(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  { headers }: SipResponse,
  out: Outbox,
): void {
  if (!showsBranches(server)) return;
  if (!isOtherBranch(server, call, dialog)) endRing(server, call, out);
  if (!inviteOfClientASupports(server, call, '199')) return;
  const reasons = headers.filter(([name]) => name === 'Reason');
  const saying = { headers: reasons, bodies: [], contact: contactOf(server.config) };
  underTagOf(server, call, dialog, () => {
    respondToInvite(server.agent, call.branches['Client-A'], 199, saying, false, out);
  });
}

/** Another branch than the ring's is answered: the call goes on in its dialog, without the ring. */
export function followOtherBranch(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  out: Outbox,
): void {
  const { agent } = server;
  const invite = inviteServerOf(agent, call.branches['Client-A']);
  if (invite === null) return;
  if (call.rings['Client-A']?.ordered === true) call.decision ??= decideContinue(server, call, out);
  endRing(server, call, out);
  invite.toTag = tagOf(server, call, dialog) ?? invite.toTag;
  call.dialogs['Client-A'] = agent.dialogs.findIndex(
    ({ callId, local }) => callId === invite.request.callId && local.tag === invite.toTag,
  );
  call.firstAnswerToClientA = null;
}

/**
 * A refusal goes under a To tag that Client-A knows (RFC 3261 §8.2.6.2): where the response of the
 * ring's branch is still kept back, another branch may be all that it was shown.
 */
export function useShownTag({ agent }: CmrServerState, call: CmrCall): void {
  const invite = inviteServerOf(agent, call.branches['Client-A']);
  if (invite === null) return;
  const { callId } = invite.request;
  const isKnown = (tag: string) =>
    agent.dialogs.some((one) => one.callId === callId && one.local.tag === tag);
  if (isKnown(invite.toTag)) return;
  invite.toTag = call.shown.find(({ tag }) => isKnown(tag))?.tag ?? invite.toTag;
}

/** What the procedures do, they do for the ring and its dialog. */
function endRing(server: CmrServerState, call: CmrCall, out: Outbox): void {
  out.stopTimer(reservationTimer(call, 'Client-A'));
  stopRinging(call, out);
  freeRing(server, call, 'Client-A', out);
  call.following.length = 0;
  call.kept = null;
  call.behindKept = [];
  call.responsesWait = [];
  call.places['Client-A'] = { kind: 'other party' };
}

function tagOf({ agent }: CmrServerState, call: CmrCall, dialog: Dialog): string | null {
  const place = agent.dialogs.indexOf(dialog);
  return call.shown.find((one) => one.dialog === place)?.tag ?? null;
}

function underTagOf(
  server: CmrServerState,
  call: CmrCall,
  dialog: Dialog,
  respond: () => void,
): void {
  const invite = inviteServerOf(server.agent, call.branches['Client-A']);
  const tag = tagOf(server, call, dialog);
  if (invite === null || tag === null) return;
  const usual = invite.toTag;
  invite.toTag = tag;
  respond();
  invite.toTag = usual;
}
