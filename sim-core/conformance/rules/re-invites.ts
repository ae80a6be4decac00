import { headerValue } from '../../sip/message.ts';
import { ackWith, placeAfter, requestsIn } from './dialog-requests.ts';
import { breaks, holds, type Findings } from './findings.ts';
import { decidedAt, endOf, serverForgetsAt } from './lifetimes.ts';
import type { DialogEvent, Observation, SeenDialog, SeenMessage } from './observation.ts';
import { finalReceived, finalSent, has, isSuccess } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, named, Named, Who } from './words.ts';

/** RFC 3261 §14, RFC 6141 and RFC 6337: re-INVITEs, and two that meet. */
export const reinvites: readonly Rule[] = [
  rule(
    'R-REI-01',
    oneAtATime,
    (count) => `${counted(count, 're-INVITE')} left while no other INVITE was in progress.`,
    'Nobody sent a re-INVITE.',
  ),
  rule(
    'R-REI-02',
    secondRefused,
    (count) => `${counted(count, 'INVITE')} before the final of the first got 500 and Retry-After.`,
    'No INVITE arrived before the final response to another.',
  ),
  rule(
    'R-REI-03',
    crossingRefused,
    (count) => `${counted(count, 'INVITE')} that met an own one got 491.`,
    'No INVITE met an own one.',
  ),
  rule(
    'R-REI-06',
    wholeDescription,
    (count) => `${counted(count, 're-INVITE')} told the whole session and got one final response.`,
    'Nobody sent a re-INVITE.',
  ),
  rule(
    'R-REI-09',
    notBeforeAnswerInAck,
    (count) => `${counted(count, 'INVITE')} waited for the ACK with the answer.`,
    'No INVITE followed a 2xx with an offer.',
  ),
];

/** An INVITE as one end of a dialog has it: from when to when it is in progress there. */
interface Progress {
  readonly message: SeenMessage;
  readonly way: 'sent' | 'received';
  readonly from: number;
  /** The record that ends it; Infinity while nothing does. */
  readonly to: number;
}

function invitesIn(dialog: SeenDialog): Progress[] {
  const progress: Progress[] = [];
  for (const { message, way, record } of dialog.events) {
    if (message.packet.kind !== 'request' || message.packet.method !== 'INVITE') continue;
    const { transaction } = message;
    let to = Infinity;
    if (way === 'sent') to = finalReceived(transaction)?.received.record ?? Infinity;
    else {
      const final = finalSent(transaction);
      // A refusal is over when its ACK has come.
      const ack = transaction.ack?.received?.record;
      to = final === null ? Infinity : isSuccess(final) ? final.sent.record : (ack ?? Infinity);
    }
    progress.push({ message, way, from: record, to });
  }
  return progress;
}

/** Each INVITE of a dialog that has several, with those then in progress. */
function* meetingsIn(dialog: SeenDialog): Generator<[Progress, readonly Progress[]]> {
  const all = invitesIn(dialog);
  if (all.length < 2) return;
  let open: readonly Progress[] = [];
  for (const one of all) {
    open = open.filter(({ to }) => to > one.from);
    yield [one, open];
    open = [...open, one];
  }
}

function oneAtATime(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    for (const [one, open] of meetingsIn(dialog)) {
      if (one.way === 'received' || one.message.packet.to.tag === null) continue;
      const other = open.find((before) => {
        // An INVITE nobody answered is given up by its sender.
        const gone = before.message.sent.at + seen.timers.giveUp;
        return before.to < Infinity || one.message.sent.at < gone;
      });
      if (other === undefined) holds(found, one.message);
      else if (decidedAt(one.message) < other.from && other.way === 'received') {
        // It was on its way out when the other one came in.
        holds(found, one.message);
      } else {
        const says = `${Named(seen, one.message)} left while ${named(seen, other.message)}`;
        breaks(found, `${says} was in progress.`, other.message, one.message);
      }
    }
  }
}

function secondRefused(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    let open: readonly DialogEvent[] = [];
    for (const second of requestsIn(dialog, 'received', 'INVITE')) {
      const { number } = second.message.packet.cseq;
      open = open.filter(({ message }) => {
        const final = finalSent(message.transaction);
        return final === null || decidedAt(final) > second.record;
      });
      const first = open.find((one) => one.message.packet.cseq.number < number);
      open = [...open, second];
      if (first === undefined) continue;
      const final = finalSent(second.message.transaction);
      if (final === null) continue;
      const seconds = Number(headerValue(final.packet, 'Retry-After')?.split(/[;( ]/)[0] ?? 'none');
      const what = `${named(seen, second.message)} before the final of the first`;
      if (final.packet.status !== 500) {
        const says = `${Who(seen, dialog.node)} met ${what} with ${final.packet.status}.`;
        breaks(found, says, first.message, second.message, final);
      } else if (seconds >= 0 && seconds <= 10) holds(found, second.message, final);
      else {
        const says = `${Named(seen, final)} to ${what} has no Retry-After from 0 to 10 s.`;
        breaks(found, says, second.message, final);
      }
    }
  }
}

function crossingRefused(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    for (const [one, open] of meetingsIn(dialog)) {
      if (one.way === 'sent' || one.message.packet.to.tag === null) continue;
      const own = open.find(({ way }) => way === 'sent');
      const final = finalSent(one.message.transaction);
      if (own === undefined || final === null) continue;
      // A request with a lower number or for a dialog that has ended is refused for that.
      if (final.packet.status === 491) holds(found, own.message, final);
      else if (![481, 500].includes(final.packet.status)) {
        const says = `${Who(seen, dialog.node)} met ${named(seen, one.message)} while its own`;
        breaks(found, `${says} was pending with ${final.packet.status}.`, own.message, one.message);
      } else if (final.packet.status === 500 && endOf(dialog) === null) {
        const says = `${Who(seen, dialog.node)} met ${named(seen, one.message)}`;
        breaks(found, `${says}, which crossed its own, with 500.`, own.message, final);
      }
    }
  }
}

function wholeDescription(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    let lines = 0;
    for (const { message, way } of dialog.events) {
      const body = message.packet.bodies.find(({ disposition }) => disposition === 'session');
      if (way === 'received') continue;
      const { packet, transaction } = message;
      if (packet.kind === 'request' && packet.method === 'INVITE' && packet.to.tag !== null) {
        const forgotten = serverForgetsAt(seen, transaction);
        const finals = transaction.responses.filter(
          (one) => one.packet.status >= 200 && one.sent.at < forgotten,
        );
        const media = body?.description.media.length ?? null;
        if (finals.length > 1) {
          breaks(
            found,
            `${Named(seen, message)} got ${finals.length} final responses.`,
            message,
            ...finals,
          );
        } else if (media !== null && media < Math.max(lines, 1)) {
          const says = `${Named(seen, message)} tells of ${counted(media, 'm-line')}`;
          breaks(found, `${says}, where the session has ${lines}.`, message);
        } else holds(found, message, finals[0] ?? null);
      }
      if (body !== undefined) lines = body.description.media.length;
    }
  }
}

function notBeforeAnswerInAck(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    for (const { message, way, record } of dialog.events) {
      const { packet } = message;
      if (packet.kind !== 'response' || packet.cseq.method !== 'INVITE') continue;
      if (!isSuccess(message) || !offersInSuccess(message)) continue;
      const ack = ackWith(packet.cseq.number, dialog, way === 'received' ? 'sent' : 'received');
      const sent = requestsIn(dialog, 'sent', 'INVITE');
      const next = sent[placeAfter(sent, record)];
      if (next === undefined) continue;
      if (ack !== null && ack.record < next.record) holds(found, ack.message, next.message);
      else {
        const says = `${Named(seen, next.message)} left before the ACK with the answer.`;
        breaks(found, says, message, next.message);
      }
    }
  }
}

/** Whether the 2xx carries the first offer: neither its INVITE nor a reliable 1xx had SDP. */
function offersInSuccess({ packet, transaction }: SeenMessage): boolean {
  const carries = (one: SeenMessage): boolean =>
    one.packet.bodies.some(({ disposition }) => disposition === 'session');
  if (!packet.bodies.some(({ disposition }) => disposition === 'session')) return false;
  if (transaction.request === null || carries(transaction.request)) return false;
  return !transaction.responses.some((one) => has(one, 'RSeq') && carries(one));
}
