import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { switchTable } from '../../sim-core/base/switches.ts';
import { fakeTerminal } from './fake-terminal.ts';

const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command line against a remembered terminal. */
async function cli(words: readonly string[], given: Partial<Terminal> = {}, stdin = '') {
  const fake = fakeTerminal(given, stdin);
  const code = await runCommandLine(words, fake.terminal);
  expect(fake.err()).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  return { code, out: fake.out(), err: fake.err() };
}

/** A file of the temporary folder with that text. */
function written(name: string, text: string): string {
  const whole = path.join(folder, name);
  writeFileSync(whole, text);
  return whole;
}

describe('ringscope run', () => {
  it('prints the page of a run, and its closing line last', async () => {
    const { code, out, err } = await cli(['run', busy]);
    expect(code).toBe(exitCodes.passed.code);
    expect(err).toBe('');
    for (const piece of [
      'Client-B is busy\n',
      'profile   literal',
      'all as the profile has them',
      'CMR Client-A',
      '486 Busy Here',
      'Who hears and sees what',
      'client-b hears',
      'DEL-GW-SRV-01',
      'Metrics',
      'Expectations',
    ]) {
      expect(out).toContain(piece);
    }
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^PASS Client-B is busy {2}\d+ events {2}\d+\.\d{3} s virtual {2}seed 1 {2}fp \w+ {2}engine \d+\.\d+\.\d+$/,
    );
    expect(Math.max(...out.split('\n').map((line) => Array.from(line).length))).toBeLessThanOrEqual(
      100,
    );
  });

  it('names every switch, and first those that differ from the profile', async () => {
    const { out } = await cli(['run', busy, '--set', 'switches.SW-PEM=sendonly']);
    expect(out).toContain('SW-PEM=sendonly (literal: sendrecv)\n');
    const head = out.slice(out.indexOf('the rest as the profile has them'), out.indexOf('engine'));
    const named = [...head.matchAll(/\b(SW-[A-Z0-9-]+)=/g)].map(([, name]) => name);
    expect(named).toEqual(switchTable.map(({ name }) => name).filter((name) => name !== 'SW-PEM'));
  });

  it('changes seed, end and any value from the command line', async () => {
    const changed = ['--seed', '9', '--until', '600ms', '--set', 'links.a.latency=30ms', '--json'];
    const { out } = await cli(['run', busy, ...changed]);
    expect(JSON.parse(out).runs[0]).toMatchObject({
      seed: 9,
      virtualMicros: 600_000,
      ended: 'time limit',
    });
  });

  it('fails for expectations that are not met, and says which', async () => {
    const { code, out } = await cli(['run', '-q', busy, '--set', 'expect.outcome=ring continues']);
    expect(code).toBe(exitCodes.failed.code);
    expect(out).toMatch(/^ {2}✗ outcome is ring continues, but found rejected\nFAIL /);
  });

  it('fails for a violated clause, unless the scenario expects exactly that', async () => {
    // Without it no CMR Client may ask for Gateway Mode: DEL-GW-CLI-01.
    const text = readFileSync(busy, 'utf8').replace(/^expect:[^]*$/m, '');
    const broken = text.replace(/^ *early-media: supported\n/m, '');
    const file = written('broken.cmr.yaml', broken);
    const first = await cli(['run', '--json', file]);
    const { verdicts } = JSON.parse(first.out).runs[0];
    const violated = verdicts
      .filter(
        ({ verdict, level }: { verdict: string; level: string }) =>
          verdict === 'violated' && level === 'error',
      )
      .map(({ clause }: { clause: string }) => clause);
    expect(violated).toEqual(['DEL-GW-CLI-01']);
    expect(first.code).toBe(exitCodes.failed.code);
    const expected = violated.map((clause: string) => `    ${clause}: violated`).join('\n');
    const second = await cli([
      'run',
      '-q',
      written('expected.cmr.yaml', `${broken}\nexpect:\n  verdicts:\n${expected}\n`),
    ]);
    expect(second.out).toMatch(/^PASS /);
    expect(second.code).toBe(exitCodes.passed.code);
  });

  it('tells of the rules what was broken and how many held, or all when asked', async () => {
    const { out } = await cli(['run', busy]);
    expect(out).toMatch(/^Rules of SIP, SDP and RTP {2}\d+ satisfied, 0 violated, /m);
    expect(out).not.toContain('R-MSG-01');
    const all = await cli(['run', '--verdicts', 'all', busy]);
    expect(all.out).toMatch(/^ {2}✓ R-MSG-01 /m);
    const wrong = await cli(['run', '--verdicts', 'some', busy]);
    expect(wrong.code).toBe(exitCodes.refused.code);
  });

  it('runs several files with a line each and a summary', async () => {
    const { code, out } = await cli(['run', busy, 'scenarios/gateway-mode']);
    expect(code).toBe(exitCodes.passed.code);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBe(readdirSync('scenarios/gateway-mode').length + 2);
    expect(lines[0]).toContain(`engine`);
    expect(lines[0]).toContain(busy);
    expect(lines.at(-1)).toBe(`${lines.length - 1} passed, 0 failed`);
    const quiet = await cli(['run', '--quiet', busy, busy]);
    expect(quiet.out).toBe('2 passed, 0 failed\n');
    const verbose = await cli(['run', '--verbose', busy, busy]);
    expect(verbose.out.match(/Who hears and sees what/g)).toHaveLength(2);
  });

  it('goes on after a file it cannot use, and ends as the gravest', async () => {
    const bad = written('bad.cmr.yaml', 'apiVersion: ringscope/v1\n');
    const { code, out, err } = await cli(['run', bad, busy]);
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toContain('1 passed, 0 failed, 1 not run');
    expect(err).toContain(`${bad}:1:1: error CMR1005`);
  });

  it('reads standard input', async () => {
    const { code, out } = await cli(['run', '-'], {}, readFileSync(busy, 'utf8'));
    expect(code).toBe(0);
    expect(out).toContain('scenario  <stdin>');
  });

  it('stops when asked to, and gives what it has', async () => {
    let looks = 0;
    const interrupted = (): boolean => (looks += 1) > 1;
    const { code, out, err } = await cli(['run', '--json', busy, busy, busy], { interrupted });
    expect(code).toBe(exitCodes.interrupted.code);
    expect(JSON.parse(out)).toMatchObject({ interrupted: true, runs: [{ file: busy }] });
    expect(err).toContain(`${busy}: interrupted\n`);
    expect(looks).toBe(2);
  });
});

describe('reporters', () => {
  it('gives JSON of the documented shape and nothing else on standard output', async () => {
    const { out, err } = await cli(['run', '--json', busy]);
    const report = JSON.parse(out);
    expect(Object.keys(report)).toEqual(['schemaVersion', 'engine', 'runs']);
    expect(Object.keys(report.runs[0])).toEqual([
      'scenario',
      'file',
      'seed',
      'profile',
      'switches',
      'fingerprint',
      'events',
      'virtualMicros',
      'outcome',
      'ended',
      'metrics',
      'verdicts',
      'warnings',
      'expectations',
      'hears',
    ]);
    expect(report).toMatchObject({ schemaVersion: 1, runs: [{ file: busy, outcome: 'rejected' }] });
    expect(report.runs[0].verdicts[0]).toEqual({
      clause: expect.any(String),
      verdict: expect.stringMatching(/^(?:satisfied|violated|not exercised|inconclusive)$/),
      level: expect.stringMatching(/^(?:error|warning|info)$/),
      evidence: expect.any(Array),
      says: expect.any(String),
    });
    expect(report.runs[0].hears[0]).toEqual({
      listener: expect.any(String),
      medium: expect.stringMatching(/^(?:audio|video)$/),
      sources: [{ source: expect.any(String), gainPercent: expect.any(Number) }],
      fromMicros: expect.any(Number),
      toMicros: expect.any(Number),
    });
    expect(err).toMatch(/^PASS /);
    expect((await cli(['run', '--reporter', 'json', '--quiet', busy])).err).toBe('');
  });

  it('gives records line by line, with the wire text of what was sent', async () => {
    const { out } = await cli(['run', '--reporter', 'ndjson', busy]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ kind: 'header', schemaVersion: 1, file: busy });
    const records = lines.slice(1, -1);
    expect(records.map(({ number }) => number)).toEqual(records.map((_, index) => index + 1));
    expect(lines.at(-1)).toMatchObject({ kind: 'end', records: records.length });
    const sip = records.filter(({ kind, packet }) => kind === 'sent' && packet.protocol === 'SIP');
    expect(sip.length).toBeGreaterThan(10);
    for (const { wire, packet } of sip) {
      const begins =
        packet.kind === 'request' ? `${packet.method} sip:` : `SIP/2.0 ${packet.status} `;
      expect(wire.startsWith(begins)).toBe(true);
      expect(wire).toContain(`\r\nCall-ID: ${packet.callId}\r\n`);
    }
    expect(records.filter((each) => 'wire' in each).length).toBe(sip.length);
  });

  it('writes no key that docs/json-reports.md does not know', async () => {
    const page = readFileSync('docs/json-reports.md', 'utf8');
    const report = JSON.parse((await cli(['run', '--json', busy])).out);
    const lines = (await cli(['run', '--reporter', 'ndjson', busy])).out.trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line));
    const keys = new Set<string>([
      ...Object.keys(report),
      ...report.runs.flatMap((run: object) => Object.keys(run)),
      ...report.runs[0].verdicts.flatMap((verdict: object) => Object.keys(verdict)),
      ...report.runs[0].hears.flatMap((heard: object) => Object.keys(heard)),
      ...records.flatMap((record: object) => Object.keys(record)),
    ]);
    expect([...keys].filter((key) => !page.includes(`\`${key}\``) && key !== 'kind')).toEqual([]);
    const kinds = new Set(records.map(({ kind }) => String(kind)));
    expect([...kinds].filter((kind) => !new RegExp(`[\`"]${kind}[\`"]`).test(page))).toEqual([]);
  });

  it('writes files whole, several at once, and leaves nothing unfinished', async () => {
    const json = path.join(folder, 'run.json');
    const lines = path.join(folder, 'run.ndjson');
    const words = ['run', busy, '--reporter', 'default', `--reporter=json=${json}`];
    const { code, out } = await cli([...words, '--reporter', `ndjson=${lines}`]);
    expect(code).toBe(0);
    expect(out).toContain('PASS Client-B is busy');
    expect(JSON.parse(readFileSync(json, 'utf8')).runs).toHaveLength(1);
    expect(readFileSync(lines, 'utf8').split('\n')[0]).toContain('"kind":"header"');
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('refuses two reporters in one place, and files it cannot write', async () => {
    expect(await cli(['run', busy, '--json', '--reporter', 'default'])).toMatchObject({
      code: exitCodes.refused.code,
      out: '',
      err: expect.stringContaining('two reporters write to standard output'),
    });
    const nowhere = path.join(folder, 'no', 'such', 'run.json');
    expect(await cli(['run', busy, '--reporter', `json=${nowhere}`])).toMatchObject({
      code: exitCodes.unavailable.code,
      err: expect.stringContaining('cannot be written'),
    });
  });

  it('colours terminals only, and not those that ask for none', async () => {
    const esc = String.fromCharCode(27);
    const terminal = { outIsTerminal: true, columns: 120 };
    const coloured = async (words: string[], given: Partial<Terminal>) =>
      (await cli(['run', busy, ...words], given)).out.includes(esc);
    expect(await coloured([], {})).toBe(false);
    expect(await coloured([], terminal)).toBe(true);
    expect(await coloured(['--no-color'], terminal)).toBe(false);
    expect(await coloured([], { ...terminal, environment: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured([], { ...terminal, environment: { NO_COLOR: '' } })).toBe(true);
    expect(await coloured([], { ...terminal, environment: { TERM: 'dumb' } })).toBe(false);
  });

  it('says how far it has come to whoever sits in front of standard error, and wipes it', async () => {
    const both = ['run', busy, 'scenarios/failures/f-01-busy.cmr.yaml', '--width', '80'];
    const given = { errIsTerminal: true, errColumns: 30 };
    const seen = await cli(both, given);
    const [, first = '', , second = '', end = ''] = seen.err.split('\r\u001b[K');
    expect(first).toMatch(/^0 of 2 {2}\S/);
    expect(second).toMatch(/^1 of 2 {2}\S/);
    for (const line of [first, second]) expect(line.length).toBeLessThan(30);
    expect(end).toBe('');
    expect(seen.out).toBe((await cli(both)).out);
    expect((await cli(both)).err).toBe('');
    expect((await cli(['run', busy], given)).err).toBe('');
    expect((await cli(both, { ...given, environment: { TERM: 'dumb' } })).err).toBe('');
  });

  it('keeps to the width asked for, and to ASCII', async () => {
    const widest = async (words: string[], given: Partial<Terminal> = {}) => {
      const { out } = await cli(['run', busy, ...words], given);
      const ladder = out.slice(out.indexOf('CMR Client-A'), out.indexOf('Verdicts'));
      return Math.max(...ladder.split('\n').map((line) => Array.from(line).length));
    };
    expect(await widest(['--width', '72'])).toBeLessThanOrEqual(72);
    expect(
      await widest([], { outIsTerminal: true, columns: 80, environment: { NO_COLOR: '1' } }),
    ).toBeLessThanOrEqual(80);
    const ascii = { outIsTerminal: true, columns: 100 };
    const { out } = await cli(['run', busy, '--ascii'], ascii);
    expect(out).toMatch(/^[\n\x20-\x7E]*$/);
    expect(out).toContain('+ DEL-GW-SRV-01');
  });
});

describe('the other commands', () => {
  it('export: a run for other tools', async () => {
    const ascii = await cli(['export', busy, '--to', 'ascii']);
    expect(ascii.code).toBe(0);
    expect(ascii.out).toMatch(/^Client-B is busy\nseed 1, profile literal, fp \w+\n\n/);
    expect(ascii.out).toMatch(/^[\n\x20-\x7E]*$/);
    expect(JSON.parse((await cli(['export', busy, '--to', 'json'])).out).runs).toHaveLength(1);
    const file = path.join(folder, 'out.ndjson');
    expect(await cli(['export', busy, '--to', 'ndjson', '-o', file])).toMatchObject({ out: '' });
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeGreaterThan(50);
    expect(await cli(['export', busy, '--to', 'svg'])).toMatchObject({ code: 2 });
    expect(await cli(['export', busy])).toMatchObject({ code: 2 });
  });

  it('lint: problems on standard output, and how many', async () => {
    expect(await cli(['lint', 'scenarios'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ files, no problems\n$/),
    });
    const bad = written('lint.cmr.yaml', 'title: x\n');
    const { code, out } = await cli(['lint', bad]);
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toContain(`${bad}:1:1: error CMR1005`);
    expect(out).toMatch(/1 file, 4 problems\n$/);
  });

  it('schema: the published one', async () => {
    const { out } = await cli(['schema']);
    expect(out).toBe(readFileSync('scenarios/scenario.schema.json', 'utf8'));
  });

  it('explain: clauses, gaps, switches and problem codes', async () => {
    expect((await cli(['explain', 'FLOW-CON-10'])).out).toContain('ACK passed on to Client-B');
    expect((await cli(['explain', 'gap-03'])).out).toContain('SW-REINV-ACK');
    expect((await cli(['explain', 'sw-reinv-ack'])).out).toContain('--set switches.SW-REINV-ACK=');
    expect((await cli(['explain', 'CMR1004'])).out).toBe(
      'CMR1004\nA key that the format does not know.\n',
    );
    expect(await cli(['explain', 'FLOW-CON-1'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('did you mean FLOW-CON-01?'),
    });
    const { out } = await cli(['explain']);
    expect(out).toContain('DEL-GW-SRV-01');
    expect(out).toContain('SW-TIMERS');
    expect(out).toContain('CMR1013');
  });

  it('version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await cli(['version'])).out).toBe(`ringscope ${version}\n`);
    expect((await cli(['--version'])).out).toBe(`${version}\n`);
    expect(JSON.parse((await cli(['version', '--json'])).out)).toMatchObject({
      ringscope: version,
    });
  });
});

describe('usage that cannot be understood', () => {
  it.each([
    [['run'], 'missing required argument'],
    [['rn', busy], 'Did you mean run?'],
    [['run', '--sed', '3', busy], '--seed'],
    [['run', '--seed', '-1', busy], 'a whole number'],
    [['run', '--seed', '1.5', busy], 'a whole number'],
    [['run', '--set', 'seed', busy], 'an equals sign'],
    [['run', '--set', 'links.c.latency=1ms', busy], 'did you mean links.a.latency?'],
    [['run', '--set', 'links.a.latency=1', busy], 'did you mean 1ms?'],
    [['run', '--until', 'soon', busy], 'a number and its unit'],
    [['run', '--reporter', 'xml', busy], 'The reporters are default, dot, json, ndjson'],
    [['run', '--width', '20', busy], 'from 60 to 400'],
  ])('%j ends with 2 and a sentence', async (words, says) => {
    const { code, out, err } = await cli(words);
    expect(code).toBe(exitCodes.refused.code);
    expect(out).toBe('');
    expect(err).toContain(says);
  });

  it('takes words after -- for files', async () => {
    expect(await cli(['run', '--', '--seed'])).toMatchObject({
      code: exitCodes.unavailable.code,
      err: '--seed: there is no such file or folder\n',
    });
  });

  it('tells an internal error in two lines, without a stack', async () => {
    const { code, out, err } = await cli(['run', '-'], {
      readStdin: () => Promise.reject(new TypeError('x is not a function')),
    });
    expect(code).toBe(exitCodes.internal.code);
    expect(out).toBe('');
    expect(err).toMatch(/^TypeError: x is not a function\nThis is a fault of ringscope\. .*\n$/);
  });

  it('refuses a folder without scenarios', async () => {
    expect(await cli(['run', 'docs'])).toMatchObject({
      code: exitCodes.refused.code,
      err: expect.stringContaining('no *.cmr.yaml is in this folder'),
    });
  });
});
