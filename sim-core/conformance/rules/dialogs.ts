import type { SipMessage } from '../../sip/message.ts';
import { breaks, holds, staysOpen, type Findings } from './findings.ts';
import { clientGivesUpAt, endOf, outlives, promptly, wasOut } from './lifetimes.ts';
import { inOrderOfDecision } from './negotiation.ts';
import type { DialogEvent, Observation, SeenDialog, SeenMessage } from './observation.ts';
import {
  dialogOf,
  finalSent,
  firstArrived,
  has,
  hasArrived,
  isProxy,
  isSuccess,
  opensCall,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, named, Named, Who, who } from './words.ts';

/** RFC 3261 §12: what makes a dialog, and what every request within it keeps. */
export const dialogRules: readonly Rule[] = [
  rule(
    'R-DLG-01',
    dialogIdentity,
    (count) => `${counted(count, 'request')} within dialogs named them by Call-ID and both tags.`,
    'No request left within a dialog.',
  ),
  rule(
    'R-DLG-02',
    earlyDialogs,
    (count) => `${counted(count, 'provisional response')} made or continued an early dialog.`,
    'No provisional response but 100 arrived.',
  ),
  rule(
    'R-DLG-03',
    risingNumbers,
    (count) => `CSeq rose by one in ${counted(count, 'dialog')}, as one end of it sent.`,
    'Nobody sent two requests within a dialog.',
  ),
  rule(
    'R-DLG-04',
    lowerNumbers,
    (count) => `${counted(count, 'request')} with a lower CSeq number got 500.`,
    'No request with a lower CSeq number arrived.',
  ),
  rule(
    'R-DLG-05',
    routeSets,
    (count) => `${counted(count, 'message')} kept to the route set.`,
    'No proxy asked to stay on the route.',
  ),
  rule(
    'R-DLG-06',
    looseRouting,
    (count) => `${counted(count, 'request')} went to a Contact of the peer.`,
    'No request left within a dialog.',
  ),
  rule(
    'R-DLG-07',
    remoteTargets,
    (count) => `${counted(count, 'request')} went to the peer's latest Contact.`,
    'No request left within a dialog.',
  ),
  rule(
    'R-DLG-08',
    unknownDialogs,
    (count) => `${counted(count, 'request')} for a dialog nobody has got 481, or silence for ACK.`,
    'No request for an unknown dialog arrived.',
  ),
  rule(
    'R-DLG-13',
    unknownDialogEnded,
    (count) => `${counted(count, 'BYE')} for a dialog nobody has got 481.`,
    'No BYE for an unknown dialog arrived.',
  ),
];

/** Requests that this end sent within the dialog: not the INVITE that opens it. */
function sentWithin({ events }: SeenDialog): DialogEvent[] {
  return events.filter(({ way, message }) => way === 'sent' && isWithin(message));
}

/** Whether it is a request within a dialog. The ACK of a refusal bears a tag that made none. */
function isWithin({ packet, transaction }: SeenMessage): boolean {
  if (packet.kind === 'response' || packet.to.tag === null) return false;
  return packet.method !== 'ACK' || transaction.method === 'ACK';
}

function dialogIdentity(seen: Observation, found: Findings): void {
  for (const one of seen.requests) {
    if (!isWithin(one) || isProxy(seen, one.from)) continue;
    const dialog = dialogOf(seen, one, one.from);
    if (dialog !== null && dialog.opening !== null) holds(found, one);
    else breaks(found, `${Named(seen, one)} names a dialog that its sender does not have.`, one);
  }
}

function earlyDialogs(seen: Observation, found: Findings): void {
  const notes = earlyNotes(seen);
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { client, responses } = invite;
    if (!opensCall(invite) || isProxy(seen, client)) continue;
    const final = firstArrived(responses, 200, 699);
    const tags = new Set<string>();
    let callId = '';
    for (const one of responses) {
      const { status, to } = one.packet;
      if (status <= 100 || status >= 200 || !hasArrived(one)) continue;
      if (final !== null && final.received.record < one.received.record) continue;
      if (one.received.at > clientGivesUpAt(seen, invite)) continue;
      if (to.tag !== null) {
        holds(found, one);
        tags.add(to.tag);
        callId = one.packet.callId;
      } else if (has(one, 'RSeq')) {
        breaks(found, `${Named(seen, one)} is reliable, but has no To tag.`, one);
      }
    }
    // Nodes that tell of their dialogs are held to it.
    const told = notes.get(`${client} ${callId}`);
    if (told === undefined || told >= tags.size) continue;
    const few = `${Who(seen, client)} has ${counted(told, 'early dialog')}`;
    const says = `${few} for ${tags.size} To tags.`;
    breaks(found, says, invite.request);
  }
}

/** How many early dialogs each node says it began, by node and Call-ID. */
function earlyNotes(seen: Observation): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { node, note } of seen.notes) {
    if (note.kind !== 'state' || note.machine !== 'dialog' || note.from !== 'none') continue;
    const key = `${node} ${note.subject}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function risingNumbers(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const opening = dialog.caller ? (dialog.opening?.request ?? null) : null;
    let before: SeenMessage | null = opening;
    let good = 0;
    // What a node decides while it works on something else may leave first.
    for (const { way, message } of inOrderOfDecision(dialog)) {
      if (way !== 'sent' || !isWithin(message)) continue;
      const { method, number } = message.packet.cseq;
      if (method === 'ACK' || method === 'CANCEL') continue;
      const expected: number = before === null ? number : before.packet.cseq.number + 1;
      if (number === expected) good += before === null ? 0 : 1;
      else {
        const says = `${Named(seen, message)} has CSeq ${number} where ${expected} was next.`;
        breaks(found, says, before, message);
      }
      before = message;
    }
    if (good > 0) holds(found, before, opening);
  }
}

function lowerNumbers(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    let highest = dialog.caller ? -1 : (dialog.opening?.request?.packet.cseq.number ?? -1);
    // After a BYE or a refusal there is no dialog left whose numbers could be kept (§12.3).
    const end = endOf(dialog);
    for (const { message, way, at, record } of dialog.events) {
      const { packet } = message;
      if (packet.kind !== 'request' || packet.to.tag === null) continue;
      if (way === 'sent' || packet.method === 'ACK' || packet.method === 'CANCEL') continue;
      const { number } = packet.cseq;
      if (number >= highest) {
        highest = number;
        continue;
      }
      const final = finalSent(message.transaction);
      const what = `${named(seen, message)} with a lower CSeq number`;
      const ended = end !== null && end.record <= record;
      if (ended && final?.packet.status !== 500) continue;
      if (final?.packet.status === 500) {
        holds(found, message, final);
      } else if (final !== null) {
        breaks(
          found,
          `${Who(seen, dialog.node)} met ${what} with ${final.packet.status}.`,
          message,
          final,
        );
      } else if (outlives(seen, promptly(seen, at)) && !wasOut(seen, dialog.node, at, at)) {
        breaks(found, `${Who(seen, dialog.node)} did not refuse ${what}.`, message);
      } else staysOpen(found, `The record ends before ${what} was answered.`, message);
    }
  }
}

/** The URIs of a field that may stand on several lines, in their order. */
function uris(message: SipMessage, name: string): string[] {
  const found: string[] = [];
  for (const [given, value] of message.headers) {
    if (given.toLowerCase() !== name) continue;
    for (const part of value.split(/,(?=\s*<)/)) found.push(part.trim());
  }
  return found;
}

function routeSets(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    if (!opensCall(invite) || isProxy(seen, invite.server) || invite.request === null) continue;
    const asked = uris(invite.request.packet, 'record-route');
    if (asked.length === 0) continue;
    for (const one of invite.responses) {
      const { status, to } = one.packet;
      if (status <= 100 || status >= 300 || to.tag === null) continue;
      if (sameList(uris(one.packet, 'record-route'), asked)) holds(found, one);
      else breaks(found, `${Named(seen, one)} does not repeat Record-Route.`, invite.request, one);
    }
  }
  for (const dialog of seen.dialogs) {
    const set = routeSetOf(dialog);
    if (set === null) continue;
    for (const { message, record } of sentWithin(dialog)) {
      const route = uris(message.packet, 'route');
      const expected = set(record);
      if (expected.length === 0 && route.length === 0) continue;
      if (sameList(route, expected)) holds(found, message);
      else {
        const says = `${Named(seen, message)} has the Route ${route.join(', ') || 'of nobody'}`;
        breaks(found, `${says}, but the route set is ${expected.join(', ') || 'empty'}.`, message);
      }
    }
  }
}

/**
 * The route set at a record: for the called side that of the INVITE, for the calling side the
 * reverse of what the response said that made the dialog, and anew of the first 2xx.
 */
function routeSetOf({ opening, caller, events }: SeenDialog): ((at: number) => string[]) | null {
  if (opening === null) return null;
  if (!caller) {
    const set = opening.request === null ? [] : uris(opening.request.packet, 'record-route');
    return () => set;
  }
  const learned: { record: number; set: string[]; success: boolean }[] = [];
  for (const { message, way, record } of events) {
    if (way === 'sent' || message.transaction !== opening) continue;
    const success = isSuccess(message);
    if (learned.length > 0 && (!success || learned.at(-1)?.success === true)) continue;
    learned.push({ record, set: uris(message.packet, 'record-route').reverse(), success });
  }
  return (at) => learned.findLast(({ record }) => record < at)?.set ?? [];
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((uri, place) => uri === other[place]);
}

/** The URI between the angle brackets of Contact, or null. */
function contactUri({ packet: { contact } }: SeenMessage): string | null {
  return contact === null ? null : (/<([^>]*)>/.exec(contact)?.[1] ?? contact);
}

function looseRouting(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    const contacts = new Set<string>();
    for (const { message, way } of dialog.events) {
      const uri = contactUri(message);
      if (way === 'received' && uri !== null) contacts.add(uri);
      const { packet } = message;
      if (way === 'received' || packet.kind !== 'request' || !isWithin(message)) continue;
      if (contacts.size === 0) continue;
      if (contacts.has(packet.requestUri)) holds(found, message);
      else {
        const says = `${Named(seen, message)} is addressed to ${packet.requestUri}`;
        breaks(found, `${says}, which is no Contact of its peer.`, message);
      }
    }
  }
}

function remoteTargets(seen: Observation, found: Findings): void {
  for (const dialog of seen.dialogs) {
    let target: string | null = null;
    let refreshing: string | null = null;
    for (const { message, way } of dialog.events) {
      const { packet } = message;
      const uri = contactUri(message);
      if (way === 'received') {
        if (packet.kind === 'request') {
          if (packet.method !== 'INVITE' && packet.method !== 'UPDATE') continue;
          // Whether a refresh is accepted, its answer says; till then either address is right.
          if (target === null) target = uri;
          else refreshing = uri;
        } else if (target === null || refreshes(message)) target = uri ?? target;
        continue;
      }
      if (packet.kind === 'response') {
        if (packet.status >= 200 && packet.status < 300 && refreshing !== null) {
          target = refreshing;
        }
        if (packet.status >= 200) refreshing = null;
        continue;
      }
      if (!isWithin(message) || target === null) continue;
      if (packet.requestUri === target || packet.requestUri === refreshing) holds(found, message);
      else {
        const says = `${Named(seen, message)} is addressed to ${packet.requestUri}`;
        breaks(found, `${says}, but the peer is at ${target}.`, message);
      }
    }
  }
}

/** RFC 6141 §4.6–4.9: whether the response moves the remote target of who receives it. */
function refreshes(message: SeenMessage): boolean {
  const { packet } = message;
  if (packet.kind !== 'response') return false;
  const { method } = packet.cseq;
  if (method === 'UPDATE') return isSuccess(message);
  if (method !== 'INVITE') return false;
  return isSuccess(message) || (packet.status > 100 && packet.status < 200 && has(message, 'RSeq'));
}

/** Requests that arrived at an end which has no such dialog. */
function strangers(seen: Observation): SeenMessage[] {
  const strange: SeenMessage[] = [];
  for (const dialog of seen.dialogs) {
    if (dialog.opening !== null) continue;
    for (const { message, way } of dialog.events) {
      const { packet } = message;
      if (way === 'sent' || packet.kind !== 'request') continue;
      if (isWithin(message)) strange.push(message);
    }
  }
  return strange;
}

function unknownDialogs(seen: Observation, found: Findings): void {
  for (const one of strangers(seen)) {
    const { packet, to } = one;
    if (packet.kind !== 'request' || packet.method === 'BYE') continue;
    if (packet.method !== 'ACK') {
      refusedAsUnknown(seen, found, one);
      continue;
    }
    const [response] = one.transaction.responses;
    if (response === undefined) holds(found, one);
    else breaks(found, `${Who(seen, to)} responded to ${named(seen, one)}.`, one, response);
  }
}

function unknownDialogEnded(seen: Observation, found: Findings): void {
  for (const one of strangers(seen)) {
    if (one.packet.kind === 'request' && one.packet.method === 'BYE') {
      refusedAsUnknown(seen, found, one);
    }
  }
}

function refusedAsUnknown(seen: Observation, found: Findings, one: SeenMessage): void {
  const final = finalSent(one.transaction);
  const at = one.received?.at ?? 0;
  const what = `${named(seen, one)} in a dialog that ${who(seen, one.to)} does not have`;
  if (final?.packet.status === 481) holds(found, one, final);
  else if (final !== null) {
    breaks(found, `${final.packet.status} met ${what}.`, one, final);
  } else if (outlives(seen, promptly(seen, at)) && !wasOut(seen, one.to, at, at)) {
    breaks(found, `Nobody refused ${what}.`, one);
  } else staysOpen(found, `The record ends before anybody answered ${what}.`, one);
}
