import type { NodeId } from '../../kernel/node.ts';
import { encodingOf, isOn } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import { headerTokens, reliableSequence } from '../../sip/message.ts';
import { agreementsOf, confirmedIn, type Agreement } from './agreements.ts';
import { placeOf } from './comparing-descriptions.ts';
import { breaks, holds, type Findings } from './findings.ts';
import { endOf } from './lifetimes.ts';
import { negotiationsOf, sessionNegotiations, type Negotiation } from './negotiation.ts';
import type {
  DialogEvent,
  Observation,
  SeenStream,
  SeenTransaction,
  StreamChange,
} from './observation.ts';
import { rule, type Rule } from './rule.ts';
import {
  arriving,
  carriedAt,
  heardAt,
  hearingsOf,
  mayReceive,
  maySend,
  placeIn,
  receivesAt,
  samePlace,
  sendersFor,
  type Place,
} from './watching-media.ts';
import { counted, ms, Who, who } from './words.ts';

/** RFC 3264 §6 to §8: media as the descriptions have agreed on them. */
export const agreedMedia: readonly Rule[] = [
  rule(
    'R-OA-07',
    nothingOnRefusedLines,
    (count) => `${counted(count, 'refused line')} without media.`,
    'No line was refused.',
  ),
  rule(
    'R-OA-11',
    formatsOfTheOther,
    (count) => `${counted(count, 'stream')} in a format that the other end has named.`,
    'No media went to an address that an offer or answer named.',
  ),
  rule(
    'R-OA-12',
    readyAtOnce,
    (count) => `${counted(count, 'stream')} heard where its description had invited it.`,
    'No media arrived at a party whose call had been answered.',
  ),
  rule(
    'R-OA-17',
    oldPlaceStaysOpen,
    (count) => `${counted(count, 'stream')} still heard at the place that an offer left.`,
    'No party moved its media while some arrived.',
  ),
  rule(
    'R-OA-18',
    movesAtOnce,
    (count) => `${counted(count, 'stream')} moved to the new place at once.`,
    'No place to which media went was moved.',
  ),
  rule(
    'R-OA-19',
    answerBeforeMedia,
    (count) => `${counted(count, 'stream')} began after the reliable answer.`,
    'No called end sent media.',
  ),
];

function nothingOnRefusedLines(seen: Observation, found: Findings): void {
  for (const negotiation of negotiationsOf(seen)) {
    const senders = sendersFor(seen, negotiation.dialog.node);
    const own = seen.streams.filter(({ from }) => senders.has(from));
    for (const agreement of agreementsOf(negotiation)) {
      const { local, remote } = agreement;
      for (const [index, theirs] of remote.media.entries()) {
        const mine = local.media[index];
        if (mine === undefined || isOn(mine) === isOn(theirs)) continue;
        const sent = onRefusedLine(own, agreement, mine, theirs);
        const answer = agreement.exchange.answer?.event ?? null;
        if (sent === null) {
          holds(found, answer);
          continue;
        }
        const { stream, change } = sent;
        const says =
          `${Who(seen, stream.from)} sends ${stream.medium} ` +
          `on ${placeOf(index, theirs)}, which is refused.`;
        breaks(found, says, answer, change);
      }
    }
  }
}

/** The first stream that runs on a line one end has refused, and the change by which it does. */
function onRefusedLine(
  streams: readonly SeenStream[],
  { local, remote, from, until }: Agreement,
  mine: MediaDescription,
  theirs: MediaDescription,
): { readonly stream: SeenStream; readonly change: StreamChange } | null {
  const running = streams.flatMap((stream) =>
    stream.changes
      .filter(({ packet, at }) => at >= from && at < until && packet.sources.length > 0)
      .map((change) => ({ stream, change })),
  );
  if (running.length === 0) return null;
  const [here, there] = [placeIn(mine, local), placeIn(theirs, remote)];
  const shared =
    there !== null &&
    local.media.some((line, index) => {
      const other = remote.media[index];
      return isOn(line) && other !== undefined && receivesAt(other, remote, there);
    });
  if (shared) return null;
  const found = running.find(
    ({ change: { packet } }) => samePlace(there, packet.to) || samePlace(here, packet.from),
  );
  return found ?? null;
}

function formatsOfTheOther(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    const senders = sendersFor(seen, negotiation.dialog.node);
    const own = seen.streams.filter(({ from }) => senders.has(from));
    if (own.length === 0) continue;
    const theirs = negotiation.bodies
      .filter(({ event }) => event.way === 'received')
      .flatMap(({ description }) => description.media.map((line) => ({ line, description })));
    for (const stream of own) {
      const [first] = stream.changes;
      if (first === undefined) continue;
      const there = theirs.filter(
        ({ line, description }) =>
          line.formats.length > 0 && receivesAt(line, description, first.packet.to),
      );
      if (there.length === 0) continue;
      const { codec } = first.packet;
      if (there.some(({ line }) => names(line, codec))) holds(found, first);
      else {
        const says = `${Who(seen, stream.from)} sends ${codec}, which the other end has not named.`;
        breaks(found, says, first);
      }
    }
  }
}

/** Whether one of the formats of the line is of that encoding. */
function names(line: MediaDescription, codec: string): boolean {
  const wanted = codec.toUpperCase();
  return line.formats.some((format) => encodingOf(line, format)?.name.toUpperCase() === wanted);
}

/** Whether what a party hears depends on more than its descriptions: then nothing is judged. */
function filtersSources(seen: Observation): boolean {
  return (seen.header.switches['SW-A-SOURCE-FILTER'] ?? 'none') !== 'none';
}

function readyAtOnce(seen: Observation, found: Findings): void {
  if (filtersSources(seen)) return;
  for (const { dialog, bodies } of sessionNegotiations(seen)) {
    const hearings = hearingsOf(seen, dialog.node, 'audio');
    const [from, ended] = confirmedIn(dialog);
    // A 481 to a request of this end is the end of the dialog as well (RFC 3261 §12.2.1.2).
    const until = Math.min(ended, endOf(dialog)?.at ?? ended, leftAt(seen, dialog.node));
    if (hearings.length === 0 || from === null) continue;
    for (const { to, medium, changes } of seen.streams) {
      if (to !== dialog.node || medium !== 'audio') continue;
      for (const [index, change] of changes.entries()) {
        const { received, packet } = change;
        // What is played comes out of a buffer; whether it does shows a little later.
        const at = (received?.at ?? 0) + seen.timers.T1;
        const next = changes[index + 1]?.received?.at ?? Number.MAX_SAFE_INTEGER;
        if (received === null || packet.sources.length === 0 || received.at < from) continue;
        if (at >= Math.min(next, until, seen.endedAt)) continue;
        if (!isOpenAt(bodies, packet.to, received.at, at)) continue;
        const heard = heardAt(hearings, at)?.sources ?? [];
        const missing = packet.sources.find(
          ({ source, gainPercent }) =>
            gainPercent > 0 && !heard.some((one) => one.source === source),
        );
        if (missing === undefined) holds(found, change);
        else {
          const { source } = missing;
          const says = `${Who(seen, to)} does not play ${source}, though its SDP invites it.`;
          breaks(found, says, change);
        }
      }
    }
  }
}

/** When the user of a terminal hung up, or would have, had the ACK come. */
function leftAt({ acts }: Observation, of: Negotiation['dialog']['node']): number {
  const gone = acts.find(
    ({ node, action }) => node === of && (action.kind === 'hang up' || action.kind === 'cancel'),
  );
  return gone?.at ?? Number.MAX_SAFE_INTEGER;
}

/** Whether the last description this end had sent invites media to that place, throughout. */
function isOpenAt(
  bodies: Negotiation['bodies'],
  place: Place,
  from: number,
  until: number,
): boolean {
  let last: SessionDescription | null = null;
  for (const { event, description, role } of bodies) {
    if (event.way !== 'sent' || (role !== 'offer' && role !== 'answer')) continue;
    if (event.at > from && event.at <= until) return false;
    if (event.at <= from) last = description;
  }
  if (last === null) return false;
  const description = last;
  return description.media.some(
    (line) => receivesAt(line, description, place) && mayReceive(line, description),
  );
}

function oldPlaceStaysOpen(seen: Observation, found: Findings): void {
  if (filtersSources(seen)) return;
  for (const { dialog, bodies, exchanges } of sessionNegotiations(seen)) {
    const { node } = dialog;
    if (hearingsOf(seen, node, 'audio').length === 0) continue;
    const end = endOf(dialog)?.at ?? Infinity;
    const sent = bodies.filter(({ event }) => event.way === 'sent');
    for (let index = 1; index < sent.length; index += 1) {
      const [before, next] = [sent[index - 1], sent[index]];
      if (before === undefined || next === undefined || next.role !== 'offer') continue;
      if (next.event.at >= end) continue;
      const moves = placesLeft(before.description, next.description);
      for (const { was } of moves) judgeOldPlace(seen, found, node, was, next.event);
      const agreed = exchanges.find(({ offered }) => offered === next.description)?.answer ?? null;
      if (agreed === null || agreed.event.at >= end) continue;
      // The answer ends nothing either: what counts is that media arrive at the new place.
      for (const { was, now } of moves) {
        const there = arriving(seen, node, 'audio', agreed.event.at);
        if (there.some(({ packet }) => samePlace(now, packet.to))) continue;
        judgeOldPlace(seen, found, node, was, agreed.event);
      }
    }
  }
}

/** Whether what arrives at a place that was left is heard there still at that event. */
function judgeOldPlace(
  seen: Observation,
  found: Findings,
  node: NodeId,
  left: Place,
  event: DialogEvent,
): void {
  const hearings = hearingsOf(seen, node, 'audio');
  const heardBy = (at: number) => heardAt(hearings, at)?.sources.map(({ source }) => source) ?? [];
  const [earlier, heard] = [heardBy(event.at - 1), heardBy(event.at)];
  for (const change of arriving(seen, node, 'audio', event.at)) {
    if (!samePlace(left, change.packet.to)) continue;
    // Who was not listening before, has not stopped.
    if (!change.packet.sources.some(({ source }) => earlier.includes(source))) continue;
    const plays = change.packet.sources.every(({ source }) => heard.includes(source));
    if (plays) holds(found, event, change);
    else {
      const says =
        `${Who(seen, node)} stopped listening at ${left.address}:${left.port} ` +
        `before media arrived at another place.`;
      breaks(found, says, event, change);
    }
  }
}

/** The places of lines that the next description puts elsewhere. */
function placesLeft(before: SessionDescription, next: SessionDescription) {
  return before.media.flatMap((line, index) => {
    const is = next.media[index];
    const [was, now] = [placeIn(line, before), is === undefined ? null : placeIn(is, next)];
    return was !== null && now !== null && !samePlace(was, now) ? [{ was, now }] : [];
  });
}

function movesAtOnce(seen: Observation, found: Findings): void {
  for (const negotiation of sessionNegotiations(seen)) {
    const { node } = negotiation.dialog;
    const own = seen.streams.filter(({ from }) => from === node);
    if (own.length === 0) continue;
    const agreements = agreementsOf(negotiation);
    for (let index = 1; index < agreements.length; index += 1) {
      const [before, next] = [agreements[index - 1], agreements[index]];
      if (before === undefined || next === undefined) continue;
      for (const [place, line] of next.remote.media.entries()) {
        const was = before.remote.media[place];
        const mine = next.local.media[place];
        if (was === undefined || mine === undefined || !isOn(mine)) continue;
        if (!maySend(mine, next.local) || !mayReceive(line, next.remote)) continue;
        const [old, fresh] = [placeIn(was, before.remote), placeIn(line, next.remote)];
        if (old === null || fresh === null || samePlace(old, fresh)) continue;
        const running = own.find(
          (stream) =>
            samePlace(stream.changes[0]?.packet.to ?? null, old) &&
            carriedAt(stream, next.from - 1).length > 0,
        );
        const by = next.from + seen.timers.T1;
        if (running === undefined || by > Math.min(next.until, seen.endedAt)) continue;
        judgeMove(seen, found, own, fresh, by, next);
      }
    }
  }
}

function judgeMove(
  seen: Observation,
  found: Findings,
  own: readonly SeenStream[],
  fresh: Place,
  by: number,
  { exchange }: Agreement,
): void {
  const moved = own.find(({ changes }) =>
    changes.some(({ packet, at }) => {
      return samePlace(packet.to, fresh) && packet.sources.length > 0 && at <= by;
    }),
  );
  const answer = exchange.answer?.event ?? null;
  if (moved !== undefined) holds(found, answer, moved.changes[0] ?? null);
  else {
    const sender = who(seen, own[0]?.from ?? exchange.offer.message.from);
    const says =
      `By ${ms(by)} ${sender} sent nothing to ` +
      `${fresh.address}:${fresh.port}, where its media are to go now.`;
    breaks(found, says, answer);
  }
}

function answerBeforeMedia(seen: Observation, found: Findings): void {
  for (const { dialog, exchanges } of sessionNegotiations(seen)) {
    const [first] = exchanges;
    if (dialog.caller || first === undefined || first.by !== 'peer') continue;
    // Of several early dialogs of one INVITE the media belong to the one that was answered first.
    const { transaction } = first.offer.message;
    if (first.answer === null && hasReliableAnswer(transaction)) continue;
    const { packet: invite } = first.offer.message;
    if (!headerTokens(invite, 'Supported').includes('100rel')) continue;
    const answered = first.answer?.event ?? null;
    const reliable = answered !== null && isReliable(answered.message.packet);
    const senders = sendersFor(seen, dialog.node);
    for (const stream of seen.streams) {
      const [change] = stream.changes;
      if (change === undefined || !senders.has(stream.from)) continue;
      const wanted = first.offered.media.some((line) =>
        receivesAt(line, first.offered, change.packet.to),
      );
      if (!wanted) continue;
      if (reliable && change.at >= answered.at) holds(found, answered, change);
      else {
        const says =
          `${Who(seen, stream.from)} sends media before ` +
          `${who(seen, dialog.node)} has answered reliably.`;
        breaks(found, says, answered, change);
      }
    }
  }
}

function hasReliableAnswer({ responses }: SeenTransaction): boolean {
  return responses.some(({ packet }) => isReliable(packet) && packet.bodies.length > 0);
}

function isReliable(packet: Parameters<typeof reliableSequence>[0]): boolean {
  if (packet.kind !== 'response') return false;
  return packet.status >= 200 || reliableSequence(packet) !== null;
}
