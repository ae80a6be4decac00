import { clause } from '../base/clause-id.ts';
import type { Outbox } from '../kernel/node.ts';
import { makeMedia, makeSession, sdpLine } from '../sdp/make-description.ts';
import { printAddress } from '../sdp/print-sdp.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import type { UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import { enterDialogState } from './dialog-state.ts';
import { bodyPart } from './making-messages.ts';
import type { SipRequest } from './message.ts';
import { sendAck, sendInDialog } from './sending.ts';

/** Whether another answer to the same INVITE came before (RFC 3261 §13.2.2.4). */
export function answeredElsewhere(agent: UserAgent, dialog: Dialog, invite: SipRequest): boolean {
  if (invite.to.tag !== null) return false;
  return agent.dialogs.some(
    (one) =>
      one !== dialog &&
      one.callId === dialog.callId &&
      one.local.tag === dialog.local.tag &&
      one.lastSuccess >= invite.cseq.number,
  );
}

/**
 * A second branch of a forked INVITE has answered too: a dialog of its own, which is acknowledged
 * and ended at once (R-DLG-14, R-2XX-08). Where it made the offer, the ACK refuses every line.
 */
export function endForkedSuccess(
  agent: UserAgent,
  dialog: Dialog,
  sequence: number,
  out: Outbox,
): void {
  dialog.lastSuccess = sequence;
  enterDialogState(dialog, 'confirmed', 'RFC3261 13.2.2.4', out);
  const why = 'another branch has answered already';
  out.note({ kind: 'ignored', why, clause: clause('R-DLG-14') });
  const { state, pending, offeredIn } = dialog.offerAnswer.session;
  // An offer of its UPDATE has its answer elsewhere (R-2XX-05).
  const offered = state === 'offer received' && offeredIn === sequence ? pending : null;
  const bodies = offered === null ? [] : [bodyPart('session', refusalOf(agent, offered))];
  sendAck(agent, dialog, sequence, out, bodies);
  sendInDialog(agent, dialog, 'BYE', { headers: [], bodies: [], contact: null }, out);
}

/** An answer with port 0 in every line (RFC 3264 §6). */
function refusalOf({ mark, host }: UserAgent, offer: SessionDescription): SessionDescription {
  const origin = { userName: mark, sessionId: '1', version: 1, address: host };
  const media = offer.media.map(({ media: type, protocol, formats }) =>
    makeMedia(type, 0, protocol, formats, []),
  );
  const times = offer.lines.filter(([type]) => type === 't');
  return makeSession(origin, '-', [sdpLine('c', printAddress(host)), ...times], media);
}
