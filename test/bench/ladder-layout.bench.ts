import { layoutLadder } from '../../renderer/ladder/layout/layout-ladder.ts';
import { markLadder } from '../../renderer/ladder/layout/marks.ts';
import type { LadderInput, LadderView } from '../../renderer/ladder/layout/ladder-input.ts';
import { measure, rowsView, size, timeView } from '../renderer/ladder/layout/fixture.ts';
import { manyCalls } from '../renderer/ladder/layout/many-calls.ts';

const rounds = 9;

/** Wall time of one call of `work`, ms: the least of several after a warm-up. */
function leastMs(work: () => void): number {
  work();
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    work();
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

function layoutMs(input: LadderInput, view: LadderView): number {
  return leastMs(() => layoutLadder(input, view, size, measure));
}

/**
 * Prints how long the ladder of 1 000 and of 10 000 messages takes to lay out, in ms, and their
 * ratio, which is 10 if the work is linear; and what a frame costs that moves the playhead only.
 */
export function printLadderFigures(): void {
  const few = manyCalls(1000);
  const many = manyCalls(10_000);
  const views: readonly (readonly [string, LadderView])[] = [
    ['Time, fitted', timeView],
    ['Time, 0.32 px/ms', { ...timeView, pxPerMs: 0.32 }],
    ['Time, 0.32 px/ms, live', { ...timeView, pxPerMs: 0.32, live: true }],
    ['Rows', rowsView],
  ];
  console.log('\nLadder layout: ms for 1 000 and 10 000 messages, and their ratio');
  for (const [name, view] of views) {
    // Once through all sizes first, so that both are timed with the same compiled code.
    layoutMs(many, view);
    const fewMs = layoutMs(few, view);
    const manyMs = layoutMs(many, view);
    const cells = [name.padEnd(26), fewMs.toFixed(1).padStart(8), manyMs.toFixed(1).padStart(8)];
    console.log(`  ${cells.join(' ')}   × ${(manyMs / fewMs).toFixed(1)}`);
  }
  const layout = layoutLadder(many, { ...timeView, pxPerMs: 0.32 }, size, measure);
  const end = layout.endMicros;
  const frames = 1000;
  const framesMs = leastMs(() => {
    for (let frame = 0; frame < frames; frame++) {
      const playheadMicros = Math.floor((end * frame) / frames);
      markLadder(layout, { ...timeView, playheadMicros, scrollY: frame });
    }
  });
  const frameMicros = ((framesMs / frames) * 1000).toFixed(1);
  console.log(`  marks of one frame, 10 000 messages: ${frameMicros} µs`);
}
