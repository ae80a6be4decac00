import { check } from '../base/check.ts';
import { hashNumber } from '../base/hash.ts';
import { milliseconds, type Micros } from '../base/micros.ts';
import type { NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import type { MediaPacket } from './media-packet.ts';
import { payloadLengthOf, ticksOf } from './rtp-format.ts';
import type { RtcpPacket, RtpPacket } from './rtp-packet.ts';

/**
 * The packets of the streams a node sends, as plain state: one every packet time, the first at
 * once. What is merely forwarded has no pace of its own: its packets go on as they come.
 */
export interface PacketFlows {
  /** When the node was last lent its state. */
  now: Micros;
  readonly flows: PacketFlow[];
  /** What was sent under each SSRC, by its number as text. */
  readonly counts: Record<string, SourceCount>;
}

interface PacketFlow {
  stream: MediaPacket;
  readonly to: NodeId;
  readonly forwarded: boolean;
  /** When its first packet left. */
  readonly since: Micros;
  timestamp: number;
  marker: boolean;
}

interface SourceCount {
  sequence: number;
  packets: number;
  octets: number;
}

const flowTimer = 'own RTP ';
const reportTimer = 'own RTCP';
/** RFC 3550 §6.2 and §6.3.1: 5 s, the first half of it; drawn from half to three halves. */
const reportLeast = milliseconds(2_500);
const reportMost = milliseconds(7_500);
const firstReportLeast = milliseconds(1_250);
const firstReportMost = milliseconds(3_750);

export function newPacketFlows(now: Micros): PacketFlows {
  return { now, flows: [], counts: {} };
}

/** A stream of this node begins, changes or ends, and its packets with it. */
export function followStream(
  sending: PacketFlows,
  stream: MediaPacket,
  to: NodeId,
  forwarded: boolean,
  out: Outbox,
): void {
  const { flows } = sending;
  const place = flows.findIndex((flow) => flow.stream.stream === stream.stream);
  const running = flows[place];
  if (
    running !== undefined &&
    stream.sources.length > 0 &&
    isSameFlow(running, stream, forwarded)
  ) {
    running.stream = stream;
    return;
  }
  if (running !== undefined) {
    flows.splice(place, 1);
    if (!running.forwarded) out.stopTimer(flowTimer + stream.stream);
  }
  if (stream.sources.length === 0) {
    if (flows.length === 0) out.stopTimer(reportTimer);
    return;
  }
  if (flows.length === 0) out.startTimer(reportTimer, firstReportLeast, firstReportMost);
  const timestamp = timestampAt(stream, sending.now);
  const flow = { stream, to, forwarded, since: sending.now, timestamp, marker: true };
  flows.push(flow);
  if (!forwarded) sendNext(sending, flow, out);
}

function isSameFlow(flow: PacketFlow, stream: MediaPacket, forwarded: boolean): boolean {
  return flow.stream.ssrc === stream.ssrc && flow.forwarded === forwarded;
}

/** Sends what is due; says whether the timer was one of these. */
export function sendDue(sending: PacketFlows, timer: TimerKey, out: Outbox): boolean {
  if (timer === reportTimer) {
    for (const flow of sending.flows) {
      // What has only just begun waits for the next report.
      const isYoung = sending.now - flow.since < firstReportLeast;
      if (!flow.forwarded && !isYoung) report(sending, flow, out);
    }
    if (sending.flows.length > 0) out.startTimer(reportTimer, reportLeast, reportMost);
    return true;
  }
  if (!timer.startsWith(flowTimer)) return false;
  const stream = timer.slice(flowTimer.length);
  const flow = sending.flows.find((one) => one.stream.stream === stream);
  if (flow !== undefined) sendNext(sending, flow, out);
  return true;
}

/** A translator's part: the packet goes on as it is, on the stream that forwards its source. */
export function forwardPacket({ flows }: PacketFlows, packet: RtpPacket, out: Outbox): void {
  for (const { stream, to, forwarded } of flows) {
    if (!forwarded || stream.ssrc !== packet.stream.ssrc) continue;
    out.send(Object.freeze({ ...packet, stream }), to);
  }
}

function sendNext(sending: PacketFlows, flow: PacketFlow, out: Outbox): void {
  const { stream, to, timestamp, marker } = flow;
  const count = countOf(sending, stream.ssrc);
  const packet: RtpPacket = {
    protocol: 'RTP packet',
    label: stream.medium === 'audio' ? 'audio packet' : 'video packet',
    stream,
    sequence: count.sequence,
    timestamp,
    marker,
  };
  out.send(Object.freeze(packet), to);
  count.sequence = (count.sequence + 1) & 0xffff;
  count.packets += 1;
  count.octets += payloadLengthOf(stream);
  flow.timestamp = (timestamp + ticksOf(stream, stream.packetTime)) >>> 0;
  // A picture's last packet is marked (RFC 6184 §5.1), and here every one is; of sound the first.
  flow.marker = stream.medium === 'video';
  out.startTimer(flowTimer + stream.stream, stream.packetTime);
}

function report(sending: PacketFlows, { stream, to }: PacketFlow, out: Outbox): void {
  const { packets, octets } = countOf(sending, stream.ssrc);
  const packet: RtcpPacket = {
    protocol: 'RTCP',
    label: 'RTCP',
    from: { ...stream.from, port: stream.from.port + 1 },
    to: { ...stream.to, port: stream.to.port + 1 },
    ssrc: stream.ssrc,
    at: sending.now,
    timestamp: timestampAt(stream, sending.now),
    packets,
    octets,
  };
  out.send(Object.freeze(packet), to);
}

/**
 * The next number of a packet under that SSRC. Where streams travel as their changes only, nothing
 * is counted, and the packets of a key are numbered among themselves.
 */
export function takeSequence(packets: PacketFlows | null, ssrc: number, place: number): number {
  if (packets === null) return (hashNumber(ssrc, 1) + place) & 0xffff;
  const count = countOf(packets, ssrc);
  const taken = count.sequence;
  count.sequence = (taken + 1) & 0xffff;
  return taken;
}

/** RFC 3550 §5.1 wants both to begin anywhere; here the SSRC says where. */
function countOf({ counts }: PacketFlows, ssrc: number): SourceCount {
  const known = counts[ssrc];
  if (known !== undefined) return known;
  counts[ssrc] = { sequence: hashNumber(ssrc, 1) & 0xffff, packets: 0, octets: 0 };
  const fresh = counts[ssrc];
  check(fresh !== undefined, 'a count that was just made');
  return fresh;
}

function timestampAt(stream: MediaPacket, at: Micros): number {
  return (hashNumber(stream.ssrc, 2) + ticksOf(stream, at)) >>> 0;
}
