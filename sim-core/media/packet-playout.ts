import { milliseconds, micros, type Micros } from '../base/micros.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import { emptyBuffer, type JitterBuffer } from './jitter-buffer.ts';
import type { MediaPacket } from './media-packet.ts';
import { takeNote } from './media-session.ts';
import type { RtpPacket } from './rtp-packet.ts';

/** Where a terminal is in one stream that comes packet by packet. */
export interface Playout {
  /** The stream's name. */
  readonly stream: string;
  ssrc: number;
  /** When the packet with which timestamp has its turn. */
  base: Micros;
  baseTimestamp: number;
  lastTimestamp: number;
  /** What is to be heard and when, in order; each is one packet. */
  readonly turns: Turn[];
  /** The stream has ended, and another has its port: what is still on its way is not heard. */
  closed: boolean;
}

interface Turn {
  readonly from: Micros;
  readonly to: Micros;
  readonly packet: MediaPacket;
}

const timerName = 'own playout ';
/** Spec §5.5: a longer jump of the timestamp fills the buffer anew. */
const longestJump = milliseconds(1_000);
/** Ticks are no whole microseconds: turns so near follow on each other. */
const rounding = 100;

/**
 * A packet arrives and has its turn: the first after silence waits for the whole buffer, each
 * other keeps its distance to it. One that comes after its turn is not heard, and where one is
 * missing there is silence as long as it.
 */
export function takePacket(
  buffer: JitterBuffer,
  packet: RtpPacket,
  now: Micros,
  out: Outbox,
): void {
  const { stream } = packet;
  const playout = playoutOf(buffer, packet, now, out);
  // Without a buffer nothing has a turn: what comes is heard when it comes.
  const from = buffer.length === 0 ? now : turnOf(playout, packet);
  if (playout.closed || from < now) return;
  const { turns } = playout;
  let place = turns.length;
  while (place > 0 && turns[place - 1]!.from > from) place -= 1;
  turns.splice(place, 0, { from, to: micros(from + stream.packetTime), packet: stream });
  settle(buffer, playout, now, out);
}

/** Goes on to the next turn, or to silence; says whether the timer was one of these. */
export function nextTurn(buffer: JitterBuffer, timer: TimerKey, out: Outbox): boolean {
  if (!timer.startsWith(timerName)) return false;
  const stream = timer.slice(timerName.length);
  const playout = buffer.playouts.find((one) => one.stream === stream);
  if (playout !== undefined) settle(buffer, playout, out.now(), out);
  return true;
}

/** Lets be heard whose turn it is, and comes back when that changes. */
function settle(buffer: JitterBuffer, playout: Playout, now: Micros, out: Outbox): void {
  const { turns, stream } = playout;
  const { playing } = buffer;
  while (turns.length > 0 && turns[0]!.to <= now) turns.shift();
  const [first] = turns;
  const heard = playing.find((one) => one.stream === stream);
  if (first === undefined || first.from > now + rounding) {
    if (heard !== undefined) takeNote(playing, { ...heard, sources: [] });
    if (first !== undefined) out.startTimer(timerName + stream, micros(first.from - now));
    return;
  }
  if (heard !== first.packet) takeNote(playing, first.packet);
  let { to } = first;
  for (const next of turns) {
    if (next.packet !== first.packet || next.from > to + rounding) break;
    to = next.to;
  }
  out.startTimer(timerName + stream, micros(to - now));
}

/** The stream's playout, begun or begun anew where the packet asks for it. */
function playoutOf(buffer: JitterBuffer, packet: RtpPacket, now: Micros, out: Outbox): Playout {
  const { stream, timestamp } = packet;
  const { ssrc } = stream;
  const base = micros(now + buffer.length);
  const known = buffer.playouts.find((one) => one.stream === stream.stream);
  if (known === undefined) {
    const turn = { base, baseTimestamp: timestamp, lastTimestamp: timestamp, turns: [] };
    const fresh = { stream: stream.stream, ssrc, ...turn, closed: false };
    buffer.playouts.push(fresh);
    return fresh;
  }
  const isOther = known.ssrc !== ssrc;
  if (isOther) emptyBuffer(buffer, stream.stream, out);
  if (isOther || beginsAnew(known, packet)) {
    known.ssrc = ssrc;
    known.base = base;
    known.baseTimestamp = timestamp;
  }
  known.lastTimestamp = timestamp;
  return known;
}

/** RFC 3551 §4.1: the marker says that there was silence before this packet of sound. */
function beginsAnew({ lastTimestamp }: Playout, { marker, timestamp, stream }: RtpPacket): boolean {
  if (marker && stream.medium === 'audio') return true;
  const ticks = Math.abs((timestamp - lastTimestamp) | 0);
  return ticks * 1_000_000 > longestJump * stream.clockRate;
}

function turnOf({ base, baseTimestamp }: Playout, { timestamp, stream }: RtpPacket): Micros {
  const ticks = (timestamp - baseTimestamp) | 0;
  return micros(base + Math.floor((ticks * 1_000_000) / stream.clockRate));
}
