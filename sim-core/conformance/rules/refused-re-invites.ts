import { headerValue } from '../../sip/message.ts';
import { placeAfter, requestsIn } from './dialog-requests.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import { outlives, promptly, wasOut } from './lifetimes.ts';
import type {
  DialogEvent,
  Observation,
  SeenDialog,
  SeenMessage,
  SeenResponse,
  SeenTransaction,
} from './observation.ts';
import { finalSent, has, isProxy, isSuccess, transactionsOf } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { keyOf } from './streams.ts';
import { counted, ms, named, Named, Who } from './words.ts';

/** RFC 3261 §14.1 and RFC 6141 §3: what follows a re-INVITE that was refused. */
export const refusedReinvites: readonly Rule[] = [
  rule(
    'R-REI-04',
    backsOff,
    (count) => `${counted(count, 'request')} came again after 491 when it should.`,
    'Nobody tried again after 491.',
  ),
  rule(
    'R-REI-05',
    failureChangesNothing,
    (count) => `${counted(count, 'refused re-INVITE')} left the session as it was.`,
    'No re-INVITE was refused.',
  ),
  rule(
    'R-REI-07',
    executedIsAccepted,
    (count) => `${counted(count, 're-INVITE')} with changes already made was accepted.`,
    'No re-INVITE had its changes made before the final response.',
  ),
  rule(
    'R-REI-08',
    executedIsRestored,
    (count) => `${counted(count, 're-INVITE')} refused after changes was followed by an offer.`,
    'No re-INVITE was refused after changes were made.',
  ),
  rule(
    'R-REI-10',
    serverBacksOff,
    (count) => `${counted(count, 'request')} of the CMR Server came again within its range.`,
    'The CMR Server did not try again after 491.',
  ),
];

/** RFC 3261 §14.1, in µs: for who made the Call-ID, and for the other side. */
const owns = { least: 2_100_000, most: 4_000_000 };
const ownsNot = { least: 0, most: 2_000_000 };
const grid = 10_000;

interface Retry {
  readonly dialog: SeenDialog;
  readonly refusal: SeenResponse;
  readonly again: SeenMessage;
  /** µs from the refusal to the retry, but for the time a message takes to be dealt with. */
  readonly waited: number;
  readonly isExact: boolean;
}

/** Every request that its sender tried again after a 491. */
function retriesIn(seen: Observation): Retry[] {
  const retries: Retry[] = [];
  for (const dialog of seen.dialogs) {
    for (const { message, way } of dialog.events) {
      const { packet } = message;
      if (way === 'sent' || packet.kind !== 'response' || packet.status !== 491) continue;
      const { received, transaction } = message;
      if (received === null) continue;
      const sent = requestsIn(dialog, 'sent', packet.cseq.method);
      const again = sent[placeAfter(sent, received.record)];
      const refusal = transaction.responses.find((one) => one === message);
      if (again === undefined || refusal === undefined) continue;
      // The ACK leaves as soon as the node has dealt with the refusal: the wait begins there.
      const ack = transaction.ack?.sent.at;
      const since = ack ?? received.at;
      const waited = again.at - since;
      retries.push({ dialog, refusal, again: again.message, waited, isExact: ack !== undefined });
    }
  }
  return retries;
}

function faultOf(seen: Observation, { dialog, again, waited, isExact }: Retry): string | null {
  const { least, most } = dialog.caller ? owns : ownsNot;
  const slack = isExact ? 0 : seen.timers.T1;
  const owner = dialog.caller ? 'which owns the Call-ID' : 'which does not own the Call-ID';
  const what = `${Named(seen, again)} came again ${ms(waited)} after 491`;
  if (waited < least || waited > most + slack) {
    return `${what}: ${owner}, waits ${ms(least)} to ${ms(most)}.`;
  }
  return isExact && waited % grid !== 0 ? `${what}, which is no multiple of 10 ms.` : null;
}

function backsOff(seen: Observation, found: Findings): void {
  for (const retry of retriesIn(seen)) {
    const fault = faultOf(seen, retry);
    if (fault === null) holds(found, retry.refusal, retry.again);
    else breaks(found, fault, retry.refusal, retry.again);
  }
}

function serverBacksOff(seen: Observation, found: Findings): void {
  for (const retry of retriesIn(seen)) {
    if (seen.nodes.get(retry.dialog.node)?.role !== 'cmr-server') continue;
    const fault = faultOf(seen, retry);
    if (fault === null) holds(found, retry.refusal, retry.again);
    else breaks(found, fault, retry.refusal, retry.again);
  }
}

/** Every re-INVITE that got a final response at the end that received it. */
function eachReinvite(
  seen: Observation,
  tell: (reinvite: SeenTransaction, final: SeenResponse) => void,
): void {
  for (const one of transactionsOf(seen, 'INVITE')) {
    if (!one.request || one.request.packet.to.tag === null || isProxy(seen, one.server)) continue;
    const final = finalSent(one);
    if (final !== null) tell(one, final);
  }
}

function addressesIn(message: SeenMessage): Set<string> {
  const addresses = new Set<string>();
  for (const { disposition, description } of message.packet.bodies) {
    if (disposition !== 'session') continue;
    const shared = description.lines.find(([type]) => type === 'c')?.[1];
    for (const { port, lines } of description.media) {
      const own = lines.find(([type]) => type === 'c')?.[1] ?? shared;
      const address = own?.split(' ')[2];
      if (port !== 0 && address !== undefined) addresses.add(`${address} ${port}`);
    }
  }
  return addresses;
}

function failureChangesNothing(seen: Observation, found: Findings): void {
  eachReinvite(seen, (reinvite, final) => {
    const { request, server } = reinvite;
    if (request === null || isSuccess(final)) return;
    const offered = addressesIn(request);
    // Addresses that were in use before, or are offered again later, tell nothing.
    for (const one of seen.messages) {
      if (one.from !== request.from || one === request || one.to !== request.to) continue;
      for (const address of addressesIn(one)) offered.delete(address);
    }
    const moved = seen.streams
      .filter(({ from }) => from === server)
      .flatMap(({ changes }) => changes)
      .find(({ at, packet }) => {
        return at >= final.sent.at && packet.sources.length > 0 && offered.has(keyOf(packet.to));
      });
    if (moved === undefined) holds(found, request, final);
    else {
      const says = `${Who(seen, server)} refused ${named(seen, request)}`;
      breaks(found, `${says}, and then sent media where it had asked for them.`, final, moved);
    }
  });
}

/** What carried out changes before the final response: an answer in a 1xx that PRACK took up. */
function changesIn(seen: Observation, reinvite: SeenTransaction): SeenResponse | null {
  const early = reinvite.responses.find((one) => {
    return one.packet.status < 200 && has(one, 'RSeq') && one.packet.bodies.length > 0;
  });
  if (early === undefined) return null;
  const sequence = headerValue(early.packet, 'RSeq');
  const taken = transactionsOf(seen, 'PRACK').some(({ request, client }) => {
    if (!request?.received || client !== reinvite.client) return false;
    return headerValue(request.packet, 'RAck')?.split(' ')[0] === sequence;
  });
  return taken ? early : null;
}

function executedIsAccepted(seen: Observation, found: Findings): void {
  eachReinvite(seen, (reinvite, final) => {
    const early = changesIn(seen, reinvite);
    if (early === null) return;
    if (isSuccess(final)) holds(found, early, final);
    else breaks(found, `${Named(seen, final)} refuses what was already carried out.`, early, final);
  });
}

function executedIsRestored(seen: Observation, found: Findings): void {
  eachReinvite(seen, (reinvite, final) => {
    const early = changesIn(seen, reinvite);
    if (early === null || isSuccess(final) || final.received === null) return;
    const since = final.received;
    const due = promptly(seen, since.at);
    const dialog = seen.dialogs.find(({ node, events }) => {
      return node === reinvite.client && events.some(({ message }) => message === final);
    });
    const offer = dialog?.events.find((event) => offersAfter(event, since.record));
    if (offer !== undefined) holds(found, final, offer.message);
    else if (wasOut(seen, reinvite.client, since.at, due)) return;
    else if (outlives(seen, due)) {
      const says = `${Who(seen, reinvite.client)} offered nothing to restore the session`;
      breaks(found, `${says} after ${named(seen, final)}.`, early, final);
    } else staysOpen(found, 'The record ends before the session was restored.', final);
  });
}

function offersAfter({ way, record, message }: DialogEvent, since: number): boolean {
  const { packet } = message;
  if (way === 'received' || record < since || packet.kind !== 'request') return false;
  return packet.bodies.length > 0 && (packet.method === 'INVITE' || packet.method === 'UPDATE');
}
