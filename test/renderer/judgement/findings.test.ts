import { describe, expect, test } from 'vitest';

import {
  countVerdicts,
  findingsOf,
  standingOf,
  verdictAt,
} from '../../../renderer/judgement/findings.ts';
import { makeTraceStore } from '../../../renderer/store/trace-store.ts';
import { micros, type ClauseId, type RecordNumber } from '../../../sim-core/reading.ts';
import { figureRun, figureTrace, shippedTrace, traceOf } from '../trace-of-run.ts';

const record = (number: number): RecordNumber => number as RecordNumber;

describe('what a run is faulted for', () => {
  test('nothing, where every clause holds', () => {
    const store = shippedTrace('gateway-mode/client-b-busy');
    expect(store.view(findingsOf)).toEqual([]);
    expect(standingOf(store.trace)).toBe('passes');
  });

  test('failures before warnings, each in the order of time, what never happened last', () => {
    const run = figureRun();
    const store = traceOf({
      ...run,
      verdicts: [
        {
          clause: 'B' as ClauseId,
          level: 'error',
          verdict: 'violated',
          evidence: [record(9)],
          says: 'late.',
        },
        {
          clause: 'A' as ClauseId,
          level: 'error',
          verdict: 'violated',
          evidence: [record(2)],
          says: 'early.',
        },
        {
          clause: 'C' as ClauseId,
          level: 'error',
          verdict: 'satisfied',
          evidence: [record(3)],
          says: 'fine.',
        },
      ],
      warnings: [{ code: 'W-DUAL-SOURCE', evidence: [record(1)], says: 'odd.' }],
      expectations: [
        { says: 'outcome is busy', met: false, found: 'ring continues' },
        { says: 'SRD is 1 ms', met: true, found: '1 ms' },
      ],
    });
    expect(store.view(findingsOf).map(({ weight, says }) => `${weight}: ${says}`)).toEqual([
      'fails: early.',
      'fails: late.',
      'fails: Expected: outcome is busy. Found: ring continues.',
      'warns: odd.',
    ]);
    expect(standingOf(store.trace)).toBe('fails');
  });

  test('a warning alone is no failure', () => {
    const { trace } = shippedTrace('gateway-mode/ring-stops-at-the-answer');
    expect(standingOf(trace)).toBe('warns');
  });

  test('an unfinished run has no standing', () => {
    expect(standingOf(makeTraceStore(() => {}).trace)).toBeNull();
  });
});

describe('verdicts at an instant', () => {
  const { trace } = figureTrace();
  const { verdicts } = figureRun();

  test('are to come until their last evidence has happened', () => {
    const answers = verdicts.find(({ clause }) => clause === 'FLOW-CON-01');
    expect(verdictAt(answers!, trace, micros(5_239_999))).toBe('to come');
    expect(verdictAt(answers!, trace, micros(5_240_000))).toBe('satisfied');
  });

  test('are counted, each once, whatever the instant', () => {
    for (const instant of [0, 300_000, 5_400_000, 60_000_000]) {
      const counts = Object.values(countVerdicts(trace, micros(instant)));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(verdicts.length);
    }
    const all = countVerdicts(trace, micros(60_000_000));
    expect(all['to come']).toBe(0);
    expect(all.satisfied).toBe(verdicts.filter((one) => one.verdict === 'satisfied').length);
    expect(countVerdicts(trace, micros(5_000_000))['to come']).toBeGreaterThan(11);
  });
});
