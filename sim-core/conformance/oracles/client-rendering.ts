import type { Micros } from '../../base/micros.ts';
import type { Medium } from '../../kernel/trace-record.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import { bodyOf, headerTokens, reliableSequence } from '../../sip/message.ts';
import {
  answers,
  firstArrived,
  isRequest,
  promptness,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import {
  hasArrived,
  isSipPassage,
  type Copy,
  type Happening,
  type HearsSeen,
  type Passage,
  type SipPassage,
} from './call-watch.ts';
import { deliveryOf } from './gateway-delivery-state.ts';
import { missing, ms, notExercised, satisfied, violated, type Judgement } from './judgement.ts';

/**
 * DEL-GW-CLI-02: from the response with the ring on, Client-A renders what the Resource Server
 * sends, and no tone of its own beside it (R-EM-02).
 */
export function judgeClientRendering(call: CallPicture): Judgement {
  const delivery = deliveryOf(call);
  if (delivery.kind !== 'due') return notExercised(delivery.says);
  const response = delivery.response === null ? null : asItArrived(call, delivery.response);
  if (!hasArrived(response)) return notExercised('No ring was delivered to Client-A.');
  if (!authorises(response)) {
    return notExercised(`The ${statusOf(response)} has no SDP answer with P-Early-Media.`);
  }
  const stream = ringTowardsA(call);
  if (!hasArrived(stream)) {
    return notExercised('Nothing of the ring arrived at Client-A.');
  }
  const from = later(response.received, stream.received);
  const left = leftBefore(call, from);
  if (left !== null) return notExercised(`${left} by the time the ring reached it.`);
  const until = endOf(call, stream);
  const { medium } = stream.packet;
  const heard = perceptions(call, medium, from, until);
  const tone = heard.find(({ seen, lasted }) => lasted > 0 && seen.sources.some(isTone));
  if (tone !== undefined) {
    const says = `Client-A still played its own tone at ${ms(tone.from)} while the ring arrived.`;
    return violated(says, response, stream, tone.seen);
  }
  const ring = new Set(stream.packet.sources.map(({ source }) => source));
  const rendered = heard.find(({ seen }) => seen.sources.some(({ source }) => ring.has(source)));
  if (rendered === undefined) {
    if (until !== null && until <= from.at) {
      return notExercised('The ring ended before Client-A could render it.');
    }
    return missing(call, from, 'Client-A did not render the ring that arrived', response, stream);
  }
  const verb = medium === 'audio' ? 'heard' : 'saw';
  const says = `Client-A ${verb} the ring from ${ms(rendered.from)}.`;
  return satisfied(says, response, stream, rendered.seen);
}

/**
 * Why Client-A was no longer in the call by then, or about to leave it because of what came then:
 * the beginning of a sentence, or null.
 */
function leftBefore(call: CallPicture, by: Happening): string | null {
  // What follows from something that came before has only taken its processing time since.
  const decided = ({ at, cause }: Copy) => at <= by.at || (cause > 0 && cause <= by.record);
  const leaves = (method: 'CANCEL' | 'BYE') =>
    call.fromA.some((one) => isRequest(one, method) && decided(one.sent));
  if (leaves('CANCEL')) return 'Client-A had cancelled';
  if (leaves('BYE')) return 'Client-A had hung up';
  const reached = (one: SipPassage) => hasArrived(one) && one.received.at <= by.at;
  const refusal = call.toA.find((one) => {
    return answers(one, call.inviteA) && statusOf(one) >= 300 && reached(one);
  });
  if (refusal !== undefined) return `Client-A had got ${statusOf(refusal)}`;
  const ended = call.toA.some((one) => isRequest(one, 'BYE') && reached(one));
  if (ended) return "Client-A had got the CMR Server's BYE";
  return gaveUp(call) ? 'Client-A had got no response in time and had given up (R-TX-04)' : null;
}

/** Timer B: whether no response to the INVITE arrived within 64·T1. */
function gaveUp({ header, inviteA, toA }: CallPicture): boolean {
  if (inviteA === null) return false;
  const first = firstArrived(toA.filter((one) => answers(one, inviteA)));
  return (first?.received?.at ?? 0) > inviteA.sent.at + 64 * promptness(header);
}

/** The response as the last proxy before Client-A let it through, which may have less in it. */
function asItArrived({ watch }: CallPicture, response: SipPassage): SipPassage {
  const { callId, cseq } = response.packet;
  const behind = watch.others
    .filter(isSipPassage)
    .find(
      ({ packet, to, received }) =>
        to === watch.parties.A?.id &&
        received !== null &&
        packet.callId === callId &&
        packet.cseq.number === cseq.number &&
        reliableSequence(packet) === reliableSequence(response.packet),
    );
  return behind ?? response;
}

function authorises(response: SipPassage): boolean {
  const [first = ''] = headerTokens(response.packet, 'P-Early-Media');
  const towardsA = first === 'sendrecv' || first === 'sendonly';
  return towardsA && bodyOf(response.packet, 'session') !== null;
}

function isTone({ source }: { readonly source: string }): boolean {
  return source === 'ringback tone';
}

/** The first stream from the Resource Server that reached Client-A. */
function ringTowardsA(call: CallPicture): Passage<MediaPacket> | null {
  const { A, R } = call.watch.parties;
  const streams = call.watch.media.filter(
    (one) => one.from === R?.id && one.to === A?.id && one.packet.sources.length > 0,
  );
  const audio = streams.find((one) => one.packet.medium === 'audio');
  return audio ?? streams[0] ?? null;
}

/** When that stream ended or changed at Client-A; null while it goes on. */
function endOf(call: CallPicture, stream: Passage<MediaPacket>): Micros | null {
  const next = call.watch.media.find(
    (one) =>
      one.packet.stream === stream.packet.stream &&
      one.from === stream.from &&
      one.sent.record > stream.sent.record &&
      one.packet.sources.length === 0,
  );
  return next?.received?.at ?? null;
}

interface Perceived {
  readonly seen: HearsSeen;
  readonly from: Micros;
  /** How long, in µs, as far as the record goes; 0 where it has just begun. */
  readonly lasted: number;
}

/** What Client-A perceived of a medium at any time between the two, with since when. */
function perceptions(
  call: CallPicture,
  medium: Medium,
  from: Happening,
  until: Micros | null,
): Perceived[] {
  const { A } = call.watch.parties;
  const notes = call.watch.hears.filter((one) => one.node === A?.id && one.medium === medium);
  const lastAt = call.watch.last?.at ?? from.at;
  const found: Perceived[] = [];
  for (const [index, seen] of notes.entries()) {
    const begins = seen.at > from.at ? seen.at : from.at;
    const next = notes[index + 1];
    const ends = next?.at ?? lastAt;
    const lasted = ends - begins;
    const inTime = until === null || begins < until;
    // What was replaced at the instant at which it began was not perceived.
    if (inTime && (lasted > 0 || next === undefined)) found.push({ seen, from: begins, lasted });
  }
  return found;
}

function later(a: Happening, b: Happening): Happening {
  return a.record > b.record ? a : b;
}
