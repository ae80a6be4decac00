import { zeroMicros } from '../base/micros.ts';
import type { NodeId, Outbox } from '../kernel/node.ts';
import type { HeardSource, Medium } from '../kernel/trace-record.ts';
import { sameRegion } from './picture-region.ts';
import { addressOf, directionOf, encodingOf, isOn } from '../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../sdp/session-description.ts';
import { ssrcOf, type MediaAddress, type MediaPacket, type RtpSource } from './media-packet.ts';
import { followStream, newPacketFlows, type PacketFlows } from './packet-flow.ts';
import { rtpFormatOf } from './rtp-format.ts';

/** The streams a party sends and those that reach it, as plain state. */
export interface MediaSession {
  readonly sending: MediaPacket[];
  readonly arriving: MediaPacket[];
  /** The packets of what it sends; null where streams travel as their changes only. */
  readonly packets: PacketFlows | null;
}

/** A stream a party means to send from now on. */
export interface WantedStream extends RtpSource {
  readonly medium: Medium;
  readonly codec: string;
  readonly from: MediaAddress;
  readonly to: MediaAddress;
  readonly sources: readonly HeardSource[];
}

/** Which node has an IP address; an address nobody has swallows what is sent to it. */
export type AddressBook = Readonly<Record<string, NodeId>>;

/** Takes whether streams travel packet by packet too. */
export function newMediaSession(packets: boolean): MediaSession {
  return { sending: [], arriving: [], packets: packets ? newPacketFlows(zeroMicros) : null };
}

const nobody: readonly number[] = Object.freeze([]);

/**
 * The streams that an agreed pair of descriptions lets this end send: lines switched on at both
 * ends whose directions allow it (RFC 3264 §6.1), with the other end's first format, and with this
 * end itself as the source.
 */
export function streamsBetween(
  local: SessionDescription,
  remote: SessionDescription,
  sources: readonly HeardSource[],
): WantedStream[] {
  const wanted: WantedStream[] = [];
  for (let index = 0; index < local.media.length; index += 1) {
    const mine = local.media[index]!;
    const theirs = remote.media[index];
    if (theirs === undefined || !isOn(mine) || !isOn(theirs)) continue;
    if (!sends(mine, local) || !receives(theirs, remote)) continue;
    const from = endOf(mine, local);
    const to = endOf(theirs, remote);
    const medium = mediumOf(mine);
    if (from === null || to === null || medium === null) continue;
    const source = { ssrc: ssrcOf(from), csrc: nobody, ...rtpFormatOf(theirs, medium) };
    wanted.push({ medium, codec: codecOf(theirs), from, to, sources, ...source });
  }
  return wanted;
}

/**
 * Starts, changes and ends streams until exactly the wanted ones are being sent. What begins is
 * said before what ends, so that a listener whose stream is replaced hears no silence between.
 */
export function adjustSending(
  session: MediaSession,
  wanted: readonly WantedStream[],
  addresses: AddressBook,
  out: Outbox,
): void {
  const { sending } = session;
  for (const one of wanted) {
    const place = sending.findIndex((running) => isSameStream(running, one));
    const running = sending[place];
    if (running !== undefined && carriesTheSame(running, one)) continue;
    const packet = mediaPacket(one);
    if (place < 0) sending.push(packet);
    else sending[place] = packet;
    transmit(session, packet, addresses, out);
  }
  for (let index = sending.length - 1; index >= 0; index -= 1) {
    const running = sending[index]!;
    if (wanted.some((one) => isSameStream(running, one))) continue;
    sending.splice(index, 1);
    transmit(session, { ...running, sources: [] }, addresses, out);
  }
}

/** Takes note of a stream that begins, changes or ends at this end. */
export function receiveMedia({ arriving }: MediaSession, packet: MediaPacket): void {
  takeNote(arriving, packet);
}

/** Brings a list of running streams up to date with one that begins, changes or ends. */
export function takeNote(streams: MediaPacket[], packet: MediaPacket): void {
  const place = streams.findIndex((one) => one.stream === packet.stream);
  if (packet.sources.length === 0) {
    if (place >= 0) streams.splice(place, 1);
  } else if (place < 0) streams.push(packet);
  else streams[place] = packet;
}

export function mediumOf(media: MediaDescription): Medium | null {
  return media.media === 'audio' || media.media === 'video' ? media.media : null;
}

/** Whether a line's own direction lets its party send. */
export function sends(media: MediaDescription, of: SessionDescription): boolean {
  const direction = directionOf(media, of);
  return direction === 'sendrecv' || direction === 'sendonly';
}

export function receives(media: MediaDescription, of: SessionDescription): boolean {
  const direction = directionOf(media, of);
  return direction === 'sendrecv' || direction === 'recvonly';
}

export function sameSources(a: readonly HeardSource[], b: readonly HeardSource[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, index) => {
    const other = b[index];
    if (other?.source !== one.source || other.gainPercent !== one.gainPercent) return false;
    return sameRegion(one.region, other.region);
  });
}

/** Where a line's party receives, or null where it names no address. */
export function endOf(media: MediaDescription, of: SessionDescription): MediaAddress | null {
  const address = addressOf(media, of);
  return address === null ? null : { address, port: media.port };
}

/** Encoding name of the first format: `'AMR-WB'`. */
export function codecOf(media: MediaDescription): string {
  const [first] = media.formats;
  return (first === undefined ? null : encodingOf(media, first)?.name) ?? 'unknown';
}

function carriesTheSame(running: MediaPacket, wanted: WantedStream): boolean {
  if (running.ssrc !== wanted.ssrc || running.csrc.length !== wanted.csrc.length) return false;
  if (!running.csrc.every((ssrc, index) => ssrc === wanted.csrc[index])) return false;
  return sameSources(running.sources, wanted.sources);
}

function mediaPacket(wanted: WantedStream): MediaPacket {
  const { medium, from, to } = wanted;
  const stream = `${from.address}:${from.port} to ${to.address}:${to.port}`;
  return Object.freeze({ ...wanted, protocol: 'RTP', label: medium, stream });
}

function isSameStream(running: MediaPacket, wanted: WantedStream): boolean {
  const { from, to, codec } = running;
  if (codec !== wanted.codec || from.port !== wanted.from.port || to.port !== wanted.to.port) {
    return false;
  }
  return from.address === wanted.from.address && to.address === wanted.to.address;
}

function transmit(
  { arriving, packets }: MediaSession,
  packet: MediaPacket,
  addresses: AddressBook,
  out: Outbox,
): void {
  const node = addresses[packet.to.address];
  if (node === undefined) return;
  const frozen = Object.isFrozen(packet) ? packet : Object.freeze(packet);
  out.send(frozen, node);
  if (packets === null) return;
  // What has its source elsewhere goes on at that source's pace.
  const isForwarded = arriving.some(({ ssrc }) => ssrc === packet.ssrc);
  followStream(packets, frozen, node, isForwarded, out);
}
