import { micros, zeroMicros, type Micros } from '../base/micros.ts';
import type { Ratio } from '../base/ratio.ts';
import type { Chooser } from '../kernel/chooser.ts';
import type { Packet, Span } from '../kernel/node.ts';
import type { DropReason } from '../kernel/trace-record.ts';

/** What a link does with one packet: a value, stored in the trace and drawn in the ladder. */
export type Verdict =
  | { readonly kind: 'deliver'; readonly after: Micros }
  | { readonly kind: 'deliver twice'; readonly after: Micros; readonly againAfter: Micros }
  | { readonly kind: 'drop'; readonly after: Micros; readonly why: DropReason };

/**
 * Loss that comes in bursts (Gilbert and Elliott): before each datagram the link may turn from
 * good to bad or back, and how likely it loses the datagram depends on which it is.
 */
export interface BurstLoss {
  readonly toBad: Ratio;
  readonly toGood: Ratio;
  readonly whenBad: Ratio;
  readonly whenGood: Ratio;
}

/** A link that takes time to put octets on the wire, and keeps only so many waiting. */
export interface Bandwidth {
  readonly bitsPerSecond: number;
  /** A datagram that would wait longer than this is not taken. */
  readonly queue: Micros;
  /** How long a datagram is on the wire. */
  readonly octetsOf: (packet: Packet) => number;
}

/** One direction of a link. */
export interface LinkModel {
  /** Hash of its name and direction: its site for the chooser. */
  readonly site: number;
  readonly latency: Span;
  readonly loss: Ratio;
  /** Instead of `loss`, where losses come in bursts. */
  readonly burst: BurstLoss | null;
  readonly bandwidth: Bandwidth | null;
  readonly duplicate: Ratio;
  readonly mayReorder: boolean;
  /** SIP goes over TCP here: it is neither lost, doubled nor overtaken. */
  readonly isStream: boolean;
  /** The verdict where nothing is left to chance and nothing waits; otherwise null. */
  readonly usual: Verdict | null;
}

/** What a link remembers of its past. */
export interface LinkState {
  lastArrival: Micros;
  /** When the last octet it has taken will be on the wire. */
  busyUntil: Micros;
  isBad: boolean;
}

export function newLinkState(): LinkState {
  return { lastArrival: zeroMicros, busyUntil: zeroMicros, isBad: false };
}

/** Takes latencies in µs, `least ≤ most`; no bursts and no bandwidth where none are given. */
export function linkModel(
  given: Omit<LinkModel, 'usual' | 'burst' | 'bandwidth' | 'isStream'> &
    Partial<Pick<LinkModel, 'burst' | 'bandwidth' | 'isStream'>>,
): LinkModel {
  const { site, latency, loss, duplicate, mayReorder } = given;
  const { burst = null, bandwidth = null, isStream = false } = given;
  const { least, most } = latency;
  const certain =
    least === most &&
    loss.numerator === 0 &&
    burst === null &&
    bandwidth === null &&
    duplicate.numerator === 0;
  const usual = certain ? ({ kind: 'deliver', after: least } as const) : null;
  // Field by field: every run of a sweep makes all its links, and spreading objects is slow.
  return { site, latency, loss, burst, bandwidth, duplicate, mayReorder, isStream, usual };
}

/**
 * Decides about one packet. Only SIP, where the link has no TCP, and packets of media go by
 * datagram: commands keep their order as on TCP, and RTP stands for a stream, whose changes are
 * neither lost nor doubled, nor kept waiting.
 */
export function decideVerdict(
  model: LinkModel,
  state: LinkState,
  packet: Packet,
  now: Micros,
  chooser: Chooser,
): Verdict {
  if (model.usual !== null) {
    if (packet.protocol === 'SIP' || state.lastArrival - now <= model.usual.after) {
      return model.usual;
    }
    return { kind: 'deliver', after: micros(state.lastArrival - now) };
  }
  const { least, most } = model.latency;
  const stream = packet.protocol === 'RTP';
  const onTheWire =
    model.bandwidth === null || stream ? 0 : onTheWireAfter(model.bandwidth, state, packet, now);
  if (onTheWire === null) return { kind: 'drop', after: zeroMicros, why: 'queue full' };
  const drawn = onTheWire + chooser.between('link latency', model.site, least, most);
  const isSafe = stream || (model.isStream && packet.protocol === 'SIP');
  if (!isSafe && isLost(model, state, chooser)) {
    return { kind: 'drop', after: micros(drawn), why: 'loss' };
  }
  const inOrder = isSafe || !isDatagram(packet) || !model.mayReorder;
  const after = micros(inOrder ? Math.max(drawn, state.lastArrival - now) : drawn);
  if (inOrder) state.lastArrival = micros(now + after);
  if (isSafe || !chooser.chance('link duplicate', model.site, model.duplicate)) {
    return { kind: 'deliver', after };
  }
  const again = after + chooser.between('link latency', model.site, 0, most - least);
  return { kind: 'deliver twice', after, againAfter: micros(again) };
}

/** µs until the last bit of it has left, behind all that waits; null where the queue is full. */
function onTheWireAfter(
  { bitsPerSecond, queue, octetsOf }: Bandwidth,
  state: LinkState,
  packet: Packet,
  now: Micros,
): number | null {
  const wait = Math.max(0, state.busyUntil - now);
  if (wait > queue) return null;
  const sending = Math.ceil((octetsOf(packet) * 8_000_000) / bitsPerSecond);
  state.busyUntil = micros(now + wait + sending);
  return wait + sending;
}

function isLost({ burst, loss, site }: LinkModel, state: LinkState, chooser: Chooser): boolean {
  if (burst === null) return chooser.chance('link loss', site, loss);
  const turns = chooser.chance('link state', site, state.isBad ? burst.toGood : burst.toBad);
  if (turns) state.isBad = !state.isBad;
  return chooser.chance('link loss', site, state.isBad ? burst.whenBad : burst.whenGood);
}

function isDatagram({ protocol }: Packet): boolean {
  return protocol === 'SIP' || protocol === 'RTP packet' || protocol === 'RTCP';
}
