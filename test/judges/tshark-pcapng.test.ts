import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
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

const controlPort = 2855;
/** Wireshark's PI_ERROR; a packet's comment is an expert item too, of a severity far below. */
const errorSeverity = 8_388_608;

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

const tools = ['tshark', 'capinfos', 'editcap'] as const;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-pcapng-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody else's reader of the file, of IP, UDP, SIP and SDP, and its opinion of each packet. */
describe.each(cases)('tshark on the capture of %s', (_name, make) => {
  it('finds what was sent, when, between whom, with good checksums and no error', ({ skip }) => {
    const missing = tools.filter((tool) => !isInstalled(tool));
    if (missing.length > 0) {
      const says = `not installed: ${missing.join(', ')}`;
      if (process.env['CI'] !== undefined) throw new Error(says);
      skip(says);
    }
    const scenario = make();
    const run = runScenario(scenario, { engine: 'test' });
    const file = path.join(folder, 'run.pcapng');
    const { bytes, packets } = pcapngOf(run, 'keep');
    writeFileSync(file, bytes);
    const ours = departures(run).map((record) => asSent(record, run, scenario));
    expect(ours.length).toBeGreaterThan(0);
    const seen = seenByTshark(file);
    expect(seen.map(({ packet }) => packet)).toEqual(ours);
    for (const { packet, comment, complaints } of seen) {
      expect(comment, packet.what).toMatch(/^record \d+, caused by (?:\d+|the scenario)[,;] /);
      expect(complaints, packet.what).toEqual([]);
    }
    const again = path.join(folder, 'again.pcapng');
    execFileSync('editcap', ['-F', 'pcapng', file, again], { stdio: 'ignore' });
    expect(framesIn(file, again)).toEqual([packets, packets]);
  });
});

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

/** What was sent as a message, in order, one entry for every copy. */
function departures(run: Run): Departure[] {
  return run.records.flatMap((record): Departure[] => {
    if (record.kind !== 'sent' && record.kind !== 'dropped') return [];
    if (!isSip(record.packet) && !isControl(record.packet)) return [];
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
  'frame.interface_name',
  'ip.src_host',
  'ipv6.src_host',
  'udp.srcport',
  'ip.dst_host',
  'ipv6.dst_host',
  'udp.dstport',
  'sip.Method',
  'sip.Status-Code',
  'sip.CSeq',
  'sip.Call-ID',
  'sdp.media',
  'frame.comment',
  'ip.checksum.status',
  'udp.checksum.status',
  '_ws.malformed',
  '_ws.expert.severity',
] as const;

type Field = (typeof fields)[number];

function seenByTshark(file: string) {
  const checks = ['ip', 'udp'].flatMap((one) => ['-o', `${one}.check_checksum:TRUE`]);
  const asked = fields.flatMap((field) => ['-e', field]);
  // Names come from the capture alone: -N n without an external resolver or a hosts file.
  const names = ['-N', 'n', '-o', 'nameres.use_external_name_resolver:FALSE'];
  const output = execFileSync(
    'tshark',
    // Packets of media, which tshark knows by the SDP, have a judge of their own.
    ['-r', file, '-Y', 'not rtp and not rtcp', ...names, ...checks, '-T', 'fields', ...asked],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const values = line.split('\t');
      return asSeen((field) => values[fields.indexOf(field)] ?? '');
    });
}

function asSeen(value: (field: Field) => string) {
  const method = value('sip.Method') === '' ? value('sip.Status-Code') : value('sip.Method');
  const packet: PacketSeen = {
    microseconds: microsecondsOf(value('frame.time_epoch')),
    link: value('frame.interface_name'),
    from: `${value('ip.src_host')}${value('ipv6.src_host')}:${value('udp.srcport')}`,
    to: `${value('ip.dst_host')}${value('ipv6.dst_host')}:${value('udp.dstport')}`,
    what: method === '' ? 'control' : method,
    sequence: value('sip.CSeq'),
    callId: value('sip.Call-ID'),
    media: value('sdp.media'),
  };
  return { packet, comment: value('frame.comment'), complaints: complaintsIn(value) };
}

function complaintsIn(value: (field: Field) => string): string[] {
  const complaints: string[] = [];
  // An IPv6 header has no checksum.
  const isIpv6 = value('ipv6.src_host') !== '';
  if (value('ip.checksum.status') !== (isIpv6 ? '' : '1')) complaints.push('IP checksum');
  if (value('udp.checksum.status') !== '1') complaints.push('UDP checksum');
  if (value('_ws.malformed') !== '') complaints.push('malformed');
  const severities = value('_ws.expert.severity').split(',').map(Number);
  if (severities.some((severity) => severity >= errorSeverity)) complaints.push('expert error');
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

/** Asked once a tool: it takes as long to start as to read a capture. */
const installed = new Map<string, boolean>();

function isInstalled(tool: string): boolean {
  const known = installed.get(tool);
  if (known !== undefined) return known;
  const answers = spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
  installed.set(tool, answers);
  return answers;
}
