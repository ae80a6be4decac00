import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { readPcapng } from '../sim-core/export/pcapng/pcapng-reader.ts';
import { fakeTerminal } from './fake-terminal.ts';

const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-cli-pcapng-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function exported(words: readonly string[], given: Partial<Terminal> = {}) {
  const fake = fakeTerminal(given);
  const code = await runCommandLine(['export', '--to', 'pcapng', ...words], fake.terminal);
  return { code, out: fake.out(), err: fake.err(), bytes: fake.bytes() };
}

describe('ringscope export --to pcapng', () => {
  it('writes a whole file, and the same into a pipe', async () => {
    const file = path.join(folder, 'busy.pcapng');
    expect(await exported([busy, '-o', file])).toMatchObject({ code: 0, out: '', err: '' });
    expect(readdirSync(folder)).toEqual(['busy.pcapng']);
    const content = readFileSync(file);
    expect(readPcapng(content).packets.length).toBeGreaterThan(10);
    for (const words of [[], ['-o', '-']]) {
      const piped = await exported([busy, ...words]);
      expect(piped).toMatchObject({ code: 0, out: '', err: '' });
      expect(Buffer.from(piped.bytes)).toEqual(content);
    }
  });

  it('writes no bytes to a terminal, and says what to do', async () => {
    const terminal = { outIsTerminal: true, columns: 80 };
    for (const words of [[], ['-o', '-']]) {
      const refused = await exported([busy, ...words], terminal);
      expect(refused).toMatchObject({ code: exitCodes.refused.code, out: '' });
      expect(refused.bytes).toHaveLength(0);
      expect(refused.err).toMatch(/^--to pcapng: .*terminal; name a file with --output.*\n$/);
    }
    const file = path.join(folder, 'from-terminal.pcapng');
    expect(await exported([busy, '-o', file], terminal)).toMatchObject({ code: 0, err: '' });
    expect(readPcapng(readFileSync(file)).packets.length).toBeGreaterThan(10);
  });

  it('leaves lost packets out when asked to, and no other word is known', async () => {
    const lossy = [busy, '--set', 'links.a.loss=40%', '--seed', '5'];
    const [kept, omitted] = [await exported(lossy), await exported([...lossy, '--lost', 'omit'])];
    const all = readPcapng(kept.bytes).packets;
    const lost = all.filter(({ comments }) => comments[0]?.includes('; lost: loss'));
    expect(lost.length).toBeGreaterThan(0);
    expect(readPcapng(omitted.bytes).packets).toHaveLength(all.length - lost.length);
    const unknown = await exported([busy, '--lost', 'maybe']);
    expect(unknown).toMatchObject({ code: exitCodes.refused.code, out: '' });
    expect(unknown.err).toContain('Allowed choices are keep, omit');
  });

  it('names messages that fit into no datagram', async () => {
    const text = readFileSync(busy, 'utf8').replace(
      /^( +)invite:$/m,
      (line, indent: string) => `${line}\n${indent}  - 'X-Filler: ${'x'.repeat(65_300)}'`,
    );
    const scenario = path.join(folder, 'long.cmr.yaml');
    writeFileSync(scenario, text);
    const { code, err, bytes } = await exported([scenario]);
    expect(code).toBe(0);
    expect(err).toMatch(/long\.cmr\.yaml: record \d+ is not in the capture: its \d{5} bytes /);
    expect(readPcapng(bytes).packets.length).toBeGreaterThan(0);
  });
});
