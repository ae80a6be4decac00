import { unreachable } from '../../base/check.ts';
import { clause } from '../../base/clause-id.ts';
import type { Micros } from '../../base/micros.ts';
import type { Input, NodeBehaviour, Outbox, TimerKey, UserAction } from '../../kernel/node.ts';
import { isMedia } from '../../media/media-packet.ts';
import { bufferMedia, playOut } from '../../media/jitter-buffer.ts';
import { sendDue } from '../../media/packet-flow.ts';
import { nextTurn, takePacket } from '../../media/packet-playout.ts';
import { isRtcp, isRtpPacket } from '../../media/rtp-packet.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { hangUp } from '../../sip/hanging-up.ts';
import { remainsOfAgent } from '../../sip/remains.ts';
import { cancelInvite, respondToInvite } from '../../sip/sending.ts';
import { receive } from '../../sip/user-agent.ts';
import { alert, answer, hearAsCalled } from './called-client.ts';
import { dial, hearAsCaller } from './calling-client.ts';
import {
  dialogOfCall,
  endCall,
  newCmrClient,
  type CmrClientConfig,
  type CmrClientState,
} from './client-state.ts';
import { perceive, speak } from './perceiving.ts';

/** The "CMR Client Procedure" clauses: a terminal that calls, is called, answers, hangs up. */
export const cmrClient: NodeBehaviour<CmrClientState, CmrClientConfig> = {
  role: 'cmr-client',
  init: newCmrClient,
  handle(client, input, now, out) {
    if (client.media.packets !== null) client.media.packets.now = now;
    take(client, input, now, out);
    speak(client, out);
    perceive(client, out);
  },
  breakOff(client, _now, out) {
    client.phase = 'over';
    speak(client, out);
    perceive(client, out);
  },
  remains({ agent, media, perceives }) {
    const left = remainsOfAgent(agent);
    if (media.sending.length > 0) left.push(`${media.sending.length} streams sent`);
    if (perceives.audio.length + perceives.video.length > 0) left.push('hears or sees something');
    return left;
  },
};

function take(client: CmrClientState, input: Input, now: Micros, out: Outbox): void {
  switch (input.kind) {
    case 'start':
      return;
    case 'user':
      act(client, input.action, out);
      return;
    case 'timer':
      if (input.timer === 'own alert') {
        alert(client, out);
        return;
      }
      if (isOfMedia(client, input.timer, now, out)) return;
      break;
    case 'packet':
      if (isMedia(input.packet)) {
        bufferMedia(client.media, client.buffer, input.packet, out);
        return;
      }
      if (isRtpPacket(input.packet)) {
        takePacket(client.buffer, input.packet, now, out);
        return;
      }
      if (isRtcp(input.packet)) return;
      break;
    default:
      unreachable(input);
  }
  const indication = receive(client.agent, input, out);
  if (indication !== null) hear(client, indication, out);
}

/** Sends and plays what is due; says whether the timer was for that. */
function isOfMedia(
  { media, buffer }: CmrClientState,
  timer: TimerKey,
  now: Micros,
  out: Outbox,
): boolean {
  if (playOut(buffer, timer) || nextTurn(buffer, timer, now, out)) return true;
  return media.packets !== null && sendDue(media.packets, timer, out);
}

/** What the user does; where the call gives no occasion for it, the trace says so. */
function act(client: CmrClientState, action: UserAction, out: Outbox): void {
  const { phase, agent, inviteBranch } = client;
  const dialog = dialogOfCall(client);
  switch (action.kind) {
    case 'dial':
      if (phase === 'idle') return dial(client, action.target, out);
      break;
    case 'answer':
      if (phase === 'alerting') return answer(client, out);
      break;
    case 'reject':
      if (phase === 'alerting' || phase === 'invited') {
        endCall(client, out);
        out.stopTimer('own alert');
        const saying = { headers: [], bodies: [], contact: null };
        return respondToInvite(agent, inviteBranch, action.status, saying, false, out);
      }
      break;
    case 'cancel':
      if (phase === 'calling' || phase === 'hearing ringback') {
        endCall(client, out);
        return cancelInvite(agent, inviteBranch, [], out);
      }
      break;
    case 'hang up':
      if (phase === 'in call' && dialog !== null) {
        endCall(client, out);
        hangUp(agent, dialog, [], out);
        return;
      }
      if (phase === 'alerting' && dialog !== null && hangsUpEarly(client)) {
        endCall(client, out);
        hangUp(agent, dialog, [], out);
        const saying = { headers: [], bodies: [], contact: null };
        return respondToInvite(agent, inviteBranch, 487, saying, false, out);
      }
      break;
    default:
      unreachable(action);
  }
  const why = `the user would ${action.kind}, but the call is ${phase}`;
  out.note({ kind: 'ignored', why, clause: clause('RFC3261 13') });
}

function hangsUpEarly({ config }: CmrClientState): boolean {
  return config.defects.includes('hangs-up-early');
}

function hear(client: CmrClientState, indication: SipIndication, out: Outbox): void {
  if (client.isCaller) hearAsCaller(client, indication, out);
  else hearAsCalled(client, indication, out);
}
