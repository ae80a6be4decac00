import { unreachable } from '../../base/check.ts';
import { fireAsHttpClient, receiveAsHttpClient } from '../../http/fetching.ts';
import { isHttpTimer } from '../../http/http-timers.ts';
import { isTcp } from '../../http/tcp-packet.ts';
import type { Input, NodeBehaviour, Outbox, TimerKey } from '../../kernel/node.ts';
import { isKeyPacket } from '../../media/key-packet.ts';
import { isMedia } from '../../media/media-packet.ts';
import { bufferMedia, playOut } from '../../media/jitter-buffer.ts';
import { sendDue } from '../../media/packet-flow.ts';
import { nextTurn, takePacket } from '../../media/packet-playout.ts';
import { isRtcp, isRtpPacket } from '../../media/rtp-packet.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { misbehaving } from '../../sip/misbehaving.ts';
import { remainsOfAgent } from '../../sip/remains.ts';
import { receive } from '../../sip/user-agent.ts';
import { hearAsCalled } from './called-client.ts';
import { hearAsCaller } from './calling-client.ts';
import { clientInWords } from './client-in-words.ts';
import { newCmrClient, type CmrClientConfig, type CmrClientState } from './client-state.ts';
import { endFetchWithTheRinging, fetchWhatIsNamed } from './downloaded-ring.ts';
import { sendKeysDue } from './key-events.ts';
import { perceive, speak } from './perceiving.ts';
import {
  earlyReserved,
  followEarlyReservation,
  hearOfEarlyTelling,
} from './early-preconditions.ts';
import { followReservation, hearOfTelling, reserved } from './preconditions.ts';
import { earlyReservationTimer, reservationTimer } from './reservation.ts';
import { renegotiateAsWished } from './renegotiating.ts';
import { delayedResponse, respondByRule, respondLate } from './responding.ts';
import { isRingingTimer, ringOn } from './ringing.ts';
import { act } from './user-acts.ts';

/** The "CMR Client Procedure" clauses: a terminal that calls, is called, answers, hangs up. */
export const cmrClient: NodeBehaviour<CmrClientState, CmrClientConfig> = {
  role: 'cmr-client',
  init: newCmrClient,
  inWords: clientInWords,
  handle(client, input, given) {
    const out = misbehaving(given, client.config.defects);
    if (client.media.packets !== null) client.media.packets.now = out.now();
    take(client, input, out);
    if (client.wishes.length > 0) renegotiateAsWished(client, out);
    endFetchWithTheRinging(client, out);
    speak(client, out);
    perceive(client, out);
  },
  breakOff(client, out) {
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

function take(client: CmrClientState, input: Input, out: Outbox): void {
  switch (input.kind) {
    case 'start':
      return;
    case 'user':
      act(client, input.action, out);
      return;
    case 'timer':
      if (isRingingTimer(input.timer)) {
        ringOn(client, input.timer, out);
        return;
      }
      if (input.timer === reservationTimer) {
        reserved(client, out);
        return;
      }
      if (input.timer === earlyReservationTimer) {
        earlyReserved(client, out);
        return;
      }
      if (isOfMedia(client, input.timer, out)) return;
      if (isHttpTimer(input.timer)) {
        fireAsHttpClient(client.http, input.timer, out);
        return;
      }
      if (input.timer.startsWith(delayedResponse)) {
        const heard = respondLate(client, input.timer, out);
        if (heard !== null) hear(client, heard, out);
        return;
      }
      break;
    case 'packet':
      if (isMedia(input.packet)) {
        bufferMedia(client.media, client.buffer, input.packet, out);
        return;
      }
      if (isKeyPacket(input.packet)) return;
      if (isRtpPacket(input.packet)) {
        takePacket(client.buffer, input.packet, out.now(), out);
        return;
      }
      if (isRtcp(input.packet)) return;
      if (isTcp(input.packet)) {
        receiveAsHttpClient(client.http, input.packet, out.now(), out);
        return;
      }
      break;
    default:
      unreachable(input);
  }
  const indication = receive(client.agent, input, out);
  if (indication === null) return;
  if (indication.kind === 'request' && respondByRule(client, indication, out)) return;
  hear(client, indication, out);
  fetchWhatIsNamed(client, indication, out);
}

/** Sends and plays what is due; says whether the timer was for that. */
function isOfMedia(client: CmrClientState, timer: TimerKey, out: Outbox): boolean {
  const { media, buffer } = client;
  if (sendKeysDue(client, timer, out)) return true;
  if (playOut(buffer, timer) || nextTurn(buffer, timer, out)) return true;
  return media.packets !== null && sendDue(media.packets, timer, out);
}

function hear(client: CmrClientState, indication: SipIndication, out: Outbox): void {
  if (client.isCaller) hearAsCaller(client, indication, out);
  else hearAsCalled(client, indication, out);
  hearOfTelling(client, indication, out);
  hearOfEarlyTelling(client, indication);
  followReservation(client, out);
  followEarlyReservation(client, out);
}
