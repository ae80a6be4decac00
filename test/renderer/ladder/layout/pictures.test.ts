import { describe, expect, it } from 'vitest';

import type { LadderLayout, Segment } from '../../../../renderer/ladder/layout/ladder-layout.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import {
  type ExpectedItem,
  expectedRows,
  expectedTime,
  measure,
  pictured,
  rowsView,
  size,
  timeView,
} from './fixture.ts';

/** As the fixtures are written: to a tenth of a px. */
const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;

/** Arrows and labels in the fixtures' own form; arrows without a label are not in them. */
function itemsOf(layout: LadderLayout): readonly ExpectedItem[] {
  return layout.labels.map((label) => {
    const arrow = layout.arrows[label.arrow];
    if (arrow === undefined) throw new Error(`The label of ${label.message} has no arrow.`);
    const { id, x1, y1, x2, y2 } = arrow;
    const { variant, side, x, y, width: w, height: h } = label;
    return { id, x1, y1, x2, y2, label: { variant, side, x, y, w, h } };
  });
}

/** The fixtures are rounded to a tenth, so that no number may be further off than half of one. */
const HALF_TENTH = 0.05 + 1e-9;

function expectItems(found: readonly ExpectedItem[], expected: readonly ExpectedItem[]): void {
  expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  found.forEach((item, index) => {
    const other = expected[index];
    if (other === undefined) throw new Error(`No expectation for ${item.id}.`);
    expect([item.id, item.label.variant, item.label.side]).toEqual([
      other.id,
      other.label.variant,
      other.label.side,
    ]);
    const numbers = ({ x1, y1, x2, y2, label }: ExpectedItem): number[] => [
      x1,
      y1,
      x2,
      y2,
      label.x,
      label.y,
      label.w,
      label.h,
    ];
    numbers(item).forEach((value, at) => {
      const distance = Math.abs(value - (numbers(other)[at] ?? NaN));
      expect(distance, `${item.id}, number ${at}`).toBeLessThanOrEqual(HALF_TENTH);
    });
  });
}

const lanesOf = (layout: LadderLayout): Record<string, number> =>
  Object.fromEntries(layout.lifelines.map(({ id, x }) => [id, x]));

describe('the Time picture', () => {
  const layout = layoutLadder(pictured, timeView, size, measure);

  it('has the scale, the lifelines and the cut of the fixture', () => {
    expect(layout.pxPerMs).toBeCloseTo(expectedTime.k, 5);
    expect(lanesOf(layout)).toEqual(expectedTime.lanes);
    expect(
      layout.cuts.map((cut) => [tenth(cut.fromMicros / 1000), tenth(cut.toMicros / 1000)]),
    ).toEqual(expectedTime.cuts.map(({ t, t2 }) => [t, t2]));
    expect(layout.cuts[0]?.length).toBe('4.2 s');
    expect(layout.cuts[0]?.reason).toBe('ringing, no signalling');
    expect(layout.height).toBeCloseTo(size.height, 9);
  });

  it('has every arrow and label of the fixture', () => {
    expectItems(itemsOf(layout), expectedTime.items);
    expect(layout.hiddenLabels).toBe(0);
  });

  it('is the same with the selection of the picture', () => {
    const selected = layoutLadder(pictured, { ...timeView, selected: 'm20' }, size, measure);
    expectItems(itemsOf(selected), expectedTime.items);
  });
});

describe('the Rows picture', () => {
  const layout = layoutLadder(pictured, rowsView, size, measure);

  it('has the row height and the lifelines of the fixture', () => {
    expect(layout.rowHeight).toBeCloseTo(expectedRows.rowH, 9);
    expect(lanesOf(layout)).toEqual(expectedRows.lanes);
  });

  it('has every arrow and label of the fixture', () => {
    expectItems(itemsOf(layout), expectedRows.items);
    expect(layout.hiddenLabels).toBe(0);
  });
});

/** A thing of the layout as the picture's source has it: some of its numbers, to a tenth. */
const rounded = <T extends object>(thing: T, ...keys: (keyof T)[]): (number | T[keyof T])[] =>
  keys.map((key) => {
    const value = thing[key];
    return typeof value === 'number' ? tenth(value) : value;
  });

describe('what else the pictures show', () => {
  const view = { ...timeView, selected: 'm20', playheadMicros: 5_600_000, timers: 'all' as const };
  const time = layoutLadder(pictured, view, size, measure);
  const rows = layoutLadder(pictured, { ...view, axis: 'rows', selected: 'm9' }, size, measure);

  it('has the state bands of both', () => {
    const bands = (layout: LadderLayout) =>
      layout.bands
        .filter(({ open }) => !open)
        .map((band) => rounded(band, 'lifeline', 'phase', 'x', 'y', 'width', 'height'));
    expect(bands(time)).toEqual([
      ['A', 'calling', 149.5, 19, 6, 116],
      ['S', 'calling', 332, 47.8, 4, 58.3],
      ['S', 'calling', 337, 49.1, 4, 56.4],
      ['B', 'calling', 702.5, 74.7, 6, 5.1],
      ['B', 'early', 702.5, 79.9, 6, 181],
      ['S', 'early', 337, 105.5, 4, 181],
      ['S', 'early', 332, 106.1, 4, 300.5],
      ['R', 'calling', 518.5, 108, 6, 65.3],
      ['A', 'early', 149.5, 135, 6, 300.5],
      ['R', 'early', 518.5, 173.4, 6, 295.7],
    ]);
    expect(bands(rows)).toEqual([
      ['A', 'calling', 149.5, 18.5, 6, 91],
      ['S', 'calling', 332, 18.5, 4, 91],
      ['S', 'calling', 337, 54.5, 4, 37],
      ['B', 'calling', 702.5, 54.5, 6, 37],
      ['B', 'early', 702.5, 91.5, 6, 179],
      ['S', 'early', 337, 91.5, 4, 179],
      ['S', 'early', 332, 109.5, 4, 289],
      ['R', 'calling', 518.5, 127.5, 6, 73],
      ['A', 'early', 149.5, 109.5, 6, 289],
      ['R', 'early', 518.5, 200.5, 6, 252],
    ]);
    const last = time.bands.find(({ lifeline, open }) => lifeline === 'A' && open);
    expect(tenth((last?.y ?? 0) + (last?.height ?? 0))).toBe(561);
  });

  it('has the perception rails of both', () => {
    const rails = (layout: LadderLayout) =>
      layout.rails.map((rail) => rounded(rail, 'lifeline', 'source', 'x', 'y', 'width', 'height'));
    expect(rails(time)).toEqual([
      ['A', null, 65, 135, 5, 67.9],
      ['A', 'R', 65, 202.9, 5, 295.7],
      ['A', 'R', 65, 498.5, 2, 62.5],
      ['A', 'B', 68, 498.5, 2, 62.5],
      ['A', 'R', 76, 202.9, 5, 358.1],
      ['B', null, 777, 79.9, 5, 181],
      ['B', 'A', 777, 495.3, 5, 65.7],
    ]);
    expect(rails(rows)).toEqual([
      ['A', null, 65, 109.5, 5, 109],
      ['A', 'R', 65, 218.5, 5, 253],
      ['A', 'R', 65, 471.5, 2, 89.5],
      ['A', 'B', 68, 471.5, 2, 89.5],
      ['A', 'R', 76, 218.5, 5, 342.5],
      ['B', null, 777, 91.5, 5, 179],
      ['B', 'A', 777, 489.5, 5, 71.5],
    ]);
  });

  it('has the tint, which a mixed stream between the same two takes over', () => {
    expect(
      time.regions.map(({ message, corners }) => [message, corners.flat().map(tenth)]),
    ).toEqual([
      ['f1', [521.5, 173.4, 152.5, 202.9, 152.5, 498.5, 521.5, 469.1]],
      ['f2', [521.5, 469.1, 152.5, 498.5, 152.5, 561, 521.5, 561]],
      ['f3', [521.5, 469.1, 705.5, 495.3, 705.5, 561, 521.5, 561]],
    ]);
  });

  it('has the timers, the action and the words beside them', () => {
    const timers = (layout: LadderLayout) =>
      layout.timers.map((timer) => rounded(timer, 'outcome', 'x1', 'y1', 'x2', 'y2'));
    expect(timers(time)).toEqual([
      ['fired', 711.5, 320.4, 714.5, 480.6],
      ['stopped', 711.5, 480.6, 714.5, 532.5],
    ]);
    expect(timers(rows)).toEqual([
      ['fired', 711.5, 343.5, 714.5, 507.5],
      ['stopped', 711.5, 507.5, 714.5, 525.5],
    ]);
    expect(time.userActions.map((action) => rounded(action, 'verb', 'x', 'y', 'side'))).toEqual([
      ['answers', 710.5, 260.9, 'right'],
    ]);
    expect(time.words.map((word) => rounded(word, 'text', 'x', 'y', 'anchor'))).toEqual([
      ['calling', 140.5, 25, 'end'],
      ['trying', 717.5, 80.7, 'start'],
      ['early', 717.5, 94.7, 'start'],
      ['early', 140.5, 141, 'end'],
      ['answers', 721.5, 264.9, 'start'],
      ['confirmed', 140.5, 441.4, 'end'],
      ['T1 500', 719.5, 404.5, 'start'],
      ['T1×2', 719.5, 510.6, 'start'],
    ]);
  });

  it('has the ruler: ticks, and those that give way to the selection and the playhead', () => {
    expect(time.ticks.map(({ text, y }) => `${text} ${y}`)).toEqual([
      '0 19.5',
      '100 51.5',
      '200 83.5',
      '300 115.5',
      '400 147.5',
      '500 179.5',
      '4\u2009800 261.5',
      '4\u2009900 293.5',
      '5\u2009000 325.5',
      '5\u2009100 357.5',
      '5\u2009200 389.5',
      '5\u2009300 421.5',
      '5\u2009400 453.5',
      '5\u2009500 485.5',
      '5\u2009600 517.5',
      '5\u2009700 549.5',
    ]);
    const silent = time.marks.silentTicks.map((index) => time.ticks[index]?.text);
    expect(silent).toEqual(['5\u2009100', '5\u2009200', '5\u2009600']);
    expect(time.marks.selection.map(({ text, y }) => [text, tenth(y)])).toEqual([
      ['5\u2009068', 346.7],
      ['5\u2009158', 375.5],
    ]);
    expect(rows.ticks).toHaveLength(27);
    expect(rows.ticks.slice(10, 14).map(({ text, y }) => `${text} ${y}`)).toEqual([
      '474 200.5',
      '482 218.5',
      '4\u2009800 270.5',
      '4\u2009882 289.5',
    ]);
  });

  it('has the playhead, the veil under it and what is in flight', () => {
    const { playhead, veil, inFlight } = time.marks;
    expect(playhead).toEqual({ y: 517.5, text: '5\u2009600' });
    expect(tenth(veil?.y1 ?? 0)).toBe(517.1);
    expect(tenth(veil?.y2 ?? 0)).toBe(561);
    expect(inFlight.map((dot) => rounded(dot, 'message', 'leg', 'x', 'y'))).toEqual([
      ['m28', 'B', 484.9, 517.1],
    ]);
  });

  it('has bridges, strands and heads', () => {
    const arrow = (id: string) => time.arrows.find((each) => each.id === id);
    const segment = (bridge: Segment) => rounded(bridge, 'x1', 'y1', 'x2', 'y2');
    expect(arrow('m1')?.bridges).toEqual([]);
    expect(arrow('m3')?.bridges.map(segment)).toEqual([[516.5, 61.6, 526.5, 62.3]]);
    expect(arrow('m24')?.bridges.map(segment)).toEqual([[516.5, 478.7, 526.5, 479.4]]);
    expect(arrow('f2')?.strands.map(segment)).toEqual([
      [517.6, 470.7, 160.6, 499.8],
      [517.4, 467.5, 160.4, 496.6],
    ]);
    const heads = arrow('f2')?.heads.map((head) => rounded(head, 'shape', 'source', 'x', 'y'));
    expect(heads).toEqual([
      ['open', 'R', 156.5, 498.5],
      ['open', 'B', 161.5, 498.1],
    ]);
    expect(arrow('m24')?.heads.map((head) => rounded(head, 'shape', 'size', 'x', 'y'))).toEqual([
      ['cross', 10, 564.3, 482.1],
    ]);
    const rowHeads = rows.arrows.find(({ id }) => id === 'm7')?.heads;
    expect(rowHeads?.map((head) => rounded(head, 'shape', 'x', 'y', 'ux'))).toEqual([
      ['filled', 517.5, 127.5, 1],
      ['open', 340.5, 127.5, -1],
    ]);
  });

  it('has the cut, and its reason in the first gap', () => {
    expect(time.cuts.map((cut) => rounded(cut, 'waveY1', 'waveY2', 'reasonX'))).toEqual([
      [213.9, 237.9, 244.5],
    ]);
    expect(rows.cuts.map((cut) => rounded(cut, 'y1', 'y2', 'length'))).toEqual([
      [219.5, 253.5, '4.2 s'],
    ]);
  });
});
