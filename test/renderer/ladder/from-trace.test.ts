import { describe, expect, it } from 'vitest';

import { arrowsOf, ladderInputOf } from '../../../renderer/ladder/from-trace.ts';
import { layoutLadder } from '../../../renderer/ladder/layout/layout-ladder.ts';
import { makeTraceStore } from '../../../renderer/store/trace-store.ts';
import { sampleClauses, sampleRun } from '../../support/sample-run.ts';

describe('x', () => {
  it('y', () => {
    const run = sampleRun();
    const store = makeTraceStore(() => {});
    const { header, records, ...end } = run;
    store.begin(header, sampleClauses);
    store.append(records);
    store.complete(end);
    const input = store.view(ladderInputOf);
    console.log(JSON.stringify(input, null, 1).slice(0, 20000));
    const layout = layoutLadder(
      input,
      {
        axis: 'time', pxPerMs: null, scrollX: 0, scrollY: 0, playheadMicros: null, selected: null,
        evidence: [], timers: 'fired', live: false, narrow: false,
      },
      { width: 815, height: 561 },
      (t) => t.length * 6.6,
    );
    console.log(layout.labels.map((l) => l.variant), layout.hiddenLabels);
    expect(store.view(arrowsOf).arrows.length).toBeGreaterThan(20);
  });
});
