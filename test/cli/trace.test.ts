import { describe, expect, it } from 'vitest';

import { runCommandLine } from '../../cli/program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const file = 'scenarios/gateway-mode/ring-stops-at-the-answer.cmr.yaml';

async function trace(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, out, err } = fakeTerminal();
  const code = await runCommandLine(['trace', file, ...words], terminal);
  return { code, out: out(), err: err() };
}

describe('ringscope trace', () => {
  it('ties a clause to its code, its judge and the scenario that shows it', async () => {
    const { code, out } = await trace('--matrix', '--to', 'json');
    expect(code).toBe(0);
    const { clauses } = JSON.parse(out);
    const row = clauses.find(({ id }: { id: string }) => id === 'DEL-GW-SRV-05');
    expect(row.code[0]).toMatch(/^sim-core\/nodes\/.*:\d+$/);
    expect(row.judge).toContain('oracle');
    expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(row.shown).toMatchObject([{ path: file, verdict: 'satisfied' }]);
  });

  it('gives the same rows to spreadsheets and documents', async () => {
    const [csv, markdown, html, text] = await Promise.all(
      ['csv', 'markdown', 'html', 'text'].map((format) => trace('--untested', '--to', format)),
    );
    expect(csv?.out).toMatch(/^Clause,Strength,What,Lacks,Reason\r\n/);
    const rows = csv?.out.split('\r\n').length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(markdown?.out.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(rows);
    expect(html?.out.match(/<tr>/g)).toHaveLength(rows - 1);
    expect(html?.out).not.toContain('<script');
    expect(text?.out).toContain('CON-SRV-07');
  });

  it('breaks behaviours and says which clauses notice', async () => {
    const { code, out } = await trace('--mutate', '--to', 'json', '--jobs', '1');
    expect(code).toBe(0);
    const { defects, clauses } = JSON.parse(out);
    const silent = defects.find(({ defect }: { defect: string }) => defect === 'never-plays-ring');
    expect(silent).toMatchObject({ noticed: [file] });
    const fate = clauses.find(({ id }: { id: string }) => id === 'DEL-GW-SRV-05');
    expect(fate.killedBy).toEqual({ defect: 'never-plays-ring', path: file });
  });

  it('refuses two reports at once, and files that are no scenarios', async () => {
    expect((await trace('--matrix', '--untested')).code).toBe(2);
    const { terminal, err } = fakeTerminal();
    expect(await runCommandLine(['trace', 'package.json'], terminal)).toBe(2);
    expect(err()).toContain('package.json:');
  });
});
