import { check } from '../../base/check.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId, Packet } from '../../kernel/node.ts';
import type { RecordNumber } from '../../kernel/trace-record.ts';
import type { MediaAddress } from '../../media/media-packet.ts';
import { isRtcp, isRtpPacket } from '../../media/rtp-packet.ts';
import { isControl } from '../../resource-control/control-message.ts';
import type { Run } from '../../run/run.ts';
import { soundsOf } from '../../sound/sounds.ts';
import { isSip } from '../../sip/message.ts';
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
import { ipPacket, type Endpoint } from './datagram.ts';
import { addressBytes, asIpv6 } from './ip-address.ts';
import { packetViews } from './packet-views.ts';
import { rtcpBytes, rtpBytes, type PayloadSound } from './rtp-bytes.ts';
import { packetComments } from './packet-comments.ts';
import { signallingPorts } from './signalling-ports.ts';

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
 * The signalling of a run as a pcapng file: SIP and the commands to the Resource Server over UDP,
 * one interface a link, every packet at the instant it leaves its sender. `docs/pcapng.md` says
 * what stands where. Equal runs give equal bytes.
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

/** Adds the packet, and its second copy where the network made one. */
function capture(capturing: Capture, view: MessageView): void {
  const { packet, from, to, record, sentAt: at } = view;
  const payload = payloadOf(capturing, packet, at);
  if (payload === null) return;
  const identification = (capturing.sentBy.get(from) ?? 0) + 1;
  capturing.sentBy.set(from, identification);
  if (view.lost && capturing.lost === 'omit') return;
  const ends = endsOf(capturing, packet, from, to);
  const bytes = ipPacket({ ...ends, identification, payload });
  if (bytes === null) {
    capturing.tooLong.push({ record, length: payload.length });
    return;
  }
  const on = interfaceFor(capturing, from, to);
  for (const isSecond of view.againAt === null ? [false] : [false, true]) {
    const comment = capturing.commentOn({ view, isSecond });
    capturing.blocks.push(enhancedPacket({ on, at, bytes, comment }));
  }
}

/** What a datagram carries; null for the changes of a stream, which are no message. */
function payloadOf({ sound }: Capture, packet: Packet, at: Micros): Uint8Array | null {
  if (isSip(packet)) return utf8Bytes(printMessage(packet));
  if (isControl(packet)) return utf8Bytes(controlPayload(packet));
  if (isRtpPacket(packet)) return rtpBytes(packet, at, sound);
  if (isRtcp(packet)) return rtcpBytes(packet);
  return null;
}

function endsOf(capturing: Capture, packet: Packet, from: NodeId, to: NodeId) {
  const media = isRtpPacket(packet) ? packet.stream : isRtcp(packet) ? packet : null;
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
