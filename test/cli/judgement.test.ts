import { describe, expect, it } from 'vitest';

import { exitCodes, gravest } from '../../cli/exit-codes.ts';
import { judge } from '../../cli/judgement.ts';
import {
  runScenario,
  type ClauseId,
  type ClauseVerdict,
  type Run,
  type Level,
  type Verdict,
} from '../../sim-core/index.ts';
import { figure } from '../support/scenarios.ts';

const sample = runScenario(figure(), { engine: 'test' });

function verdict(clause: string, what: Verdict, level: Level = 'error'): ClauseVerdict {
  return { clause: clause as ClauseId, verdict: what, level, evidence: [], says: 'as seen' };
}

function run(verdicts: readonly ClauseVerdict[], more: Partial<Run> = {}): Run {
  return { ...sample, ended: 'quiet', expectations: [], verdicts, ...more };
}

function scenario(verdicts: Readonly<Record<string, 'satisfied' | 'violated'>>) {
  return { ...figure(), expect: { outcome: null, verdicts, metrics: {}, warnings: null } };
}

describe('what a run comes to', () => {
  it('passes with what is satisfied or not exercised', () => {
    const good = run([verdict('A-1', 'satisfied'), verdict('A-2', 'not exercised')]);
    expect(judge(good, scenario({}), true)).toEqual({
      ending: 'passed',
      violated: [],
      unmet: [],
      doubts: [],
    });
  });

  it('fails for a clause violated against expectation, and not for one violated as expected', () => {
    const bad = run([verdict('A-1', 'violated'), verdict('A-2', 'violated')]);
    expect(judge(bad, scenario({ 'A-1': 'violated' }), false)).toMatchObject({
      ending: 'failed',
      violated: [{ clause: 'A-2' }],
    });
    const both = scenario({ 'A-1': 'violated', 'A-2': 'violated' });
    expect(judge(bad, both, false).ending).toBe('passed');
    expect(judge(bad, scenario({ 'A-1': 'satisfied' }), false).violated).toHaveLength(2);
  });

  it('fails for what goes against advice only strictly', () => {
    const advised = run([
      verdict('R-1', 'violated', 'warning'),
      verdict('R-2', 'satisfied', 'info'),
    ]);
    expect(judge(advised, scenario({}), false)).toMatchObject({ ending: 'passed', violated: [] });
    expect(judge(advised, scenario({}), true)).toMatchObject({
      ending: 'failed',
      violated: [{ clause: 'R-1' }],
    });
    expect(judge(advised, scenario({ 'R-1': 'violated' }), true).ending).toBe('passed');
    const open = run([verdict('R-1', 'inconclusive', 'warning')]);
    expect(judge(open, scenario({}), false)).toMatchObject({ ending: 'passed', doubts: [] });
  });

  it('fails for an expectation that is not met', () => {
    const unmet = { says: 'outcome is ring continues', met: false, found: 'failed' };
    const met = { says: 'wasted2xx is 0', met: true, found: '0' };
    const missed = run([], { expectations: [met, unmet] });
    expect(judge(missed, scenario({}), false)).toMatchObject({ ending: 'failed', unmet: [unmet] });
  });

  it('is inconclusive for doubts alone, and strictly a failure', () => {
    const open = run([verdict('A-1', 'inconclusive')]);
    expect(judge(open, scenario({}), false)).toMatchObject({
      ending: 'inconclusive',
      doubts: ['A-1 could not be judged: as seen'],
    });
    expect(judge(open, scenario({}), true).ending).toBe('failed');
    expect(judge(run([], { ended: 'event limit' }), scenario({}), false).ending).toBe(
      'inconclusive',
    );
    expect(judge(run([], { ended: 'time limit' }), scenario({}), false).ending).toBe('passed');
    const worse = run([verdict('A-1', 'inconclusive'), verdict('A-2', 'violated')]);
    expect(judge(worse, scenario({}), false).ending).toBe('failed');
  });
});

describe('exit codes', () => {
  it('are unique, below 126 but for an interruption, and none but passing is 0', () => {
    const codes = Object.values(exitCodes).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(exitCodes.interrupted.code).toBe(130);
    expect(codes.filter((code) => code > 125)).toEqual([130]);
    expect(codes.filter((code) => code === 0)).toEqual([0]);
  });

  it('of several files are the gravest', () => {
    expect(gravest(['passed', 'inconclusive', 'failed', 'refused'])).toBe('refused');
    expect(gravest(['inconclusive', 'failed'])).toBe('failed');
    expect(gravest(['passed', 'inconclusive'])).toBe('inconclusive');
    expect(gravest(['unavailable', 'refused'])).toBe('unavailable');
    expect(gravest([])).toBe('passed');
  });
});
