import { describe, expect, test } from 'vitest';

import { layoutMediaPath } from '../../../renderer/lanes/layout/layout-media-path.ts';
import type { MediaPath } from '../../../renderer/lanes/layout/media-path-input.ts';
import {
  mediaPathOf,
  mediaTurnsOf,
  pathSentences,
  turnAt,
} from '../../../renderer/lanes/media-path.ts';
import type { TraceStore } from '../../../renderer/store/trace-store.ts';
import { makeTraceStore } from '../../../renderer/store/trace-store.ts';
import { micros } from '../../../sim-core/reading.ts';
import { figureTrace, shippedTrace } from '../trace-of-run.ts';

function pathAt(store: TraceStore, millis: number): MediaPath {
  const { header } = store.trace;
  if (header === null) throw new Error('there is no run');
  return mediaPathOf(header, turnAt(store.view(mediaTurnsOf), micros(millis * 1000)));
}

describe('where media go', () => {
  const sample = figureTrace();

  test('nowhere, before anything is sent', () => {
    const path = pathAt(sample, 100);
    expect(path.inputs).toEqual([]);
    expect(path.says).toBe('no media yet');
  });

  test('while it rings: the clip to A, in the rows and columns in use', () => {
    const path = pathAt(sample, 3_000);
    expect(path.says).toBe('clip since 350');
    expect(path.inputs.map(({ title }) => title)).toEqual(['CMR audio', 'CMR video']);
    expect(path.outputs.map(({ title }) => title)).toEqual(['A ear', 'A screen']);
    expect(pathSentences(path)).toEqual([
      'A ear gets CMR audio at 0 dB.',
      'A screen gets CMR video.',
    ]);
  });

  test('while it mixes: the matrix the Resource Server was told', () => {
    const path = pathAt(sample, 5_700);
    expect(path.says).toBe('mixing since 5\u2009610');
    expect(pathSentences(path)).toEqual([
      'A ear gets CMR audio at −12 dB and B mic at 0 dB.',
      'A screen gets CMR video.',
      'B ear gets A mic at 0 dB.',
    ]);
  });

  test('the clip stopped: straight from one to the other', () => {
    const path = pathAt(shippedTrace('gateway-mode/ring-stops-at-the-answer'), 5_440);
    expect(path.inputs).toEqual([]);
    expect(path.direct.map(({ from, to }) => `${from}${to}`).toSorted()).toEqual(['AB', 'BA']);
  });

  test('both at once, as long as B speaks beside the clip', () => {
    const path = pathAt(shippedTrace('continue/as-in-the-figure'), 5_300);
    expect(path.says).toBe('clip since 350, B beside it since 5\u2009260');
  });

  test('no run, no turns', () => {
    expect(makeTraceStore(() => {}).view(mediaTurnsOf)).toEqual([]);
  });
});

describe('its geometry', () => {
  test.each([280, 320, 404, 480])('stays within %i px', (width) => {
    for (const millis of [100, 3_000, 5_000, 5_700]) {
      const path = pathAt(figureTrace(), millis);
      const { box, nodes, wires, columns, height } = layoutMediaPath(path, width, 156);
      const xs = [
        box.x,
        box.x + box.width,
        ...nodes.flatMap((node) => [node.x, node.x + node.width]),
        ...wires.flatMap(({ points }) => points.map(([x]) => x)),
        ...columns.map(({ x }) => x),
      ];
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...xs)).toBeLessThanOrEqual(width);
      for (const { points } of wires) for (const [, y] of points) expect(y).toBeLessThan(height);
    }
  });

  test('a low window has all of it, in lower rows', () => {
    const path = pathAt(figureTrace(), 5_700);
    expect(layoutMediaPath(path, 1_056, 156).rowHeight).toBe(20);
    const low = layoutMediaPath(path, 1_056, 108);
    expect(low.rows).toHaveLength(4);
    expect(low.height).toBeLessThanOrEqual(108);
  });

  test('every gain stands in the row of its input and the column of its output', () => {
    const path = pathAt(figureTrace(), 5_700);
    const { cells, rows, columns } = layoutMediaPath(path, 404, 156);
    const filled = cells.filter(({ gain }) => gain !== null);
    expect(filled).toHaveLength(4);
    for (const { gain, x, y } of filled) {
      expect(rows.find(({ id }) => id === gain?.input)?.y).toBe(y);
      expect(columns.find(({ id }) => id === gain?.output)?.x).toBe(x);
    }
  });

  test('a wire has a strand for each source, and all its turns are square', () => {
    const { wires } = layoutMediaPath(pathAt(figureTrace(), 5_700), 404, 156);
    expect(wires.find(({ id }) => id === 'out A audio')?.sources).toEqual(['R', 'B']);
    for (const { points } of wires) {
      for (const [index, [x, y]] of points.entries()) {
        const before = points[index - 1];
        if (before !== undefined) expect(before[0] === x || before[1] === y).toBe(true);
      }
    }
  });
});
