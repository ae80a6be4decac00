import { clause } from '../../base/clause-id.ts';
import type { Input, NodeBehaviour, Outbox } from '../../kernel/node.ts';
import { isSip } from '../../sip/message.ts';
import { misbehaving, ofProxies } from '../../sip/misbehaving.ts';
import { receive } from '../../sip/user-agent.ts';
import { ringing } from './forwarding.ts';
import { proxyInWords } from './proxy-in-words.ts';
import { newProxy, type ProxyConfig, type ProxyState } from './proxy-state.ts';
import { takeRequest } from './requests.ts';
import { ringTimeFires, settleUnanswered, takeResponse, timerCFires } from './responses.ts';

/**
 * A stateful proxy (RFC 3261 §16): forks to all its targets at once, stays on the way by
 * Record-Route, and sends back the best answer. It knows transactions, and no dialogs.
 */
export const proxy: NodeBehaviour<ProxyState, ProxyConfig> = {
  role: 'proxy',
  init: newProxy,
  inWords: proxyInWords,
  handle(state, input, given) {
    const out = misbehaving(given, state.config.defects, ofProxies);
    if (input.kind === 'packet') {
      takePacket(state, input, out);
    } else if (input.kind === 'timer') {
      if (input.timer.startsWith('C ')) {
        timerCFires(state, input.timer.slice(2), out);
        return;
      }
      if (input.timer.startsWith(ringing)) {
        ringTimeFires(state, input.timer.slice(ringing.length), out);
        return;
      }
      const heard = receive(state.agent, input, out);
      if (heard?.kind === 'no answer') settleUnanswered(state, heard.branch, heard.to.method, out);
    }
  },
};

function takePacket(
  state: ProxyState,
  { packet, from }: Extract<Input, { kind: 'packet' }>,
  out: Outbox,
): void {
  if (!isSip(packet)) {
    out.note({ kind: 'ignored', why: 'no SIP message', clause: clause('RFC3261 16.7') });
  } else if (packet.kind === 'request') takeRequest(state, packet, from, out);
  else takeResponse(state, packet, out);
}
