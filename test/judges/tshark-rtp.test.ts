import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { pcapngOf, printSsrc, runScenario } from '../../sim-core/index.ts';
import { isRtpPacket } from '../../sim-core/media/rtp-packet.ts';
import { drops, figure, withFaults } from '../support/scenarios.ts';
import { hasTools } from './judge-tools.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-rtp-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody else's opinion of our RTP: which streams there are, how long, and what is missing. */
it('tshark finds the RTP streams of the run, and what was lost of them', ({ skip }) => {
  if (!hasTools(['tshark'], skip)) return;
  const lost = drops('audio packet', 'resource-server', 'client-a', [20, 21, 40]);
  const run = runScenario({ ...withFaults(figure(), lost), media: 'packets' }, { engine: 'test' });
  const file = path.join(folder, 'run.pcapng');
  writeFileSync(file, pcapngOf(run, 'omit').bytes);
  const ours = new Map<string, { packets: number; lost: number }>();
  for (const record of run.records) {
    if (record.kind !== 'sent' && record.kind !== 'dropped') continue;
    if (!isRtpPacket(record.packet)) continue;
    const { ssrc, from, to } = record.packet.stream;
    const key = `${from.address} ${from.port} ${to.address} ${to.port} ${printSsrc(ssrc)}`;
    const counted = ours.get(key) ?? { packets: 0, lost: 0 };
    counted[record.kind === 'sent' ? 'packets' : 'lost'] += 1;
    ours.set(key, counted);
  }
  expect([...ours.values()].reduce((sum, one) => sum + one.lost, 0)).toBe(3);
  expect(seenByTshark(file)).toEqual(new Map([...ours].sort(([a], [b]) => (a < b ? -1 : 1))));
});

/** The table of `-z rtp,streams`, by ends and SSRC. */
function seenByTshark(file: string): Map<string, { packets: number; lost: number }> {
  const output = execFileSync('tshark', ['-r', file, '-q', '-z', 'rtp,streams'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const row =
    /^\s*[\d.]+\s+[\d.]+\s+(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(0x\w+)\s+(?:\S+ ?)+?\s+(\d+)\s+(\d+) \(/;
  const found = output.split('\n').flatMap((line) => {
    const [, from, fromPort, to, toPort, ssrc, packets, lost] = row.exec(line) ?? [];
    if (ssrc === undefined) return [];
    const key = `${from} ${fromPort} ${to} ${toPort} ${ssrc.toLowerCase()}`;
    return [[key, { packets: Number(packets), lost: Number(lost) }] as const];
  });
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
