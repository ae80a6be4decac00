import { describe, expect, it } from 'vitest';

import type { BusySpan } from '../../../../renderer/ladder/layout/busy-spans.ts';
import { heightAt, microsAt } from '../../../../renderer/ladder/layout/height-map.ts';
import type { LadderMessage } from '../../../../renderer/ladder/layout/ladder-input.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { millisText, pauseText } from '../../../../renderer/ladder/layout/ruler-text.ts';
import { layTimeAxis, tickStepMs } from '../../../../renderer/ladder/layout/time-axis.ts';
import { measure, message, rowsView, run, size, timeView } from './fixture.ts';

const span = (fromMs: number, toMs: number): BusySpan => ({
  fromMicros: fromMs * 1000,
  toMicros: toMs * 1000,
});

/** A message from A to S at an instant in ms that takes 10 ms. */
const at = (ms: number, changes: Partial<LadderMessage> = {}): LadderMessage =>
  message({
    id: `at ${ms}`,
    number: ms,
    sentMicros: ms * 1000,
    journey: { end: 'arrives', atMicros: (ms + 10) * 1000 },
    ...changes,
  });

describe('the Time axis', () => {
  it('cuts a pause from 6 px after it begins to 18 px before it ends', () => {
    const { heights, cuts, height } = layTimeAxis([span(0, 100), span(1100, 1200)], [], 500, 1);
    expect(cuts).toHaveLength(1);
    expect(cuts[0]).toMatchObject({ fromMicros: 106_000, toMicros: 1_082_000, y1: 125, y2: 159 });
    expect(heightAt(heights, 1_100_000)).toBe(177);
    expect(heightAt(heights, 594_000)).toBeCloseTo(142, 9);
    expect(height).toBe(19 + 100 + 6 + 34 + 18 + 100 + 8);
  });

  it('keeps cuts as high at any scale, and drops them where they would save nothing', () => {
    const spans = [span(0, 100), span(1100, 1200)];
    for (const scale of [0.08, 0.5, 4]) {
      const [cut] = layTimeAxis(spans, [], 500, scale).cuts;
      expect((cut?.y2 ?? 0) - (cut?.y1 ?? 0)).toBeCloseTo(34, 9);
    }
    const short = [span(0, 100), span(700, 800)];
    expect(layTimeAxis(short, [], 500, 68 / 600).cuts).toHaveLength(1);
    expect(layTimeAxis(short, [], 500, 67 / 600).cuts).toHaveLength(0);
    expect(heightAt(layTimeAxis(short, [], 500, 0.1).heights, 700_000)).toBeCloseTo(19 + 70, 9);
  });

  it('fits without the cuts that the fitted scale makes needless', () => {
    // With a cut the scale would be 0.088, at which the pause of 600 ms is 53 px: no cut then.
    const spans = [span(0, 1500), span(2100, 3600)];
    const axis = layTimeAxis(spans, [], 350, null);
    expect(axis.cuts).toHaveLength(0);
    expect(axis.pxPerMs).toBeCloseTo((350 - 19 - 8) / 3600, 9);
    expect(axis.height).toBeCloseTo(350, 9);
  });

  it('stays between the least and the most scale', () => {
    expect(layTimeAxis([span(0, 100_000)], [], 500, null).pxPerMs).toBe(0.08);
    expect(layTimeAxis([span(0, 1)], [], 500, null).pxPerMs).toBe(4);
    expect(layTimeAxis([span(5, 5)], [], 500, null).pxPerMs).toBe(4);
    expect(layTimeAxis([span(0, 1)], [], 500, 99).pxPerMs).toBe(4);
  });

  it('has ticks of 1, 2 or 5 at least 30 px apart, and none inside a cut', () => {
    expect([0.08, 0.3, 0.32, 0.74, 1.5, 3, 4].map(tickStepMs)).toEqual([
      500, 100, 100, 50, 20, 10, 10,
    ]);
    const { ticks } = layTimeAxis([span(0, 100), span(1100, 1200)], [], 500, 1);
    expect(ticks.map(({ micros }) => micros / 1000)).toEqual([0, 50, 100, 1100, 1150, 1200]);
  });

  it('tells when it goes on after a cut, where no round time does', () => {
    const { ticks } = layTimeAxis([span(0, 100), span(1120, 1140)], [], 500, 1);
    expect(ticks.map(({ micros }) => micros / 1000)).toEqual([0, 50, 100, 1120]);
    const near = layTimeAxis([span(0, 100), span(1140, 1160)], [], 500, 1);
    expect(near.ticks.map(({ micros }) => micros / 1000)).toEqual([0, 50, 100, 1150]);
  });

  it('begins at the first event, and finds the instant of every height', () => {
    const { heights } = layTimeAxis([span(300, 400), span(2000, 2100)], [], 500, 0.5);
    expect(heightAt(heights, 0)).toBe(19);
    expect(microsAt(heights, 0)).toBe(300_000);
    for (const micros of [300_000, 350_123, 1_000_000, 2_050_001, 9_000_000]) {
      expect(microsAt(heights, heightAt(heights, micros))).toBe(micros);
    }
  });
});

describe('what counts as busy', () => {
  const quiet = [at(0), at(5000)];
  const cuts = (changes: Parameters<typeof run>[0]): number =>
    layoutLadder(run({ messages: quiet, ...changes }), timeView, size, measure).cuts.length;
  const timer = {
    id: 'F',
    lifeline: 'B',
    fromMicros: 1_000_000,
    toMicros: 2_500_000,
    text: 'F',
    message: null,
  };

  it('is flight, a firing timer and a user action; each divides a pause', () => {
    expect(cuts({})).toBe(1);
    expect(cuts({ timers: [{ ...timer, outcome: 'fired' }] })).toBe(2);
    expect(cuts({ timers: [{ ...timer, outcome: 'stopped' }] })).toBe(1);
    expect(cuts({ userActions: [{ lifeline: 'B', atMicros: 2_500_000, verb: 'hums' }] })).toBe(2);
    expect(cuts({ endsAtMicros: 9_000_000 })).toBe(2);
  });

  it('is not the playing of media, once their first packet has arrived', () => {
    const media = { sources: ['R'] as const, stopsMicros: null };
    expect(cuts({ messages: [...quiet, at(20, { kind: 'media', leg: 'M', media })] })).toBe(1);
  });

  it('is a lost message until it would have arrived', () => {
    const lost = { end: 'lost', wouldArriveMicros: 4_900_000, lossAt: 0.1 } as const;
    expect(cuts({ messages: [...quiet, at(20, { journey: lost })] })).toBe(0);
  });
});

describe('the Rows axis', () => {
  const rowsOf = (changes: Parameters<typeof run>[0], height = 561) =>
    layoutLadder(run(changes), rowsView, { ...size, height }, measure);

  it('gives a user action a row of its own unless it is the sending of a message', () => {
    const messages = [at(0), at(100)];
    const own = [{ lifeline: 'B', atMicros: 100_000, verb: 'answers' }];
    const shared = [{ lifeline: 'A', atMicros: 100_000, verb: 'calls' }];
    expect(rowsOf({ messages, userActions: own }).ticks).toHaveLength(3);
    expect(rowsOf({ messages, userActions: shared }).ticks).toHaveLength(2);
    const placed = rowsOf({ messages, userActions: shared });
    expect(placed.userActions[0]?.y).toBe(placed.arrows[1]?.y1);
  });

  it('has rows from 18 to 24 px, and scrolls where they do not fit', () => {
    const few = rowsOf({ messages: [at(0), at(1), at(2)] });
    expect(few.rowHeight).toBe(24);
    const many = rowsOf({ messages: Array.from({ length: 80 }, (_none, index) => at(index)) });
    expect(many.rowHeight).toBe(18);
    // The run ends one row below the last message.
    expect(many.height).toBe(18 + 80 * 18 + 0.5 + 8);
  });

  it('puts the reply to a command in the row of the command, as a second head', () => {
    const command = at(0, { kind: 'command', from: 'S', to: 'R', leg: 'R' });
    const reply = at(10, { kind: 'reply', from: 'R', to: 'S', leg: 'R', replyTo: command.id });
    const merged = rowsOf({ messages: [command, reply, at(20)] });
    expect(merged.arrows.map(({ id }) => id)).toEqual(['at 0', 'at 20']);
    expect(merged.arrows[0]?.heads.map(({ shape, ux }) => `${shape} ${Math.sign(ux)}`)).toEqual([
      'filled 1',
      'open -1',
    ]);
    const orphan = rowsOf({ messages: [{ ...reply, replyTo: 'nobody' }, at(20)] });
    expect(orphan.ticks).toHaveLength(2);
  });

  it('counts several pauses between two rows as one cut', () => {
    const timer = { id: 'F', lifeline: 'B', fromMicros: 0, toMicros: 2_000_000, text: 'F' };
    const timers = [{ ...timer, outcome: 'fired', message: null } as const];
    const { cuts, ticks } = rowsOf({ messages: [at(0), at(4000)], timers });
    expect(cuts.map(({ length }) => length)).toEqual(['4.0 s']);
    expect((ticks[1]?.y ?? 0) - (ticks[0]?.y ?? 0)).toBe(24 + 34);
  });

  it('takes the height of the message that caused a change, and interpolates the rest', () => {
    const band = {
      lifeline: 'S',
      side: 'centre',
      leg: 'A',
      phase: 'calling',
      word: null,
      narrow: false,
    } as const;
    const { bands, arrows } = rowsOf({
      messages: [at(0), at(100)],
      bands: [
        { ...band, fromMicros: 10_000, toMicros: 50_000 },
        { ...band, fromMicros: 50_000, toMicros: null },
      ],
    });
    expect(bands[0]?.y).toBe(arrows[0]?.headY);
    expect(bands[1]?.y).toBe(((arrows[0]?.y1 ?? 0) + (arrows[1]?.y1 ?? 0)) / 2);
  });

  it('is laid out without any message', () => {
    const empty = rowsOf({});
    expect(empty.ticks).toEqual([]);
    expect(empty.height).toBe(561);
    expect(layoutLadder(run({}), timeView, size, measure).arrows).toEqual([]);
    expect(layoutLadder(run({ lifelines: [] }), timeView, size, measure).lifelines).toEqual([]);
  });
});

describe('texts of the ruler', () => {
  it('groups thousands with thin spaces and prints no needless decimal', () => {
    expect(millisText(0)).toBe('0');
    expect(millisText(5_068_000)).toBe('5\u2009068');
    expect(millisText(1_234_567_890)).toBe('1\u2009234\u2009567.89');
    expect(millisText(-90_500)).toBe('−90.5');
  });

  it('names pauses for a glance', () => {
    expect([640_000, 4_226_000, 99_949_000, 180_400_000].map(pauseText)).toEqual([
      '640 ms',
      '4.2 s',
      '99.9 s',
      '180 s',
    ]);
  });
});
