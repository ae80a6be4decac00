import { addressOf, isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyOf, headerValue } from '../../sip/message.ts';
import { requestsIn } from './dialog-requests.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import { decidedAt, isOvertaken } from './lifetimes.ts';
import { sessionNegotiations, type BodySeen } from './negotiation.ts';
import {
  FiredTimer,
  SeenReply,
  type DialogEvent,
  type Happening,
  type Observation,
  type SeenDialog,
  type SeenRequest,
  type SeenResponse,
} from './observation.ts';
import {
  finalReceived,
  finalSent,
  isProxy,
  isSuccess,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { placeIn, samePlace } from './watching-media.ts';
import { counted, ms, Named, named } from './words.ts';

/** RFC 3311 §5.2 and §5.3: what an UPDATE is answered with, and what a refusal leaves. */
export const updateAnswers: readonly Rule[] = [
  rule(
    'R-UPD-05',
    secondUpdate,
    (count) => `${counted(count, 'UPDATE')} that came too soon got 500 with Retry-After.`,
    'No UPDATE arrived while an earlier one waited for its answer.',
  ),
  rule(
    'R-UPD-06',
    updateDuringOwnOffer,
    (count) => `${counted(count, 'UPDATE')} against an own offer got 491.`,
    'No UPDATE with an offer arrived while an own offer was open.',
  ),
  rule(
    'R-UPD-07',
    updateDuringPeersOffer,
    (count) => `${counted(count, 'UPDATE')} before the answer to an earlier offer got 500.`,
    "No UPDATE with an offer arrived while the peer's earlier offer was open.",
  ),
  rule(
    'R-UPD-08',
    answeredPromptly,
    (count) => `${counted(count, 'UPDATE')} answered at once.`,
    'No UPDATE arrived.',
  ),
  rule(
    'R-UPD-09',
    refusalChangesNothing,
    (count) => `${counted(count, 'refused UPDATE')} left the session as it was.`,
    'No UPDATE was refused.',
  ),
];

/** The record at which the first response to a request was decided on; Infinity without one. */
function answeredAt({ message }: DialogEvent): number {
  return Math.min(...message.transaction.responses.map(decidedAt));
}

function secondUpdate(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    let unanswered: readonly DialogEvent[] = [];
    for (const event of requestsIn(dialog, 'received', 'UPDATE')) {
      unanswered = unanswered.filter((earlier) => answeredAt(earlier) >= event.record);
      if (unanswered.length > 0) {
        judgeRetryLater(seen, found, event, finalSent(event.message.transaction));
      }
      unanswered = [...unanswered, event];
    }
  }
}

/** Whether an earlier UPDATE of the other end waited for its answer, which asks for 500 as well. */
function meetsUnanswered(dialog: SeenDialog, event: DialogEvent): boolean {
  return requestsIn(dialog, 'received', 'UPDATE').some(
    (earlier) => earlier.record < event.record && answeredAt(earlier) >= event.record,
  );
}

/** 500 with Retry-After from 0 to 10 s. */
function judgeRetryLater(
  seen: Observation,
  found: Findings,
  { message }: DialogEvent,
  given: SeenResponse | null,
): void {
  if (given === null) return;
  const after = headerValue(given.packet, 'Retry-After');
  const seconds = Number(after?.split(/[;( ]/)[0]);
  const fits = after !== null && seconds >= 0 && seconds <= 10;
  if (given.packet.status === 500 && fits) holds(found, message, given);
  else {
    const what = given.packet.status === 500 ? '500 without a fitting Retry-After' : null;
    const got = what ?? String(given.packet.status);
    breaks(found, `${Named(seen, message)} came too soon and got ${got}.`, message, given);
  }
}

/** Offers in UPDATEs that arrived, and what was open at that end when they did. */
function* offersArrived(seen: Observation): Generator<BodySeen & { dialog: SeenDialog }> {
  for (const { dialog, bodies } of sessionNegotiations(seen)) {
    for (const body of bodies) {
      const { event, role, exchange } = body;
      if (event.way !== 'received' || role !== 'offer') continue;
      if (exchange?.carrier === 'UPDATE') yield { ...body, dialog };
    }
  }
}

function updateDuringOwnOffer(seen: Observation, found: Findings): void {
  for (const { dialog, event, open } of offersArrived(seen)) {
    const own = open.find(({ by }) => by === 'self');
    const given = finalSent(event.message.transaction);
    if (own === undefined || given === null || isRefusedOtherwise(given)) continue;
    const outOfTurn = isOvertaken(dialog, event) || meetsUnanswered(dialog, event);
    if (given.packet.status === 500 && outOfTurn) continue;
    if (given.packet.status === 491) holds(found, event.message, given);
    else {
      const says =
        `${Named(seen, event.message)} met an ` + `open offer and got ${given.packet.status}.`;
      breaks(found, says, own.offer, event.message, given);
    }
  }
}

function updateDuringPeersOffer(seen: Observation, found: Findings): void {
  for (const { event, open } of offersArrived(seen)) {
    if (open.length === 0 || open.some(({ by }) => by === 'self')) continue;
    const given = finalSent(event.message.transaction);
    if (given === null || isRefusedOtherwise(given)) continue;
    judgeRetryLater(seen, found, event, given);
  }
}

/** The dialog was over, or the request out of its order: nobody looked at the offer. */
function isRefusedOtherwise({ packet }: SeenResponse): boolean {
  return packet.status === 481 || packet.status === 487 || packet.status === 420;
}

function answeredPromptly(seen: Observation, found: Findings): void {
  for (const { request, responses, server } of transactionsOf(seen, 'UPDATE')) {
    if (request === null || request.received === null || isProxy(seen, server)) continue;
    const [final] = responses.filter(({ packet }) => packet.status >= 200);
    const due = request.received.at + seen.timers.T1;
    if (final === undefined) {
      if (seen.endedAt <= due) {
        staysOpen(found, `The record ends soon after ${named(seen, request)}.`, request);
      } else breaks(found, `${Named(seen, request)} got no answer.`, request);
    } else if (final.sent.at > due && !isPassedOn(seen, request, request.received, final)) {
      const wait = ms(final.sent.at - request.received.at);
      breaks(found, `${Named(seen, request)} was answered after ${wait}.`, request, final);
    } else if (final.packet.status === 488 && headerValue(final.packet, 'Warning') === null) {
      breaksAt(found, 'warning', `${Named(seen, final)} has no Warning.`, request, final);
    } else holds(found, request, final);
  }
}

/**
 * Whether the UPDATE went on to the other leg of the call or to the Resource Server, who then had
 * to answer: how long that takes is not in the hands of the node between.
 */
function isPassedOn(
  seen: Observation,
  { packet, to }: SeenRequest,
  arrival: Happening,
  final: SeenResponse,
): boolean {
  const { cause } = final.sent;
  const { callId } = packet;
  const behind = seen.behind[cause];
  if (behind instanceof SeenReply) return true;
  const timer = behind instanceof FiredTimer ? behind.timer : '';
  if (timer.startsWith('control ')) return true;
  const elsewhere = seen.transactions.find(({ branch }) => timer === `F ${branch}`);
  if (elsewhere !== undefined && elsewhere.request?.packet.callId !== callId) return true;
  const wentOn = seen.effectOf[arrival.record];
  const answer = seen.messageOf[cause];
  if ([wentOn, answer].some((one) => one !== undefined && one.packet.callId !== callId))
    return true;
  // On the other leg it may have had to wait, for a PRACK say, before it went on.
  const offered = bodyOf(packet, 'session');
  return seen.requests.some(({ packet: other, from, sent }) => {
    if (from !== to || other.callId === callId) return false;
    if (sent.record < arrival.record || sent.record > final.sent.record) return false;
    const offer = bodyOf(other, 'session');
    return offered !== null && offer !== null && sendsToSamePlaces(offered, offer);
  });
}

/** Whether every line of both that is on asks for its media at the same place. */
function sendsToSamePlaces(one: SessionDescription, other: SessionDescription): boolean {
  return one.media.every((line, index) => {
    const there = other.media[index];
    if (there === undefined || !isOn(line) || !isOn(there)) return !isOn(line);
    return samePlace(placeIn(line, one), placeIn(there, other));
  });
}

function refusalChangesNothing(seen: Observation, found: Findings): void {
  for (const one of transactionsOf(seen, 'UPDATE')) {
    const { request, client, server } = one;
    if (request === null || isProxy(seen, client)) continue;
    const expired = seen.expired.find(
      ({ timer, node }) => node === client && timer === `F ${one.branch}`,
    );
    const final = finalReceived(one);
    const status = final?.packet.status ?? (expired === undefined ? 0 : 408);
    if (status < 300) continue;
    // Where its 2xx was lost, the other end has taken the offer in good faith.
    const taken = isSuccess(finalSent(one));
    const offered = taken ? null : bodyOf(request.packet, 'session');
    const moved = offered === null ? null : mediaByRefusedOffer(seen, request, offered, server);
    if (moved !== null) {
      breaks(
        found,
        `Media went to ${moved} although ${named(seen, request)} was refused.`,
        request,
      );
    } else if (status !== 481 && status !== 408) holds(found, request, final);
    else judgeEndOfDialog(seen, found, request, final ?? expired ?? null);
  }
}

/** An address that only the refused offer names and that the refusing end sent to, or null. */
function mediaByRefusedOffer(
  seen: Observation,
  request: SeenRequest,
  offered: SessionDescription,
  server: SeenRequest['to'],
): string | null {
  for (const line of offered.media) {
    const address = addressOf(line, offered);
    if (!isOn(line) || address === null) continue;
    const named = seen.messages.some(({ packet }) => {
      if (packet === request.packet) return false;
      return packet.bodies.some(({ description }) =>
        description.media.some(
          (other) => other.port === line.port && addressOf(other, description) === address,
        ),
      );
    });
    if (named) continue;
    const sent = seen.streams.some(
      ({ from, changes }) =>
        from === server &&
        changes.some(({ packet: { to } }) => to.address === address && to.port === line.port),
    );
    if (sent) return `${address}:${line.port}`;
  }
  return null;
}

/** RFC 3311 §5.3, RFC 5057: 481, 408 and no answer at all end the dialog. */
function judgeEndOfDialog(
  seen: Observation,
  found: Findings,
  request: SeenRequest,
  since: SeenResponse | { readonly record: number; readonly at: number } | null,
): void {
  const at = since === null ? 0 : 'received' in since ? (since.received?.at ?? 0) : since.at;
  const goesOn = seen.requests.find(
    ({ packet, from, sent }) =>
      from === request.from &&
      packet.callId === request.packet.callId &&
      packet.to.tag === request.packet.to.tag &&
      sent.at > at + seen.timers.T1 &&
      !['BYE', 'ACK', 'CANCEL', 'PRACK'].includes(packet.method),
  );
  if (goesOn === undefined) holds(found, request);
  else {
    const says = `${Named(seen, goesOn)} left in a dialog that the failed UPDATE ended.`;
    breaksAt(found, 'warning', says, request, goesOn);
  }
}
