import type { StateFact, StateGroup } from '../kernel/node.ts';
import { addressOf, directionOf, isOn } from '../sdp/media-lines.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import type { UserAgent } from './agent.ts';
import type { Dialog } from './dialog.ts';
import type { OfferAnswer } from './offer-answer.ts';
import type { Transaction } from './transaction/transaction.ts';

/** What a user agent holds, neighbour by neighbour: dialogs, transactions, what waits. */
export function agentInWords(agent: UserAgent): StateGroup[] {
  const { dialogs, transactions } = agent;
  const peers = [...dialogs, ...transactions].map(({ peer }) => peer);
  return [...new Set(peers)].map((peer) => ({
    title: 'leg',
    peer,
    facts: [
      ...dialogs.filter((one) => one.peer === peer).flatMap((dialog) => dialogInWords(dialog)),
      ...transactions
        .filter((one) => one.peer === peer)
        .flatMap((transaction) => transactionInWords(agent, transaction)),
    ],
  }));
}

function dialogInWords(dialog: Dialog): StateFact[] {
  const { callId, state, offerAnswer, sessionTimer, localSequence, remoteSequence } = dialog;
  const facts: StateFact[] = [
    { name: 'Dialog', value: state, subject: callId },
    {
      name: 'CSeq',
      value: `own ${localSequence}, theirs ${remoteSequence ?? 'none'}`,
      subject: null,
    },
    {
      name: 'Session',
      value: exchangeInWords(offerAnswer.session),
      subject: `session of ${callId}`,
    },
  ];
  const early = offerAnswer['early-session'];
  if (early.state !== 'nothing offered') {
    facts.push({
      name: 'Early session',
      value: exchangeInWords(early),
      subject: `early-session of ${callId}`,
    });
  }
  if (sessionTimer !== null) {
    const who = sessionTimer.refreshes ? 'refreshed here' : 'refreshed there';
    facts.push({
      name: 'Session timer',
      value: `${sessionTimer.interval} s, ${who}`,
      subject: null,
    });
  }
  return facts;
}

/** The state of the exchange, and what both ends agreed last, medium by medium. */
function exchangeInWords({ state, local, remote }: OfferAnswer): string {
  if (local === null || remote === null) return state;
  const lines = local.media.map((mine, place) => {
    const theirs = remote.media[place];
    if (theirs === undefined || !isOn(mine) || !isOn(theirs)) return `${mine.media} off`;
    const from = `${addressOf(mine, local) ?? '?'}:${mine.port}`;
    const to = `${addressOf(theirs, remote) ?? '?'}:${theirs.port}`;
    return `${mine.media} ${from} ${wayOf(local, remote, place)} ${to}`;
  });
  return `${state}: ${lines.join('; ')}`;
}

/** Which way media may go by both descriptions, seen from here. */
function wayOf(local: SessionDescription, remote: SessionDescription, place: number): string {
  const [mine, theirs] = [local.media[place], remote.media[place]];
  if (mine === undefined || theirs === undefined) return '∅';
  const [here, there] = [directionOf(mine, local), directionOf(theirs, remote)];
  const out = /send/.test(here) && /recv/.test(there);
  const back = /recv/.test(here) && /send/.test(there);
  if (out) return back ? '⇄' : '→';
  return back ? '←' : '∅';
}

function transactionInWords(agent: UserAgent, transaction: Transaction): StateFact[] {
  const { branch, kind, state, request } = transaction;
  const method = kind.startsWith('INVITE') ? 'INVITE' : request.method;
  const side = kind.endsWith('client') ? 'client' : 'server';
  const facts: StateFact[] = [
    { name: `${method} ${side}`, value: `${state}, CSeq ${request.cseq.number}`, subject: branch },
  ];
  for (const one of agent.provisionals) {
    if (one.branch !== branch) continue;
    const value = `${one.response.status} RSeq ${one.sequence} waits for its PRACK`;
    facts.push({ name: 'Reliable', value, subject: branch });
  }
  for (const one of agent.queued) {
    if (one.branch !== branch) continue;
    const value = `${one.status} waits for the PRACK of the one before`;
    facts.push({ name: 'Reliable', value, subject: branch });
  }
  for (const one of agent.successes) {
    if (one.branch !== branch) continue;
    const value = `${one.response.status} waits for its ACK`;
    facts.push({ name: '2xx', value, subject: branch });
  }
  return facts;
}
