import type { NodeBehaviour, Outbox, Packet, TimerKey } from '../../kernel/node.ts';
import { isControl } from '../../resource-control/control-message.ts';
import { isSip } from '../../sip/message.ts';
import { misbehaving } from '../../sip/misbehaving.ts';
import { remainsOfAgent } from '../../sip/remains.ts';
import { receive } from '../../sip/user-agent.ts';
import { actionsFor } from './actions.ts';
import {
  newCmrServer,
  type CmrCall,
  type CmrServerConfig,
  type CmrServerState,
  type Leg,
} from './call.ts';
import { audit, limitPassed } from './continue-limits.ts';
import { hearSip } from './indications.ts';
import { hearControlTimer, hearNotice, hearReply } from './indications/replies.ts';
import { legOf } from './legs.ts';
import { makeWaitingOffers } from './own-offers.ts';
import { follow, type CallIndications, type Tell } from './procedure.ts';
import { procedures } from './procedures/index.ts';
import { forward } from './relay.ts';
import { isControlTimer } from './resource-control.ts';
import { dueAgain, isRingingTimer } from './ringing-on.ts';
import { serverInWords } from './server-in-words.ts';
import { losePatience } from './session-relay.ts';

/**
 * The CMR Server: a back-to-back user agent that relays, plus the procedures that amend what it
 * relays. Input → indication → procedures → relay.
 */
export const cmrServer: NodeBehaviour<CmrServerState, CmrServerConfig> = {
  role: 'cmr-server',
  init: newCmrServer,
  inWords: serverInWords,
  remains({ agent, commands }) {
    const left = remainsOfAgent(agent);
    if (commands.length > 0) left.push('a command without its reply');
    return left;
  },
  handle(server, input, given) {
    const out = misbehaving(given, server.config.defects);
    if (input.kind === 'packet' && isControl(input.packet)) {
      if (input.packet.form === 'reply') {
        hearReply(server, input.packet, out, teller(server, out));
      } else if (input.packet.form === 'notice') {
        hearNotice(server, input.packet, teller(server, out));
      }
      return;
    }
    if (input.kind === 'timer' && isControlTimer(input.timer)) {
      hearControlTimer(server, input.timer, out, teller(server, out));
      return;
    }
    if (input.kind === 'timer' && isRingingTimer(input.timer)) {
      sayAgain(server, input.timer, out);
      return;
    }
    if (input.kind === 'timer' && passLimit(server, input.timer, out)) return;
    if (input.kind === 'timer' && losePatience(server, input.timer, out)) return;
    const indication = receive(server.agent, input, out);
    if (indication !== null) hearSip(server, indication, out, teller(server, out));
    else if (input.kind === 'packet') hearAckOfRefusal(server, input.packet, out);
  },
};

/** The ACK of a refusal says nothing but that its INVITE is over, for which another may wait. */
function hearAckOfRefusal(server: CmrServerState, packet: Packet, out: Outbox): void {
  if (!isSip(packet) || packet.kind !== 'request' || packet.method !== 'ACK') return;
  const found = legOf(server, packet.callId);
  if (found !== null) makeWaitingOffers(server, found.call, out);
}

/** Client-A has waited long: it is told again what it was told last (R-TX-20). */
function sayAgain(server: CmrServerState, timer: TimerKey, out: Outbox): void {
  for (const call of server.calls) {
    const due = dueAgain(call, timer, out);
    if (due !== null) forward(server, call, due, out);
  }
}

/** Whether the timer is a limit of Continue; its call hears of it. */
function passLimit(server: CmrServerState, timer: TimerKey, out: Outbox): boolean {
  const passed = limitPassed(server, timer);
  if (passed === null) return false;
  const { call, limit } = passed;
  if (limit === 'audit') audit(server, call, out);
  else if (limit === 'budget') tell(server, call, 'CMR Server: Continue takes too long', {}, out);
  else tell(server, call, 'CMR Server: the ring has lasted long enough', {}, out);
  return true;
}

function teller(server: CmrServerState, out: Outbox): Tell {
  return (call, kind, about) => tell(server, call, kind, about, out);
}

/** Tells the call's procedures, and whatever they raise for each other, in order. */
function tell<Kind extends keyof CallIndications>(
  server: CmrServerState,
  call: CmrCall,
  kind: Kind,
  indication: CallIndications[Kind],
  out: Outbox,
): void {
  const actFor = (leg: Leg) => actionsFor(server, call, leg, out);
  follow(procedures, call, kind, indication, actFor, out);
  for (let raised = call.raised.shift(); raised !== undefined; raised = call.raised.shift()) {
    follow(procedures, call, raised, {}, actFor, out);
  }
}
