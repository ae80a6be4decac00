import { bodyOf, headerTokens } from '../../sip/message.ts';
import {
  acknowledgementOf,
  isApplicationServerMode,
  ringForA,
  ringForB,
} from './application-server-state.ts';
import { answers, isRequest, statusOf, type CallPicture } from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import {
  inconclusive,
  instant,
  missing,
  notExercised,
  satisfied,
  violated,
  type Judgement,
} from './judgement.ts';

/** DEL-AS-CLI-01 to 06: what the two clients do in Application Server Mode. */

/**
 * A terminal that names early-session in no message of the call is no CMR Client of this mode, and
 * what the text asks of one does not concern it (K-01, K-09).
 */
function knowsEarlySessions(said: readonly SipPassage[]): boolean {
  return said.some(supportsEarlySession);
}

function supportsEarlySession({ packet }: SipPassage): boolean {
  return headerTokens(packet, 'Supported').includes('early-session');
}

export function judgeSupportOfA(call: CallPicture): Judgement {
  const { inviteA, fromA, header } = call;
  if (inviteA === null) return notExercised('Client-A sent no INVITE.');
  if (!mayOfferEarlySessions(call) || !header.services.includes('cmrbt')) {
    return notExercised('Nothing is delivered to Client-A in Application Server Mode here.');
  }
  const supported = headerTokens(inviteA.packet, 'Supported');
  const lack = ['early-session', '100rel'].find((tag) => !supported.includes(tag));
  if (lack === undefined) {
    return satisfied("Client-A's INVITE supports early-session and 100rel.", inviteA);
  }
  if (!isApplicationServerMode(call)) {
    return notExercised(`The mode was chosen for a Client-A without ${lack} (GAP-33).`);
  }
  if (!knowsEarlySessions(fromA)) return notExercised('Client-A does not know early sessions.');
  return violated(`Client-A's INVITE does not support ${lack}.`, inviteA);
}

/** Whether Application Server Mode was ordered, or could be chosen. */
function mayOfferEarlySessions(call: CallPicture): boolean {
  return call.header.mode === 'auto' || isApplicationServerMode(call);
}

export function judgeSupportOfB(call: CallPicture): Judgement {
  const { fromB, header } = call;
  if (!isApplicationServerMode(call) || !header.services.includes('cmrt')) {
    return notExercised('Nothing is delivered to Client-B in Application Server Mode here.');
  }
  const first = fromB.find((one) => statusOf(one) > 100 && statusOf(one) < 200);
  if (first === undefined) return notExercised('Client-B sent no provisional response.');
  const named = `Client-B's ${statusOf(first)}`;
  if (supportsEarlySession(first)) return satisfied(`${named} supports early-session.`, first);
  if (!knowsEarlySessions(fromB)) return notExercised('Client-B does not know early sessions.');
  return violated(`${named} does not support early-session.`, first);
}

export function judgeAnswerOfA(call: CallPicture): Judgement {
  const due = ringForA(call);
  const offer = due.kind === 'due' ? due.message : null;
  if (!hasArrived(offer) || bodyOf(offer.packet, 'early-session') === null) {
    return notExercised('No early session was offered to Client-A.');
  }
  const prack = acknowledgementOf(call.fromA, offer);
  if (prack === null) {
    const { finalA } = call;
    if (hasArrived(finalA) && finalA.received.record < offer.received.record) {
      return notExercised('The final response came first.');
    }
    return missing(call, offer.received, 'Client-A sent no PRACK for the offer', offer);
  }
  return judgeAnswer(offer, prack, "Client-A's PRACK");
}

export function judgeAnswerOfB(call: CallPicture): Judgement {
  const due = ringForB(call);
  const offer = due.kind === 'due' ? due.message : null;
  if (!hasArrived(offer) || bodyOf(offer.packet, 'early-session') === null) {
    return notExercised('No early session was offered to Client-B.');
  }
  const answer = call.fromB.find((one) => answers(one, offer)) ?? null;
  if (answer === null) {
    return missing(call, offer.received, 'Client-B did not answer the PRACK', offer);
  }
  if (statusOf(answer) === 420) {
    return notExercised('Client-B does not know early-session in a PRACK (K-18).');
  }
  return judgeAnswer(offer, answer, `Client-B's ${statusOf(answer)} to the PRACK`);
}

function judgeAnswer(offer: SipPassage, carrier: SipPassage, named: string): Judgement {
  const [asked, given] = [
    bodyOf(offer.packet, 'early-session'),
    bodyOf(carrier.packet, 'early-session'),
  ];
  if (given === null || asked === null) {
    return violated(`${named} has no early-session answer.`, offer, carrier);
  }
  if (given.media.length !== asked.media.length) {
    const counts = `${given.media.length} m= lines, the offer ${asked.media.length}`;
    return violated(`The early answer in ${named} has ${counts}.`, offer, carrier);
  }
  return satisfied(`${named} answers the early-session offer.`, offer, carrier);
}

/**
 * The client plays what comes to the ports of its early answer, from that answer on. Where nothing
 * has come, nobody can tell.
 */
export function judgeReadiness(call: CallPicture, who: 'Client-A' | 'Client-B'): Judgement {
  const due = who === 'Client-A' ? ringForA(call) : ringForB(call);
  const offer = due.kind === 'due' ? due.message : null;
  if (offer === null) return notExercised(`No early session was offered to ${who}.`);
  const carrier =
    who === 'Client-A'
      ? acknowledgementOf(call.fromA, offer)
      : (call.fromB.find((one) => answers(one, offer)) ?? null);
  const answer = carrier === null ? null : bodyOf(carrier.packet, 'early-session');
  if (carrier === null || answer === null) return notExercised(`${who} sent no early answer.`);
  const node = carrier.from;
  const ports = new Set(answer.media.map(({ port }) => port).filter((port) => port > 0));
  const ring = call.watch.media.find(
    ({ packet, to, received }) =>
      to === node && received !== null && ports.has(packet.to.port) && packet.sources.length > 0,
  );
  if (!hasArrived(ring)) return notExercised(`Nothing of the ring arrived at ${who}.`);
  const [source] = ring.packet.sources;
  const { at } = ring.received;
  const until = at + bufferMost;
  const heard = call.watch.hears.find(
    (one) =>
      one.node === node &&
      one.at >= at &&
      one.at <= until &&
      one.sources.some((each) => each.source === source?.source),
  );
  if (heard !== undefined) {
    return satisfied(`${who} plays the ring from ${instant(heard)} on.`, carrier, ring, heard);
  }
  if (endsOfEarlyMedia(call, who).some((end) => end.at <= until)) {
    return notExercised(`The ringing was over for ${who} before the ring could be played.`);
  }
  const late = call.watch.last !== null && call.watch.last.at > until;
  const says = `${who} does not play what comes to the ports of its early answer.`;
  return late ? violated(says, carrier, ring) : inconclusive(says, carrier, ring);
}

/** A jitter buffer fills for no longer than that, in µs. */
const bufferMost = 1_000_000;

/** What ends the ringing for a client, where that client learns of it or brings it about. */
function endsOfEarlyMedia(call: CallPicture, who: 'Client-A' | 'Client-B'): Happening[] {
  const [own, other] = who === 'Client-A' ? [call.fromA, call.toA] : [call.fromB, call.toB];
  const invite = who === 'Client-A' ? call.inviteA : call.inviteB;
  const ends = (one: SipPassage): boolean =>
    isRequest(one, 'CANCEL') ||
    isRequest(one, 'BYE') ||
    (answers(one, invite) && statusOf(one) >= 200);
  const learned = other
    .filter(ends)
    .flatMap(({ received }) => (received === null ? [] : [received]));
  return [...own.filter(ends).map(({ sent }) => sent), ...learned];
}
