import { bodyOf, headerTokens, headerValue, type SipResponse } from '../../sip/message.ts';
import {
  authorisationAt,
  callingTerminals,
  endOfRinging,
  isTerminal,
  letsBackward,
  type CallingTerminal,
} from './calling-terminals.ts';
import { breaks, breaksAt, holds, staysOpen, type Findings } from './findings.ts';
import { earlySessionNegotiations } from './negotiation.ts';
import type { Observation, SeenHearing } from './observation.ts';
import { finalSent, opensCall, transactionsOf } from './reading-messages.ts';
import { rule, type Rule } from './rule.ts';
import { arriving, heardAt, hearingsOf, isLocalTone } from './watching-media.ts';
import { counted, ms, named, Who } from './words.ts';

/** RFC 3960: early media, and when a terminal rings by itself. */
export const earlyMediaBehaviour: readonly Rule[] = [
  rule(
    'R-EM-01',
    endsOrBecomesRegular,
    (count) =>
      `${counted(count, 'early media session')} ended, or went on, with the final response.`,
    'No early media were heard before a final response.',
  ),
  rule(
    'R-EM-02',
    localRingback,
    (count) =>
      `${counted(count, 'change')} of what a caller hears, ringing by itself only when due.`,
    'Nobody called.',
  ),
  rule(
    'R-EM-03',
    saysThatItAlerts,
    (count) => `${counted(count, 'called terminal')} said 180 when it rang.`,
    'Nobody was called.',
  ),
  rule(
    'R-EM-04',
    suppresses,
    (count) =>
      `${counted(count, 'caller')} awaited its early session in silence, or rang meanwhile.`,
    'No early session with audio was agreed on.',
  ),
  rule(
    'R-EM-05',
    alertInfoIsNoSignal,
    (count) => `${counted(count, 'caller')} played the tone of Alert-Info when it would have rung.`,
    'No provisional response named a tone.',
  ),
  rule(
    'R-EM-06',
    modelOfEarlyMedia,
    (count) => `${counted(count, 'response')} with early media by the model that is due.`,
    'No response brought early media.',
  ),
  rule(
    'R-EM-07',
    ringingTones,
    () => 'No early media were ringing tones.',
    'No early media were heard.',
  ),
  rule(
    'R-EM-08',
    mayPrefer,
    (count) => `${counted(count, 'caller')} had media of both sessions to choose from.`,
    'No caller had media of an early session and of the session at once.',
  ),
];

/** What a terminal heard from elsewhere before its final response, or null. */
function earlyHearing(seen: Observation, terminal: CallingTerminal): SeenHearing | null {
  const until = endOfRinging(seen, terminal);
  for (const one of hearingsOf(seen, terminal.node, 'audio')) {
    if (one.at >= until) return null;
    if (one.sources.some((source) => !isLocalTone(source))) return one;
  }
  return null;
}

function endsOrBecomesRegular(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const { final, node } = terminal;
    const early = earlyHearing(seen, terminal);
    if (final === null || early === null) continue;
    if (final.packet.status < 300) {
      holds(found, early, final);
      continue;
    }
    const still = hearingsOf(seen, node, 'audio').find(
      ({ at, sources }) => at > final.received.at && sources.length > 0,
    );
    const now = heardAt(hearingsOf(seen, node, 'audio'), final.received.at);
    const silent = now === null || now.sources.length === 0;
    if (still === undefined && silent) holds(found, early, final);
    else if (still === undefined && seen.endedAt - final.received.at <= seen.timers.T1) {
      staysOpen(found, `The record ends soon after ${named(seen, final)}.`, final);
    } else {
      const says = `${Who(seen, node)} still hears something after ${named(seen, final)}.`;
      breaks(found, says, final, still ?? now);
    }
  }
}

/** RFC 3960 §3.2, three rules; a promise by P-Early-Media counts as media (R-PEM-12). */
function localRingback(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const { node, alerted } = terminal;
    const until = endOfRinging(seen, terminal);
    const hearings = hearingsOf(seen, node, 'audio');
    for (const [index, one] of hearings.entries()) {
      if (one.at >= until || one.at < (terminal.invite.request?.sent.at ?? 0)) continue;
      const rings = one.sources.some(isLocalTone);
      const others = one.sources.some((source) => !isLocalTone(source));
      if (rings && (alerted === null || one.at < alerted.received.at)) {
        breaks(found, `${Who(seen, node)} rings by itself before a 180 has come.`, one);
      } else if (rings && others) {
        breaks(found, `${Who(seen, node)} rings by itself beside early media.`, one);
      } else if (one.sources.length > 0) holds(found, one);
      else judgeSilence(seen, found, terminal, one.at, hearings[index + 1]?.at ?? until);
    }
    if (alerted === null || heardAt(hearings, alerted.received.at) !== null) continue;
    judgeSilence(seen, found, terminal, alerted.received.at, hearings[0]?.at ?? until);
  }
}

/** Longer than any buffer takes to fill: silence of that length after the 180 is a lack. */
function judgeSilence(
  seen: Observation,
  found: Findings,
  terminal: CallingTerminal,
  from: number,
  until: number,
): void {
  const { node, alerted, dialogs } = terminal;
  if (alerted === null) return;
  const begin = Math.max(from, alerted.received.at);
  const end = Math.min(until, endOfRinging(seen, terminal));
  if (end - begin <= seen.timers.T1) return;
  const promised = dialogs.some((dialog) => letsBackward(authorisationAt(dialog, begin)?.[0]));
  const arrives = arriving(seen, node, 'audio', begin).length > 0;
  if (promised || arrives || hasEarlySession(seen, terminal)) return;
  const says =
    `${Who(seen, node)} hears nothing from ${ms(begin)} ` +
    `to ${ms(end)}, though the other end rings.`;
  breaks(found, says, alerted);
}

/** RFC 3960 §4: an agreed early session with audio may stand for media before they arrive. */
function hasEarlySession(seen: Observation, { dialogs }: CallingTerminal): boolean {
  return earlySessionNegotiations(seen).some(
    ({ dialog, exchanges }) =>
      dialogs.includes(dialog) &&
      exchanges.some(
        ({ answer }) => answer !== null && answer.description.media.some(({ port }) => port > 0),
      ),
  );
}

function saysThatItAlerts(seen: Observation, found: Findings): void {
  for (const invite of transactionsOf(seen, 'INVITE')) {
    const { server, request, responses } = invite;
    if (!opensCall(invite) || !isTerminal(seen, server)) continue;
    const arrived = request?.received ?? null;
    if (arrived === null) continue;
    const alerting = responses.find(({ packet }) => packet.status === 180) ?? null;
    const final = finalSent(invite);
    const rang = hearingsOf(seen, server, 'audio').find(
      ({ at, sources }) =>
        at >= arrived.at && at < (final?.sent.at ?? seen.endedAt) && sources.length > 0,
    );
    // What is heard in the step that sends the 180 is heard a processing time before it leaves.
    if (alerting !== null) holds(found, alerting);
    else if (rang !== undefined) {
      breaks(found, `${Who(seen, server)} rings and has not said 180.`, rang, final);
    }
  }
}

function suppresses(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    if (!hasEarlySession(seen, terminal)) continue;
    holds(found, terminal.alerted ?? terminal.invite.request);
  }
}

/** RFC 3960 §5: the tone that Alert-Info names takes the place of the local one, no more. */
function alertInfoIsNoSignal(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const { node, alerted, invite } = terminal;
    const naming = invite.responses.find(
      ({ packet, received }) => received !== null && headerValue(packet, 'Alert-Info') !== null,
    );
    if (naming === undefined) continue;
    const until = endOfRinging(seen, terminal);
    let good: SeenHearing | null = null;
    for (const one of hearingsOf(seen, node, 'audio')) {
      if (one.at >= until || one.sources.length === 0 || one.sources.some(isLocalTone)) continue;
      const streams = arriving(seen, node, 'audio', one.at);
      if (streams.length > 0) continue;
      if (alerted !== null && one.at >= alerted.received.at) good ??= one;
      else breaks(found, `${Who(seen, node)} plays the tone before a 180 has come.`, naming, one);
    }
    if (good !== null) holds(found, naming, good);
  }
}

/** RFC 3960 §3.4: the application server model is strongly recommended where it can be used. */
function modelOfEarlyMedia(seen: Observation, found: Findings): void {
  for (const { invite } of callingTerminals(seen)) {
    const { request, responses } = invite;
    const early = responses.find(
      ({ packet }) => packet.status > 100 && packet.status < 200 && bringsEarlyMedia(packet),
    );
    if (early === undefined || request === null) continue;
    const apart = bodyOf(early.packet, 'early-session') !== null;
    const able = headerTokens(request.packet, 'Supported').includes('early-session');
    if (apart || !able) holds(found, request, early);
    else {
      const says = 'Early media come as the session, though the caller supports early-session.';
      breaksAt(found, 'info', says, request, early);
    }
  }
}

/** As a session of its own, or as that of the call under P-Early-Media. */
function bringsEarlyMedia(packet: SipResponse): boolean {
  if (bodyOf(packet, 'early-session') !== null) return true;
  return bodyOf(packet, 'session') !== null && headerValue(packet, 'P-Early-Media') !== null;
}

/** RFC 3960 §4.1 advises against what CMR is for. */
function ringingTones(seen: Observation, found: Findings): void {
  if (!seen.commands.some(({ packet }) => packet.command.kind === 'play')) return;
  for (const terminal of callingTerminals(seen)) {
    const early = earlyHearing(seen, terminal);
    if (early === null) continue;
    const says = `${Who(seen, terminal.node)} hears a special ringing tone as early media.`;
    breaksAt(found, 'info', says, early);
  }
}

function mayPrefer(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    if (!hasEarlySession(seen, terminal)) continue;
    const both = hearingsOf(seen, terminal.node, 'audio').find(
      ({ at }) =>
        at < endOfRinging(seen, terminal) && arriving(seen, terminal.node, 'audio', at).length > 1,
    );
    if (both !== undefined) holds(found, both);
  }
}
