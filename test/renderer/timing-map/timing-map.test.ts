import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Sweep, SweptRow } from '../../../renderer/store/sweep-store.ts';
import { microsOf, valueText } from '../../../renderer/timing-map/axis-values.ts';
import { finerRanges, profileOf, stripsOf } from '../../../renderer/timing-map/below-map.ts';
import { classesOfSweep, valuesAt } from '../../../renderer/timing-map/classes.ts';
import { shadeAt } from '../../../renderer/timing-map/grey-ramp.ts';
import { cellAt, layHeatMap } from '../../../renderer/timing-map/heat-map.ts';
import { commandOfMap } from '../../../renderer/store/map-command.ts';

const clean = { key: 'clean', says: 'ring continues; W-DUAL-SOURCE' };
const resent = { key: 'resent', says: 'ring continues; W-DUAL-SOURCE; 1 resent' };

/** Three places across, two down; the last of each line resends, and one cell has not run. */
function sweep(): Sweep {
  const row = (cell: number, one: typeof clean, value: number | null): SweptRow => ({
    cell,
    ...one,
    measured: [value],
    asWritten: cell === 1,
  });
  return {
    down: { path: 'links.b.latency', values: ['0s', '20ms'], measures: 'time' },
    across: { path: 'links.a.latency', values: ['0s', '0.05s', '100ms'], measures: 'time' },
    measures: ['answerLag'],
    base: [100],
    rows: [
      row(0, clean, 0),
      row(1, clean, 100),
      row(2, resent, 400),
      row(3, clean, 50),
      undefined,
      row(5, resent, null),
    ],
  };
}

const wide = (text: string): number => text.length * 6;
const size = { width: 64 + 300 + 20, height: 14 + 100 + 44 };

function laidOut() {
  const one = sweep();
  const measure = { at: 0, print: String };
  return layHeatMap(one, classesOfSweep(one), measure, size, wide);
}

test('classes have letters in the order of their cells, and words that set them apart', () => {
  expect(classesOfSweep(sweep())).toEqual([
    { ...clean, letter: 'A', own: '', cells: [0, 1, 3] },
    { ...resent, letter: 'B', own: '1 resent', cells: [2, 5] },
  ]);
});

test('the first axis runs upwards, the second to the right', () => {
  const map = laidOut();
  expect(map.cells[0]).toMatchObject({ x: 64, y: 64, text: '0', level: 0 });
  expect(map.cells[2]).toMatchObject({ x: 264, y: 64, text: '400', level: 1 });
  expect(map.cells[3]).toMatchObject({ x: 64, y: 14, text: '50', level: 0.125 });
  expect(map.cells[4]).toMatchObject({ text: '', level: null, key: null });
  expect(map.cells[5]).toMatchObject({ text: '–', level: null, key: 'resent' });
  expect(map.across.map(({ text }) => text)).toEqual(['0', '50', '100']);
  expect(map.down.map(({ text, at }) => [text, at])).toEqual([
    ['0', 89],
    ['20', 39],
  ]);
});

test('a line parts cells of different classes, and none that have not run', () => {
  // Between the second and third of the lower line alone: above, the second has not run.
  expect(laidOut().boundaries).toBe('M264 64v50');
});

test('the name of a class lies on a line between rows', () => {
  expect(laidOut().names.map(({ text, y }) => [text, y])).toEqual([
    ['A', 64],
    ['B  1 resent', 64],
  ]);
});

test('a point of the drawing is in the cell that is drawn there', () => {
  const map = laidOut();
  for (const { cell, x, y } of map.cells) {
    expect(cellAt(map, x + 1, y + 1)).toBe(cell);
    expect(cellAt(map, x + map.cellWidth - 1, y + map.cellHeight - 1)).toBe(cell);
  }
  expect(cellAt(map, 63, 40)).toBeNull();
  expect(cellAt(map, 365, 40)).toBeNull();
  expect(cellAt(map, 100, 13)).toBeNull();
  expect(cellAt(map, 100, 115)).toBeNull();
});

test('numbers stand out from every grey in both themes', () => {
  for (const theme of ['dark', 'light'] as const) {
    for (let level = 0; level <= 1; level += 0.005) {
      expect(shadeAt(level, theme).contrast).toBeGreaterThanOrEqual(4.58);
    }
  }
  expect(shadeAt(0, 'dark').fill).toBe(shadeAt(1, 'light').fill);
});

test('strips have the most frequent outcome first, and the run in the middle', () => {
  const one = sweep();
  const strips = stripsOf(one, classesOfSweep(one), 0, { least: 0, most: 400 }, 6);
  expect(strips).toEqual([
    {
      key: 'clean',
      letter: 'A',
      says: clean.says,
      count: 3,
      ticks: [0, 0.25, 0.125],
      median: 0.125,
    },
    { key: 'resent', letter: 'B', says: '1 resent', count: 2, ticks: [1], median: 1 },
  ]);
});

test('one line of the map says where along it the outcome changes', () => {
  expect(profileOf(sweep(), 0, 0)).toEqual({
    points: [
      { cell: 0, at: 0, value: 0 },
      { cell: 1, at: 1, value: 100 },
      { cell: 2, at: 2, value: 400 },
    ],
    changes: [1],
  });
});

test('a box of cells is run more finely, whichever corner it was drawn from', () => {
  const ranges = { down: '0s..20ms:2ms', across: '0.05s..100ms:5ms' };
  expect(finerRanges(sweep(), 1, 5)).toEqual(ranges);
  expect(finerRanges(sweep(), 5, 1)).toEqual(ranges);
  expect(finerRanges(sweep(), 0, 1)).toEqual({ down: '0s', across: '0s..0.05s:5ms' });
  expect(finerRanges(sweep(), 2, 2)).toBeNull();
});

test('values are printed in milliseconds', () => {
  expect(valuesAt(sweep(), 4)).toEqual(['20ms', '0.05s']);
  expect(valueText('0.05s', 'bare')).toBe('50');
  expect(valueText('72501us', 'with unit')).toBe('72.501 ms');
  expect(valueText('sendrecv', 'with unit')).toBe('sendrecv');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (time) => {
      expect(microsOf(`${time}us`)).toBe(time);
      expect(microsOf(`${time}ms`)).toBe(time * 1_000);
    }),
  );
});

test('the command line names the file, both axes and the seed, quoted for a shell', () => {
  const map = {
    down: { path: 'links.b.latency', range: '0ms..20ms:20ms' },
    across: { path: 'switches.SW-PEM', range: 'sendrecv, sendonly' },
    measure: 'answerLag',
  };
  const shipped = 'scenarios/continue/as-in-the-figure.cmr.yaml';
  expect(commandOfMap(shipped, map, 7)).toBe(
    'ringscope sweep scenarios/continue/as-in-the-figure.cmr.yaml ' +
      '--axis links.b.latency=0ms..20ms:20ms ' +
      "--axis 'switches.SW-PEM=sendrecv, sendonly' --seeds 7..7 --measure answerLag",
  );
  const opened = "it's mine.cmr.yaml";
  expect(commandOfMap(opened, map, null)).toContain(`ringscope sweep 'it'\\''s mine.cmr.yaml' `);
});
