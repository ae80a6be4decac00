import { check } from '../../base/check.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId, Outbox, TimerKey } from '../../kernel/node.ts';
import { dialogOf, type Dialog } from '../dialog.ts';
import type { SipRequest } from '../message.ts';
import { enterDialogState } from '../dialog-state.ts';
import { rollBackOffer } from '../negotiating.ts';
import { stopSessionTimer } from '../session-timer.ts';
import type { SipTimers } from '../timers.ts';
import type { SipIndication, UserAgent } from '../agent.ts';
import { forgetProvisionals } from '../reliable-provisional.ts';
import { fireInInviteClient, startInviteClient } from './invite-client.ts';
import { fireInInviteServer } from './invite-server.ts';
import { fireInNonInviteClient, startNonInviteClient } from './non-invite-client.ts';
import { fireInNonInviteServer } from './non-invite-server.ts';
import type {
  ClientTransaction,
  InviteServerTransaction,
  TimerLetter,
  Transaction,
  TransactionOutbox,
} from './transaction.ts';

/** What joins the four machines to their node: timers named by letter and branch, state notes. */
export function outboxOf(
  agent: UserAgent,
  transaction: Transaction,
  out: Outbox,
): TransactionOutbox {
  const { branch, peer } = transaction;
  return {
    transmit: (message) => out.send(message, peer),
    startTimer: (letter: TimerLetter, after: Micros) =>
      out.startTimer(`${letter} ${branch}`, after),
    stopTimer: (letter: TimerLetter) => out.stopTimer(`${letter} ${branch}`),
    enter(state, clause) {
      const from = transaction.state === state ? 'none' : transaction.state;
      transaction.state = state;
      out.note({
        kind: 'state',
        machine: transaction.kind,
        subject: branch,
        peer,
        from,
        to: state,
        clause,
      });
      if (state === 'Terminated') forget(agent, transaction);
    },
  };
}

/** Keeps a client transaction and sends its request. */
export function startClient(agent: UserAgent, transaction: ClientTransaction, out: Outbox): void {
  agent.transactions.push(transaction);
  const its = outboxOf(agent, transaction, out);
  const timers = timersTowards(agent, transaction.peer);
  if (transaction.kind === 'INVITE client') startInviteClient(transaction, timers, its);
  else startNonInviteClient(transaction, timers, its);
}

/** Over TCP a transaction neither repeats nor lingers (spec §5.1). */
export function timersTowards(agent: UserAgent, peer: NodeId): SipTimers {
  if (agent.streamPeers.length === 0) return agent.timers;
  return agent.streamPeers.includes(peer) ? agent.streamTimers : agent.timers;
}

/** A timer of a transaction fires; a request nobody answered is told to the user. */
export function fireTransactionTimer(
  agent: UserAgent,
  timer: TimerKey,
  out: Outbox,
): SipIndication | null {
  const letter = timer.charAt(0);
  const transaction = agent.transactions.find((one) => ownsTimer(one, letter, timer.slice(2)));
  check(transaction !== undefined, 'a timer of a transaction belongs to one that is alive');
  const its = outboxOf(agent, transaction, out);
  switch (transaction.kind) {
    case 'INVITE server':
      fireInInviteServer(transaction, letter, agent.timers, its);
      return letter === 'H' ? unacknowledged(agent, transaction) : null;
    case 'non-INVITE server':
      fireInNonInviteServer(letter, its);
      return null;
    case 'INVITE client':
      // 64·T1 after the first 2xx (R-2XX-07).
      if (letter === 'M') endEarlyDialogs(agent, transaction.request, 'R-2XX-07', out);
      return fireInInviteClient(transaction, letter, its) === 'timeout'
        ? unanswered(agent, transaction)
        : null;
    case 'non-INVITE client':
      return fireInNonInviteClient(transaction, letter, agent.timers, its) === 'timeout'
        ? unanswered(agent, transaction)
        : null;
  }
}

/** The dialog in which a request was sent, or null. */
export function dialogOfSent(agent: UserAgent, request: SipRequest): Dialog | null {
  return dialogOf(agent.dialogs, request.callId, request.from.tag, request.to.tag);
}

/** What an INVITE has begun and nobody will answer any more: its dialogs that are early still. */
export function endEarlyDialogs(
  agent: UserAgent,
  invite: SipRequest,
  why: 'R-2XX-07' | 'R-CAN-08',
  out: Outbox,
): void {
  for (const dialog of agent.dialogs) {
    if (dialog.callId !== invite.callId || dialog.local.tag !== invite.from.tag) continue;
    if (dialog.state !== 'early') continue;
    stopSessionTimer(agent, dialog, out);
    enterDialogState(dialog, 'terminated', why, out);
  }
}

function unanswered(agent: UserAgent, transaction: ClientTransaction): SipIndication {
  const { request, branch } = transaction;
  const dialog = dialogOfSent(agent, request);
  rollBackOffer(dialog, request);
  return { kind: 'no answer', to: request, dialog, branch };
}

/** Timer H: a refusal that nobody has acknowledged; the user is told, and has nothing to undo. */
function unacknowledged(
  agent: UserAgent,
  { request, branch, lastResponse: response }: InviteServerTransaction,
): SipIndication | null {
  if (response === null) return null;
  const dialog = dialogOf(agent.dialogs, request.callId, response.to.tag, request.from.tag);
  return { kind: 'not acknowledged', response, dialog, branch };
}

/** An INVITE and its CANCEL share a branch; their timers do not share letters. */
function ownsTimer(transaction: Transaction, letter: string, branch: string): boolean {
  return transaction.branch === branch && lettersOf[transaction.kind].includes(letter);
}

const lettersOf: Readonly<Record<Transaction['kind'], string>> = {
  'INVITE client': 'ABDM',
  'non-INVITE client': 'EFK',
  'INVITE server': 'GHIL',
  'non-INVITE server': 'J',
};

function forget(agent: UserAgent, transaction: Transaction): void {
  const place = agent.transactions.indexOf(transaction);
  if (place >= 0) agent.transactions.splice(place, 1);
  if (transaction.kind === 'INVITE server') forgetProvisionals(agent, transaction.branch);
}
