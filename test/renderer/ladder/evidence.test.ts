import { expect, it } from 'vitest';

import { evidenceOf, evidenceRings, evidenceSpan } from '../../../renderer/ladder/evidence.ts';
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
