import type { NodeId } from '../../kernel/node.ts';
import { headerTokens } from '../../sip/message.ts';
import {
  authorisationAt,
  authorisedBy,
  callingTerminals,
  endOfRinging,
  letsBackward,
  type CallingTerminal,
} from './calling-terminals.ts';
import { breaks, holds, type Findings } from './findings.ts';
import { sessionNegotiations, type BodySeen } from './negotiation.ts';
import type { Observation, SeenDialog, StreamChange } from './observation.ts';
import { heardAt, hearingsOf, isInvited, mayReceive } from './watching-media.ts';
import { Who } from './words.ts';

/** RFC 5009 §8: what the network has authorised, and what passes at a caller's terminal. */

/** Whether the terminal said that it understands the field. */
export function obeys({ invite }: CallingTerminal): boolean {
  const { request } = invite;
  if (request === null) return false;
  return headerTokens(request.packet, 'P-Early-Media').includes('supported');
}

interface EarlyStream {
  readonly terminal: CallingTerminal;
  readonly dialog: SeenDialog;
  readonly change: StreamChange;
  /** The direction in force for its line when it arrived. */
  readonly direction: string | null;
  readonly heard: boolean;
}

/** Streams that reached a caller's session ports before its final response. */
export function* earlyStreams(seen: Observation): Generator<EarlyStream> {
  for (const terminal of callingTerminals(seen)) {
    const [dialog] = terminal.dialogs;
    if (dialog === undefined || !obeys(terminal) || terminal.dialogs.length > 1) continue;
    const until = endOfRinging(seen, terminal);
    const session = sessionNegotiations(seen).find((one) => one.dialog === dialog);
    for (const { to, medium, changes } of seen.streams) {
      if (to !== terminal.node) continue;
      for (const [index, change] of changes.entries()) {
        const { received, packet } = change;
        if (received === null || packet.sources.length === 0) continue;
        // What is played comes out of a buffer; whether it does shows a little later.
        const at = received.at + seen.timers.T1;
        if (at >= until || isOvertaken(changes, index, at)) continue;
        const place = placeAsInvited(session?.bodies ?? [], change, received.at, at);
        if (place === null) continue;
        const values = authorisationAt(dialog, at);
        const direction = values === null ? null : (values[place] ?? values.at(-1) ?? null);
        const heard = heardAt(hearingsOf(seen, to, medium), at)?.sources ?? [];
        const plays = packet.sources.every(({ source }) =>
          heard.some((one) => one.source === source),
        );
        yield { terminal, dialog, change, direction, heard: plays };
      }
    }
  }
}

/**
 * At which of its lines the terminal took the stream all that while, and had not agreed meanwhile
 * on something else; null: at none.
 */
function placeAsInvited(
  bodies: readonly BodySeen[],
  change: StreamChange,
  from: number,
  to: number,
): number | null {
  const own = bodies.filter((body) => body.event.way === 'sent' && settledAt(body) <= to);
  const first = own.findLastIndex(({ event }) => event.at <= from);
  if (first < 0) return null;
  let place: number | null = null;
  for (const { description } of own.slice(first)) {
    const line = isInvited(description, change);
    if (line === null || !mayReceive(line, description)) return null;
    place ??= description.media.indexOf(line);
  }
  return place;
}

/** An answer is decided on, and holds, when its offer comes, a little before it leaves. */
function settledAt({ event, role, exchange }: BodySeen): number {
  return role === 'answer' && exchange !== null ? exchange.offer.at : event.at;
}

/** Whether a later word on the stream had come by then, in its order or before this one. */
function isOvertaken(changes: readonly StreamChange[], index: number, at: number): boolean {
  return changes.slice(index + 1).some(({ received }) => received !== null && received.at <= at);
}

/** Judges the streams towards a caller whose direction lets them through, or does not. */
export function judgeGates(seen: Observation, found: Findings, which: 'closed' | 'open'): void {
  for (const { terminal, change, direction, heard } of earlyStreams(seen)) {
    if (direction === null) {
      // Nothing was said yet: the terminal's own default decides.
      if (which === 'open') holds(found, change);
      continue;
    }
    const lets = letsBackward(direction);
    if (lets !== (which === 'open')) continue;
    if (lets === heard) holds(found, change);
    else {
      const what = lets ? 'does not play' : 'plays';
      const says =
        `${Who(seen, terminal.node)} ${what} early ` + `media under P-Early-Media: ${direction}.`;
      breaks(found, says, change);
    }
  }
}

/** RFC 5009 §8: sendonly and inactive let nothing of the caller's through before its 200. */
export function judgeForward(seen: Observation, found: Findings): void {
  for (const terminal of callingTerminals(seen)) {
    const [dialog] = terminal.dialogs;
    if (dialog === undefined || !obeys(terminal) || terminal.dialogs.length > 1) continue;
    const said = dialog.events.filter(
      (one) => one.way === 'received' && authorisedBy(one) !== null,
    );
    for (const [index, event] of said.entries()) {
      const values = authorisedBy(event) ?? [];
      const shut = values.every((one) => one === 'sendonly' || one === 'inactive');
      const until = Math.min(endOfRinging(seen, terminal), said[index + 1]?.at ?? seen.endedAt);
      if (!shut || event.at >= until) continue;
      const sent = sentForward(seen, terminal.node, dialog, event.at, until);
      if (sent === null) holds(found, event);
      else {
        const says = `${Who(seen, terminal.node)} sends under P-Early-Media: ${values.join(', ')}.`;
        breaks(found, says, event, sent);
      }
    }
  }
}

/** What the caller sends to a place that the session's description names, in that time. */
function sentForward(
  seen: Observation,
  node: NodeId,
  dialog: SeenDialog,
  from: number,
  until: number,
): StreamChange | null {
  const session = sessionNegotiations(seen).find((one) => one.dialog === dialog);
  const theirs = session?.bodies.filter(({ event }) => event.way === 'received') ?? [];
  for (const stream of seen.streams) {
    if (stream.from !== node) continue;
    const change = stream.changes.find(
      (one) =>
        one.at > from &&
        one.at < until &&
        one.packet.sources.length > 0 &&
        theirs.some(({ description }) => isInvited(description, one) !== null),
    );
    if (change !== undefined) return change;
  }
  return null;
}
