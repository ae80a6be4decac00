import {
  isMedia,
  type MediaPacket,
  type MessageView,
  type Micros,
  type NodeId,
  type TraceHeader,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import { mediaSources, sourceWords } from '../words/media-sources.ts';
import { listWords, proseName } from '../words/parties.ts';
import { millisText, millisWithUnit } from '../words/times.ts';
import type { Lane, LaneBar } from './layout/lane-input.ts';

/** The ports of the Resource Server: what leaves them, and what arrives and is not used. */
export function portLanes(
  views: readonly MessageView[],
  records: readonly TraceRecord[],
  header: TraceHeader,
  endsAt: Micros,
): { readonly lanes: readonly Lane[]; readonly bars: readonly LaneBar[] } {
  const server = header.nodes.find(({ party }) => party === 'R');
  if (server === undefined) return { lanes: [], bars: [] };
  const firstMixed = firstMixes(records, server.id);
  const lanes = new Map<number, Lane>();
  const bars: LaneBar[] = [];
  for (const flow of flowsOf(views, endsAt)) {
    const outwards = flow.view.from === server.id;
    if (!outwards && flow.view.to !== server.id) continue;
    const port = outwards ? flow.packet.from.port : flow.packet.to.port;
    const other = outwards ? flow.view.to : flow.view.from;
    const bar = outwards
      ? sentBar(flow, port, header)
      : discardedBar(flow, port, firstMixed, header);
    if (bar === null) continue;
    bars.push(bar);
    const mixed = bar.kind === 'media' && bar.sources.length > 1;
    if (mixed || !lanes.has(port)) {
      lanes.set(port, portLane(port, other, flow.packet, header, mixed));
    }
  }
  const ordered = [...lanes].toSorted(([one], [another]) => one - another);
  return { lanes: ordered.map(([, lane]) => lane), bars };
}

/** What a stream carries unchanged, from one packet of the trace to the next. */
interface Flow {
  readonly view: MessageView;
  readonly packet: MediaPacket;
  readonly toMicros: number;
  readonly closedBy: number | null;
}

function flowsOf(views: readonly MessageView[], endsAt: Micros): Flow[] {
  const flows: Flow[] = [];
  const open = new Map<string, { view: MessageView; packet: MediaPacket }>();
  for (const view of views) {
    const { packet } = view;
    if (!isMedia(packet)) continue;
    const stream = `${view.from} ${packet.stream}`;
    const before = open.get(stream);
    open.delete(stream);
    if (before !== undefined) {
      flows.push({ ...before, toMicros: view.sentAt, closedBy: view.record });
    }
    if (packet.sources.length > 0) open.set(stream, { view, packet });
  }
  for (const flow of open.values()) flows.push({ ...flow, toMicros: endsAt, closedBy: null });
  return flows.filter(({ view }) => view.sentAt < endsAt);
}

function laneId(port: number): string {
  return `port ${port}`;
}

function portLane(
  port: number,
  other: NodeId,
  packet: MediaPacket,
  header: TraceHeader,
  mixed: boolean,
): Lane {
  const party = header.nodes.find(({ id }) => id === other)?.party ?? '';
  return {
    id: laneId(port),
    title: `R ${port}`,
    subtitle: `${party} ${mixed ? 'mixed' : packet.medium}`.trim(),
    group: 'port',
    medium: packet.medium,
  };
}

function sentBar(flow: Flow, port: number, header: TraceHeader): LaneBar {
  const { view, packet, toMicros, closedBy } = flow;
  const what = listWords(packet.sources.map((source) => sourceWords(source, header)));
  const to = proseName(header, view.to);
  const times = `from ${millisText(view.sentAt)} to ${millisText(toMicros)} ms`;
  return {
    id: `port ${port} ${view.record}`,
    lane: laneId(port),
    fromMicros: view.sentAt,
    toMicros,
    medium: packet.medium,
    kind: 'media',
    sources: mediaSources(packet.sources, header),
    text: null,
    says: `Port ${port} sends ${to} ${what} ${times}.`,
    openedBy: view.record,
    closedBy,
  };
}

/** What arrives before it is mixed; a stream that is never mixed is not missed either. */
function discardedBar(
  flow: Flow,
  port: number,
  firstMixed: ReadonlyMap<string, TraceRecord>,
  header: TraceHeader,
): LaneBar | null {
  const { view, packet } = flow;
  const name = header.nodes.find(({ id }) => id === view.from)?.name ?? '';
  const used = firstMixed.get(`${name} ${packet.medium}`);
  if (view.lost || used === undefined || used.at > flow.toMicros || used.at <= view.arrivesAt) {
    return null;
  }
  const length = used.at - view.arrivesAt;
  const who = proseName(header, view.from);
  return {
    id: `port ${port} in ${view.record}`,
    lane: laneId(port),
    fromMicros: view.arrivesAt,
    toMicros: used.at,
    medium: packet.medium,
    kind: 'discarded',
    sources: mediaSources(packet.sources, header),
    text: `${packet.medium === 'audio' ? 'speech' : 'picture'} unused ${millisWithUnit(length)}`,
    says: `For ${millisWithUnit(length)} port ${port} gets ${packet.medium} of ${who} in vain.`,
    openedBy: view.received[0] ?? view.record,
    closedBy: used.number,
  };
}

/** For every source and medium the record with which it is mixed for the first time. */
function firstMixes(
  records: readonly TraceRecord[],
  server: NodeId,
): ReadonlyMap<string, TraceRecord> {
  const first = new Map<string, TraceRecord>();
  for (const record of records) {
    if (record.node !== server || record.kind !== 'note' || record.note.kind !== 'mixing') continue;
    for (const { input, medium } of record.note.cells) {
      const name = `${input} ${medium}`;
      if (!first.has(name)) first.set(name, record);
    }
  }
  return first;
}
