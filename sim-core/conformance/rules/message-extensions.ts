import { remark } from '../../base/diagnostics.ts';
import { headerTokens, headerValue, type SipMessage } from '../../sip/message.ts';
import { sameText } from './comparing-descriptions.ts';
import { breaks, holds, type Findings } from './findings.ts';
import type { Observation, SeenMessage, SeenRequest, SeenResponse } from './observation.ts';
import {
  finalReceived,
  finalSent,
  has,
  invitesLike,
  isProxy,
  isSuccess,
  opensCall,
  transactionsOf,
} from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { counted, Named, named, Who } from './words.ts';

/** RFC 3261 §8.2.2.3, §8.2.4, §16 and §20: extensions, bodies, status codes, places of fields. */
export const messageExtensions: readonly Rule[] = [
  rule(
    'R-MSG-09',
    capitals,
    (count) => `${counted(count, 'option tag')} with capitals counted as if written without.`,
    'No option tag with capitals travelled.',
  ),
  rule(
    'R-MSG-10',
    unknownExtensions,
    (count) =>
      `${counted(count, 'request')} with Require met a server that knows its tags, or 420.`,
    'No request with Require was answered.',
  ),
  rule(
    'R-MSG-11',
    extensionsOffered,
    (count) => `${counted(count, 'response')} required nothing that the request had not listed.`,
    'No provisional or 2xx response has Require.',
  ),
  rule(
    'R-MSG-12',
    noRequirements,
    (count) =>
      `${counted(count, 'CANCEL and ACK', 'CANCELs and ACKs')} asked for no extension anew.`,
    'No CANCEL and no ACK left.',
  ),
  rule(
    'R-MSG-13',
    bodiesOnTheWay,
    (count) =>
      `${counted(count, 'body', 'bodies')} went on as they came, or in a dialog of its own.`,
    'No body went on from one hop to another.',
  ),
  rule(
    'R-MSG-14',
    sessionByDefault,
    (count) => `${counted(count, 'SDP body', 'SDP bodies')} without a disposition met session SDP.`,
    'No SDP without a disposition was answered with SDP.',
  ),
  rule(
    'R-MSG-15',
    unknownStatus,
    (count) => `${counted(count, 'unknown status code')} counted as its class.`,
    'No response with an unknown status code arrived.',
  ),
  rule(
    'R-MSG-16',
    placesOfFields,
    (count) => `${counted(count, 'header field')} of the table stood where it may.`,
    'None of the header fields of the table travelled.',
  ),
  rule(
    'R-MSG-17',
    capabilitiesListed,
    (count) => `${counted(count, 'message')} listed what the sender can do.`,
    'No INVITE left.',
  ),
  rule('R-MSG-18', supportedInProvisional, () => '', 'No provisional response has Supported.'),
];

/** The tags of a field as they are spelled. */
function spelled(message: SipMessage, name: string): string[] {
  const tags: string[] = [];
  for (const [given, value] of message.headers) {
    if (given.toLowerCase() !== name) continue;
    for (const tag of value.split(',')) tags.push(tag.trim());
  }
  return tags;
}

function capitals(seen: Observation, found: Findings): void {
  for (const { request, responses } of seen.transactions) {
    if (request === null) continue;
    for (const name of ['supported', 'require']) {
      for (const tag of spelled(request.packet, name)) {
        const plain = tag.toLowerCase();
        if (plain === tag) continue;
        const used = responses.find(({ packet }) =>
          headerTokens(packet, 'Require').includes(plain),
        );
        const refusal = responses.find(({ packet }) => {
          return packet.status === 420 && headerTokens(packet, 'Unsupported').includes(plain);
        });
        if (used !== undefined) holds(found, request, used);
        else if (refusal !== undefined && knows(seen, refusal.from, plain)) {
          breaks(found, `${Named(seen, refusal)} refuses ${tag}, which its sender knows.`, refusal);
        }
      }
    }
  }
}

/** Whether a node lists the tag anywhere, so that it can be held to it. */
function knows(seen: Observation, node: SeenMessage['from'], tag: string): boolean {
  return seen.messages.some(({ from, packet }) => {
    return from === node && headerTokens(packet, 'Supported').includes(tag);
  });
}

function unknownExtensions(seen: Observation, found: Findings): void {
  for (const one of seen.transactions) {
    const { request, server } = one;
    if (request === null || isProxy(seen, server)) continue;
    const final = finalSent(one);
    if (final === null) continue;
    const required = headerTokens(request.packet, 'Require');
    if (final.packet.status === 420) {
      const named420 = headerTokens(final.packet, 'Unsupported');
      const apt = named420.length > 0 && named420.every((tag) => required.includes(tag));
      if (apt) holds(found, request, final);
      else breaks(found, `${Named(seen, final)} does not name what was required.`, request, final);
      continue;
    }
    if (required.length === 0 || !isSuccess(final)) continue;
    const strange = required.find((tag) => listsOthersOnly(seen, server, tag));
    if (strange === undefined) holds(found, request, final);
    else {
      const took = `${Who(seen, server)} took ${named(seen, request)}`;
      const says = `${took}, though it lists no ${strange}.`;
      breaks(found, says, request, final);
    }
  }
}

/** Whether a node says what it supports, and the tag is not among it. */
function listsOthersOnly(seen: Observation, node: SeenMessage['from'], tag: string): boolean {
  let lists = false;
  for (const { from, packet } of seen.messages) {
    if (from !== node) continue;
    const supported = headerTokens(packet, 'Supported');
    if (supported.includes(tag) || headerTokens(packet, 'Require').includes(tag)) return false;
    lists ||= supported.length > 0;
  }
  return lists;
}

function extensionsOffered(seen: Observation, found: Findings): void {
  for (const { request, responses } of seen.transactions) {
    if (request === null) continue;
    for (const one of responses) {
      if (one.packet.status >= 300) continue;
      const required = headerTokens(one.packet, 'Require');
      if (required.length === 0) continue;
      const offered = new Set([
        ...headerTokens(request.packet, 'Supported'),
        ...headerTokens(request.packet, 'Require'),
      ]);
      const beyond = required.find((tag) => !offered.has(tag));
      if (beyond === undefined) holds(found, request, one);
      else {
        const says = `${Named(seen, one)} requires ${beyond}, which its request did not list.`;
        breaks(found, says, request, one);
      }
    }
  }
}

function noRequirements(seen: Observation, found: Findings): void {
  for (const { request } of transactionsOf(seen, 'CANCEL')) {
    if (request !== null) requiresNothing(seen, found, request);
  }
  for (const { ack } of transactionsOf(seen, 'INVITE')) {
    if (ack !== null) requiresNothing(seen, found, ack);
  }
  for (const { request, client } of transactionsOf(seen, 'ACK')) {
    if (request === null) continue;
    const { callId, cseq } = request.packet;
    const invite = invitesLike(seen, client, callId, cseq.number)[0]?.request;
    const known = invite ? headerTokens(invite.packet, 'Require') : [];
    const anew = headerTokens(request.packet, 'Require').find((tag) => !known.includes(tag));
    if (anew === undefined) holds(found, request);
    else breaks(found, `${Named(seen, request)} requires ${anew}, unlike its INVITE.`, request);
  }
}

function requiresNothing(seen: Observation, found: Findings, one: SeenRequest): void {
  const field = ['Require', 'Proxy-Require'].find((name) => has(one, name));
  if (field === undefined) holds(found, one);
  else breaks(found, `${Named(seen, one)} has ${field}.`, one);
}

function bodiesOnTheWay(seen: Observation, found: Findings): void {
  for (const one of seen.messages) {
    if (one.packet.bodies.length === 0) continue;
    const came = seen.messageOf[one.sent.cause];
    if (came === undefined || came.to !== one.from || came.packet.bodies.length === 0) continue;
    if (came.packet.kind !== one.packet.kind || came.packet.label !== one.packet.label) continue;
    if (sameBodies(came.packet, one.packet) || !sameDialog(came.packet, one.packet)) {
      holds(found, came, one);
      continue;
    }
    const says = `${Who(seen, one.from)} changed the body of ${named(seen, came)} in one dialog.`;
    breaks(found, says, came, one);
  }
}

function sameBodies(came: SipMessage, went: SipMessage): boolean {
  if (came.bodies === went.bodies) return true;
  if (came.bodies.length !== went.bodies.length) return false;
  return came.bodies.every(({ disposition, description }, index) => {
    const other = went.bodies[index];
    return disposition === other?.disposition && sameText(description, other.description);
  });
}

function sameDialog(came: SipMessage, went: SipMessage): boolean {
  return (
    came.callId === went.callId && came.from.tag === went.from.tag && came.to.tag === went.to.tag
  );
}

function sessionByDefault(seen: Observation, found: Findings): void {
  for (const method of ['INVITE', 'UPDATE'] as const) {
    for (const { request, responses } of transactionsOf(seen, method)) {
      if (request === null || !hasSession(request)) continue;
      for (const one of responses) {
        if (!isSuccess(one) || one.packet.bodies.length === 0) continue;
        if (hasSession(one)) holds(found, request, one);
        else breaks(found, `${Named(seen, one)} answers session SDP with another kind.`, one);
      }
    }
  }
}

function hasSession({ packet }: SeenMessage): boolean {
  return packet.bodies.some(({ disposition }) => disposition === 'session');
}

/** RFC 3261 §21 and its extensions: what a client may be expected to know by number. */
const knownStatus = new Set([
  100, 180, 181, 182, 183, 199, 200, 202, 204, 300, 301, 302, 305, 380, 400, 401, 402, 403, 404,
  405, 406, 407, 408, 410, 412, 413, 414, 415, 416, 417, 420, 421, 422, 423, 424, 425, 428, 429,
  430, 433, 436, 437, 438, 439, 440, 469, 470, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489,
  491, 493, 494, 500, 501, 502, 503, 504, 505, 513, 555, 580, 600, 603, 604, 606, 607, 608,
]);

function unknownStatus(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { request, ack } = invite;
    if (request === null) continue;
    for (const one of invite.responses) {
      const { received, packet } = one;
      if (received === null || knownStatus.has(packet.status)) continue;
      if (packet.status < 200) {
        const late = request.copies.some(({ at }) => at > received.at);
        if (!late) holds(found, one);
        else breaks(found, `INVITE was repeated after ${named(seen, one)}.`, one, request);
      } else if (packet.status >= 300) {
        const settled = ack !== null || finalReceived(invite) !== one;
        if (settled) holds(found, one, ack);
        else breaks(found, `Nobody acknowledged ${named(seen, one)}.`, one);
      }
    }
  }
}

/** Where each header field may stand; what has no row may stand anywhere. */
const places: readonly (readonly [string, string, (message: SipMessage) => boolean])[] = [
  ['RSeq', 'in a 1xx to INVITE', (one) => isInvited(one, 101, 199)],
  ['RAck', 'in PRACK', (one) => one.kind === 'request' && one.method === 'PRACK'],
  [
    'Alert-Info',
    'in INVITE and its 1xx',
    (one) => isInvited(one, 101, 199) || (one.kind === 'request' && one.method === 'INVITE'),
  ],
  [
    'Session-Expires',
    'in INVITE, UPDATE and their 2xx',
    ({ kind, cseq, label }) =>
      (cseq.method === 'INVITE' || cseq.method === 'UPDATE') &&
      (kind === 'request' || label.startsWith('2')),
  ],
];

function isInvited(message: SipMessage, least: number, most: number): boolean {
  if (message.kind !== 'response' || message.cseq.method !== 'INVITE') return false;
  return message.status >= least && message.status <= most;
}

const placeOf = /* @__PURE__ */ new Map(
  /* @__PURE__ */ places.map((row) => [row[0].toLowerCase(), row]),
);

function placesOfFields(seen: Observation, found: Findings): void {
  for (const one of seen.messages) {
    for (const [name] of one.packet.headers) {
      const row = placeOf.get(name) ?? placeOf.get(name.toLowerCase());
      if (row === undefined) continue;
      const [field, where, fits] = row;
      if (fits(one.packet)) holds(found, one);
      else breaks(found, `${Named(seen, one)} has ${field}, which belongs ${where}.`, one);
    }
  }
}

function capabilitiesListed(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    if (invite.request === null) continue;
    if (opensCall(invite)) listsBoth(seen, found, invite.request);
    for (const one of invite.responses) {
      if (isSuccess(one) && opensCall(invite)) listsBoth(seen, found, one);
      if (one.packet.status >= 200 || one.packet.bodies.length === 0 || !has(one, 'RSeq')) continue;
      if (isProxy(seen, one.from) || headerTokens(one.packet, 'Allow').includes('update')) {
        holds(found, one);
      } else if (allowsUpdate(seen, one.from)) {
        breaks(found, `${Named(seen, one)} answers early, but does not list UPDATE.`, one);
      }
    }
  }
}

function listsBoth(seen: Observation, found: Findings, one: SeenRequest | SeenResponse): void {
  if (isProxy(seen, one.from)) return;
  const missing = ['Allow', 'Supported'].filter((name) => headerValue(one.packet, name) === null);
  if (missing.length === 0) holds(found, one);
  else breaks(found, `${Named(seen, one)} has no ${missing.join(' and no ')}.`, one);
}

function allowsUpdate(seen: Observation, node: SeenMessage['from']): boolean {
  return seen.messages.some(({ from, packet }) => {
    return from === node && headerTokens(packet, 'Allow').includes('update');
  });
}

function supportedInProvisional(seen: Observation, found: Findings): void {
  for (const one of seen.responses) {
    if (one.packet.status >= 200 || !has(one, 'Supported')) continue;
    const says = `${named(seen, one)} has Supported, which RFC 3261 lists for requests and 2xx.`;
    breaks(found, remark('I-SUPPORTED-IN-1XX', says), one);
  }
}
