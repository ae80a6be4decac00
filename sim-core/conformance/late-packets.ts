import { micros, printMilliseconds, type Micros } from '../base/micros.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isRtpPacket, type RtpPacket } from '../media/rtp-packet.ts';
import { spokenName } from '../trace/call-parties.ts';
import type { TraceHeader, TraceNode } from '../trace/trace-header.ts';
import type { Warning } from './warnings.ts';

/** When the packet with that timestamp has its turn in a jitter buffer. */
interface Turn {
  readonly at: Micros;
  readonly timestamp: number;
  last: number;
}

const shownMost = 3;

/**
 * W-LATE-LOSS: packets that came after their turn in a terminal's jitter buffer (spec §5.5). The
 * first of a source, or after a jump of more than a second, waits for the whole buffer; each other
 * has its turn as far from that one's as its timestamp says.
 */
export function latePackets(header: TraceHeader, records: readonly TraceRecord[]): Warning[] {
  return header.nodes.flatMap((node) => {
    if (node.jitterBuffer === 0) return [];
    const turns = new Map<string, Turn>();
    const late: RecordNumber[] = [];
    let heard = 0;
    for (const record of records) {
      if (record.kind !== 'received' || record.node !== node.id) continue;
      if (!isRtpPacket(record.packet)) continue;
      heard += 1;
      if (isLate(turns, record.packet, record.at, node.jitterBuffer)) late.push(record.number);
    }
    return late.length === 0 ? [] : [warning(header, node, late, heard)];
  });
}

function isLate(
  turns: Map<string, Turn>,
  { stream, timestamp, marker }: RtpPacket,
  at: Micros,
  buffer: Micros,
): boolean {
  const key = `${stream.stream} ${stream.ssrc}`;
  const turn = turns.get(key);
  const inMicros = (ticks: number) => Math.floor((ticks * 1_000_000) / stream.clockRate);
  const begins = marker && stream.medium === 'audio';
  const jumps = turn !== undefined && Math.abs(inMicros((timestamp - turn.last) | 0)) > 1_000_000;
  if (turn === undefined || begins || jumps) {
    turns.set(key, { at: micros(at + buffer), timestamp, last: timestamp });
    return false;
  }
  turn.last = timestamp;
  return turn.at + inMicros((timestamp - turn.timestamp) | 0) < at;
}

function warning(
  header: TraceHeader,
  node: TraceNode,
  late: readonly RecordNumber[],
  heard: number,
): Warning {
  const buffer = `its jitter buffer of ${printMilliseconds(node.jitterBuffer)} ms`;
  const count = `${late.length} of ${heard} RTP packets`;
  return {
    code: 'W-LATE-LOSS',
    evidence: late.slice(0, shownMost),
    says: `${count} reached ${spokenName(header, node.id)} too late for ${buffer}.`,
  };
}
