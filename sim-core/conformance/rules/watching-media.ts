import { once } from '../../base/worked-out.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { addressOf, directionOf, isOn } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import type { Observation, SeenHearing, SeenStream, StreamChange } from './observation.ts';

/** How rules read streams and what parties hear; nothing here judges. */

export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Where a line's party receives, or null where it names no address or is switched off. */
export function placeIn(line: MediaDescription, of: SessionDescription): Place | null {
  const address = addressOf(line, of);
  return address === null || !isOn(line) ? null : { address, port: line.port };
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a.address === b.address && a.port === b.port;
}

/** Whether the line's party receives there; its port, which is quickly read, tells it mostly. */
export function receivesAt(
  line: MediaDescription,
  of: SessionDescription,
  place: Place | null,
): boolean {
  return place !== null && line.port === place.port && samePlace(placeIn(line, of), place);
}

export function mayReceive(line: MediaDescription, of: SessionDescription): boolean {
  const direction = directionOf(line, of);
  return direction === 'sendrecv' || direction === 'recvonly';
}

export function maySend(line: MediaDescription, of: SessionDescription): boolean {
  const direction = directionOf(line, of);
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** Who sends media for an end of a dialog: itself, or for a CMR Server its Resource Server. */
export function sendersFor({ nodes }: Observation, node: NodeId): ReadonlySet<NodeId> {
  const senders = new Set([node]);
  if (nodes.get(node)?.role !== 'cmr-server') return senders;
  for (const { id, role } of nodes.values()) if (role === 'cmr-resource-server') senders.add(id);
  return senders;
}

/** What the stream carried from its last change up to that instant on; empty where nothing. */
export function carriedAt({ changes }: SeenStream, at: number): readonly HeardSource[] {
  return lastBefore(changes, at)?.packet.sources ?? [];
}

function lastBefore(changes: readonly StreamChange[], at: number): StreamChange | null {
  let last: StreamChange | null = null;
  for (const change of changes) {
    if (change.at > at) break;
    last = change;
  }
  return last;
}

/** What arrived last by that instant, or null before anything did. */
export function arrivedBy({ changes }: SeenStream, at: number): StreamChange | null {
  let last: StreamChange | null = null;
  for (const change of changes) {
    if (change.received !== null && change.received.at <= at) last = change;
  }
  return last;
}

/** The streams that carry something to the node at that instant, as it has them. */
export function arriving(
  seen: Observation,
  node: NodeId,
  medium: Medium,
  at: number,
): StreamChange[] {
  const there: StreamChange[] = [];
  for (const stream of seen.streams) {
    if (stream.to !== node || stream.medium !== medium) continue;
    const last = arrivedBy(stream, at);
    if (last !== null && last.packet.sources.length > 0) there.push(last);
  }
  return there;
}

/** What each party heard or saw, change by change. */
const timelines = /* @__PURE__ */ once(({ hearings }: Observation) => {
  const all = new Map<string, SeenHearing[]>();
  for (const one of hearings) {
    const key = `${one.node} ${one.medium}`;
    const known = all.get(key);
    if (known === undefined) all.set(key, [one]);
    else known.push(one);
  }
  return all;
});

/** What one party heard, or saw. */
export function hearingsOf(
  seen: Observation,
  node: NodeId,
  medium: Medium,
): readonly SeenHearing[] {
  return timelines(seen).get(`${node} ${medium}`) ?? [];
}

/** What a party heard from that instant on, until something changed. */
export function heardAt(hearings: readonly SeenHearing[], at: number): SeenHearing | null {
  let last: SeenHearing | null = null;
  for (const one of hearings) {
    if (one.at > at) break;
    last = one;
  }
  return last;
}

/** Tones a terminal makes by itself. */
export function isLocalTone({ source }: HeardSource): boolean {
  return source === 'ringback tone' || source === 'ring tone';
}

/** Whether a stream is addressed to a line of the description on which its party may receive. */
export function isInvited(
  description: SessionDescription,
  { packet }: StreamChange,
): MediaDescription | null {
  for (const line of description.media) {
    if (line.media === packet.medium && receivesAt(line, description, packet.to)) return line;
  }
  return null;
}
