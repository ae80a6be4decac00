import { micros, type Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { Medium } from '../kernel/trace-record.ts';
import { ringInBody } from '../sip/alerting-body.ts';
import { bodyOf, headerTokens, headerValue, type SipMessage } from '../sip/message.ts';
import type { HearsInterval } from '../trace/hears.ts';
import type { Metrics } from './metrics.ts';
import {
  answers,
  firstArrived,
  isRequest,
  isSuccess,
  mixesOfRing,
  statusOf,
  type CallPicture,
} from './oracles/call-picture.ts';
import { hasArrived, isSipPassage, type Happening, type SipPassage } from './oracles/call-watch.ts';
import { common, isRing, ringbackTone, stretchesOf, totalOf, type Stretch } from './perception.ts';
import { retransmissionsOf, type Retransmission } from './retransmissions.ts';
import { preAnswerLoss } from './speech-loss.ts';

/** What metrics are worked out of. What takes some work is done when the first one asks for it. */
export interface Measurable {
  readonly call: CallPicture;
  /** The instant at which the run ended, in µs. */
  readonly endedAt: Micros;
  readonly heard: () => readonly HearsInterval[];
  readonly ring: () => readonly Stretch[];
  readonly voiceOfA: () => readonly Stretch[];
  readonly voiceOfB: () => readonly Stretch[];
}

export function measurable(
  call: CallPicture,
  heard: () => readonly HearsInterval[],
  endedAt: Micros,
): Measurable {
  const { A, B } = call.watch.parties;
  const heardOnce = onceAsked(heard);
  return {
    call,
    endedAt,
    heard: heardOnce,
    ring: onceAsked(() => ringOf(call, heardOnce())),
    voiceOfA: onceAsked(() => voice(heardOnce(), B?.id, A?.name)),
    voiceOfB: onceAsked(() => voice(heardOnce(), A?.id, B?.name)),
  };
}

function onceAsked<Result>(work: () => Result): () => Result {
  let known: { readonly result: Result } | null = null;
  return () => {
    known ??= { result: work() };
    return known.result;
  };
}

/** Each metric of spec §5.6. */
const formulas: { readonly [Name in keyof Metrics]: (of: Measurable) => Metrics[Name] } = {
  SRD: ({ call }) => requestDelay(call),
  ringStart: ({ call, heard }) => ringStart(call, heard()),
  defaultRingLeak: ({ call, heard, endedAt }) => defaultRingLeak(call, heard(), endedAt),
  deadAir: ({ ring, voiceOfB }) => deadAir(ring(), voiceOfB()),
  ringTail: ({ call, ring, voiceOfB, endedAt }) =>
    ringTail(ring(), voiceOfB(), successAtA(call), endedAt),
  answerLag: ({ call }) => lengthBetween(answeredAtB(call), successAtA(call)),
  contGap: ({ call, heard, ring }) => contGap(call, heard(), ring()),
  preAnswerLoss: ({ call, voiceOfB, endedAt }) => {
    const left = leftAt(call) ?? endedAt;
    return preAnswerLoss(call.watch, answeredAtB(call), voiceOfB(), left, endedAt);
  },
  cutThroughAB: ({ call, voiceOfA }) => cutThrough(answeredAtB(call), voiceOfA()),
  cutThroughBA: ({ call, voiceOfB }) => cutThrough(answeredAtB(call), voiceOfB()),
  wasted2xx: ({ call }) => countOf(retransmissionsOf(call), 'ACK held back'),
  slowLegRetransmissions: ({ call }) => countOf(retransmissionsOf(call), 'slow leg'),
};

export function metricOf<Name extends keyof Metrics>(name: Name, of: Measurable): Metrics[Name] {
  return formulas[name](of);
}

/** All metrics of a run. */
export function metricsOf(of: Measurable): Metrics {
  return {
    SRD: formulas.SRD(of),
    ringStart: formulas.ringStart(of),
    defaultRingLeak: formulas.defaultRingLeak(of),
    deadAir: formulas.deadAir(of),
    ringTail: formulas.ringTail(of),
    answerLag: formulas.answerLag(of),
    contGap: formulas.contGap(of),
    preAnswerLoss: formulas.preAnswerLoss(of),
    cutThroughAB: formulas.cutThroughAB(of),
    cutThroughBA: formulas.cutThroughBA(of),
    wasted2xx: formulas.wasted2xx(of),
    slowLegRetransmissions: formulas.slowLegRetransmissions(of),
  };
}

function countOf(resent: readonly Retransmission[], because: Retransmission['because']): number {
  return resent.filter((one) => one.because === because).length;
}

function lengthBetween(from: Micros | null, to: Micros | null): Micros | null {
  return from === null || to === null ? null : micros(to - from);
}

/** From the answer to the first speech heard after it; 0 where it is heard already. */
function cutThrough(answered: Micros | null, heard: readonly Stretch[]): Micros | null {
  if (answered === null) return null;
  const first = heard.find((one) => one.to > answered);
  return first === undefined ? null : micros(Math.max(0, first.from - answered));
}

/** Session Request Delay (RFC 6076 §4.3): to the first 1xx but 100, or to the 2xx. */
function requestDelay(call: CallPicture): Micros | null {
  const { invite, to } = hopOfA(call);
  if (invite === null) return null;
  const wanted = (one: SipPassage) => statusOf(one) > 100 && statusOf(one) < 300;
  const first = firstArrived(to.filter((one) => answers(one, invite) && wanted(one)));
  return lengthBetween(invite.sent.at, first?.received?.at ?? null);
}

/** What Client-A itself sends and gets: where somebody relays for it, that is its own hop. */
function hopOfA({ watch, inviteA, fromA, toA }: CallPicture) {
  const own = watch.others.filter(isSipPassage);
  const { A } = watch.parties;
  const from = own.filter((one) => one.from === A?.id);
  if (from.length === 0) return { invite: inviteA, from: fromA, to: toA };
  const opens = ({ packet }: SipPassage) => packet.to.tag === null;
  const invite = from.findLast((one) => isRequest(one, 'INVITE') && opens(one)) ?? null;
  return { invite, from, to: own.filter((one) => one.to === A?.id) };
}

/** At Client-A; where the ring is for the called party only, at Client-B. */
function ringStart(call: CallPicture, heard: readonly HearsInterval[]): Micros | null {
  const { A, B } = call.watch.parties;
  const alerting = call.fromB.filter((one) => {
    return answers(one, call.inviteB) && statusOf(one) >= 180 && statusOf(one) < 190;
  });
  const beganAt = (listener: NodeId | undefined) =>
    heard.find(
      (one) =>
        one.node === listener && one.sources.some(({ source }) => isRing(call.header, source)),
    )?.fromMicros ?? null;
  const began = beganAt(A?.id) ?? beganAt(B?.id);
  return lengthBetween(firstArrived(alerting)?.received?.at ?? null, began);
}

/** From the arrival of the response that delivers the ring; null where none did. */
function defaultRingLeak(
  call: CallPicture,
  heard: readonly HearsInterval[],
  endedAt: Micros,
): Micros | null {
  const granted = firstArrived(call.provisionalsA.filter(({ packet }) => grantsRing(packet)));
  if (!hasArrived(granted)) return null;
  const { A } = call.watch.parties;
  const tone = stretchesOf(heard, A?.id, 'audio', (source) => source === ringbackTone);
  return totalOf(common(tone, [{ from: granted.received.at, to: endedAt }]));
}

/** In Gateway, Application Server or HTTP Mode. */
function grantsRing(response: SipMessage): boolean {
  const [direction = ''] = headerTokens(response, 'P-Early-Media');
  const authorised = direction === 'sendrecv' || direction === 'sendonly';
  if (authorised && bodyOf(response, 'session') !== null) return true;
  if (bodyOf(response, 'early-session') !== null) return true;
  if (ringInBody(response) !== null) return true;
  return /<https?:/i.test(headerValue(response, 'Alert-Info') ?? '');
}

/** When Client-A hears the ring; when it sees it, where the resource has no sound. */
function ringOf(call: CallPicture, heard: readonly HearsInterval[]): Stretch[] {
  const { A } = call.watch.parties;
  const of = (medium: Medium) =>
    stretchesOf(heard, A?.id, medium, (source) => isRing(call.header, source));
  const audible = of('audio');
  return audible.length > 0 ? audible : of('video');
}

function voice(
  heard: readonly HearsInterval[],
  listener: NodeId | undefined,
  speaker: string | undefined,
): Stretch[] {
  return stretchesOf(heard, listener, 'audio', (source) => source === speaker);
}

/** When Client-A leaves the call, or is told that it is over; null where neither happens. */
function leftAt(call: CallPicture): Micros | null {
  const { invite, from, to } = hopOfA(call);
  const left = from
    .filter((one) => isRequest(one, 'BYE') || isRequest(one, 'CANCEL'))
    .map((one) => one.sent.at);
  const told = to
    .filter((one) => isRequest(one, 'BYE') || refuses(one, invite))
    .flatMap(({ received }) => received?.at ?? []);
  return [...left, ...told].sort((a, b) => a - b)[0] ?? null;
}

function refuses({ packet }: SipPassage, invite: SipPassage | null): boolean {
  if (packet.kind !== 'response' || packet.status < 300) return false;
  const { number, method } = packet.cseq;
  return method === 'INVITE' && number === invite?.packet.cseq.number;
}

/** When the 200 left that reached the CMR Server first, by the telephone that sent it. */
function answeredAtB({ watch, fromB, inviteB }: CallPicture): Micros | null {
  const success = fromB.find((one) => answers(one, inviteB) && isSuccess(one)) ?? null;
  if (success === null) return null;
  const { callId, cseq, to } = success.packet;
  const own = watch.others.filter(isSipPassage).find(({ packet }) => {
    const same = packet.callId === callId && packet.cseq.number === cseq.number;
    return same && packet.to.tag === to.tag && packet.kind === 'response' && packet.status === 200;
  });
  return (own ?? success).sent.at;
}

function successAtA(call: CallPicture): Micros | null {
  const { invite, to } = hopOfA(call);
  const successes = to.filter((one) => answers(one, invite) && isSuccess(one));
  return firstArrived(successes)?.received?.at ?? null;
}

function deadAir(ring: readonly Stretch[], voiceOfB: readonly Stretch[]): Micros | null {
  const regular = voiceOfB[0]?.from;
  if (regular === undefined) return null;
  const last = ring.filter((one) => one.from < regular).at(-1);
  if (last !== undefined) return micros(Math.max(0, regular - last.to));
  return ring[0]?.from === regular ? micros(0) : null;
}

function ringTail(
  ring: readonly Stretch[],
  voiceOfB: readonly Stretch[],
  answeredAt: Micros | null,
  endedAt: Micros,
): Micros | null {
  if (answeredAt === null || ring.length === 0) return null;
  const next = voiceOfB.find((one) => one.to > answeredAt);
  const until = micros(Math.max(answeredAt, next?.from ?? endedAt));
  return totalOf(common(ring, [{ from: answeredAt, to: until }]));
}

/** From the last sample of the ring to the first of it in the mixture; null without a mixture. */
function contGap(
  call: CallPicture,
  heard: readonly HearsInterval[],
  ring: readonly Stretch[],
): Micros | null {
  const { A } = call.watch.parties;
  const mixture = firstMixture(call);
  if (mixture === null) return null;
  const first = heard.find(
    (one) =>
      one.node === A?.id &&
      one.medium === 'audio' &&
      one.toMicros > mixture.at &&
      one.sources.some(({ source }) => isRing(call.header, source)),
  );
  if (first === undefined) return null;
  const at = Math.max(first.fromMicros, mixture.at);
  const last = ring.filter((one) => one.from < at).at(-1);
  return last === undefined ? null : micros(Math.max(0, at - last.to));
}

/**
 * The first stream with the ring that the Resource Server sends when it has been told to mix: it
 * may begin without Client-B, whose media are on their way to the mixer yet.
 */
function firstMixture(call: CallPicture): Happening | null {
  const { A, R } = call.watch.parties;
  const [ordered] = mixesOfRing(call);
  if (!hasArrived(ordered)) return null;
  const mixtures = call.watch.media.filter(
    ({ packet, from, to, sent }) =>
      from === R?.id &&
      to === A?.id &&
      sent.record > ordered.received.record &&
      packet.sources.some(({ source }) => isRing(call.header, source)),
  );
  return firstArrived(mixtures)?.received ?? null;
}
