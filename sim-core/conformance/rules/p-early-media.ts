import type { MediaPacket } from '../../media/media-packet.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { bodyOf, headerTokens, headerValue } from '../../sip/message.ts';
import { agreementsOf } from './agreements.ts';
import {
  authorisationAt,
  authorisedBy,
  callingTerminals,
  endOfRinging,
  letsBackward,
} from './calling-terminals.ts';
import { earlyStreams, judgeForward, judgeGates, obeys } from './early-media-gates.ts';
import { breaks, breaksAt, holds, type Findings } from './findings.ts';
import { sessionNegotiations } from './negotiation.ts';
import type {
  DialogEvent,
  Observation,
  SeenDialog,
  SeenMessage,
  StreamChange,
} from './observation.ts';
import { isProxy } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import {
  arriving,
  heardAt,
  hearingsOf,
  isInvited,
  isLocalTone,
  mayReceive,
} from './watching-media.ts';
import { counted, Named, Who } from './words.ts';

/** RFC 5009: what the network authorises before the answer, and what a terminal makes of it. */
export const pEarlyMedia: readonly Rule[] = [
  rule(
    'R-PEM-01',
    places,
    (count) => `${counted(count, 'P-Early-Media field')} where it may stand.`,
    'No message has P-Early-Media.',
  ),
  rule(
    'R-PEM-02',
    understood,
    (count) => `${counted(count, 'request')} for early media to callers that understand it.`,
    'Nobody asked for early media.',
  ),
  rule(
    'R-PEM-03',
    (seen, found) => {
      judgeGates(seen, found, 'closed');
      judgeForward(seen, found);
    },
    (count) => `${counted(count, 'way')} kept shut, as the direction says.`,
    'No direction of P-Early-Media shut a way.',
  ),
  rule(
    'R-PEM-04',
    perLine,
    (count) => `${counted(count, 'field')} read line by line.`,
    'No P-Early-Media field stood beside several m= lines.',
  ),
  rule(
    'R-PEM-05',
    gatedComesLast,
    (count) => `${counted(count, 'gated field')} with its directions first.`,
    'No P-Early-Media field says gated.',
  ),
  rule(
    'R-PEM-06',
    staysInForce,
    (count) => `${counted(count, 'message')} without the field left the authorisation in force.`,
    'No message followed an authorisation before the final response.',
  ),
  rule(
    'R-PEM-07',
    openAfterSuccess,
    (count) => `${counted(count, 'stream')} heard from the 200 on.`,
    'Nothing arrived after a 200.',
  ),
  rule(
    'R-PEM-08',
    (seen, found) => judgeGates(seen, found, 'open'),
    (count) => `${counted(count, 'early stream')} let through as authorised, or by default.`,
    'No early stream was heard under P-Early-Media.',
  ),
  rule(
    'R-PEM-09',
    apartFromOffers,
    (count) => `${counted(count, 'message')} with the field and no part in offer and answer.`,
    'No message with P-Early-Media came without SDP.',
  ),
  rule(
    'R-PEM-10',
    mostRestrictive,
    (count) => `${counted(count, 'forked caller')} heard what every dialog allows.`,
    'No caller had several early dialogs.',
  ),
  rule(
    'R-PEM-11',
    oneDialogAtATime,
    (count) => `${counted(count, 'authorisation')} while no other dialog had one.`,
    'Nobody asked for early media.',
  ),
  rule(
    'R-PEM-12',
    noLocalTone,
    (count) => `${counted(count, 'caller')} that did not ring while media were promised.`,
    'No caller was promised early media.',
  ),
];

function withField(seen: Observation): SeenMessage[] {
  return seen.messages.filter(
    ({ packet, from }) => headerValue(packet, 'P-Early-Media') !== null && !isProxy(seen, from),
  );
}

/** RFC 5009 §8 Table 1. */
function mayCarry({ packet }: SeenMessage): boolean {
  const { method } = packet.cseq;
  if (packet.kind === 'request') return ['INVITE', 'PRACK', 'UPDATE'].includes(method);
  const { status } = packet;
  if (method === 'INVITE') return status > 100 && status < 200;
  return (method === 'PRACK' || method === 'UPDATE') && status >= 200 && status < 300;
}

function places(seen: Observation, found: Findings): void {
  for (const message of withField(seen)) {
    if (mayCarry(message)) holds(found, message);
    else breaks(found, `${Named(seen, message)} has P-Early-Media.`, message);
  }
}

function understood(seen: Observation, found: Findings): void {
  for (const message of withField(seen)) {
    const { request } = message.transaction;
    if (message.packet.kind !== 'response' || request === null) continue;
    if (message.packet.cseq.method !== 'INVITE' || message.packet.status >= 200) continue;
    const listed = headerTokens(request.packet, 'P-Early-Media').includes('supported');
    if (listed) holds(found, request, message);
    else {
      const says = `${Named(seen, message)} asks for early media that the INVITE does not support.`;
      breaksAt(found, 'info', says, request, message);
    }
  }
}

function perLine(seen: Observation, found: Findings): void {
  for (const { change, direction, dialog, heard, terminal } of earlyStreams(seen)) {
    const values = authorisationAt(dialog, change.received?.at ?? change.at);
    const { request } = terminal.invite;
    const lines = request === null ? 0 : (bodyOf(request.packet, 'session')?.media.length ?? 0);
    if (values === null || direction === null || lines < 2) continue;
    if (letsBackward(direction) === heard) holds(found, change);
    else {
      const says =
        `${Who(seen, terminal.node)} does not read ` + `${direction} for ${change.packet.medium}.`;
      breaks(found, says, change);
    }
  }
}

function gatedComesLast(seen: Observation, found: Findings): void {
  for (const message of withField(seen)) {
    const tokens = headerTokens(message.packet, 'P-Early-Media');
    const gated = tokens.indexOf('gated');
    if (gated < 0) continue;
    const later = tokens.slice(gated + 1).find((one) => one !== 'supported');
    if (later === undefined) holds(found, message);
    else breaks(found, `${Named(seen, message)} has ${later} behind gated.`, message);
  }
}

/** A message of an early dialog that says nothing of early media changes nothing of them. */
function staysInForce(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const until = endOfRinging(seen, terminal);
    const hearings = hearingsOf(seen, terminal.node, 'audio');
    if (!obeys(terminal)) continue;
    for (const dialog of terminal.dialogs) {
      for (const event of dialog.events) {
        if (event.way !== 'received' || event.at >= until || !saysNothing(event)) continue;
        if (authorisationAt(dialog, event.at - 1) === null) continue;
        const before = heardAt(hearings, event.at - 1)?.sources ?? [];
        const after = heardAt(hearings, event.at)?.sources ?? [];
        const kept = before.filter((source) => !isLocalTone(source));
        // What ends by itself at that very instant, or by an answer, is not lost by it.
        const comes = arriving(seen, terminal.node, 'audio', event.at);
        const local = agreedAt(seen, dialog, event.at);
        const lost = kept.some(({ source }) => {
          const brought = comes.some((one) => {
            return brings(one.packet, source) && !isRefusedBy(local, one);
          });
          return brought && !after.some((one) => one.source === source);
        });
        if (!lost) holds(found, event);
        else {
          const says =
            `${Who(seen, terminal.node)} plays no early media ` +
            `any more after ${Named(seen, event.message)}.`;
          breaks(found, says, event);
        }
      }
    }
  }
}

function brings({ sources }: MediaPacket, source: string): boolean {
  return sources.some((one) => one.source === source);
}

/** What this end has agreed to in the session by then; null before anything. */
function agreedAt(seen: Observation, dialog: SeenDialog, at: number): SessionDescription | null {
  const session = sessionNegotiations(seen).find((one) => one.dialog === dialog);
  if (session === undefined) return null;
  return agreementsOf(session).findLast(({ from }) => from <= at)?.local ?? null;
}

/** Whether the line to which a stream goes receives nothing. */
function isRefusedBy(local: SessionDescription | null, stream: StreamChange): boolean {
  const line = local === null ? null : isInvited(local, stream);
  return local !== null && line !== null && !mayReceive(line, local);
}

function saysNothing({ message }: DialogEvent): boolean {
  const { packet } = message;
  if (headerValue(packet, 'P-Early-Media') !== null) return false;
  if (packet.kind === 'request') return packet.method === 'UPDATE' && packet.bodies.length === 0;
  return packet.cseq.method === 'INVITE' && packet.status > 100 && packet.status < 199;
}

function openAfterSuccess(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const { final, node, dialogs } = terminal;
    if (final === null || final.packet.status >= 300 || !obeys(terminal)) continue;
    const dialog = dialogs.find(({ remoteTag }) => remoteTag === final.packet.to.tag);
    const last = dialog === undefined ? null : authorisationAt(dialog, final.received.at);
    if (last === null) continue;
    const at = final.received.at + seen.timers.T1;
    if (at >= seen.endedAt) continue;
    const heard = heardAt(hearingsOf(seen, node, 'audio'), at);
    if (heard !== null && heard.sources.length > 0) holds(found, final, heard);
    else if (!letsBackward(last[0]) && somethingArrives(seen, node, at)) {
      breaks(found, `${Who(seen, node)} keeps media back after the 200.`, final);
    }
  }
}

function somethingArrives(seen: Observation, node: number, at: number): boolean {
  return seen.streams.some(({ to, changes }) => {
    const last = changes.findLast(({ received }) => received !== null && received.at <= at);
    return to === node && last !== undefined && last.packet.sources.length > 0;
  });
}

/** The field is no offer and no answer: a message with it alone gets no SDP in return. */
function apartFromOffers(seen: Observation, found: Findings): void {
  for (const message of withField(seen)) {
    const { packet, transaction } = message;
    if (packet.bodies.length > 0) continue;
    if (packet.kind !== 'request' || packet.method !== 'UPDATE') {
      if (packet.kind === 'response') holds(found, message);
      continue;
    }
    const answered = transaction.responses.find((one) => one.packet.bodies.length > 0);
    if (answered === undefined) holds(found, message);
    else {
      const says = `${Named(seen, answered)} answers P-Early-Media with SDP.`;
      breaks(found, says, message, answered);
    }
  }
}

function mostRestrictive(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const { dialogs, node } = terminal;
    const until = endOfRinging(seen, terminal);
    if (dialogs.length < 2 || !obeys(terminal)) continue;
    for (const one of hearingsOf(seen, node, 'audio')) {
      if (one.at >= until || one.sources.every(isLocalTone)) continue;
      const closed = dialogs.find((dialog) => {
        const last = authorisationAt(dialog, one.at);
        return last !== null && !letsBackward(last[0]);
      });
      if (closed === undefined) holds(found, one);
      else {
        breaks(found, `${Who(seen, node)} plays what one of its early dialogs forbids.`, one);
      }
    }
  }
}

function oneDialogAtATime(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    for (const dialog of terminal.dialogs) {
      for (const event of dialog.events) {
        const values = event.way === 'received' ? authorisedBy(event) : null;
        if (values === null || !letsBackward(values[0])) continue;
        const other = terminal.dialogs.find(
          (one) => one !== dialog && letsBackward(authorisationAt(one, event.at)?.[0]),
        );
        if (other === undefined) holds(found, event);
        else {
          const says = `${Named(seen, event.message)} authorises early media in a second dialog.`;
          breaksAt(found, 'warning', says, event);
        }
      }
    }
  }
}

function noLocalTone(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    if (!obeys(terminal)) continue;
    const until = endOfRinging(seen, terminal);
    const promises = terminal.dialogs.flatMap(({ events }) =>
      events.filter((event) => event.way === 'received' && letsBackward(authorisedBy(event)?.[0])),
    );
    const [first] = promises;
    if (first === undefined || first.at >= until) continue;
    const tone = hearingsOf(seen, terminal.node, 'audio').find(
      ({ at, sources }) =>
        at >= first.at &&
        at < until &&
        sources.some(isLocalTone) &&
        terminal.dialogs.some((dialog) => letsBackward(authorisationAt(dialog, at)?.[0])),
    );
    if (tone === undefined) holds(found, first);
    else
      breaks(found, `${Who(seen, terminal.node)} rings although media are promised.`, first, tone);
  }
}
