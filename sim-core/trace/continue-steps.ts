import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isControl, type ControlMessage } from '../resource-control/control-message.ts';
import { bodyOf, isSip, type SipMessage, type SipRequest } from '../sip/message.ts';
import { goes, type CallParties } from './call-parties.ts';

/** A message turned out to be a step of the Continue flow (FLOW-CON-nn). */
export interface StepFound {
  readonly record: RecordNumber;
  readonly step: number;
}

/** What a reader remembers to tell the eleven steps apart. */
export interface StepWatch {
  readonly parties: CallParties;
  /** CSeq numbers of the two legs' initial INVITEs. */
  inviteA: number | null;
  inviteB: number | null;
  /** Records of steps 1 and 2, known before it is known that the ring will continue. */
  answer: RecordNumber | null;
  firstAck: RecordNumber | null;
  began: boolean;
  /** The server let go of the ring or the conference: nothing after that is a step. */
  over: boolean;
  readonly reinvites: number[];
  reinviteAnswered: boolean;
  readonly updates: number[];
  updateAnswered: boolean;
  answeredA: boolean;
  acknowledgedByA: boolean;
  /** The CMR Resource that rings Client-A; null before it was reserved. */
  ring: string | null;
  /** One rings Client-B. */
  ringTone: boolean;
  mixed: boolean;
}

export function newStepWatch(parties: CallParties): StepWatch {
  return {
    parties,
    inviteA: null,
    inviteB: null,
    answer: null,
    firstAck: null,
    began: false,
    over: false,
    reinvites: [],
    reinviteAnswered: false,
    updates: [],
    updateAnswered: false,
    answeredA: false,
    acknowledgedByA: false,
    ring: null,
    ringTone: false,
    mixed: false,
  };
}

const nothing: readonly StepFound[] = Object.freeze([]);

/**
 * Brings the watch one record further. `fresh` says that a packet is sent for the first time: a
 * retransmission is no step. The steps are told by who sends what to whom, and in which order;
 * whether a clause holds is for the oracles to say.
 */
export function findSteps(
  watch: StepWatch,
  record: TraceRecord,
  fresh: boolean,
): readonly StepFound[] {
  if (record.kind === 'note') {
    const { note } = record;
    const chosen =
      note.kind === 'decision' && note.about === 'Continue' && note.chosen === 'continue';
    return chosen && watch.answer !== null ? begin(watch) : nothing;
  }
  if (record.kind === 'received') {
    if (isSip(record.packet) && isAckOfA(watch, record.packet, record.from, record.node)) {
      watch.acknowledgedByA = true;
    }
    return nothing;
  }
  if ((record.kind !== 'sent' && record.kind !== 'dropped') || !fresh) return nothing;
  const { packet, node: from, to, number } = record;
  if (isControl(packet)) return controlStep(watch, packet, number);
  if (!isSip(packet)) return nothing;
  const { parties } = watch;
  if (goes(parties, { from, to }, 'A', 'S')) return stepFromA(watch, packet, number);
  if (goes(parties, { from, to }, 'S', 'A')) return stepTowardsA(watch, packet, number);
  if (goes(parties, { from, to }, 'S', 'B')) return stepTowardsB(watch, packet, number);
  if (goes(parties, { from, to }, 'B', 'S')) return stepFromB(watch, packet, number);
  return nothing;
}

/** Steps 1 and 2 are known as such only now. */
function begin(watch: StepWatch): readonly StepFound[] {
  if (watch.began) return nothing;
  watch.began = true;
  const found: StepFound[] = [];
  if (watch.answer !== null) found.push({ record: watch.answer, step: 1 });
  if (watch.firstAck !== null) found.push({ record: watch.firstAck, step: 2 });
  return found;
}

function step(watch: StepWatch, record: RecordNumber, number: number): readonly StepFound[] {
  return watch.began && !watch.over ? [{ record, step: number }] : nothing;
}

function controlStep(
  watch: StepWatch,
  packet: ControlMessage,
  record: RecordNumber,
): readonly StepFound[] {
  if (packet.form !== 'command') return nothing;
  const { kind } = packet.command;
  if (kind === 'stop' || kind === 'release') watch.over = watch.began;
  if (packet.command.kind === 'reserve') {
    if (packet.leg === 'Client-A') watch.ring = packet.command.resource;
    else watch.ringTone = true;
  }
  if (packet.command.kind === 'mix') {
    // Without the ring it is a bridge for the voices; what is mixed later changes step 11.
    const rings = packet.command.cells.some(({ input }) => input === watch.ring);
    if (watch.mixed || !rings) return nothing;
    watch.mixed = true;
    return step(watch, record, 11);
  }
  if (kind !== 'allocate conference' || watch.answer === null) return nothing;
  // A ring tone that goes on is no step of this flow (GAP-34).
  if (packet.leg !== 'Client-A') watch.over = true;
  if (watch.over) return nothing;
  return [...begin(watch), ...step(watch, record, 3)];
}

function stepFromA(
  watch: StepWatch,
  message: SipMessage,
  record: RecordNumber,
): readonly StepFound[] {
  const { method, number } = message.cseq;
  if (message.kind === 'request') {
    if (opensDialog(message)) watch.inviteA = number;
    const acknowledges = method === 'ACK' && number === watch.inviteA && watch.answeredA;
    return acknowledges ? step(watch, record, 9) : nothing;
  }
  if (method !== 'UPDATE' || !isSuccess(message) || !watch.updates.includes(number)) return nothing;
  watch.updateAnswered = true;
  return step(watch, record, 7);
}

function stepTowardsA(
  watch: StepWatch,
  message: SipMessage,
  record: RecordNumber,
): readonly StepFound[] {
  const { method, number } = message.cseq;
  if (message.kind === 'response') {
    if (method !== 'INVITE' || !isSuccess(message) || number !== watch.inviteA) return nothing;
    watch.answeredA = true;
    return step(watch, record, 8);
  }
  const offers = method === 'UPDATE' && bodyOf(message, 'session') !== null;
  if (!offers || !watch.reinviteAnswered || watch.updateAnswered) return nothing;
  watch.updates.push(number);
  return step(watch, record, 6);
}

function stepTowardsB(
  watch: StepWatch,
  message: SipMessage,
  record: RecordNumber,
): readonly StepFound[] {
  if (message.kind === 'response') return nothing;
  const { method, number } = message.cseq;
  if (method === 'ACK') {
    if (number === watch.inviteB && watch.answer !== null) {
      watch.firstAck ??= record;
      return step(watch, record, 2);
    }
    const held = watch.reinvites.includes(number) && watch.acknowledgedByA;
    return held ? step(watch, record, 10) : nothing;
  }
  if (method !== 'INVITE') return nothing;
  if (opensDialog(message)) {
    watch.inviteB = number;
    return nothing;
  }
  if (watch.answer === null || watch.answeredA || watch.over) return nothing;
  // Where Client-B alone is rung, a re-INVITE gives it other media (GAP-24).
  if (!watch.began && watch.ringTone && watch.ring === null) return nothing;
  // A re-INVITE after step 5 gives Client-B back Client-A's address (GAP-26 a).
  if (watch.reinviteAnswered) {
    watch.over = true;
    return nothing;
  }
  watch.reinvites.push(number);
  return [...begin(watch), ...step(watch, record, 4)];
}

function stepFromB(
  watch: StepWatch,
  message: SipMessage,
  record: RecordNumber,
): readonly StepFound[] {
  const { method, number } = message.cseq;
  if (message.kind !== 'response' || method !== 'INVITE' || !isSuccess(message)) return nothing;
  if (number === watch.inviteB) {
    watch.answer ??= record;
    return step(watch, record, 1);
  }
  if (!watch.reinvites.includes(number)) return nothing;
  watch.reinviteAnswered = true;
  return step(watch, record, 5);
}

function opensDialog(request: SipRequest): boolean {
  return request.method === 'INVITE' && request.to.tag === null;
}

function isSuccess(message: SipMessage): boolean {
  return message.kind === 'response' && message.status >= 200 && message.status < 300;
}

function isAckOfA(watch: StepWatch, message: SipMessage, from: NodeId, to: NodeId): boolean {
  return (
    message.kind === 'request' &&
    message.method === 'ACK' &&
    message.cseq.number === watch.inviteA &&
    goes(watch.parties, { from, to }, 'A', 'S')
  );
}
