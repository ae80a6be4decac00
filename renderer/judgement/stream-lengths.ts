import { isMedia, type Micros, type NodeId, type TraceRecord } from '../../sim-core/reading.ts';

/** How long a stream has run at a node, and how many packets of it have passed there. */
export interface StreamLength {
  readonly since: Micros;
  readonly packets: number;
}

/**
 * The streams that run at a node at an instant, by name. Between two records of a stream its
 * packets are alike, one every `packetTime`: so they can be counted.
 */
export function streamLengths(
  records: readonly TraceRecord[],
  node: NodeId,
  at: Micros,
): ReadonlyMap<string, StreamLength> {
  const running = new Map<
    string,
    { since: Micros; from: Micros; packets: number; every: Micros }
  >();
  for (const record of records) {
    if (record.at > at) break;
    if (record.node !== node || (record.kind !== 'sent' && record.kind !== 'received')) continue;
    const { packet } = record;
    if (!isMedia(packet)) continue;
    const before = running.get(packet.stream);
    if (packet.sources.length === 0) {
      running.delete(packet.stream);
      continue;
    }
    const passed = before === undefined ? 0 : before.packets + passedBy(before, record.at);
    running.set(packet.stream, {
      since: before?.since ?? record.at,
      from: record.at,
      packets: passed,
      every: packet.packetTime,
    });
  }
  return new Map(
    [...running].map(([stream, one]) => [
      stream,
      { since: one.since, packets: one.packets + passedBy(one, at) + 1 },
    ]),
  );
}

/** Whole packet times between a record of a stream and an instant. */
function passedBy({ from, every }: { from: Micros; every: Micros }, at: Micros): number {
  return Math.floor((at - from) / every);
}
