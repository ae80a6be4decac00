import { describe, expect, test } from 'vitest';

import { findClause } from '../../../../sim-core/conformance/catalogue.ts';
import { judgeRules, rules } from '../../../../sim-core/conformance/rules/index.ts';
import type { Observation } from '../../../../sim-core/conformance/rules/observation.ts';
import { observeTrace } from '../../../../sim-core/conformance/rules/observe-trace.ts';
import type { ClauseVerdict, Level, Verdict } from '../../../../sim-core/conformance/verdict.ts';
import type { Ended } from '../../../../sim-core/trace/trace-header.ts';
import type { BuiltTrace, TraceBuilder } from '../../../support/trace-builder.ts';

export function observed(trace: BuiltTrace, ended: Ended | null = 'quiet'): Observation {
  return observeTrace(trace.header, trace.records, ended, trace.endedAt);
}

/** What the rules say of a trace, by rule. */
export function ruled(
  trace: TraceBuilder,
  ended: Ended | null = 'quiet',
): Readonly<Record<string, ClauseVerdict>> {
  const verdicts = judgeRules(observed(trace.build(), ended));
  return Object.fromEntries(verdicts.map((one) => [one.clause, one]));
}

/** The rules that are violated with the weight of an error. */
export function errorsOf(trace: TraceBuilder): string[] {
  return Object.values(ruled(trace))
    .filter(({ verdict, level }) => verdict === 'violated' && level === 'error')
    .map(({ clause }) => clause);
}

/** One thing done in a call, and what a rule says of it. */
export interface RuleCase {
  readonly what: string;
  readonly rule: string;
  readonly verdict: Verdict;
  readonly trace: () => TraceBuilder;
  /** How the run ended; `'quiet'` without. */
  readonly ended?: Ended | null;
  /** What a breach weighs. */
  readonly level?: Level;
  /** Words of the sentence. */
  readonly says?: string;
}

/** Tests of every case, and that each rule is both kept and broken by one of them. */
export function describeRules(ids: readonly string[], cases: readonly RuleCase[]): void {
  describe.each(ids)('%s', (id) => {
    const own = cases.filter(({ rule }) => rule === id);

    test.each(own)('$verdict: $what', ({ trace, verdict, says, level, ended }) => {
      const found = ruled(trace(), ended === undefined ? 'quiet' : ended)[id];
      expect(found).toMatchObject({ verdict });
      if (says !== undefined) expect(found?.says).toContain(says);
      if (level !== undefined) expect(found?.level).toBe(level);
      const shows = verdict === 'satisfied' || verdict === 'violated';
      expect((found?.evidence.length ?? 0) > 0).toBe(shows || verdict === 'inconclusive');
      expect(found?.says).not.toBe('');
    });

    test('is judged, and there are traces that keep it and that break it', () => {
      expect(rules.map((one) => String(one.id))).toContain(id);
      const verdicts = own.map(({ verdict }) => verdict);
      expect(verdicts).toContain('satisfied');
      if (!isRemark(id) && !adviceOnly.has(id)) expect(verdicts).toContain('violated');
    });
  });
}

/** Rules that only point at something violate nothing. */
function isRemark(id: string): boolean {
  return findClause(id)?.strength === 'NOTE';
}

/** Preferences between two lawful ways, which are told and not held against anybody (spec §4). */
const adviceOnly = new Set(['R-UPD-11', 'R-EM-06', 'R-EM-07']);
