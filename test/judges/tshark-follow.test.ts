import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { isSip, pcapngOf, printMessage, runScenario } from '../../sim-core/index.ts';
import { isTcp } from '../../sim-core/http/tcp-packet.ts';
import { octetsOf, printHttpHead } from '../../sim-core/http/http-message.ts';
import { shipped } from '../support/scenarios.ts';
import { hasTools } from './judge-tools.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-follow-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What went over the first connection of a scenario's capture, both directions in turn. */
function followed(name: string) {
  const run = runScenario(shipped(name), { engine: 'test' });
  const file = path.join(folder, 'run.pcapng');
  writeFileSync(file, pcapngOf(run, 'keep').bytes);
  const output = execFileSync('tshark', ['-r', file, '-q', '-z', 'follow,tcp,raw,0'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 24,
  });
  const stream = output
    .split('\n')
    .filter((line) => /^\t?(?:[0-9a-f]{2})+$/.test(line))
    .map((line) => Buffer.from(line.trim(), 'hex').toString('utf8'))
    .join('');
  return { run, stream };
}

it('tshark follows the SIP of Client-A over TCP, message by message', ({ skip }) => {
  if (!hasTools(['tshark'], skip)) return;
  const { run, stream } = followed('application-server-mode/n-23-over-tcp');
  const [a, server] = ['client-a', 'cmr-server'].map(
    (name) => run.header.nodes.find((node) => node.name === name)?.id,
  );
  const said = run.records.flatMap((record) => {
    if (record.kind !== 'sent' || !isSip(record.packet)) return [];
    const ends = [record.node, record.to];
    return ends.includes(a!) && ends.includes(server!) ? [printMessage(record.packet)] : [];
  });
  expect(said.length).toBeGreaterThan(10);
  expect(stream).toBe(said.join(''));
});

it('tshark follows a download, from the GET to the last octet of the body', ({ skip }) => {
  if (!hasTools(['tshark'], skip)) return;
  const { run, stream } = followed('http-mode/n-02-client-a-fetches-its-ring-back-tone');
  const said = run.records.flatMap((record) => {
    if (record.kind !== 'sent' || !isTcp(record.packet)) return [];
    const { carries } = record.packet;
    if (carries === null) return [];
    return [carries.kind === 'body' ? '\0'.repeat(octetsOf(carries)) : printHttpHead(carries)];
  });
  expect(said).toHaveLength(3);
  expect(stream).toBe(said.join(''));
});
