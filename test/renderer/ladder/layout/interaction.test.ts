import { describe, expect, it } from 'vitest';

import { heightAt } from '../../../../renderer/ladder/layout/height-map.ts';
import { hitTest } from '../../../../renderer/ladder/layout/hit-test.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { rulerText } from '../../../../renderer/ladder/layout/ruler-text.ts';
import type { LadderView } from '../../../../renderer/ladder/layout/ladder-input.ts';
import { markLadder } from '../../../../renderer/ladder/layout/marks.ts';
import { visibleRows } from '../../../../renderer/ladder/layout/visible.ts';
import { scrollKeeping, zoomAbout } from '../../../../renderer/ladder/layout/zoom.ts';
import { measure, message, pictured, rowsView, run, size, timeView } from './fixture.ts';
import { manyCalls } from './many-calls.ts';

const still = { scrollX: 0, scrollY: 0 };

describe('times on the ruler', () => {
  it('are exact where there is room, and as exact as fits where there is not', () => {
    expect([5_068_000, 39_759, 10_987_357, 999_999_999, 5_464_420_250].map(rulerText)).toEqual([
      '5\u2009068',
      '39.759',
      '10\u2009987.4',
      '1\u2009000\u2009000',
      '5\u2009464\u2009420',
    ]);
  });

  it('of a selection stand apart, and a row has one', () => {
    const short = [message({ id: 'one', journey: { end: 'arrives', atMicros: 5_000 } })];
    const marks = (how: LadderView) =>
      markLadder(layoutLadder(run({ messages: short }), how, size, measure), {
        playheadMicros: null,
        selected: 'one',
        scrollY: 0,
        live: false,
      }).selection;
    const [sent, received] = marks(timeView);
    expect((received?.textY ?? 0) - (sent?.textY ?? 0)).toBeGreaterThanOrEqual(14);
    expect(marks(rowsView).map(({ micros }) => micros)).toEqual([0]);
  });
});

describe('hit testing', () => {
  const layout = layoutLadder(pictured, timeView, size, measure);
  const hit = (x: number, y: number, scroll = still) => hitTest(layout, x, y, scroll);

  it('finds every label and the middle of every shaft that nothing covers', () => {
    for (const { message: id, x, y, width, height } of layout.labels) {
      expect(hit(x + width / 2, y + height / 2)).toEqual({ kind: 'message', message: id });
    }
    expect(hit(244.5, 33.4)).toEqual({ kind: 'message', message: 'm1' });
    expect(hit(244.5, 33.4 - 4.5)).toEqual({ kind: 'message', message: 'm1' });
    expect(hit(244.5, 33.4 - 6)).toMatchObject({ kind: 'empty' });
  });

  it('finds timers, lifelines, ruler and minimap', () => {
    expect(hit(714.5, 380)).toEqual({ kind: 'timer', timer: 'T1' });
    expect(hit(152.5, 400)).toEqual({ kind: 'lifeline', lifeline: 'A' });
    expect(hit(30, 260.86)).toEqual({ kind: 'ruler', micros: expect.closeTo(4_800_000, -3) });
    expect(hit(800, 6)).toEqual({ kind: 'minimap', micros: 0 });
    expect(hit(800, 555)).toEqual({ kind: 'minimap', micros: 5_712_000 });
  });

  it('counts from the scrolled content', () => {
    const scrolled = { scrollX: 10, scrollY: 20 };
    expect(hit(244.5 - 10, 33.4 - 20, scrolled)).toEqual({ kind: 'message', message: 'm1' });
  });

  it('finds all three sides of a loop', () => {
    const input = run({ messages: [message({ id: 'one', from: 'B', to: 'B', text: 'x' })] });
    const looped = layoutLadder(input, { ...timeView, pxPerMs: 1 }, size, measure);
    for (const [x, y] of [
      [725, 19],
      [735.5, 26],
      [725, 33],
    ] as const) {
      expect(hitTest(looped, x, y, still)).toEqual({ kind: 'message', message: 'one' });
    }
  });
});

describe('the visible part', () => {
  it('is what a search through everything finds', () => {
    const layout = layoutLadder(manyCalls(600), { ...timeView, pxPerMs: 0.3 }, size, measure);
    for (const top of [-50, 0, 900, 3000, layout.height]) {
      const bottom = top + 561;
      const found = visibleRows(layout, top, bottom);
      expect(found.arrows).toEqual(layout.arrows.filter(({ y1, y2 }) => y1 <= bottom && y2 >= top));
      expect(found.labels).toEqual(
        layout.labels.filter(({ y, height }) => y <= bottom && y + height >= top),
      );
    }
  });
});

describe('zooming', () => {
  const view = { ...timeView, pxPerMs: 0.5 };
  const layout = layoutLadder(pictured, view, size, measure);

  it('keeps the time under the pointer', () => {
    const scrollY = 120;
    const { pxPerMs, scrollY: after } = zoomAbout(layout, pictured, { scrollY }, 1.5, 300);
    expect(pxPerMs).toBeCloseTo(0.75, 9);
    const zoomed = layoutLadder(pictured, { ...view, pxPerMs }, size, measure);
    const micros = 5_100_000;
    const pointer = heightAt(layout.heights, micros);
    const about = zoomAbout(layout, pictured, { scrollY: 0 }, 1.5, pointer);
    expect(heightAt(zoomed.heights, micros) - about.scrollY).toBeCloseTo(pointer, 3);
    expect(after).toBeGreaterThan(0);
  });

  it('stops at the ends of the scale and of the content, and leaves Rows alone', () => {
    expect(zoomAbout(layout, pictured, { scrollY: 0 }, 100, 0)).toEqual({ pxPerMs: 4, scrollY: 0 });
    const out = zoomAbout(layout, pictured, { scrollY: 300 }, 0.01, 0);
    expect(out).toEqual({ pxPerMs: 0.08, scrollY: 0 });
    const rows = layoutLadder(pictured, rowsView, size, measure);
    expect(zoomAbout(rows, pictured, { scrollY: 7 }, 2, 0)).toEqual({ pxPerMs: null, scrollY: 7 });
  });

  it('keeps the selected event in its place when the axis changes', () => {
    const small = { ...size, height: 250 };
    const time = layoutLadder(pictured, view, small, measure);
    const rows = layoutLadder(pictured, rowsView, small, measure);
    const scrollY = scrollKeeping(time, rows, 200, { message: 'm14' });
    const y = (which: typeof time): number =>
      which.arrows.find(({ id }) => id === 'm14')?.y1 ?? NaN;
    expect(y(rows) - scrollY).toBeCloseTo(y(time) - 200, 9);
    const playhead = scrollKeeping(time, rows, 200, { micros: 4_800_000 });
    expect(playhead).toBeCloseTo(scrollY, 9);
    expect(scrollKeeping(time, rows, 10, { message: 'gone' })).toBe(10);
  });
});

describe('marks', () => {
  const layout = layoutLadder(pictured, timeView, size, measure);

  it('follow the playhead without a new layout', () => {
    const view = { ...timeView, playheadMicros: 45_000, selected: 'm1' };
    expect(markLadder(layout, view)).toEqual(layoutLadder(pictured, view, size, measure).marks);
    expect(markLadder(layout, view).inFlight).toEqual([
      { message: 'm1', leg: 'A', x: 244.5, y: expect.closeTo(33.4, 1) },
    ]);
  });

  it('find everything in flight, and nothing that has ended or is lost', () => {
    const flying = (ms: number): string[] =>
      markLadder(layout, { ...timeView, playheadMicros: ms * 1000 }).inFlight.map(
        (each) => each.message,
      );
    expect(flying(0)).toEqual([]);
    expect(flying(100)).toEqual(['m2', 'm3']);
    expect(flying(5489)).toEqual(['m24', 'f2', 'f3', 'm27']);
    expect(flying(5491)).toEqual(['f2', 'f3', 'm27']);
    expect(flying(9000)).toEqual([]);
  });

  it('of a live run have no veil, and no arrival that has not happened', () => {
    const view = { ...timeView, live: true, selected: 'm20', playheadMicros: 5_100_000 };
    const marks = markLadder(layout, view);
    expect(marks.veil).toBeNull();
    expect(marks.selection).toHaveLength(1);
    expect(markLadder(layout, { ...view, live: false }).selection).toHaveLength(2);
    expect(markLadder(layout, { ...view, selected: 'm24', live: false }).selection).toHaveLength(1);
  });
});
