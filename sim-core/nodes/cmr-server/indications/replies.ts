import { unreachable } from '../../../base/check.ts';
import { clause } from '../../../base/clause-id.ts';
import type { Outbox, TimerKey } from '../../../kernel/node.ts';
import type {
  Command,
  NoticeMessage,
  ReplyMessage,
} from '../../../resource-control/control-message.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { CmrCall, CmrServerState, Leg } from '../call.ts';
import { stopContinueTimers } from '../continue-limits.ts';
import type { Tell } from '../procedure.ts';
import { command, repeatCommand, reservationTimer, settled } from '../resource-control.ts';
import { answerForRing, refuseForRing } from '../session-relay.ts';

/** What the CMR Resource Server says, or fails to say. */
export function hearReply(
  server: CmrServerState,
  message: ReplyMessage,
  out: Outbox,
  tell: Tell,
): void {
  const asked = settled(server, message.transaction, out);
  const call = server.calls.find(({ id }) => id === message.call);
  if (asked === null || call === undefined) {
    out.note({ kind: 'ignored', why: 'no command waits for it', clause: clause('GAP-31') });
    return;
  }
  const { reply, leg } = message;
  if (call.over) {
    // It was asked for before the call ended (GAP-36): nothing is kept for a call that is over.
    const kept = reply.kind === 'reserved' || reply.kind === 'conference allocated';
    if (kept) command(server, call, leg, { kind: 'release' }, out);
    return;
  }
  switch (reply.kind) {
    case 'reserved':
      if (message.to === 'renegotiate') {
        answerForRing(server, call, reply.description, out);
        return;
      }
      hearReservation(call, leg, reply.description, out, tell);
      return;
    case 'conference allocated': {
      const { ports, able } = reply;
      call.conference = { leg, ports, able };
      tell(call, 'Resource Server: conference allocated', { leg, ports, able });
      return;
    }
    case 'refused':
      hearRefusal(server, call, leg, message.to, out, tell);
      return;
    case 'done':
      return;
    default:
      unreachable(reply);
  }
}

function hearReservation(
  call: CmrCall,
  leg: Leg,
  description: SessionDescription,
  out: Outbox,
  tell: Tell,
): void {
  out.stopTimer(reservationTimer(call, leg));
  const ring = call.rings[leg];
  if (ring !== null) ring.description = description;
  tell(call, 'Resource Server: reserved', { leg, description });
}

/** The Resource Server refuses a command, or has not answered it in time. */
function hearRefusal(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  refused: Command['kind'],
  out: Outbox,
  tell: Tell,
): void {
  if (refused === 'reserve') {
    out.stopTimer(reservationTimer(call, leg));
    call.rings[leg] = null;
  }
  const ring = call.rings[leg];
  if (refused === 'play' && ring !== null) ring.refused = true;
  if (refused === 'renegotiate') {
    refuseForRing(server, call, out);
  } else if (refused === 'audit') {
    stopContinueTimers(call, out);
    tell(call, 'Resource Server: lost', { leg });
  } else {
    tell(call, 'Resource Server: refused', { leg, command: refused });
  }
}

/** The Resource Server says something by itself. */
export function hearNotice(
  server: CmrServerState,
  { call: id, leg, notice }: NoticeMessage,
  tell: Tell,
): void {
  const call = server.calls.find((one) => one.id === id);
  if (call === undefined || call.over) return;
  const ring = call.rings[leg];
  switch (notice.kind) {
    case 'resource ended':
      if (ring !== null) ring.ended = true;
      tell(call, 'Resource Server: resource ended', { leg });
      return;
    case 'key pressed':
      hearDigit(server, call, notice.digit, tell);
      return;
  }
}

/** The caller has pressed a key, whoever says so: one of them stops its ring. */
export function hearDigit(
  { config }: CmrServerState,
  call: CmrCall,
  digit: string | null,
  tell: Tell,
): void {
  const ring = call.rings['Client-A'];
  if (ring?.ordered !== true || digit !== config.stopDigit) return;
  ring.unwanted = true;
  tell(call, 'Client-A: stop digit', {});
}

/** A reservation has taken too long for the message that waits for it, or a reply is missing. */
export function hearControlTimer(
  server: CmrServerState,
  timer: TimerKey,
  out: Outbox,
  tell: Tell,
): void {
  for (const call of server.calls) {
    for (const leg of ['Client-A', 'Client-B'] as const) {
      if (timer !== reservationTimer(call, leg)) continue;
      tell(call, 'Resource Server: no reservation in time', { leg });
      return;
    }
  }
  giveUpCommand(server, timer, out, tell);
}

/** Commands keep their order, so that the release that follows finds what was asked for. */
function giveUpCommand(server: CmrServerState, timer: TimerKey, out: Outbox, tell: Tell): void {
  const givenUp = repeatCommand(server, timer, out);
  const call = server.calls.find(({ id }) => id === givenUp?.call);
  if (givenUp === null || call === undefined) return;
  const { leg } = givenUp;
  const { kind } = givenUp.command;
  // The command may have been carried out and only its reply be lost.
  if (kind === 'reserve' || kind === 'allocate conference') {
    command(server, call, leg, { kind: 'release' }, out);
  }
  if (!call.over) hearRefusal(server, call, leg, kind, out, tell);
}
