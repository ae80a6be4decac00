import { describe, expect, test } from 'vitest';

import { oracles } from '../../../sim-core/conformance/oracles/index.ts';
import { brokenDecision } from './broken-decision.ts';
import { brokenDelivery } from './broken-delivery.ts';
import { brokenEarlySessions } from './broken-early-sessions.ts';
import { brokenMixing } from './broken-mixing.ts';
import { judged } from './judging.ts';

const broken = [...brokenDelivery, ...brokenDecision, ...brokenMixing, ...brokenEarlySessions];

describe('one thing done wrong', () => {
  test.each(broken)('$what', ({ call, vary, flips, says }) => {
    const before = judged(call().build());
    const after = judged(vary(call()).build());
    const changed = Object.fromEntries(
      Object.values(after)
        .filter((one) => one.verdict !== before[one.clause]?.verdict)
        .map((one) => [one.clause, one.verdict]),
    );
    expect(changed).toEqual(flips);
    const sentences = Object.values(after).filter((one) => one.verdict === 'violated');
    if (says !== undefined) expect(sentences.map((one) => one.says).join('\n')).toContain(says);
    for (const one of sentences) expect(one.evidence.length, one.clause).toBeGreaterThan(0);
  });

  test('every clause that is judged is broken by one of them', () => {
    const found = new Set(
      broken.flatMap(({ flips }) =>
        Object.entries(flips).flatMap(([id, verdict]) => (verdict === 'violated' ? [id] : [])),
      ),
    );
    const all = oracles.flatMap((oracle) => oracle.clauses);
    expect(all.filter((id) => !found.has(id))).toEqual([]);
    expect(all).toHaveLength(57);
  });
});
