import { micros, type Micros } from '../base/micros.ts';
import type { Ratio } from '../base/ratio.ts';
import type { Chooser } from '../kernel/chooser.ts';
import type { Packet, Span } from '../kernel/node.ts';
import type { DropReason } from '../kernel/trace-record.ts';

/** What a link does with one packet: a value, stored in the trace and drawn in the ladder. */
export type Verdict =
  | { readonly kind: 'deliver'; readonly after: Micros }
  | { readonly kind: 'deliver twice'; readonly after: Micros; readonly againAfter: Micros }
  | { readonly kind: 'drop'; readonly after: Micros; readonly why: DropReason };

/** One direction of a link. */
export interface LinkModel {
  /** Hash of its name and direction: its site for the chooser. */
  readonly site: number;
  readonly latency: Span;
  readonly loss: Ratio;
  readonly duplicate: Ratio;
  readonly mayReorder: boolean;
  /** The verdict where nothing is left to chance; otherwise null. */
  readonly usual: Verdict | null;
}

/** What a link remembers of its past. */
export interface LinkState {
  lastArrival: Micros;
}

/** Takes latencies in µs, `least ≤ most`. */
export function linkModel(model: Omit<LinkModel, 'usual'>): LinkModel {
  const { least, most } = model.latency;
  const certain = least === most && model.loss.numerator === 0 && model.duplicate.numerator === 0;
  return { ...model, usual: certain ? { kind: 'deliver', after: least } : null };
}

/**
 * Decides about one packet. Only SIP goes by datagram: commands keep their order as on TCP, and
 * RTP stands for a stream, whose changes are neither lost nor doubled either.
 */
export function decideVerdict(
  model: LinkModel,
  state: LinkState,
  packet: Packet,
  now: Micros,
  chooser: Chooser,
): Verdict {
  if (model.usual !== null) return model.usual;
  const { least, most } = model.latency;
  const drawn = chooser.between('link latency', model.site, least, most);
  const stream = packet.protocol === 'RTP';
  if (!stream && chooser.chance('link loss', model.site, model.loss)) {
    return { kind: 'drop', after: micros(drawn), why: 'loss' };
  }
  const inOrder = packet.protocol !== 'SIP' || !model.mayReorder;
  const after = micros(inOrder ? Math.max(drawn, state.lastArrival - now) : drawn);
  if (inOrder) state.lastArrival = micros(now + after);
  if (stream || !chooser.chance('link duplicate', model.site, model.duplicate)) {
    return { kind: 'deliver', after };
  }
  const again = after + chooser.between('link latency', model.site, 0, most - least);
  return { kind: 'deliver twice', after, againAfter: micros(again) };
}
