import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
import { httpHeader, octetsOf } from '../../sim-core/http/http-message.ts';
import { isTcp, type TcpPacket } from '../../sim-core/http/tcp-packet.ts';
import {
  isControl,
  isSip,
  pcapngOf,
  runScenario,
  type Run,
  type Scenario,
  type TraceRecord,
} from '../../sim-core/index.ts';
import {
  ipv6Figure,
  portsFigure,
  roughFigure,
} from '../sim-core/export/pcapng/scenario-variants.ts';
import { shippedFiles } from '../support/shipped-files.ts';
import { hasTools, missingOf } from './judge-tools.ts';
import { dissected, type PacketFields } from './wireshark.ts';

const controlPort = 2855;

const cases: readonly [name: string, make: () => Scenario][] = [
  ...shippedFiles().map(({ path: file, text }): [string, () => Scenario] => [
    file,
    () => {
      const { scenario } = readScenario(text, file);
      if (scenario === null) throw new Error(`${file} cannot be read`);
      return scenario;
    },
  ]),
  ['the figure over IPv6', () => ipv6Figure()],
  ['the figure with Client-A on IPv6', () => ipv6Figure(['192.0.2.17'])],
  ['the figure over a rough network', roughFigure],
  ['the figure with ports of their own', portsFigure],
];

const tools = ['sharkd', 'capinfos', 'editcap'] as const;
let folder = '';
let judged: readonly Judged[] = [];

interface Judged {
  readonly ours: readonly PacketSeen[];
  readonly seen: readonly Seen[];
  readonly segments: { readonly ours: readonly Segment[]; readonly seen: readonly Segment[] };
  readonly http: { readonly ours: readonly string[]; readonly seen: readonly string[] };
}

beforeAll(() => {
  if (missingOf(tools).length > 0) return;
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-pcapng-'));
  const captured = cases.map(([, make], at) => {
    const scenario = make();
    const run = runScenario(scenario, { engine: 'test' });
    const file = path.join(folder, `${at}.pcapng`);
    const { bytes, packets } = pcapngOf(run, 'keep');
    writeFileSync(file, bytes);
    const sent = departures(run);
    const ours = sent
      .filter(({ packet }) => !isTcp(packet))
      .map((record) => asSent(record, run, scenario));
    const segments = sent.flatMap((record) => segmentSent(record, run));
    return { ours, segments, http: exchanged(sent), file, packets };
  });
  const files = captured.map(({ file }) => file);
  const seen = dissected(files, fields);
  expect(seen.length).toBe(cases.length);
  judged = captured.map(({ ours, segments, http }, at) => ({
    ours,
    seen: signalling(seen[at]!),
    segments: { ours: segments, seen: segmentsSeen(seen[at]!) },
    http: { ours: http, seen: seen[at]!.flatMap(httpSeen) },
  }));
  expect(framesIn(...files)).toEqual(captured.map(({ packets }) => packets));
}, 300_000);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Somebody else's reader of the file, of IP, UDP, SIP and SDP, and its opinion of each packet. */
describe('Wireshark on the capture of', () => {
  it.for(cases.map(([name], at) => [name, at] as const))(
    '%s: what was sent, when, between whom, with good checksums and no error',
    ([_name, at], { skip }) => {
      if (!hasTools(tools, skip)) return;
      const { ours, seen, segments, http } = judged[at]!;
      expect(ours.length).toBeGreaterThan(0);
      expect(seen.map(({ packet }) => packet)).toEqual(ours);
      for (const { packet, comment, complaints } of seen) {
        expect(comment, packet.what).toMatch(/^record \d+, caused by (?:\d+|the scenario)[,;] /);
        expect(complaints, packet.what).toEqual([]);
      }
      expect(segments.seen).toEqual(segments.ours);
      expect(http.seen).toEqual(http.ours);
    },
  );

  it('the figure again, once another tool has written it anew', ({ skip }) => {
    if (!hasTools(tools, skip)) return;
    const at = cases.findIndex(([name]) => name === 'continue/as-in-the-figure.cmr.yaml');
    const again = path.join(folder, 'again.pcapng');
    const file = path.join(folder, `${at}.pcapng`);
    execFileSync('editcap', ['-F', 'pcapng', file, again], { stdio: 'ignore' });
    expect(framesIn(again)).toEqual(framesIn(file));
    // Names are not kept: editcap writes the packets of a file, and not who is who.
    const seen = signalling(dissected([again], fields)[0]!);
    const place = ({ packet: { from: _from, to: _to, ...rest }, comment }: Seen) => [rest, comment];
    expect(seen.map(place)).toEqual(judged[at]!.seen.map(place));
  });
});

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

/** What was sent as a message, in order, one entry for every copy. */
function departures(run: Run): Departure[] {
  return run.records.flatMap((record): Departure[] => {
    if (record.kind !== 'sent' && record.kind !== 'dropped') return [];
    const { packet } = record;
    if (!isSip(packet) && !isControl(packet) && !isTcp(packet)) return [];
    return record.kind === 'dropped' || record.againAt === null ? [record] : [record, record];
  });
}

interface PacketSeen {
  readonly microseconds: number;
  readonly link: string;
  /** Names by the capture's own name resolution, and UDP ports. */
  readonly from: string;
  readonly to: string;
  /** Method or status; `control` for commands and replies. */
  readonly what: string;
  readonly sequence: string;
  readonly callId: string;
  readonly media: string;
}

/** What a TCP packet of the run looks like, whatever segments it takes. */
interface Segment {
  readonly microseconds: number;
  readonly ends: string;
  /** In hex, without PSH, as its last segment has them. */
  readonly flags: string;
  readonly sequence: number;
  readonly acknowledges: number;
  readonly octets: number;
  readonly complaints: readonly string[];
}

const flagsOf: Readonly<Record<TcpPacket['flags'], string>> = {
  SYN: '0x0002',
  'SYN+ACK': '0x0012',
  ACK: '0x0010',
  'FIN+ACK': '0x0011',
  RST: '0x0014',
};

function segmentSent({ at, node, to, packet }: Departure, { header }: Run): Segment[] {
  if (!isTcp(packet)) return [];
  const nameOf = (id: number) => header.nodes.find((one) => one.id === id)?.name ?? '';
  return [
    {
      microseconds: at,
      ends: `${nameOf(node)}:${packet.from.port} ${nameOf(to)}:${packet.to.port}`,
      flags: packet.flags === 'RST' && packet.acknowledges === 0 ? '0x0004' : flagsOf[packet.flags],
      sequence: packet.sequence,
      acknowledges: packet.acknowledges,
      octets: packet.carries === null ? 0 : octetsOf(packet.carries),
      complaints: [],
    },
  ];
}

/** Segments of HTTP by the record that their comments name, put together again. */
function segmentsSeen(packets: readonly PacketFields<Field>[]): Segment[] {
  const whole = new Map<string, Segment>();
  for (const value of packets) {
    if (value('tcp.len') === '' || isSipOverTcp(value)) continue;
    const [, record = '', first, of] =
      /^(record \d+)(?:.*?, segment (\d+) of (\d+))?/.exec(value('frame.comment')) ?? [];
    // A second copy, made by the network, is another packet.
    const key = `${record} ${value('frame.comment').includes('second copy')}`;
    const known = whole.get(key);
    const from = `${value('ip.src_host')}${value('ipv6.src_host')}:${value('tcp.srcport')}`;
    const to = `${value('ip.dst_host')}${value('ipv6.dst_host')}:${value('tcp.dstport')}`;
    const bits = Number(value('tcp.flags')) & ~0x08;
    expect(first === undefined || Number(first) <= Number(of)).toBe(true);
    whole.set(key, {
      microseconds: microsecondsOf(value('frame.time_epoch')),
      ends: `${from} ${to}`,
      flags: `0x${bits.toString(16).padStart(4, '0')}`,
      sequence: known?.sequence ?? Number(value('tcp.seq')),
      acknowledges: Number(value('tcp.ack') || '0'),
      octets: (known?.octets ?? 0) + Number(value('tcp.len')),
      complaints: [...(known?.complaints ?? []), ...complaintsIn(value)],
    });
  }
  return [...whole.values()];
}

function isSipOverTcp(value: PacketFields<Field>): boolean {
  return value('tcp.srcport') === '5060' || value('tcp.dstport') === '5060';
}

/** Requests, and responses once they are whole, in the order in which they are. */
function exchanged(sent: readonly Departure[]): string[] {
  const awaited = new Map<string, string>();
  return sent.flatMap(({ kind, packet }) => {
    if (kind === 'dropped' || !isTcp(packet)) return [];
    const { carries, from, to } = packet;
    if (carries?.kind === 'request') return [`${carries.method} ${carries.target}`];
    const connection = `${from.address} ${to.address} ${to.port}`;
    if (carries?.kind === 'body') return [awaited.get(connection) ?? ''];
    if (carries?.kind !== 'response') return [];
    const status = String(carries.status);
    awaited.set(connection, status);
    return httpHeader(carries, 'Content-Length') === '0' ? [status] : [];
  });
}

function httpSeen(value: PacketFields<Field>): string[] {
  const method = value('http.request.method');
  if (method !== '') return [`${method} ${value('http.request.uri')}`];
  const status = value('http.response.code');
  return status === '' ? [] : [status];
}

/** By the scenario's own addresses and ports, which the exporter has not seen. */
function asSent({ at, node, to, packet }: Departure, run: Run, scenario: Scenario): PacketSeen {
  const end = (id: number): string => {
    const { name, port } = scenario.nodes[id]!;
    return `${name}:${isSip(packet) ? port : controlPort}`;
  };
  const link = run.header.links.find(
    ({ between }) => between.includes(node) && between.includes(to),
  );
  const shared = { microseconds: at, link: link?.name ?? '', from: end(node), to: end(to) };
  if (!isSip(packet)) return { ...shared, what: 'control', sequence: '', callId: '', media: '' };
  const media = packet.bodies.flatMap(({ description }) =>
    description.media.map((line) =>
      [line.media, line.port, line.protocol, ...line.formats].join(' '),
    ),
  );
  return {
    ...shared,
    what: packet.kind === 'request' ? packet.method : String(packet.status),
    sequence: `${packet.cseq.number} ${packet.cseq.method}`,
    callId: packet.callId,
    media: media.join(','),
  };
}

const fields = [
  'frame.time_epoch',
  'frame.protocols',
  'frame.interface_name',
  'ip.src_host',
  'ipv6.src_host',
  'udp.srcport',
  'ip.dst_host',
  'ipv6.dst_host',
  'udp.dstport',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.flags',
  'tcp.seq',
  'tcp.ack',
  'tcp.len',
  'http.request.method',
  'http.request.uri',
  'http.response.code',
  'sip.Method',
  'sip.Status-Code',
  'sip.CSeq',
  'sip.Call-ID',
  'sdp.media',
  'frame.comment',
  'ip.checksum.status',
  'udp.checksum.status',
  'tcp.checksum.status',
  '_ws.malformed',
  '_ws.expert.severity',
] as const;

type Field = (typeof fields)[number];

interface Seen {
  readonly packet: PacketSeen;
  readonly comment: string;
  readonly complaints: readonly string[];
}

/**
 * SIP and control. Packets of media, which Wireshark knows by the SDP, have a judge of their own,
 * and what is only TCP is looked at as such.
 */
function signalling(packets: readonly PacketFields<Field>[]): Seen[] {
  const isMedia = (value: PacketFields<Field>) => /:rtc?p\b/.test(value('frame.protocols'));
  const isOnlyTcp = (value: PacketFields<Field>) =>
    value('tcp.len') !== '' && value('sip.CSeq') === '';
  return packets.filter((value) => !isMedia(value) && !isOnlyTcp(value)).map(asSeen);
}

function asSeen(value: PacketFields<Field>): Seen {
  const method = value('sip.Method') === '' ? value('sip.Status-Code') : value('sip.Method');
  const packet: PacketSeen = {
    microseconds: microsecondsOf(value('frame.time_epoch')),
    link: value('frame.interface_name'),
    from: `${value('ip.src_host')}${value('ipv6.src_host')}:${value('udp.srcport')}${value('tcp.srcport')}`,
    to: `${value('ip.dst_host')}${value('ipv6.dst_host')}:${value('udp.dstport')}${value('tcp.dstport')}`,
    what: method === '' ? 'control' : method,
    sequence: value('sip.CSeq'),
    callId: value('sip.Call-ID'),
    media: value('sdp.media'),
  };
  return { packet, comment: value('frame.comment'), complaints: complaintsIn(value) };
}

function complaintsIn(value: PacketFields<Field>): string[] {
  const complaints: string[] = [];
  // An IPv6 header has no checksum.
  const isIpv6 = value('ipv6.src_host') !== '';
  if (value('ip.checksum.status') !== (isIpv6 ? '' : 'Good')) complaints.push('IP checksum');
  const transport = `${value('udp.checksum.status')}${value('tcp.checksum.status')}`;
  if (transport !== 'Good') complaints.push('UDP or TCP checksum');
  if (value('_ws.malformed') !== '') complaints.push('malformed');
  // A packet's comment is an expert item too, of the lowest severity.
  const severities = value('_ws.expert.severity').split(',');
  if (!severities.includes('Comment')) complaints.push('no expert item');
  if (severities.includes('Error')) complaints.push('expert error');
  return complaints;
}

/** `'5.390000000'`, without a detour through fractions. */
function microsecondsOf(epoch: string): number {
  const [seconds = '', fraction = ''] = epoch.split('.');
  if (!/^\d{6}0*$/.test(fraction)) throw new Error(`${epoch} is no time in whole microseconds`);
  return Number(seconds) * 1_000_000 + Number(fraction.slice(0, 6));
}

function framesIn(...files: readonly string[]): number[] {
  const output = execFileSync('capinfos', ['-T', '-r', '-c', '-M', ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.split('\t')[1]));
}
