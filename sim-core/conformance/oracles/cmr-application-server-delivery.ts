import { isOn } from '../../sdp/media-lines.ts';
import { bodyOf, headerTokens, reliableSequence } from '../../sip/message.ts';
import { oracle } from '../oracle.ts';
import { unmetLine } from '../rules/reading-preconditions.ts';
import {
  acknowledgementOf,
  commandsFor,
  earlyAnswerIn,
  isApplicationServerMode,
  ringForA,
  ringForB,
  type RingDue,
} from './application-server-state.ts';
import { answers, isRequest, statusOf, type CallPicture } from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import {
  judgeAnswerOfA,
  judgeAnswerOfB,
  judgeReadiness,
  judgeSupportOfA,
  judgeSupportOfB,
} from './early-session-clients.ts';
import { calledOff, undone } from './interruption.ts';
import {
  after,
  instant,
  missing,
  notExercised,
  satisfied,
  times,
  violated,
  type Judgement,
} from './judgement.ts';
import { problemOfAddress, problemOfLines } from './session-checks.ts';
import { stoppedByKey } from './stopped-by-key.ts';

const judges = {
  'DEL-AS-SRV-01': judgeTriggerForA,
  'DEL-AS-SRV-02': judgeOfferToA,
  'DEL-AS-SRV-03': judgeTagsToA,
  'DEL-AS-SRV-04': judgePlayToA,
  'DEL-AS-SRV-05': judgeStop,
  'DEL-AS-SRV-06': judgeTriggerForB,
  'DEL-AS-SRV-07': judgeOfferToB,
  'DEL-AS-SRV-08': judgeTagsToB,
  'DEL-AS-SRV-09': judgePlayToB,
  'DEL-AS-CLI-01': judgeSupportOfA,
  'DEL-AS-CLI-02': judgeAnswerOfA,
  'DEL-AS-CLI-03': (call: CallPicture) => judgeReadiness(call, 'Client-A'),
  'DEL-AS-CLI-04': judgeSupportOfB,
  'DEL-AS-CLI-05': judgeAnswerOfB,
  'DEL-AS-CLI-06': (call: CallPicture) => judgeReadiness(call, 'Client-B'),
} as const satisfies Readonly<Record<string, (call: CallPicture) => Judgement>>;

/** Application Server Mode, CMRBT and CMRT: the procedures of CMR Server and CMR Client. */
export const cmrApplicationServerDelivery = /* @__PURE__ */ oracle(
  'Application Server Mode delivery',
  judges,
);

function carriesEarlySession({ packet }: SipPassage): boolean {
  return (
    bodyOf(packet, 'early-session') !== null ||
    headerTokens(packet, 'Require').includes('early-session')
  );
}

/** Where none is due: whether what could have carried an offer leaves it alone. */
function unwanted(
  due: Exclude<RingDue, { kind: 'due' }>,
  sent: readonly SipPassage[],
  couldCarry: (one: SipPassage) => boolean,
): Judgement {
  if (due.kind === 'not due') return notExercised(due.says);
  const because = due.says.slice(0, -1);
  const amended = sent.find(carriesEarlySession);
  if (amended !== undefined) {
    return violated(`${because}, and an early session was offered all the same.`, amended);
  }
  const left = sent.find(couldCarry);
  if (left === undefined) return notExercised(due.says);
  return satisfied(`${because}, and no early session was offered.`, left);
}

function judgeTriggerForA(call: CallPicture): Judgement {
  const due = ringForA(call);
  if (due.kind !== 'due') return unwanted(due, call.toA, (one) => call.provisionalsA.includes(one));
  if (due.message === null) {
    return undone(call, due.since, 'No provisional response was forwarded to Client-A');
  }
  const named = `The ${statusOf(due.message)} that left at ${instant(due.message.sent)}`;
  if (bodyOf(due.message.packet, 'early-session') === null) {
    return violated(`${named} offers no early session.`, call.inviteA, due.message);
  }
  return satisfied(
    `${named} offers the early session that the INVITE's Supported asks for.`,
    call.inviteA,
    due.message,
  );
}

function judgeOfferToA(call: CallPicture): Judgement {
  const due = ringForA(call);
  if (due.kind !== 'due' || due.message === null) return notExercised(saysOf(due));
  return judgeOffer(call, due.message, `The ${statusOf(due.message)}`);
}

function judgeOfferToB(call: CallPicture): Judgement {
  const due = ringForB(call);
  if (due.kind !== 'due' || due.message === null) return notExercised(saysOf(due));
  return judgeOffer(call, due.message, 'The PRACK');
}

function saysOf(due: RingDue): string {
  return due.kind === 'due' ? 'The message that is to carry the offer has not left.' : due.says;
}

/** One early-session part, with the media of the Resource Server. */
function judgeOffer(call: CallPicture, message: SipPassage, named: string): Judgement {
  const parts = message.packet.bodies.filter(({ disposition }) => disposition === 'early-session');
  const [offer] = parts;
  if (offer === undefined) return violated(`${named} has no early-session part.`, message);
  if (parts.length > 1) {
    return violated(`${named} has ${parts.length} early-session parts.`, message);
  }
  const address = call.watch.parties.R?.address;
  const problem =
    address === undefined
      ? null
      : problemOfAddress(offer.description, address, "the Resource Server's");
  if (problem !== null) {
    return violated(`The early-session part of ${lower(named)} ${problem}.`, message);
  }
  return satisfied(`${named} offers an early session of the Resource Server.`, message);
}

function lower(named: string): string {
  return named.charAt(0).toLowerCase() + named.slice(1);
}

function judgeTagsToA(call: CallPicture): Judgement {
  const due = ringForA(call);
  if (due.kind !== 'due' || due.message === null) return notExercised(saysOf(due));
  const { packet } = due.message;
  const tags = headerTokens(packet, 'Require');
  for (const tag of ['early-session', '100rel']) {
    const count = tags.filter((one) => one === tag).length;
    if (count === 1) continue;
    const found = count === 0 ? `does not require ${tag}` : `requires ${tag} ${times(count)}`;
    return violated(`The ${statusOf(due.message)} ${found}.`, due.message);
  }
  if (reliableSequence(packet) === null) {
    return violated(`The ${statusOf(due.message)} has no RSeq.`, due.message);
  }
  return satisfied(
    `The ${statusOf(due.message)} requires early-session and 100rel, once each.`,
    due.message,
  );
}

function judgeTagsToB(call: CallPicture): Judgement {
  const due = ringForB(call);
  if (due.kind !== 'due' || due.message === null) return notExercised(saysOf(due));
  const tags = headerTokens(due.message.packet, 'Require');
  if (tags.includes('100rel')) {
    return violated('The PRACK requires 100rel (R-PRK-14).', due.message);
  }
  const count = tags.filter((tag) => tag === 'early-session').length;
  if (count === 1) return satisfied('The PRACK requires early-session.', due.message);
  const found = count === 0 ? 'does not require early-session' : 'requires it more than once';
  return violated(`The PRACK ${found}.`, due.message);
}

function judgeTriggerForB(call: CallPicture): Judgement {
  const due = ringForB(call);
  if (due.kind !== 'due') return unwanted(due, call.toB, (one) => isRequest(one, 'PRACK'));
  if (due.message === null) {
    return undone(call, due.since, 'No PRACK was sent to Client-B');
  }
  if (bodyOf(due.message.packet, 'early-session') === null) {
    return violated('The PRACK offers no early session.', due.message);
  }
  const at = instant(due.message.sent);
  return satisfied(
    `The PRACK of ${at} offers the early session that Client-B supports.`,
    due.message,
  );
}

function judgePlayToA(call: CallPicture): Judgement {
  const due = ringForA(call);
  const message = due.kind === 'due' ? due.message : null;
  if (message === null) return notExercised(saysOf(due));
  const prack = acknowledgementOf(call.fromA, message);
  return judgePlay(call, 'Client-A', message, prack, earlyAnswerIn(prack));
}

function judgePlayToB(call: CallPicture): Judgement {
  const due = ringForB(call);
  const prack = due.kind === 'due' ? due.message : null;
  if (prack === null) return notExercised(saysOf(due));
  const answer = call.fromB.find((one) => answers(one, prack)) ?? null;
  const judged = judgePlay(call, 'Client-B', prack, answer, earlyAnswerIn(answer));
  return judged.verdict === 'satisfied' ? endOfRingTone(call, judged) : judged;
}

/** GAP-23: until Client-B's first final response, where no derived flow has it go on. */
function endOfRingTone(call: CallPicture, played: Judgement): Judgement {
  const [stop] = commandsFor(call, 'Client-B', 'stop');
  const { finalB } = call;
  if (!hasArrived(finalB) || call.header.switches['SW-CMRT-CONT'] !== 'off') return played;
  if (stop === undefined) {
    return missing(call, finalB.received, 'No stop command ended the ring tone', finalB);
  }
  if (stop.sent.record > finalB.received.record) return played;
  if (calledOff(call, stop.sent) !== null) return played;
  return violated("The ring tone was stopped before Client-B's final response.", stop, finalB);
}

/** The command to play follows an early answer that fits and takes anything, and nothing else. */
function judgePlay(
  call: CallPicture,
  leg: 'Client-A' | 'Client-B',
  offering: SipPassage,
  carrier: SipPassage | null,
  answer: ReturnType<typeof earlyAnswerIn>,
): Judgement {
  const [play] = commandsFor(call, leg, 'play');
  const offer = offering === null ? null : bodyOf(offering.packet, 'early-session');
  const fits = offer !== null && answer !== null && problemOfLines(offer, answer) === null;
  const takes = fits && answer.media.some(isOn);
  if (play !== undefined) {
    const at = instant(play.sent);
    if (!takes || !hasArrived(carrier)) {
      return violated(`The ring was ordered at ${at} without an early answer.`, play, carrier);
    }
    if (play.sent.record < carrier.received.record) {
      return violated(`The ring was ordered at ${at}, before the early answer.`, play, carrier);
    }
    const gap = after(carrier.received, play.sent, `the early answer of ${leg}`);
    return satisfied(`The ring was ordered at ${at}, ${gap}.`, carrier, play);
  }
  if (!takes || !hasArrived(carrier)) {
    return notExercised(`${leg} has not accepted the early session.`);
  }
  const { finalB } = call;
  if (hasArrived(finalB) && finalB.received.record <= carrier.received.record) {
    return notExercised("Client-B's final response came before the ring could begin (GAP-36).");
  }
  const since = waitsForAlerting(call) ? alertedAt(call) : carrier.received;
  if (since === null) return notExercised('The ring waits for a 180 that did not come (GAP-29).');
  const reserved = unmetLine(answer) === null ? carrier.received : reservedAt(call);
  if (reserved === null) {
    return notExercised('The early session waits for its preconditions (R-ES-09).');
  }
  const due = since.record > reserved.record ? since : reserved;
  return undone(call, due, `No ring was ordered for ${leg}`, carrier);
}

/** GAP-29: with preconditions a ring waits for the 180 whatever the switch says. */
function waitsForAlerting({ header }: CallPicture): boolean {
  return header.switches['SW-PLAY-GATE'] === 'alerting' || header.switches['SW-PRECOND'] !== 'off';
}

function alertedAt({ fromB }: CallPicture): Happening | null {
  return fromB.find((one) => statusOf(one) === 180 && one.received !== null)?.received ?? null;
}

/** When Client-A's network was there for the early session, as far as it has said so. */
function reservedAt({ fromA, finalB }: CallPicture): Happening | null {
  const before = finalB?.received?.record ?? Number.MAX_SAFE_INTEGER;
  for (const { packet, received } of fromA) {
    const said = bodyOf(packet, 'early-session');
    if (said === null || received === null || received.record >= before) continue;
    if (unmetLine(said) === null) return received;
  }
  return null;
}

/** DEL-AS-SRV-05: once, at the final response, unless Continue has the word (GAP-01). */
function judgeStop(call: CallPicture): Judgement {
  if (!isApplicationServerMode(call)) return notExercised('No Application Server Mode here.');
  const [play] = commandsFor(call, 'Client-A', 'play');
  if (play === undefined) return notExercised('No ring was playing (GAP-36).');
  if (call.decision?.chosen === 'continue') {
    return notExercised('The ring was to continue, so Continue has the word here (GAP-01).');
  }
  const stops = commandsFor(call, 'Client-A', 'stop');
  const [stop] = stops;
  const final = call.finalB?.received ?? null;
  if (stops.length > 1) return violated(`The ring was stopped ${times(stops.length)}.`, ...stops);
  if (stop === undefined) {
    if (final === null) return notExercised('No final response from Client-B arrived.');
    return missing(call, final, "No stop command followed Client-B's final response", call.finalB);
  }
  if (final === null || stop.sent.record < final.record) {
    const because = calledOff(call, stop.sent) ?? stoppedByKey(call, stop.sent);
    if (because !== null) return notExercised(`${because}, and the ring stopped with that.`);
    return violated('The ring was stopped before a final response.', play, stop);
  }
  const gap = after(final, stop.sent, "Client-B's final response");
  return satisfied(`The stop command left at ${instant(stop.sent)}, ${gap}.`, call.finalB, stop);
}
