import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exitCodes } from '../../cli/exit-codes.ts';
import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';
const busy = 'scenarios/gateway-mode/client-b-busy.cmr.yaml';
/** The figure, with the answer of its UPDATE lost for good. */
const broken = [figure, '--fault', 'drop every 200 (UPDATE)'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-reporters-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(...words: readonly string[]) {
  const fake = fakeTerminal({}, '');
  const code = await runCommandLine(words, fake.terminal);
  return { code, out: fake.out(), err: fake.err() };
}

/** The clauses that a JSON report has as violated. */
async function violated(words: readonly string[]): Promise<string[]> {
  const { out } = await cli('run', ...words, '--json');
  const [run] = JSON.parse(out).runs as { verdicts: { clause: string; verdict: string }[] }[];
  return (run?.verdicts ?? [])
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ clause }) => clause);
}

describe('reporters', () => {
  it('junit: a test case a clause, with the same failures as the JSON report', async () => {
    const { code, out } = await cli('run', ...broken, '--reporter', 'junit');
    expect(code).toBe(exitCodes.failed.code);
    const failed = [...out.matchAll(/name="([^"]*)"><failure/g)].map((match) => match[1]);
    const expected = await violated(broken);
    expect(failed.filter((name) => /^[A-Z]/.test(name ?? ''))).toEqual(
      expect.arrayContaining(expected.filter((clause) => !clause.startsWith('R-'))),
    );
    expect(failed.length).toBeGreaterThan(0);
    expect(out).toContain('<property name="SW-REINV-ACK" value="deferred"/>');
    const tests = Number(/<testsuites [^>]*tests="(\d+)"/.exec(out)?.[1]);
    expect(out.match(/<testcase /g)).toHaveLength(tests);
  });

  it('tap: numbered from 1, with a plan', async () => {
    const { out } = await cli('run', figure, busy, '--reporter', 'tap');
    const numbers = [...out.matchAll(/^(?:not )?ok (\d+) - /gm)].map((match) => Number(match[1]));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(out.startsWith('TAP version 14\n')).toBe(true);
    expect(out.trimEnd().split('\n').at(-1)).toBe(`1..${numbers.length}`);
  });

  it('github: an annotation for a failure, and none without', async () => {
    const bad = await cli('run', ...broken, '--reporter', 'github');
    expect(bad.out).toMatch(/^::error file=scenarios\/continue\/as-in-the-figure.cmr.yaml,title=/m);
    const good = await cli('run', busy, '--reporter', 'github');
    expect(good.out).toBe('::notice::1 runs, 0 failures\n');
  });

  it('dot: a sign a run', async () => {
    const { out } = await cli('run', busy, figure, '--reporter', 'dot');
    expect(out).toBe('..\n2 runs, 0 failures\n');
  });

  it('html: one page that runs nothing, with every clause that was touched', async () => {
    const file = path.join(folder, 'report.html');
    await cli('run', figure, busy, '--reporter', `html=${file}`, '-q');
    const page = readFileSync(file, 'utf8');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/);
    expect(page.match(/<section|<h2 /g)).toHaveLength(2);
    expect(page).toContain('FLOW-CON-10');
  });

  it.each(['junit', 'tap', 'github', 'html', 'dot'])(
    '%s: markup in a title is text',
    async (name) => {
      const text = readFileSync(busy, 'utf8');
      const hostile = `title: '<script>alert("&")</script> # ::error::'\n`;
      const file = path.join(folder, 'hostile.cmr.yaml');
      writeFileSync(file, text.replace(/^title: .*\n/m, hostile));
      const { out } = await cli('run', file, '--reporter', name);
      expect(out).not.toMatch(/^::error::/m);
      if (name === 'junit' || name === 'html') expect(out).not.toContain('<script');
      if (name === 'tap') expect(out).toContain('\\# ::error::');
    },
  );
});
