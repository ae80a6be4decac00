import { directionOf, isOn } from '../../sdp/media-lines.ts';
import {
  bodyOf,
  headerTokens,
  headerValue,
  reliableSequence,
  type SipMessage,
} from '../../sip/message.ts';
import { oracle } from '../oracle.ts';
import { commandsOf, isSuccess, prackOf, statusOf, type CallPicture } from './call-picture.ts';
import { hasArrived, type SipPassage } from './call-watch.ts';
import { judgeClientRendering } from './client-rendering.ts';
import { flowOf } from './continue-state.ts';
import { deliveryOf, isGatewayMode, supportsEarlyMedia } from './gateway-delivery-state.ts';
import { judgeFinalWithoutSdp, judgeSwitchOver } from './gateway-switch-over.ts';
import { calledOff, undone } from './interruption.ts';
import {
  after,
  inconclusive,
  instant,
  missing,
  notExercised,
  overdue,
  satisfied,
  times,
  violated,
  type Judgement,
} from './judgement.ts';
import { mirrored, problemOfAddress, problemOfAnswer } from './session-checks.ts';
import { stoppedByKey } from './stopped-by-key.ts';

const judges = {
  'DEL-GW-SRV-01': judgeTrigger,
  'DEL-GW-SRV-02': (call: CallPicture) => inTheResponse(call, judgeRingAnswer),
  'DEL-GW-SRV-03': (call: CallPicture) => inTheResponse(call, judgeAuthorisation),
  'DEL-GW-SRV-04': (call: CallPicture) => inTheResponse(call, judgeReliability),
  'DEL-GW-SRV-05': judgePlay,
  'DEL-GW-SRV-06': judgeStop,
  'DEL-GW-SRV-07': judgeSwitchOver,
  'DEL-GW-SRV-08': judgeFinalWithoutSdp,
  'DEL-GW-CLI-01': judgeClientSupport,
  'DEL-GW-CLI-02': judgeClientRendering,
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** Gateway Mode, CMRBT: the procedures of CMR Server and CMR Client. */
export const cmrGatewayDelivery = /* @__PURE__ */ oracle('Gateway Mode delivery', judges);

/** DEL-GW-SRV-01: whether the response is amended exactly where the INVITE asks for it. */
function judgeTrigger(call: CallPicture): Judgement {
  const delivery = deliveryOf(call);
  if (delivery.kind === 'not due') return notExercised(delivery.says);
  if (delivery.kind === 'not wanted') {
    const because = delivery.says.slice(0, -1);
    const amended = call.provisionalsA.find(({ packet }) => carriesRing(call, packet));
    if (amended !== undefined) {
      const says = `${because}, and the ${statusOf(amended)} still delivers the ring.`;
      return violated(says, call.inviteA, amended);
    }
    const [plain] = call.provisionalsA;
    if (plain === undefined) return notExercised(delivery.says);
    const says = `${because}, and the ${statusOf(plain)} delivers no ring.`;
    return satisfied(says, call.inviteA, plain);
  }
  const { response, since } = delivery;
  if (response === null) {
    return undone(call, since, 'No provisional response was forwarded to Client-A');
  }
  const { packet } = response;
  const lacking = [
    bodyOf(packet, 'session') === null ? 'an SDP answer' : null,
    headerValue(packet, 'P-Early-Media') === null ? 'P-Early-Media' : null,
    headerTokens(packet, 'Require').includes('100rel') ? null : 'Require: 100rel',
  ].filter((lack) => lack !== null);
  const named = `The ${statusOf(response)} that left at ${instant(response.sent)}`;
  if (lacking.length > 0) {
    return violated(`${named} lacks ${lacking.join(' and ')}.`, call.inviteA, response);
  }
  return satisfied(
    `${named} carries the ring, as the INVITE's P-Early-Media: supported asks.`,
    call.inviteA,
    response,
  );
}

function carriesRing(call: CallPicture, packet: SipMessage): boolean {
  const description = bodyOf(packet, 'session');
  const ring = call.watch.parties.R?.address;
  const served =
    description !== null &&
    ring !== undefined &&
    problemOfAddress(description, ring, 'its') === null &&
    description.media.some(isOn);
  return served || headerValue(packet, 'P-Early-Media') !== null;
}

/** For duties in the provisional response: judges it once it is there. */
function inTheResponse(
  call: CallPicture,
  judge: (call: CallPicture, response: SipPassage) => Judgement,
): Judgement {
  const delivery = deliveryOf(call);
  if (delivery.kind !== 'due') return notExercised(delivery.says);
  if (delivery.response !== null) return judge(call, delivery.response);
  return undone(call, delivery.since, 'No provisional response was forwarded to Client-A');
}

/** DEL-GW-SRV-02. */
function judgeRingAnswer(call: CallPicture, response: SipPassage): Judgement {
  const { packet } = response;
  const named = `The SDP of the ${statusOf(response)}`;
  const offer = call.inviteA === null ? null : bodyOf(call.inviteA.packet, 'session');
  const answer = bodyOf(packet, 'session');
  if (answer === null || offer === null) {
    return violated(`The ${statusOf(response)} to Client-A has no SDP answer.`, response);
  }
  if (packet.bodies.length !== 1) {
    const count = packet.bodies.length;
    return violated(`The ${statusOf(response)} has ${count} bodies instead of one.`, response);
  }
  const address = call.watch.parties.R?.address;
  const problem =
    problemOfAnswer(offer, answer) ??
    (address === undefined ? null : problemOfAddress(answer, address, "the Resource Server's")) ??
    problemOfDirection(call, offer, answer);
  if (problem !== null) return violated(`${named} ${problem}.`, call.inviteA, response);
  const active = answer.media.filter(isOn).map((line) => line.media);
  if (active.length === 0) return violated(`${named} accepts nothing.`, call.inviteA, response);
  return satisfied(
    `${named} answers Client-A's offer with ${active.join(' and ')} of the Resource Server.`,
    call.inviteA,
    response,
  );
}

type Session = NonNullable<ReturnType<typeof bodyOf>>;

/** SW-GW-SDP-DIR: mirror of the offer, or sendonly where the offer would let it. */
function problemOfDirection(call: CallPicture, offer: Session, answer: Session): string | null {
  const reading = call.header.switches['SW-GW-SDP-DIR'] ?? 'mirror';
  for (const [index, line] of answer.media.entries()) {
    const offered = offer.media[index];
    if (offered === undefined || !isOn(line)) continue;
    const asked = directionOf(offered, offer);
    const receives = asked === 'sendrecv' || asked === 'recvonly';
    const wanted = reading === 'sendonly' && receives ? 'sendonly' : mirrored(asked);
    const given = directionOf(line, answer);
    if (given === wanted) continue;
    return `is ${given} for ${line.media}, not ${wanted} (SW-GW-SDP-DIR=${reading})`;
  }
  return null;
}

/** DEL-GW-SRV-03: sendrecv, as the text says; where a rule pack has settled it, as that says. */
function judgeAuthorisation({ header }: CallPicture, response: SipPassage): Judgement {
  const [first] = headerTokens(response.packet, 'P-Early-Media');
  const named = `The ${statusOf(response)} that left at ${instant(response.sent)}`;
  const reading = header.switches['SW-PEM'] ?? 'sendrecv';
  const due = header.settled?.includes('SW-PEM') === true ? reading : 'sendrecv';
  if (first === due) return satisfied(`${named} has P-Early-Media: ${due}.`, response);
  if (first === undefined) return violated(`${named} has no P-Early-Media.`, response);
  const because = reading === first ? `, as SW-PEM=${reading} has it` : '';
  return violated(`${named} has P-Early-Media: ${first} instead of ${due}${because}.`, response);
}

/** DEL-GW-SRV-04. */
function judgeReliability(_call: CallPicture, response: SipPassage): Judgement {
  const { packet } = response;
  const named = `The ${statusOf(response)} that left at ${instant(response.sent)}`;
  const count = headerTokens(packet, 'Require').filter((tag) => tag === '100rel').length;
  if (count !== 1) {
    const found = count === 0 ? 'does not require 100rel' : `requires 100rel ${times(count)}`;
    return violated(`${named} ${found}.`, response);
  }
  const sequence = reliableSequence(packet);
  if (sequence === null) return violated(`${named} requires 100rel without an RSeq.`, response);
  return satisfied(`${named} requires 100rel, RSeq ${sequence}.`, response);
}

/** DEL-GW-SRV-05. */
function judgePlay(call: CallPicture): Judgement {
  const delivery = deliveryOf(call);
  if (delivery.kind !== 'due') return notExercised(delivery.says);
  const { response } = delivery;
  if (response === null) return notExercised('No provisional response delivered the ring.');
  const play = commandsOf(call, 'play')[0];
  const reading = call.header.switches['SW-GW-PLAY-AT'] ?? 'tx1xx';
  const prack = prackOf(call, response);
  const trigger = reading === 'prack' ? (prack?.received ?? null) : response.sent;
  const named = `the ${statusOf(response)}`;
  if (play === undefined) {
    if (trigger === null) {
      return notExercised(`The PRACK of ${named} did not arrive (SW-GW-PLAY-AT=prack).`);
    }
    const { finalB } = call;
    if (hasArrived(finalB) && finalB.received.at <= trigger.at) {
      return notExercised(`Client-B's final response came before the ring could begin (GAP-36).`);
    }
    return undone(call, trigger, `No play command followed ${named}`, response);
  }
  if (trigger === null || play.sent.record < trigger.record) {
    const waits = reading === 'prack' ? ' had got its PRACK (SW-GW-PLAY-AT=prack)' : ' had left';
    const says = `The play command left at ${instant(play.sent)}, before ${named}${waits}.`;
    return violated(says, response, prack, play);
  }
  const what = reading === 'prack' ? `the arrival of the PRACK for ${named}` : named;
  const says = `The play command left at ${instant(play.sent)}`;
  return satisfied(`${says}, ${after(trigger, play.sent, what)}.`, response, prack, play);
}

/** DEL-GW-SRV-06. */
function judgeStop(call: CallPicture): Judgement {
  const play = commandsOf(call, 'play')[0];
  if (play === undefined || !isGatewayMode(call)) {
    return notExercised('No ring was playing (GAP-36).');
  }
  const flow = flowOf(call);
  if (flow !== null) {
    const verb = flow.brokenOff === null ? 'continues' : 'was to continue';
    return notExercised(`The ring ${verb}, so Continue has the word here (GAP-01).`);
  }
  const stops = commandsOf(call, 'stop');
  const [stop] = stops;
  const final = call.finalB?.received ?? null;
  if (final === null) {
    if (stop === undefined) return notExercised('No final response from Client-B arrived.');
    const because = calledOff(call, stop.sent) ?? stoppedByKey(call, stop.sent);
    if (because !== null) return notExercised(`${because}, and the ring stopped with that.`);
    const left = `The stop command left at ${instant(stop.sent)}`;
    const says = `${left}, and no final response had arrived.`;
    return call.ended === null ? inconclusive(says, play, stop) : violated(says, play, stop);
  }
  const named = `Client-B's ${statusOf(call.finalB)}`;
  if (stop === undefined) {
    const says = `No stop command followed ${named} of ${instant(final)}`;
    if (call.finalA !== null && isSuccess(call.finalA) && overdue(call, call.finalA.sent)) {
      return violated(`${says}.`, play, call.finalB, call.finalA);
    }
    return missing(call, final, says, play, call.finalB);
  }
  if (stops.length > 1) {
    const says = `The ring was stopped ${times(stops.length)}.`;
    return violated(says, play, call.finalB, ...stops);
  }
  if (stop.sent.record < final.record) {
    const because = calledOff(call, stop.sent) ?? stoppedByKey(call, stop.sent);
    if (because !== null) return notExercised(`${because}, and the ring stopped with that.`);
    const says = `The stop command left at ${instant(stop.sent)}, before ${named} arrived.`;
    return violated(says, stop, call.finalB);
  }
  const gap = after(final, stop.sent, `the arrival of ${named}`);
  return satisfied(`The stop command left at ${instant(stop.sent)}, ${gap}.`, call.finalB, stop);
}

/** DEL-GW-CLI-01. */
function judgeClientSupport(call: CallPicture): Judgement {
  const { inviteA } = call;
  if (inviteA === null) return notExercised('Client-A sent no INVITE.');
  if (supportsEarlyMedia(inviteA.packet)) {
    return satisfied("Client-A's INVITE says P-Early-Media: supported.", inviteA);
  }
  if (!isGatewayMode(call)) return notExercised('Nothing is delivered in Gateway Mode here.');
  return violated("Client-A's INVITE does not say P-Early-Media: supported.", inviteA);
}
