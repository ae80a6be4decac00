import type { Micros } from '../base/micros.ts';
import type { Outbox, TimerKey } from '../kernel/node.ts';
import type { MediaPacket } from './media-packet.ts';
import { receiveMedia, takeNote, type MediaSession } from './media-session.ts';
import type { Playout } from './packet-playout.ts';

/**
 * What lies between arriving and being heard at a terminal. Every stream is held for as long as
 * the buffer is, so that packets that come late by less still come in time (spec §5.5).
 */
export interface JitterBuffer {
  /** In µs; 0: what arrives is heard at once. */
  readonly length: Micros;
  /** Changes of streams that have arrived and are not heard yet. */
  readonly waiting: { readonly timer: TimerKey; readonly packet: MediaPacket }[];
  /** What comes out of the buffer now. */
  readonly playing: MediaPacket[];
  nextTimer: number;
  /** Whether packets come, one by one, or the beginnings and ends of streams only. */
  readonly packets: boolean;
  readonly playouts: Playout[];
}

export function newJitterBuffer(length: Micros, packets = false): JitterBuffer {
  return { length, waiting: [], playing: [], nextTimer: 1, packets, playouts: [] };
}

const timerName = 'own jitter buffer ';

/**
 * A stream begins, changes or ends at this terminal. A source it did not have before (another
 * SSRC) fills the buffer anew; one that ends is heard out, unless another has taken its port: then
 * the buffer has begun again with that.
 */
export function bufferMedia(
  session: MediaSession,
  buffer: JitterBuffer,
  packet: MediaPacket,
  out: Outbox,
): void {
  const before = session.arriving.find((one) => one.stream === packet.stream);
  receiveMedia(session, packet);
  if (buffer.length === 0 && !buffer.packets) return;
  const ends = packet.sources.length === 0;
  const replaced = ends && session.arriving.some((one) => hasSamePort(one, packet));
  const restarts = !ends && before !== undefined && before.ssrc !== packet.ssrc;
  if (replaced || restarts) emptyBuffer(buffer, packet.stream, out);
  const playout = buffer.playouts.find((one) => one.stream === packet.stream);
  if (playout !== undefined) playout.closed = replaced;
  // Where packets come, they say what is heard.
  if (replaced || buffer.packets) return;
  const timer = `${timerName}${buffer.nextTimer}`;
  buffer.nextTimer += 1;
  buffer.waiting.push({ timer, packet });
  out.startTimer(timer, buffer.length);
}

/** Lets out what has waited long enough; says whether the timer was the buffer's. */
export function playOut(buffer: JitterBuffer, timer: TimerKey): boolean {
  if (!timer.startsWith(timerName)) return false;
  const place = buffer.waiting.findIndex((one) => one.timer === timer);
  const due = buffer.waiting[place];
  if (due !== undefined) {
    buffer.waiting.splice(place, 1);
    takeNote(buffer.playing, due.packet);
  }
  return true;
}

/** The streams that can be heard now. */
export function audibleStreams(
  { arriving }: MediaSession,
  { length, packets, playing }: JitterBuffer,
): readonly MediaPacket[] {
  return length === 0 && !packets ? arriving : playing;
}

/** Throws away what is left of a stream. */
export function emptyBuffer(buffer: JitterBuffer, stream: string, out: Outbox): void {
  const { waiting, playing } = buffer;
  for (let place = waiting.length - 1; place >= 0; place -= 1) {
    const one = waiting[place];
    if (one?.packet.stream !== stream) continue;
    waiting.splice(place, 1);
    out.stopTimer(one.timer);
  }
  const heard = playing.findIndex((one) => one.stream === stream);
  if (heard >= 0) playing.splice(heard, 1);
  buffer.playouts.find((one) => one.stream === stream)?.turns.splice(0);
}

function hasSamePort({ to }: MediaPacket, other: MediaPacket): boolean {
  return to.port === other.to.port && to.address === other.to.address;
}
