import { expect, it } from 'vitest';

import {
  evidenceOf,
  evidenceRings,
  evidenceSpan,
  expectedArrow,
} from '../../../renderer/ladder/evidence.ts';
import { arrowsOf, ladderInputOf } from '../../../renderer/ladder/from-trace.ts';
import { layoutLadder } from '../../../renderer/ladder/layout/layout-ladder.ts';
import type { ClauseId } from '../../../sim-core/reading.ts';
import { measure, shippedTrace } from '../trace-of-run.ts';
import { size, timeView } from './layout/fixture.ts';

const traces = shippedTrace('negative/oa-16-mixture-before-the-ack');
const { records } = traces.trace;
const layout = layoutLadder(traces.view(ladderInputOf), timeView, size, measure);
const evidence = evidenceOf(traces.trace, 'CON-SRV-09' as ClauseId);

it('what is seen of a clause is spanned at the lifeline where it began', () => {
  const { arrowOf } = traces.view(arrowsOf);
  const rings = evidenceRings(evidence, records, (one) => arrowOf.get(one), layout, true);
  const span = evidenceSpan(evidence, records, layout, rings);
  const server = layout.lifelines.find(({ title }) => title === 'CMR Server');
  // The mix command leaves at 5 350, the ACK it was to wait for comes at 5 400.
  expect(span).toMatchObject({ x: server?.x, side: 'right', says: '50 ms' });
  const own = rings.filter(({ x }) => x === server?.x).map(({ y }) => y);
  expect([span?.y1, span?.y2]).toEqual([Math.min(...own), Math.max(...own)]);
  expect(evidenceSpan(evidence.slice(0, 1), records, layout, rings.slice(0, 1))).toBeNull();
});

it('what was due and did not follow stands where it was due', () => {
  const verdictOf = (traced: typeof traces, clause: string) => {
    const verdict = traced.trace.end?.verdicts.find((one) => one.clause === clause);
    if (verdict === undefined) throw new Error(`nothing is said of ${clause}`);
    return verdict;
  };
  const xOf = (title: string) => layout.lifelines.find((one) => one.title === title)?.x ?? 0;
  const { arrowOf } = traces.view(arrowsOf);
  const mixture = verdictOf(traces, 'CON-SRV-09');
  const held = verdictOf(traces, 'CON-SRV-08');
  const arrow = expectedArrow(mixture, records, (one) => arrowOf.get(one), layout);
  const ack = layout.arrows.find(
    ({ id }) => id === traces.view(arrowsOf).arrowOf.get(mixture.evidence.at(-1) ?? (0 as never)),
  );
  expect(arrow).toMatchObject({
    x1: xOf('CMR Server') + 8,
    x2: xOf('CMR Resource Server') - 8,
    says: 'mix expected from here on',
  });
  expect(Math.abs((arrow?.y1 ?? 0) - (ack?.headY ?? 0))).toBeLessThan(1);
  // What holds misses nothing; what came in its time and is wrong otherwise is there.
  expect(expectedArrow(held, records, (one) => arrowOf.get(one), layout)).toBeNull();
  const malformed = verdictOf(shippedTrace('negative/oa-03-cmr-video-first'), 'CON-SRV-07');
  expect(malformed).toMatchObject({ verdict: 'violated' });
  expect(malformed.expected).toBeUndefined();
});
