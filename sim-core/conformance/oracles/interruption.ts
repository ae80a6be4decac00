import { micros, milliseconds, zeroMicros, type Micros } from '../../base/micros.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import {
  answers,
  commandsOf,
  isRequest,
  marked,
  promptness,
  replyTo,
  statusOf,
  type CallPicture,
} from './call-picture.ts';
import { hasArrived, type Happening, type SipPassage } from './call-watch.ts';
import { instant, missing, ms, notExercised, type Evidence, type Judgement } from './judgement.ts';

/** What an interruption is, beside when it came. */
interface Break {
  /** As a sentence without its full stop: `'Client-A cancelled at 5 068 ms'`. */
  readonly says: string;
  /**
   * What is over with it (GAP-26): an attempt, which may be made again (b); Continue, and the call
   * goes on without the ring (a); the call (c, d).
   */
  readonly ends: 'attempt' | 'Continue' | 'call';
  /** The request of the CMR Server that was refused, where it is a refusal. */
  readonly refused: SipPassage | null;
}

/** Something after which the CMR Server need not go on with what it was doing. */
export class Interruption implements Break, Happening {
  readonly record: RecordNumber;
  readonly says: Break['says'];
  readonly ends: Break['ends'];
  readonly refused: Break['refused'];
  readonly #since: Happening;
  readonly #after: Micros;

  /** It comes so long after another happening; the record shows it. */
  constructor(record: RecordNumber, since: Happening, after: Micros, what: Break) {
    this.record = record;
    this.says = what.says;
    this.ends = what.ends;
    this.refused = what.refused;
    this.#since = since;
    this.#after = after;
  }

  get at(): Micros {
    return micros(this.#since.at + this.#after);
  }
}

/** F-21: how long a command to the Resource Server waits for its reply. */
const controlWait = milliseconds(1_000);

/** What the Resource Server was asked to do, after `refused to`. */
const asked = {
  play: 'play the ring',
  'allocate conference': 'allocate a conference',
  mix: 'mix',
} as const;

/** What came between, in the order in which the CMR Server learned of it (GAP-26). */
export function interruptionsOf(call: CallPicture): Interruption[] {
  const found: Interruption[] = [];
  const add: Add = (passage, says, ends, refused = null) => {
    const at = passage?.received;
    if (!at) return;
    const told = `${says} at ${instant(at)}`;
    found.push(new Interruption(at.record, at, zeroMicros, { says: told, ends, refused }));
  };
  // After the final response a CANCEL changes nothing (R-CAN-06).
  if (!isAnswered(call, call.cancel)) add(call.cancel, "Client-A's CANCEL arrived", 'call');
  for (const bye of byes(call.fromA)) add(bye, "Client-A's BYE arrived", 'call');
  for (const bye of byes(call.fromB)) add(bye, "Client-B's BYE arrived", 'call');
  for (const request of call.reinvites) addRefusals(call.fromB, request, 're-INVITE', add);
  for (const request of call.updates) addRefusals(call.fromA, request, 'UPDATE', add);
  for (const kind of ['play', 'allocate conference', 'mix'] as const) {
    for (const command of commandsOf(call, kind)) {
      const reply = replyTo(call, command);
      if (reply?.packet.reply.kind === 'refused') {
        add(reply, `the Resource Server's refusal to ${asked[kind]} arrived`, 'Continue');
      }
    }
  }
  for (const late of [unansweredConference(call), overBudget(call)]) {
    if (late !== null) found.push(late);
  }
  return found.sort((a, b) => a.record - b.record);
}

type Add = (
  passage: { readonly received: Happening | null } | null,
  says: string,
  ends: Interruption['ends'],
  refused?: SipPassage | null,
) => void;

/** Whether Client-A's INVITE had its final response when that arrived. */
function isAnswered({ finalA }: CallPicture, passage: SipPassage | null): boolean {
  if (finalA === null || !hasArrived(passage)) return false;
  return finalA.sent.record < passage.received.record;
}

function byes(from: readonly SipPassage[]): SipPassage[] {
  return from.filter((one) => isRequest(one, 'BYE'));
}

function addRefusals(
  from: readonly SipPassage[],
  request: SipPassage,
  name: string,
  add: Add,
): void {
  for (const one of from) {
    const status = statusOf(one);
    if (!answers(one, request) || status < 200) continue;
    if (status < 300) {
      const open = marked(request, 'O') && !marked(one, 'A');
      if (open) add(one, `${status} to the ${name} arrived without an answer`, 'Continue', request);
      continue;
    }
    add(one, `${status} to the ${name} arrived`, whatEnds(status, name), request);
  }
}

/** R-DLG-10 and 15: refusals after which the leg is gone; 405 and 501 only for a re-INVITE. */
const lost = [404, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 502, 604];

function whatEnds(status: number, name: string): Interruption['ends'] {
  if (lost.includes(status)) return 'call';
  if (name === 're-INVITE' && (status === 405 || status === 501)) return 'call';
  return isMomentary(status) ? 'attempt' : 'Continue';
}

/** GAP-26 b: refusals after which the same request may be made again. */
export function isMomentary(status: number): boolean {
  return status === 491 || status === 500;
}

/**
 * No reply about the conference in time (GAP-31). A time-out is no message: the CMR Server shows
 * it by the first thing it sends after it.
 */
function unansweredConference(call: CallPicture): Interruption | null {
  const [command] = commandsOf(call, 'allocate conference');
  if (command === undefined) return null;
  const at = micros(command.sent.at + controlWait);
  const reply = replyTo(call, command);
  if (hasArrived(reply) && reply.received.at <= at) return null;
  const next = [...call.commands, ...call.toA, ...call.toB]
    .map(({ sent }) => sent)
    .filter((sent) => sent.at >= at)
    .sort((a, b) => a.record - b.record)[0];
  if (next === undefined) return null;
  const says = `the Resource Server had not replied about the conference by ${ms(at)}`;
  return new Interruption(next.record, command.sent, controlWait, {
    says,
    ends: 'Continue',
    refused: null,
  });
}

/** GAP-48: Continue had not come to its 200 within SW-CONT-BUDGET; told by what follows. */
function overBudget(call: CallPicture): Interruption | null {
  const { decision, header } = call;
  const budget = lengthOf(header.switches['SW-CONT-BUDGET'] ?? '');
  if (decision?.chosen !== 'continue' || budget === null) return null;
  const at = micros(decision.at + budget);
  const final = call.toA.find((one) => answers(one, call.inviteA) && statusOf(one) >= 200);
  if (final !== undefined && final.sent.at <= at) return null;
  const next = [...call.commands, ...call.toA, ...call.toB]
    .map(({ sent }) => sent)
    .filter((sent) => sent.at >= at)
    .sort((a, b) => a.record - b.record)[0];
  if (next === undefined) return null;
  const says = `Continue had not come to its 200 by ${ms(at)}`;
  return new Interruption(next.record, decision, budget, { says, ends: 'Continue', refused: null });
}

/** A length of time as a switch has it, `'3s'`; null for a word. */
function lengthOf(value: string): Micros | null {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s|min)$/.exec(value) ?? [];
  const size = unitsInMicros[unit];
  return count === undefined || size === undefined
    ? null
    : micros(Math.round(Number(count) * size));
}

const unitsInMicros: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
};

/** Whether the one came before the other; what shows an interruption comes after it. */
export function precedes(one: Interruption, other: Happening): boolean {
  return one.record <= other.record;
}

/**
 * Why the call was over by then, if not by Client-B's final response: the beginning of a
 * sentence, or null.
 */
export function calledOff(call: CallPicture, by: Happening): string | null {
  const before = (one: Happening) => one.at <= by.at;
  const arrived = (one: SipPassage | null) =>
    hasArrived(one) && one.received.record < by.record && before(one.received);
  if (arrived(call.cancel)) return 'Client-A cancelled';
  if (byes(call.fromA).some(arrived)) return 'Client-A hung up';
  const { finalA } = call;
  if (finalA !== null && statusOf(finalA) >= 300 && before(finalA.sent)) {
    return `Client-A got ${statusOf(finalA)}`;
  }
  const cancelled = call.toB.some((one) => isRequest(one, 'CANCEL') && before(one.sent));
  return cancelled ? 'Leg B was cancelled' : null;
}

/** The first interruption that came early enough to excuse a duty that follows from `since`. */
export function interruptionBefore(call: CallPicture, since: Happening): Interruption | null {
  return interruptionsOf(call).find(inTimeFor(call, since)) ?? null;
}

function inTimeFor(call: CallPicture, since: Happening): (one: Interruption) => boolean {
  const latest = since.at + promptness(call.header);
  return (one) => one.at <= latest;
}

/**
 * For a duty that was not done: not exercised where the call ended first, violated once it is
 * overdue, inconclusive where the run broke off before.
 */
export function undone(
  call: CallPicture,
  since: Happening,
  says: string,
  ...shown: Evidence[]
): Judgement {
  const ends = interruptionsOf(call).filter((one) => one.ends === 'call');
  const between = ends.find(inTimeFor(call, since));
  return excused(between) ?? missing(call, since, says, since, ...shown);
}

/** The same for a duty of the Continue flow, which anything that breaks it off excuses. */
export function undoneInFlow(
  call: CallPicture,
  since: Happening,
  says: string,
  ...shown: Evidence[]
): Judgement {
  const between = interruptionBefore(call, since);
  return excused(between) ?? missing(call, since, says, since, ...shown);
}

function excused(between: Interruption | null | undefined): Judgement | null {
  if (!between) return null;
  return notExercised(`${capital(between.says)}, so this did not come about.`, between);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
