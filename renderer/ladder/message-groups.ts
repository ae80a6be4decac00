import {
  isControl,
  isSip,
  type ClauseId,
  type MessageView,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import type { MessageClass } from '../store/arrangement.ts';
import type { Trace, TraceView } from '../store/trace-store.ts';
import { arrowsOf } from './from-trace.ts';
import type { LadderMessage, MessageId } from './layout/ladder-input.ts';
import type { TraceArrows } from './trace-arrows.ts';

/** Which groups a message belongs to, each by a name that means nothing else. */
export interface MessageGroups {
  /** Null for media and for what is no SIP and no command. */
  readonly transaction: string | null;
  readonly dialog: string | null;
  /** How many transactions and dialogs of the same leg began before its own. */
  readonly transactionNumber: number;
  readonly dialogNumber: number;
}

/** The groups of every message that has an arrow. */
export const groupsOf: TraceView<ReadonlyMap<MessageId, MessageGroups>> = (_trace, view) => {
  const { arrows, messageOf } = view(arrowsOf);
  const groups = new Map<MessageId, MessageGroups>();
  const transactions = numbering();
  const dialogs = numbering();
  for (const { id, leg } of arrows) {
    const message = messageOf.get(id);
    if (message === undefined) continue;
    const transaction = transactionOf(message);
    const dialog = dialogOf(message);
    groups.set(id, {
      transaction,
      dialog,
      transactionNumber: transactions(leg, transaction),
      dialogNumber: dialogs(leg, dialog),
    });
  }
  return groups;
};

/** Counts the names of every leg from 0, in the order in which they come. */
function numbering(): (leg: string, name: string | null) => number {
  const known = new Map<string, Map<string, number>>();
  return (leg, name) => {
    if (name === null) return 0;
    const names = known.get(leg) ?? new Map<string, number>();
    known.set(leg, names);
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    return number;
  };
}

/** An INVITE, its responses and their ACK are one: who reads a ladder reads them together. */
function transactionOf({ packet, isRequest, from, to }: MessageView): string | null {
  if (isControl(packet)) return `${packet.call} ${packet.transaction}`;
  if (!isSip(packet)) return null;
  const { number, method } = packet.cseq;
  const client = isRequest ? from : to;
  return `${packet.callId} ${client} ${number} ${method === 'ACK' ? 'INVITE' : method}`;
}

/** A request outside a dialog is told apart by its call alone. */
function dialogOf({ packet }: MessageView): string | null {
  if (isControl(packet)) return packet.call;
  if (!isSip(packet)) return null;
  const tags = [packet.from.tag ?? '', packet.to.tag ?? ''].toSorted();
  return `${packet.callId} ${packet.to.tag === null ? '' : tags.join(' ')}`;
}

/** The classes of the legend that a message belongs to. */
export function classesOf(message: LadderMessage): readonly MessageClass[] {
  const classes: MessageClass[] = [];
  if (message.kind === 'media') classes.push('media');
  else if (message.leg === 'R') classes.push('control');
  else classes.push(message.leg === 'A' ? 'A leg' : 'B leg');
  if (message.retransmission !== null) classes.push('resent');
  if (message.journey.end === 'lost') classes.push('lost');
  if (message.text === '100 Trying') classes.push('100 Trying');
  if (message.step !== null) classes.push('steps');
  if (message.tags.length > 0) classes.push('offers and answers');
  return classes;
}

export type Blame = 'fails' | 'warns' | 'passes';

/** What the checks make of every arrow they looked at: the worst of all that it is evidence for. */
export const blameOf: TraceView<ReadonlyMap<MessageId, Blame>> = (trace, view) => {
  const blames = new Map<MessageId, Blame>();
  const { end } = trace;
  if (end === null) return blames;
  const arrows = view(arrowsOf);
  for (const { verdict, level, evidence } of end.verdicts) {
    if (verdict !== 'violated' && verdict !== 'satisfied') continue;
    const blame = verdict === 'satisfied' ? 'passes' : level === 'error' ? 'fails' : 'warns';
    lay(blames, blame, evidence, arrows);
  }
  for (const { evidence } of end.warnings) lay(blames, 'warns', evidence, arrows);
  return blames;
};

const severity: Readonly<Record<Blame, number>> = { passes: 0, warns: 1, fails: 2 };

function lay(
  blames: Map<MessageId, Blame>,
  blame: Blame,
  evidence: readonly RecordNumber[],
  { arrowOf }: TraceArrows,
): void {
  for (const record of evidence) {
    const arrow = arrowOf.get(record);
    if (arrow === undefined) continue;
    const before = blames.get(arrow);
    if (before === undefined || severity[blame] > severity[before]) blames.set(arrow, blame);
  }
}

/** The clauses each arrow is evidence for. */
export const clausesByArrow: TraceView<ReadonlyMap<MessageId, readonly ClauseId[]>> = (
  trace: Trace,
  view,
) => {
  const clauses = new Map<MessageId, ClauseId[]>();
  const { arrowOf } = view(arrowsOf);
  for (const { clause, evidence } of trace.end?.verdicts ?? []) {
    for (const record of evidence) {
      const arrow = arrowOf.get(record);
      if (arrow === undefined) continue;
      const list = clauses.get(arrow);
      if (list === undefined) clauses.set(arrow, [clause]);
      else if (list.at(-1) !== clause) list.push(clause);
    }
  }
  return clauses;
};
