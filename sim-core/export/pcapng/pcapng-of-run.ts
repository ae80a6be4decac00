import { check } from '../../base/check.ts';
import { isTcp } from '../../http/tcp-packet.ts';
import type { NodeId, Packet } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { MediaAddress } from '../../media/media-packet.ts';
import { isKeyPacket } from '../../media/key-packet.ts';
import { isRtcp, isRtpPacket } from '../../media/rtp-packet.ts';
import { isControl } from '../../resource-control/control-message.ts';
import type { Run } from '../../run/run.ts';
import { soundsOf } from '../../sound/sounds.ts';
import { isSip, type SipMessage } from '../../sip/message.ts';
import { printMessage } from '../../sip/print-message.ts';
import type { MessageView } from '../../trace/message-view.ts';
import type { TraceHeader } from '../../trace/trace-header.ts';
import { viewMessages } from '../../trace/view-messages.ts';
import {
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
  type InterfaceDescription,
} from './blocks.ts';
import { concatenated, utf8Bytes } from './bytes.ts';
import { controlPayload, controlPort } from './control-payload.ts';
import { udpPacket } from './datagram.ts';
import { addressBytes, asIpv6 } from './ip-address.ts';
import type { Endpoint } from './ip-packet.ts';
import { packetViews } from './packet-views.ts';
import { keyBytes, rtcpBytes, rtpBytes, type PayloadSound } from './rtp-bytes.ts';
import { packetComments } from './packet-comments.ts';
import { signallingPorts } from './signalling-ports.ts';
import {
  handshake,
  httpSegments,
  newSipConnection,
  sipSegments,
  type SipConnection,
  type Unnumbered,
} from './tcp-framing.ts';
import { tcpPacket } from './tcp-segment.ts';

/** What becomes of packets that never arrive: a capture at the sender has them. */
export type LostPackets = 'keep' | 'omit';

export interface PcapngExport {
  readonly bytes: Uint8Array;
  /** In the file. */
  readonly packets: number;
  /** Messages left out because no UDP datagram is as long; `length` is theirs, in bytes. */
  readonly tooLong: readonly { readonly record: RecordNumber; readonly length: number }[];
}

/**
 * The packets of a run as a pcapng file: SIP over UDP or TCP, the commands to the Resource Server,
 * HTTP, and RTP where the run has packets of media; one interface a link, every packet at the
 * instant it leaves its sender. `docs/pcapng.md` says what stands where. Equal runs give equal
 * bytes.
 */
export function pcapngOf(run: Run, lost: LostPackets): PcapngExport {
  const { header } = run;
  const capturing = newCapture(run, lost);
  const views = [...viewMessages(header, run.records), ...packetViews(run.records)];
  for (const view of views.sort((a, b) => a.record - b.record)) capture(capturing, view);
  const { blocks, links, tooLong } = capturing;
  const content = concatenated([
    ...links.map(interfaceDescription),
    nameResolution(namesOf(header)),
    ...blocks,
  ]);
  const section = { application: `ringscope ${header.engine}`, comment: aboutRun(run) };
  const bytes = concatenated([sectionHeader(section, content.length), content]);
  return { bytes, packets: blocks.length, tooLong };
}

interface Capture {
  readonly header: TraceHeader;
  readonly lost: LostPackets;
  /** Where each node takes and sends SIP. */
  readonly places: ReadonlyMap<NodeId, Endpoint>;
  readonly commentOn: ReturnType<typeof packetComments>;
  /** Those of the scenario; one more when a packet went where no link is. */
  readonly links: InterfaceDescription[];
  /** Datagrams each node has sent so far, lost ones too. */
  readonly sentBy: Map<NodeId, number>;
  readonly blocks: Uint8Array[];
  /** By the two nodes, the lower id first. */
  readonly connections: Map<string, SipConnection>;
  readonly sound: PayloadSound;
  readonly tooLong: { readonly record: RecordNumber; readonly length: number }[];
}

function newCapture(run: Run, lost: LostPackets): Capture {
  const { header, records } = run;
  const nameOf = (id: NodeId) => header.nodes.find((node) => node.id === id)?.name ?? String(id);
  return {
    header,
    lost,
    places: placesOf(header, records),
    commentOn: packetComments(run),
    links: header.links.map(({ name, between }) => ({
      name,
      description: between.map(nameOf).join(' to '),
    })),
    sentBy: new Map(),
    blocks: [],
    connections: new Map(),
    sound: { sounds: soundsOf(header), began: new Map() },
    tooLong: [],
  };
}

function placesOf(header: TraceHeader, records: Run['records']): Map<NodeId, Endpoint> {
  const portOf = signallingPorts(header, records);
  return new Map(
    header.nodes.map(({ id, address }) => [
      id,
      { address: addressBytes(address), port: portOf(id) },
    ]),
  );
}

/** Adds the packets of a view, and their second copies where the network made some. */
function capture(capturing: Capture, view: MessageView): void {
  const { packet, from, to, record } = view;
  const isOverTcp = isTcp(packet) || (isSip(packet) && goesByTcp(packet));
  if (isOverTcp) {
    const segments = segmentsOf(capturing, view);
    const frames = segments.map((segment) =>
      tcpPacket({ ...segment, identification: nextIdentification(capturing, from) }),
    );
    addPackets(capturing, view, frames);
    return;
  }
  const payload = payloadOf(capturing, view);
  if (payload === null) return;
  const identification = nextIdentification(capturing, from);
  if (view.lost && capturing.lost === 'omit') return;
  const ends = endsOf(capturing, packet, from, to);
  const bytes = udpPacket({ ...ends, identification, payload });
  if (bytes === null) capturing.tooLong.push({ record, length: payload.length });
  else addPackets(capturing, view, [bytes]);
}

function nextIdentification({ sentBy }: Capture, node: NodeId): number {
  const identification = (sentBy.get(node) ?? 0) + 1;
  sentBy.set(node, identification);
  return identification;
}

/** RFC 3261 §18.2.2: a response goes by what its topmost Via says, as its request did. */
function goesByTcp({ via }: SipMessage): boolean {
  return via[0]?.transport === 'TCP';
}

function segmentsOf(capturing: Capture, view: MessageView): Unnumbered[] {
  const { packet, from, to } = view;
  const ends = endsOf(capturing, packet, from, to);
  if (isTcp(packet)) {
    const [client, server] = [packet.from.port, packet.to.port];
    const { from: one, to: other } = ends;
    return httpSegments(packet, {
      from: { ...one, port: client },
      to: { ...other, port: server },
    });
  }
  check(isSip(packet), 'what goes over TCP is HTTP or SIP');
  const key = from < to ? `${from} ${to}` : `${to} ${from}`;
  const known = capturing.connections.get(key);
  const connection = known ?? newSipConnection();
  if (known === undefined) {
    capturing.connections.set(key, connection);
    addHandshake(capturing, view, handshake(ends));
  }
  return sipSegments(connection, view, ends, utf8Bytes(printMessage(packet)));
}

/** The three packets that open a connection stand before its first message. */
function addHandshake(capturing: Capture, view: MessageView, three: readonly Unnumbered[]): void {
  const on = interfaceFor(capturing, view.from, view.to);
  for (const [place, segment] of three.entries()) {
    const sender = place === 1 ? view.to : view.from;
    const identification = nextIdentification(capturing, sender);
    const bytes = tcpPacket({ ...segment, identification });
    check(bytes !== null, 'a segment without a payload is short');
    const comment = 'opens the connection; not of the run, which finds it open';
    capturing.blocks.push(enhancedPacket({ on, at: view.sentAt, bytes, comment }));
  }
}

function addPackets(
  capturing: Capture,
  view: MessageView,
  packets: readonly (Uint8Array | null)[],
): void {
  if (view.lost && capturing.lost === 'omit') return;
  const on = interfaceFor(capturing, view.from, view.to);
  const of = packets.length;
  for (const isSecond of view.againAt === null ? [false] : [false, true]) {
    for (const [place, bytes] of packets.entries()) {
      check(bytes !== null, 'a segment is shorter than a packet can be');
      const segment = of === 1 ? null : { number: place + 1, of };
      const comment = capturing.commentOn({ view, isSecond, segment });
      capturing.blocks.push(enhancedPacket({ on, at: view.sentAt, bytes, comment }));
    }
  }
}

/** What a datagram carries; null for the changes of a stream, which are no message. */
function payloadOf({ sound }: Capture, { packet, sentAt }: MessageView): Uint8Array | null {
  if (isSip(packet)) return utf8Bytes(printMessage(packet));
  if (isControl(packet)) return utf8Bytes(controlPayload(packet));
  if (isKeyPacket(packet)) return keyBytes(packet);
  if (isRtpPacket(packet)) return rtpBytes(packet, sentAt, sound);
  if (isRtcp(packet)) return rtcpBytes(packet);
  return null;
}

function endsOf(capturing: Capture, packet: Packet, from: NodeId, to: NodeId) {
  const alone = isRtcp(packet) || isKeyPacket(packet) ? packet : null;
  const media = isRtpPacket(packet) ? packet.stream : alone;
  if (media === null) {
    return { from: endOf(capturing, packet, from), to: endOf(capturing, packet, to) };
  }
  const place = ({ address, port }: MediaAddress) => ({ address: addressBytes(address), port });
  return { from: place(media.from), to: place(media.to) };
}

function endOf({ places }: Capture, packet: Packet, node: NodeId): Endpoint {
  const place = places.get(node);
  check(place !== undefined, `node ${node} is in the header of its run`);
  return isControl(packet) ? { ...place, port: controlPort } : place;
}

/** The place of the link between two nodes among the interfaces. */
function interfaceFor({ header, links }: Capture, from: NodeId, to: NodeId): number {
  const place = header.links.findIndex(
    ({ between: [one, other] }) => (one === from && other === to) || (one === to && other === from),
  );
  if (place >= 0) return place;
  if (links.length === header.links.length) {
    links.push({ name: 'no link', description: 'sent to where no link leads' });
  }
  return header.links.length;
}

/** Node names by address; where families mix, IPv4 nodes have a second one (`ipPacket`). */
function namesOf({ nodes }: TraceHeader) {
  const named = nodes.map(({ name, address }) => ({ name, address: addressBytes(address) }));
  const isMixed = new Set(named.map(({ address }) => address.length)).size > 1;
  if (!isMixed) return named;
  const mapped = named
    .filter(({ address }) => address.length === 4)
    .map(({ name, address }) => ({ name, address: asIpv6(address) }));
  return [...named, ...mapped];
}

/** What the file's own comment says: enough to make the run again. */
function aboutRun({ header, fingerprint }: Run): string {
  const { title, seed, profile } = header;
  return `${title}; seed ${seed}, profile ${profile}, fingerprint ${fingerprint}; virtual time`;
}
