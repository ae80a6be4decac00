import type { SipMessage, Via } from '../../sip/message.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import { serverForgetsAt } from './lifetimes.ts';
import type { Observation, SeenRequest, SeenResponse, SeenTransaction } from './observation.ts';
import {
  firstArrived,
  invitesLike,
  isProxy,
  isSuccess,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named, named, who } from './words.ts';

/** RFC 3261 §8.1.1 and §8.2.6.2: what every request carries, and what a response repeats of it. */
export const messageEssentials: readonly Rule[] = [
  rule(
    'R-MSG-01',
    mandatoryFields,
    (count) => `${counted(count, 'request')} left, each with all six mandatory header fields.`,
    'No request left.',
  ),
  rule(
    'R-MSG-02',
    branches,
    (count) => `${counted(count, 'transaction')}, each with a branch as it must be.`,
    'No request left.',
  ),
  rule(
    'R-MSG-03',
    tagsOfRequests,
    (count) =>
      `${counted(count, 'request')} left with a From tag, no opening INVITE with a To tag.`,
    'No request left.',
  ),
  rule(
    'R-MSG-04',
    sequenceNames,
    (count) => `CSeq names the method of ${counted(count, 'request')}, its number below 2³¹.`,
    'No request left.',
  ),
  rule(
    'R-MSG-05',
    forwardsLeft,
    (count) => `Max-Forwards fell by one on ${counted(count, 'forwarded request')}.`,
    'No proxy forwarded a request.',
  ),
  rule(
    'R-MSG-06',
    repeatsRequest,
    (count) =>
      `${counted(count, 'response')} repeated From, To, Call-ID, CSeq and Via as they came.`,
    'No response left.',
  ),
  rule(
    'R-MSG-07',
    oneToTag,
    (count) => `${counted(count, 'request')} got one To tag each.`,
    'No response other than 100 left.',
  ),
  rule(
    'R-MSG-08',
    contacts,
    (count) => `Contact stood in ${counted(count, 'message')} made for a dialog.`,
    'No message that makes or refreshes a dialog left.',
  ),
];

function mandatoryFields({ requests }: Observation, found: Findings): void {
  for (const one of requests) {
    const { via, from, to, callId, cseq, maxForwards } = one.packet;
    const whole =
      via.length > 0 &&
      from.uri !== '' &&
      to.uri !== '' &&
      callId !== '' &&
      Number.isInteger(cseq.number) &&
      Number.isInteger(maxForwards);
    if (whole) holds(found, one);
    else breaks(found, `A mandatory header field is missing: ${missingIn(one)}.`, one);
  }
}

function missingIn({ packet }: SeenRequest): string {
  const { via, from, to, callId, cseq, maxForwards } = packet;
  const missing: string[] = [];
  if (via.length === 0) missing.push('Via');
  if (from.uri === '') missing.push('From');
  if (to.uri === '') missing.push('To');
  if (callId === '') missing.push('Call-ID');
  if (!Number.isInteger(cseq.number)) missing.push('CSeq');
  if (!Number.isInteger(maxForwards)) missing.push('Max-Forwards');
  return `${packet.method} without ${missing.join(', ')}`;
}

/** RFC 3261 §8.1.1.7. */
const cookie = 'z9hG4bK';

function branches(seen: Observation, found: Findings): void {
  const taken = new Map<string, SeenTransaction>();
  for (const one of seen.transactions) {
    const { request, branch, method } = one;
    if (request === null) continue;
    const says = wrongBranch(seen, one, taken);
    if (says === null) holds(found, request);
    else breaks(found, says, request);
    if (method !== 'ACK' && method !== 'CANCEL') taken.set(`${one.client} ${branch}`, one);
    // An ACK under the INVITE's branch is filed with the INVITE.
    const { ack } = one;
    if (ack === null || method !== 'INVITE') continue;
    const refused = one.responses.some(({ packet, received }) => {
      return packet.status >= 300 && received !== null;
    });
    if (refused || !one.responses.some(isSuccess)) continue;
    breaks(found, `${Named(seen, ack)} for a 2xx has the branch of its INVITE.`, ack);
  }
}

function wrongBranch(
  seen: Observation,
  { request, branch, method, client, cancels }: SeenTransaction,
  taken: ReadonlyMap<string, SeenTransaction>,
): string | null {
  if (request === null) return null;
  if (!branch.startsWith(cookie)) {
    return `${Named(seen, request)} has the branch ${branch}, which does not begin with ${cookie}.`;
  }
  const { callId, cseq } = request.packet;
  if (method === 'CANCEL') {
    if (cancels !== null) return null;
    const known = invitesLike(seen, client, callId, cseq.number).length > 0;
    return known ? `${Named(seen, request)} has a branch other than its INVITE's.` : null;
  }
  if (method === 'ACK') {
    // A proxy may have been refused on one branch and answered on another.
    const invites = invitesLike(seen, client, callId, cseq.number);
    const answered = invites.some(({ responses }) => responses.some(isSuccess));
    const refused = invites.some(({ responses }) => firstArrived(responses, 300, 699) !== null);
    if (refused && !answered)
      return `${Named(seen, request)} for a refusal has a branch of its own.`;
  }
  const other = taken.get(`${client} ${branch}`);
  if (other === undefined) return null;
  return `${Named(seen, request)} has the branch of an earlier ${other.method}.`;
}

function tagsOfRequests(seen: Observation, found: Findings): void {
  const openings = new Set<SeenTransaction>();
  for (const { opening } of seen.dialogs) if (opening !== null) openings.add(opening);
  for (const one of seen.requests) {
    if (one.packet.from.tag === null) {
      breaks(found, `${Named(seen, one)} has no From tag.`, one);
    } else holds(found, one);
  }
  for (const { node, opening, events } of seen.dialogs) {
    const [first] = events;
    if (opening !== null || first === undefined || first.message.from !== node) continue;
    const { packet } = first.message;
    if (packet.kind !== 'request' || packet.method !== 'INVITE') continue;
    breaks(found, `${Named(seen, first.message)} has a To tag, but opens a dialog.`, first.message);
  }
}

function sequenceNames(seen: Observation, found: Findings): void {
  for (const one of seen.requests) {
    const { method, cseq } = one.packet;
    if (cseq.method !== method) {
      breaks(found, `${Named(seen, one)} has CSeq ${cseq.number} ${cseq.method}.`, one);
    } else if (cseq.number < 0 || cseq.number >= 2_147_483_648) {
      breaks(found, `${Named(seen, one)} has the CSeq number ${cseq.number}.`, one);
    } else holds(found, one);
  }
}

function forwardsLeft(seen: Observation, found: Findings): void {
  if (![...seen.nodes.values()].some(({ role }) => role === 'proxy')) return;
  const arrived = new Map<string, SeenRequest>();
  for (const one of seen.requests) {
    const { method, via } = one.packet;
    arrived.set(`${one.to} ${method} ${via[0]?.branch ?? ''}`, one);
  }
  for (const one of seen.requests) {
    if (!isProxy(seen, one.from)) continue;
    const { method, via, maxForwards } = one.packet;
    const came = via[1] && arrived.get(`${one.from} ${method} ${via[1].branch}`);
    if (came === undefined) continue;
    const before = came.packet.maxForwards;
    if (maxForwards === before - 1 && maxForwards >= 0) holds(found, came, one);
    else {
      const says = `Max-Forwards ${before} became ${maxForwards} at ${who(seen, one.from)}.`;
      breaks(found, says, came, one);
    }
  }
}

function repeatsRequest(seen: Observation, found: Findings): void {
  for (const { request, responses } of seen.transactions) {
    for (const one of responses) {
      if (request === null) {
        breaks(found, `${Named(seen, one)} has Call-ID, CSeq and branch of no request.`, one);
        continue;
      }
      const changed = changedField(request.packet, one.packet);
      if (changed === null) holds(found, one);
      else {
        const says = `${Named(seen, one)} has another ${changed} than its request.`;
        breaks(found, says, request, one);
      }
    }
  }
}

function changedField(request: SipMessage, response: SipMessage): string | null {
  const { from, to } = request;
  if (response.from.uri !== from.uri || response.from.tag !== from.tag) return 'From';
  if (response.to.uri !== to.uri) return 'To';
  if (to.tag !== null && response.to.tag !== to.tag) return 'To tag';
  return sameVia(request.via, response.via) ? null : 'Via list';
}

function sameVia(asked: readonly Via[], answered: readonly Via[]): boolean {
  if (asked === answered) return true;
  if (asked.length !== answered.length) return false;
  return asked.every(({ sentBy, branch }, index) => {
    const other = answered[index];
    return other?.sentBy === sentBy && other.branch === branch;
  });
}

function oneToTag(seen: Observation, found: Findings): void {
  for (const transaction of seen.transactions) {
    const { request, responses, server } = transaction;
    if (request === null || isProxy(seen, server)) continue;
    const forgotten = serverForgetsAt(seen, transaction);
    let before: SeenResponse | null = null;
    let single = true;
    for (const one of responses) {
      const { status, to } = one.packet;
      if (status === 100 || one.sent.at >= forgotten) continue;
      if (to.tag === null) {
        single = false;
        breaks(found, `${Named(seen, one)} has no To tag.`, one);
      } else if (before !== null && before.packet.to.tag !== to.tag) {
        single = false;
        // RFC 6141 §4.9: a further early dialog is made on purpose; a refusal makes none.
        const level = status < 300 ? 'info' : 'error';
        const says = `${Named(seen, one)} has another To tag than ${named(seen, before)}.`;
        const known = responses.some(({ packet, sent }) => {
          return packet.to.tag === to.tag && sent.record < one.sent.record;
        });
        if (!known) breaksAt(found, level, says, before, one);
      }
      before = one;
    }
    if (single && before !== null) holds(found, request, before);
  }
}

function contacts(seen: Observation, found: Findings): void {
  for (const method of ['INVITE', 'UPDATE'] as const) {
    for (const { request, responses } of transactionsOf(seen, method)) {
      if (request !== null) contact(seen, found, request);
      for (const one of responses) {
        const { status } = one.packet;
        // A 199 says that a dialog has ended, and makes none.
        const makes = method === 'INVITE' && status > 100 && status < 199;
        if (makes || isSuccess(one)) contact(seen, found, one);
      }
    }
  }
}

function contact(seen: Observation, found: Findings, one: SeenRequest | SeenResponse): void {
  if (one.packet.contact !== null) holds(found, one);
  else breaks(found, `${Named(seen, one)} has no Contact.`, one);
}
