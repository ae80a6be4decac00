// The properties of the ladder's geometry (design/look, section 6.12), for any run.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findBusySpans } from '../../../../renderer/ladder/layout/busy-spans.ts';
import { takeApart } from '../../../../renderer/ladder/layout/folding.ts';
import { heightAt, microsAt } from '../../../../renderer/ladder/layout/height-map.ts';
import type {
  LadderInput,
  LadderView,
  MessageId,
} from '../../../../renderer/ladder/layout/ladder-input.ts';
import type {
  LadderArrow,
  LadderLabel,
  LadderLayout,
} from '../../../../renderer/ladder/layout/ladder-layout.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { anyRun } from './arbitrary-run.ts';
import { measure, rowsView, size, timeView } from './fixture.ts';

const scale = fc.option(fc.double({ min: 0.08, max: 4, noNaN: true }));
const anyTimeView: fc.Arbitrary<LadderView> = scale.map((pxPerMs) => ({ ...timeView, pxPerMs }));
const anyView = fc.oneof(anyTimeView, fc.constant(rowsView));
const anySize = fc.record({
  width: fc.integer({ min: 500, max: 1800 }),
  height: fc.integer({ min: 120, max: 1200 }),
});

function spansOf(input: LadderInput) {
  return findBusySpans(takeApart(input), input.endsAtMicros);
}

function arrowOf(layout: LadderLayout, label: LadderLabel): LadderArrow {
  const arrow = layout.arrows[label.arrow];
  if (arrow?.id !== label.message) throw new Error(`Label of ${label.message} at another arrow.`);
  return arrow;
}

/** Whether a straight line enters a box, by clipping it to the box (Liang and Barsky). */
function enters(
  line: { x1: number; y1: number; x2: number; y2: number },
  box: { x: number; y: number; width: number; height: number },
): boolean {
  const dx = line.x2 - line.x1;
  const dy = line.y2 - line.y1;
  let first = 0;
  let last = 1;
  for (const [step, room] of [
    [-dx, line.x1 - box.x],
    [dx, box.x + box.width - line.x1],
    [-dy, line.y1 - box.y],
    [dy, box.y + box.height - line.y1],
  ] as const) {
    if (step === 0 && room < 0) return false;
    if (step < 0) first = Math.max(first, room / step);
    if (step > 0) last = Math.min(last, room / step);
  }
  return first <= last;
}

/** The lines of an arrow as drawn. */
function linesOf(arrow: LadderArrow) {
  const { x1, y1, x2, y2, loop } = arrow;
  if (loop === 0) return [arrow];
  const out = x1 + loop;
  return [
    { x1, y1, x2: out, y2: y1 },
    { x1: out, y1, x2: out, y2 },
    { x1: out, y1: y2, x2, y2 },
  ];
}

describe('1. height never falls as time passes', () => {
  it('on either axis, between any two instants', () => {
    fc.assert(
      fc.property(anyRun, anyView, fc.array(fc.nat(60_000_000)), (input, view, instants) => {
        const { heights } = layoutLadder(input, view, size, measure);
        const times = [...instants, ...input.messages.map(({ sentMicros }) => sentMicros)];
        const ys = times.sort((a, b) => a - b).map((micros) => heightAt(heights, micros));
        ys.forEach((y, index) => expect(y).toBeGreaterThanOrEqual(ys[index - 1] ?? -Infinity));
      }),
    );
  });

  it('and rises strictly inside the busy spans of Time, where it can be undone', () => {
    fc.assert(
      fc.property(anyRun, anyTimeView, fc.double({ min: 0, max: 1, noNaN: true }), (...args) => {
        const [input, view, share] = args;
        const { heights } = layoutLadder(input, view, size, measure);
        for (const { fromMicros, toMicros } of spansOf(input)) {
          if (toMicros === fromMicros) continue;
          const micros = fromMicros + Math.floor(share * (toMicros - fromMicros - 1));
          const y = heightAt(heights, micros);
          expect(heightAt(heights, micros + 1)).toBeGreaterThan(y);
          expect(Math.abs(microsAt(heights, y) - micros)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('2. heads are at or below their tails', () => {
  it('and level only without latency, or in Rows under 20 px', () => {
    fc.assert(
      fc.property(anyRun, anyView, anySize, (input, view, window) => {
        const layout = layoutLadder(input, view, window, measure);
        for (const { y1, headY, sentMicros, endMicros } of layout.arrows) {
          expect(headY).toBeGreaterThanOrEqual(y1);
          const mayBeLevel = (layout.rowHeight ?? Infinity) < 20 || endMicros === sentMicros;
          if (!mayBeLevel) expect(headY).toBeGreaterThan(y1);
        }
      }),
    );
  });
});

describe('3. the slope is true in Time', () => {
  it('for every message outside cuts and folds, lost ones included', () => {
    fc.assert(
      fc.property(anyRun, anyTimeView, (input, view) => {
        const layout = layoutLadder(input, view, size, measure);
        const messages = new Map(input.messages.map((message) => [message.id, message]));
        const folds = takeApart(input).anchors;
        for (const { id, y1, headY, loop } of layout.arrows) {
          const message = messages.get(id);
          if (message === undefined || loop !== 0) continue;
          const { journey, sentMicros } = message;
          const arrives = journey.end === 'lost' ? journey.wouldArriveMicros : journey.atMicros;
          // A fold takes its room wherever it stands, and the time that it holds takes none.
          const isFolded = folds.some(
            ({ fromMicros, toMicros }) => fromMicros <= arrives && toMicros >= sentMicros,
          );
          if (isFolded) continue;
          const fall = ((layout.pxPerMs ?? NaN) * (arrives - sentMicros)) / 1000;
          expect(Math.abs(headY - y1 - fall)).toBeLessThan(1e-6);
        }
      }),
    );
  });
});

describe('4. labels keep clear of labels, lifelines and folds', () => {
  it('on either axis, at any scale and size', () => {
    fc.assert(
      fc.property(anyRun, anyView, anySize, fc.boolean(), (input, view, window, live) => {
        const { labels, lifelines, folds } = layoutLadder(
          input,
          { ...view, live },
          window,
          measure,
        );
        for (const [index, box] of labels.entries()) {
          for (const other of labels.slice(index + 1)) {
            const apart =
              box.x + box.width <= other.x ||
              other.x + other.width <= box.x ||
              box.y + box.height <= other.y ||
              other.y + other.height <= box.y;
            expect(apart, `${box.message} over ${other.message}`).toBe(true);
          }
          for (const { x } of lifelines) expect(x < box.x || x > box.x + box.width).toBe(true);
          for (const { y1, y2 } of folds)
            expect(box.y + box.height <= y1 || box.y >= y2).toBe(true);
        }
      }),
    );
  });

  it('and every message but a reply has its label, or is counted as hidden', () => {
    fc.assert(
      fc.property(anyRun, anyView, anySize, (input, view, window) => {
        const layout = layoutLadder(input, view, window, measure);
        const held = new Set(input.folds.flatMap(({ messages }) => messages));
        const core = input.lifelines.find(({ folded }) => folded)?.id;
        const named = input.messages.filter(
          ({ id, kind, from, to }) =>
            kind !== 'reply' && !held.has(id) && !(from === core && to === core),
        ).length;
        const whole = layout.labels.filter(({ reduced }) => !reduced).length;
        expect(whole + layout.hiddenLabels).toBe(named);
      }),
    );
  });
});

describe('5. a label never overlaps its own shaft', () => {
  it('wherever it had to move', () => {
    fc.assert(
      fc.property(anyRun, anyView, anySize, fc.boolean(), (input, view, window, live) => {
        const layout = layoutLadder(input, { ...view, live }, window, measure);
        for (const label of layout.labels) {
          const crossed = linesOf(arrowOf(layout, label)).some((line) => enters(line, label));
          expect(crossed, label.message).toBe(false);
        }
      }),
    );
  });
});

describe('6. no label in Rows reaches the shaft of the row before', () => {
  it('whatever the height of the rows', () => {
    fc.assert(
      fc.property(anyRun, anySize, (input, window) => {
        const layout = layoutLadder(input, rowsView, window, measure);
        for (const label of layout.labels) {
          const before = layout.arrows[label.arrow - 1];
          if (before !== undefined) expect(label.y).toBeGreaterThanOrEqual(before.y2);
        }
      }),
    );
  });
});

describe('7. appending to a live run moves nothing', () => {
  const livingView = fc
    .constantFrom(0.08, 0.2, 0.5, 4)
    .map((pxPerMs): LadderView => ({ ...timeView, pxPerMs, live: true }));

  /** The run as it was when `count` messages had been sent. */
  function until(input: LadderInput, count: number): LadderInput {
    const sent = [...input.messages].sort((a, b) => a.sentMicros - b.sentMicros);
    const messages = sent.slice(0, count);
    return { ...input, messages, folds: [], endsAtMicros: messages.at(-1)?.sentMicros ?? 0 };
  }

  it('in Time at a fixed scale', () => {
    fc.assert(
      fc.property(anyRun, livingView, fc.nat(), (input, view, pick) => {
        const count = pick % (input.messages.length + 1);
        const before = layoutLadder(until(input, count), view, size, measure);
        const after = layoutLadder({ ...input, folds: [] }, view, size, measure);
        const arrows = new Map(after.arrows.map((arrow) => [arrow.id, arrow]));
        const labels = new Map(after.labels.map((label) => [label.message, label]));
        for (const arrow of before.arrows) expect(arrows.get(arrow.id)).toEqual(arrow);
        for (const label of before.labels) expect(labels.get(label.message)).toEqual(label);
        const ticks = after.ticks.slice(0, before.ticks.length).map(({ y }) => y);
        const kept = before.ticks.filter(({ y }) => y < (before.arrows.at(-1)?.y1 ?? 0));
        expect(ticks.slice(0, kept.length)).toEqual(kept.map(({ y }) => y));
      }),
    );
  });
});

describe('8. the order of the messages given means nothing', () => {
  it('down to the last digit', () => {
    fc.assert(
      fc.property(
        anyRun.chain((input) =>
          fc.tuple(
            fc.constant(input),
            fc.shuffledSubarray([...input.messages], { minLength: input.messages.length }),
          ),
        ),
        anyView,
        ([input, messages], view) => {
          const ordered = layoutLadder(input, view, size, measure);
          const shuffled = layoutLadder({ ...input, messages }, view, size, measure);
          expect(JSON.stringify(shuffled)).toBe(JSON.stringify(ordered));
        },
      ),
    );
  });
});

describe('9. a wider window changes no height', () => {
  it('of axis, arrow or tick; labels stay with their arrows', () => {
    fc.assert(
      fc.property(anyRun, anyView, fc.integer({ min: 420, max: 1100 }), (input, view, width) => {
        const once = layoutLadder(input, view, { ...size, width }, measure);
        const twice = layoutLadder(input, view, { ...size, width: 2 * width }, measure);
        const falls = ({ arrows }: LadderLayout): readonly (readonly [MessageId, ...number[]])[] =>
          arrows.map(({ id, y1, y2, headY }) => [id, y1, y2, headY]);
        expect(falls(twice)).toEqual(falls(once));
        expect(twice.heights).toEqual(once.heights);
        expect(twice.ticks).toEqual(once.ticks);
        expect(twice.height).toBe(once.height);
        for (const layout of [once, twice]) {
          for (const label of layout.labels) {
            const { y1, headY } = arrowOf(layout, label);
            expect(label.y).toBeGreaterThanOrEqual(y1 - 17);
            // Three boxes: two px under the head at most, and moved down by six steps of eight.
            expect(label.y).toBeLessThanOrEqual(Math.max(headY, y1 + 14) + 2 + 48);
          }
        }
      }),
    );
  });
});

describe('11. folds stand by themselves', () => {
  it('in the order of time, in the content, apart from each other and from what ends before', () => {
    fc.assert(
      fc.property(anyRun, anyView, (input, view) => {
        const { folds, height, arrows } = layoutLadder(input, view, size, measure);
        expect(folds.map(({ id }) => id).toSorted()).toEqual(
          takeApart(input)
            .anchors.map(({ fold }) => fold.id)
            .toSorted(),
        );
        for (const [index, { y1, y2 }] of folds.entries()) {
          expect(y2 - y1).toBeCloseTo(30, 9);
          expect(y1).toBeGreaterThanOrEqual(folds[index - 1]?.y2 ?? 0);
          expect(y2).toBeLessThanOrEqual(height);
          // The height of a loop tells no time, and a shaft in Rows may fall into what follows.
          const isOn = (y: number): boolean => y > y1 && y < y2;
          const onIt = arrows.filter(
            (one) => isOn(one.y1) || (view.axis === 'time' && one.loop === 0 && isOn(one.headY)),
          );
          expect(onIt.map(({ id }) => id)).toEqual([]);
        }
      }),
    );
  });
});
