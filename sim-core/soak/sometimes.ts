import type { CallOutcome } from '../conformance/call-outcome.ts';
import { headerTokens } from '../sip/message.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import { haveCrossed, isReliable, nameOf, type Flight } from './flights.ts';
import { mediaStates } from './media-states.ts';

/** A finished run, as the states are looked for in it. */
interface SoakedRun {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly outcome: CallOutcome;
  readonly flights: readonly Flight[];
}

export interface Signs extends SoakedRun {
  /** Packets lost, and sent in all. */
  readonly lost: number;
  readonly sent: number;
}

/** A state that a soak must have been in: what is never reached is not tested. */
export type StateTest = (signs: Signs) => boolean;

function sent(name: string, test: (flight: Flight) => boolean = () => true): StateTest {
  return ({ flights }) => flights.some((flight) => nameOf(flight) === name && test(flight));
}

const isLost = (flight: Flight): boolean => flight.arrivesAt === null;

function lostTimes(name: string, times: number): StateTest {
  return ({ flights }) =>
    flights.filter((flight) => nameOf(flight) === name && isLost(flight)).length >= times;
}

function crossed(one: string, other: RegExp): StateTest {
  return ({ flights }) =>
    flights.some(
      (first) =>
        nameOf(first) === one &&
        flights.some((second) => other.test(nameOf(second)) && haveCrossed(first, second)),
    );
}

function answeredWith(status: RegExp, method = ''): StateTest {
  return ({ flights }) =>
    flights.some(
      ({ message }) =>
        message.kind === 'response' &&
        status.test(String(message.status)) &&
        (method === '' || message.cseq.method === method),
    );
}

/** A timer that fired and had a consequence. */
function fired(timer: RegExp): StateTest {
  return ({ records }) => {
    const causes = new Set(records.map(({ cause }) => cause));
    return records.some(
      (record) =>
        record.kind === 'timer fired' && timer.test(record.timer) && causes.has(record.number),
    );
  };
}

/** A message arrived after another, of one call and between the same nodes. */
function arrivedAfter(late: RegExp, early: RegExp): StateTest {
  return ({ flights }) =>
    flights.some(
      (first) =>
        first.arrivesAt !== null &&
        late.test(nameOf(first)) &&
        flights.some(
          (second) =>
            early.test(nameOf(second)) &&
            second.arrivesAt !== null &&
            second.arrivesAt < (first.arrivesAt ?? 0) &&
            second.sentAt > first.sentAt &&
            second.from === first.from &&
            second.to === first.to &&
            second.message.callId === first.message.callId,
        ),
    );
}

const signallingStates: Readonly<Record<string, StateTest>> = {
  'CANCEL crosses 200': crossed('CANCEL', /^2.. \(INVITE\)/),
  'CANCEL crosses 18x': crossed('CANCEL', /^18. /),
  'BYE crosses BYE': crossed('BYE', /^BYE$/),
  'BYE crosses a re-INVITE or UPDATE': crossed('BYE', /^(?:INVITE|UPDATE)$/),
  'INVITE lost': sent('INVITE', isLost),
  '200 (INVITE) lost, then repeated': ({ flights }) =>
    flights.some(
      (flight) =>
        nameOf(flight) === '200 (INVITE)' &&
        isLost(flight) &&
        flights.some((other) => other.message === flight.message && other.repeats > flight.repeats),
    ),
  'ACK lost more than three times': lostTimes('ACK', 4),
  'PRACK lost': sent('PRACK', isLost),
  '200 (PRACK) lost': sent('200 (PRACK)', isLost),
  'UPDATE lost': sent('UPDATE', isLost),
  'BYE lost': sent('BYE', isLost),
  'CANCEL lost': sent('CANCEL', isLost),
  'reliable 18x lost': ({ flights }) => flights.some((one) => isLost(one) && isReliable(one)),
  'final refusal lost': ({ flights }) =>
    flights.some(({ message, arrivesAt }) => {
      if (message.kind !== 'response' || arrivesAt !== null) return false;
      return message.status >= 300 && message.cseq.method === 'INVITE';
    }),
  '18x after 200 (reordered)': arrivedAfter(/^18. /, /^200 \(INVITE\)$/),
  'UPDATE overtakes something': arrivedAfter(/./, /^UPDATE$/),
  'glare: 491': answeredWith(/^491$/),
  'no such dialog or transaction: 481': answeredWith(/^481$/),
  'merged or repeated INVITE: 482': answeredWith(/^482$/),
  'out of order: 500': answeredWith(/^500$/),
  'cancelled: 487': answeredWith(/^487$/),
  'refused with 3xx': answeredWith(/^3..$/, 'INVITE'),
  'refused with 503': answeredWith(/^503$/, 'INVITE'),
  'refused with 6xx': answeredWith(/^6..$/, 'INVITE'),
  'nobody answered: 408 or 504': answeredWith(/^(?:408|504)$/),
  'Timer B ended an INVITE': fired(/^B /),
  'Timer F ended a request': fired(/^F /),
  'Timer G repeated a refusal': fired(/^G /),
  'Timer H gave up': fired(/^H /),
  'a reliable response was repeated': ({ flights }) =>
    flights.some((one) => one.repeats > 0 && isReliable(one)),
  'a 2xx was repeated ten times': ({ flights }) =>
    flights.some((one) => one.repeats >= 10 && nameOf(one) === '200 (INVITE)'),
  'UPDATE while a PRACK is open': ({ flights }) =>
    flights.some(
      (update) =>
        nameOf(update) === 'UPDATE' &&
        flights.some(
          (prack) =>
            nameOf(prack) === 'PRACK' &&
            prack.sentAt <= update.sentAt &&
            !isAnswered(prack, update),
        ),
    ),
  'INVITE crosses INVITE': crossed('INVITE', /^INVITE$/),
  'UPDATE crosses UPDATE': crossed('UPDATE', /^UPDATE$/),
  'several early dialogs of one INVITE': (signs) => toTags(signs, 101, 199) > 1,
  'several answers to one INVITE': (signs) => toTags(signs, 200, 299) > 1,
  'networks are being reserved': sent('UPDATE', ({ message }) =>
    headerTokens(message, 'Require').includes('precondition'),
  ),
  'a session is refreshed': ({ flights }) =>
    flights.some(
      ({ message, sentAt }) =>
        message.kind === 'request' &&
        message.to.tag !== null &&
        sentAt >= 40_000_000 &&
        headerTokens(message, 'Session-Expires').length > 0,
    ),
  'an early session is refused': ({ flights }) =>
    flights.some(({ message: { bodies } }) =>
      bodies.some(
        ({ disposition, description: { media } }) =>
          disposition === 'early-session' && media.every(({ port }) => port === 0),
      ),
    ),
  'a fifth of all datagrams lost, and the call connects': ({ lost, sent: all, outcome }) =>
    lost * 5 >= all && (outcome === 'ring continues' || outcome === 'ring stopped'),
};

/** Whether the response to `prack` had arrived when `later` was sent. */
function isAnswered(prack: Flight, later: Flight): boolean {
  return prack.arrivesAt !== null && later.sentAt - prack.sentAt > 3_000_000;
}

/** To tags in the responses of that class to a call's first INVITE; the most of any call. */
function toTags({ flights }: Signs, least: number, most: number): number {
  const tags = new Map<string, Set<string>>();
  for (const { message } of flights) {
    if (message.kind !== 'response' || message.cseq.method !== 'INVITE') continue;
    if (message.status < least || message.status > most || message.to.tag === null) continue;
    if (message.cseq.number !== 1) continue;
    const call = `${message.callId} ${message.from.tag}`;
    tags.set(call, (tags.get(call) ?? new Set()).add(message.to.tag));
  }
  return Math.max(0, ...[...tags.values()].map(({ size }) => size));
}

const states: Readonly<Record<string, StateTest>> = { ...signallingStates, ...mediaStates };

/** The names of all states, in the order of reports. */
export const stateNames: readonly string[] = Object.keys(states);

/** The states this run was in. */
export function statesReached(run: SoakedRun): string[] {
  const { records } = run;
  const lost = records.filter(({ kind }) => kind === 'dropped').length;
  const sent = records.filter(({ kind }) => kind === 'sent').length + lost;
  const signs: Signs = { ...run, lost, sent };
  return stateNames.filter((name) => states[name]?.(signs) === true);
}
