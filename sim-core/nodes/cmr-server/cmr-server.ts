import { unreachable } from '../../base/check.ts';
import { clause } from '../../base/clause-id.ts';
import type { Input, NodeBehaviour, Outbox, TimerKey } from '../../kernel/node.ts';
import {
  isControl,
  type Command,
  type ReplyMessage,
} from '../../resource-control/control-message.ts';
import { receive } from '../../sip/user-agent.ts';
import { actionsFor } from './actions.ts';
import { newCmrServer, type CmrCall, type CmrServerConfig, type CmrServerState } from './call.ts';
import { hearSip } from './indications.ts';
import { follow, type CallIndications } from './procedure.ts';
import { procedures } from './procedures/index.ts';
import { command, isControlTimer, repeatCommand, settled } from './resource-control.ts';

/**
 * The CMR Server: a back-to-back user agent that relays, plus the procedures that amend what it
 * relays. Input → indication → procedures → relay.
 */
export const cmrServer: NodeBehaviour<CmrServerState, CmrServerConfig> = {
  role: 'cmr-server',
  init: newCmrServer,
  handle(server, input, _now, out) {
    if (input.kind === 'packet' && isControl(input.packet)) {
      if (input.packet.form === 'reply') hearReply(server, input.packet, out);
      return;
    }
    if (input.kind === 'timer' && input.timer.startsWith(reservationWait)) {
      const call = server.calls.find(({ id }) => id === input.timer.slice(reservationWait.length));
      if (call !== undefined) {
        tell(server, call, 'Resource Server: no reservation in time', {}, out);
      }
      return;
    }
    if (input.kind === 'timer' && isControlTimer(input.timer)) {
      giveUpCommand(server, input.timer, out);
      return;
    }
    hear(server, input, out);
  },
};

const reservationWait = 'reservation wait ';

function hear(server: CmrServerState, input: Input, out: Outbox): void {
  const indication = receive(server.agent, input, out);
  if (indication === null) return;
  hearSip(server, indication, out, (call, kind, about) => tell(server, call, kind, about, out));
}

/** Tells the call's procedures, and whatever they raise for each other, in order. */
function tell<Kind extends keyof CallIndications>(
  server: CmrServerState,
  call: CmrCall,
  kind: Kind,
  indication: CallIndications[Kind],
  out: Outbox,
): void {
  const act = actionsFor(server, call, out);
  follow(procedures, call, kind, indication, act, out);
  for (let raised = call.raised.shift(); raised !== undefined; raised = call.raised.shift()) {
    follow(procedures, call, raised, {}, act, out);
  }
}

function hearReply(server: CmrServerState, message: ReplyMessage, out: Outbox): void {
  const asked = settled(server, message.transaction, out);
  const call = server.calls.find(({ id }) => id === message.call);
  if (asked === null || call === undefined) {
    out.note({ kind: 'ignored', why: 'no command waits for it', clause: clause('GAP-31') });
    return;
  }
  const { reply } = message;
  if (call.over) {
    // It was asked for before the call ended (GAP-36): nothing is kept for a call that is over.
    const kept = reply.kind === 'reserved' || reply.kind === 'conference allocated';
    if (kept) command(server, call, { kind: 'release' }, out);
    return;
  }
  switch (reply.kind) {
    case 'reserved':
      out.stopTimer(`${reservationWait}${call.id}`);
      if (call.ring !== null) call.ring.answer = reply.answer;
      tell(server, call, 'Resource Server: reserved', { answer: reply.answer }, out);
      return;
    case 'conference allocated': {
      const { ports, able } = reply;
      call.conference = { ports, able };
      tell(server, call, 'Resource Server: conference allocated', { ports, able }, out);
      return;
    }
    case 'refused':
      hearRefusal(server, call, message.to, out);
      return;
    case 'done':
      return;
    default:
      unreachable(reply);
  }
}

/** The Resource Server refuses a command, or has not answered it in time. */
function hearRefusal(
  server: CmrServerState,
  call: CmrCall,
  refused: Command['kind'],
  out: Outbox,
): void {
  if (refused === 'reserve') {
    out.stopTimer(`${reservationWait}${call.id}`);
    call.ring = null;
  }
  if (refused === 'play' && call.ring !== null) call.ring.refused = true;
  tell(server, call, 'Resource Server: refused', { command: refused }, out);
}

/** Commands keep their order, so that the release that follows finds what was asked for. */
function giveUpCommand(server: CmrServerState, timer: TimerKey, out: Outbox): void {
  const givenUp = repeatCommand(server, timer, out);
  const call = server.calls.find(({ id }) => id === givenUp?.call);
  if (givenUp === null || call === undefined) return;
  const { kind } = givenUp.command;
  // The command may have been carried out and only its reply be lost.
  if (kind === 'reserve' || kind === 'allocate conference') {
    command(server, call, { kind: 'release' }, out);
  }
  if (!call.over) hearRefusal(server, call, kind, out);
}
