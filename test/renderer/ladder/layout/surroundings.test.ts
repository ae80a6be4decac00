// What stands around the arrows: lifelines, bands, rails, regions, words, timers, minimap.

import { describe, expect, it } from 'vitest';

import type {
  LadderInput,
  LadderTimer,
  LadderView,
  StateBand,
} from '../../../../renderer/ladder/layout/ladder-input.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { placeLifelines } from '../../../../renderer/ladder/layout/lifelines.ts';
import { measure, message, pictured, run, size, timeView } from './fixture.ts';

const view = { ...timeView, pxPerMs: 1 };
const lay = (changes: Partial<LadderInput>, how: LadderView = view) =>
  layoutLadder(run(changes), how, size, measure);

describe('lifelines', () => {
  const parties = (count: number) =>
    Array.from({ length: count }, (_none, index) => ({
      id: `${index}`,
      title: '',
      subtitle: '',
      folded: false,
    }));

  it('keep their least and most distance, and widen the content below the least', () => {
    const squeezed = placeLifelines(parties(6), 815, false);
    expect(squeezed.lifelines.map(({ x }) => x)).toEqual([
      152.5, 302.5, 452.5, 602.5, 752.5, 902.5,
    ]);
    expect(squeezed.width).toBe(60 + 92 + 5 * 150 + 84 + 26);
    const spread = placeLifelines(parties(3), 1600, false);
    expect(spread.lifelines.map(({ x }) => x)).toEqual([152.5, 412.5, 672.5]);
    expect(spread.width).toBe(1600);
  });

  it('stand as in the narrow picture', () => {
    const { lifelines } = placeLifelines(parties(4), 735, true);
    expect(lifelines.map(({ x }) => x)).toEqual([110.5, 282.5, 453.5, 625.5]);
  });

  it('know their outer side', () => {
    const sides = placeLifelines(parties(5), 1600, false).lifelines.map(({ side }) => side);
    expect(sides).toEqual(['left', 'left', 'right', 'right', 'right']);
    const alone = placeLifelines(parties(1), 815, false).lifelines;
    expect(alone.map(({ x, outermost }) => [x, outermost])).toEqual([[152.5, true]]);
  });
});

describe('state bands', () => {
  const band: StateBand = {
    lifeline: 'S',
    side: 'left',
    leg: 'A',
    phase: 'confirmed',
    word: null,
    narrow: false,
    fromMicros: 0,
    toMicros: 90_000,
  };
  const messages = [message({ id: 'one' })];

  it('narrow to 2 px about the same middle while a re-INVITE is open', () => {
    const { bands } = lay({ messages, bands: [band, { ...band, narrow: true }] });
    expect(bands.map(({ x, width }) => [x, width])).toEqual([
      [332, 4],
      [333, 2],
    ]);
  });

  it('are at least 2 px high', () => {
    const { bands } = lay({ messages, bands: [{ ...band, toMicros: 0 }] });
    expect(bands.map(({ height }) => height)).toEqual([2]);
  });

  it('say a state once, at outermost lifelines only, and not in a narrow window', () => {
    const bands = [
      { ...band, lifeline: 'A', word: 'confirmed' },
      { ...band, lifeline: 'A', word: 'confirmed', narrow: true, fromMicros: 50_000 },
      { ...band, word: 'confirmed' },
    ];
    expect(lay({ messages, bands }).words.map(({ text }) => text)).toEqual(['confirmed']);
    expect(lay({ messages, bands }, { ...view, narrow: true }).words).toEqual([]);
  });
});

describe('timers', () => {
  const timer: LadderTimer = {
    id: 'F',
    lifeline: 'B',
    fromMicros: 0,
    toMicros: 80_000,
    outcome: 'fired',
    text: 'Timer F',
    message: 'one',
  };
  const messages = [message({ id: 'one' })];
  const shown = (changes: Partial<LadderTimer>, how: Partial<LadderView>): boolean =>
    lay({ messages, timers: [{ ...timer, ...changes }] }, { ...view, ...how }).timers.length > 0;

  it('are shown when they fired, when their message is selected, or all of them', () => {
    expect(shown({}, {})).toBe(true);
    expect(shown({ outcome: 'stopped' }, {})).toBe(false);
    expect(shown({ outcome: 'stopped' }, { selected: 'one' })).toBe(true);
    expect(shown({ outcome: 'stopped' }, { timers: 'all' })).toBe(true);
    expect(shown({ outcome: 'running' }, {})).toBe(false);
    expect(shown({ outcome: 'running' }, { live: true })).toBe(true);
  });

  it('end where the run has got to while they run', () => {
    const running = { ...timer, outcome: 'running', toMicros: 9_000_000 } as const;
    const { timers } = lay(
      { messages, timers: [running], endsAtMicros: 100_000 },
      {
        ...view,
        live: true,
      },
    );
    expect(timers.map(({ y1, y2 }) => [y1, y2])).toEqual([[19, 119]]);
  });

  it('move their texts apart, and leave some out of a crowd', () => {
    const crowd = Array.from({ length: 12 }, (_none, index) => ({ ...timer, id: `F${index}` }));
    const { timers, words } = lay({ messages, timers: crowd });
    expect(timers).toHaveLength(12);
    expect(words.map(({ y }) => y)).toEqual([63, 77, 91, 105, 119, 133, 147]);
  });

  it('keep their texts clear of the labels of messages', () => {
    const inside: LadderTimer = { ...timer, lifeline: 'S', toMicros: 128_000 };
    const crossing = [60, 80, 100, 120].map((ms) =>
      message({
        id: `m${ms}`,
        from: 'S',
        to: 'A',
        sentMicros: ms * 1_000,
        journey: { end: 'arrives', atMicros: (ms + 90) * 1_000 },
      }),
    );
    const { labels, words } = lay({ messages: crossing, timers: [inside] });
    const word = words.find(({ kind }) => kind === 'timer');
    expect(word?.anchor).toBe('end');
    const [x1, x2] = [(word?.x ?? 0) - 6.6 * timer.text.length, word?.x ?? 0];
    const over = labels.filter(
      ({ x, y, width, height }) =>
        x < x2 && x + width > x1 && y < (word?.y ?? 0) && y + height > (word?.y ?? 0) - 9,
    );
    expect(over).toEqual([]);
  });
});

describe('media', () => {
  const media = (id: string, ms: number, stopsMs: number | null) =>
    message({
      id,
      number: ms,
      kind: 'media',
      leg: 'M',
      from: 'R',
      to: 'A',
      sentMicros: ms * 1000,
      journey: { end: 'arrives', atMicros: ms * 1000 + 90_000 },
      media: { sources: ['R'], stopsMicros: stopsMs === null ? null : stopsMs * 1000 },
    });

  it('tint from their start to their stop, at the slope of their latency', () => {
    const { regions } = lay({ messages: [media('f', 0, 300)] });
    expect(regions.map(({ corners, open }) => [corners, open])).toEqual([
      [
        [
          [521.5, 19],
          [152.5, 109],
          [152.5, 409],
          [521.5, 319],
        ],
        false,
      ],
    ]);
  });

  it('take over from those between the same two, but not from those that stopped before', () => {
    const stops = (...messages: ReturnType<typeof media>[]) =>
      lay({ messages }).regions.map(({ corners, open }) => [corners[3]?.[1], open]);
    expect(stops(media('f', 0, null), media('g', 400, null))[0]).toEqual([419, false]);
    expect(stops(media('f', 0, 300), media('g', 400, null))[0]).toEqual([319, false]);
  });

  it('do not tint when their first packet is lost', () => {
    const journey = { end: 'lost', wouldArriveMicros: 90_000, lossAt: 0.5 } as const;
    expect(lay({ messages: [{ ...media('f', 0, null), journey }] }).regions).toEqual([]);
  });
});

describe('the minimap', () => {
  it('is linear in time, without cuts', () => {
    const { minimap } = layoutLadder(pictured, timeView, size, measure);
    expect(minimap.pxPerMs).toBeCloseTo((561 - 12) / 5712, 9);
    const y = (id: string): number => minimap.shafts.find((each) => each.message === id)?.y1 ?? 0;
    expect(y('m1')).toBe(6);
    expect((y('m14') - y('m1')) / (y('m15') - y('m14'))).toBeCloseTo(4800 / 82, 6);
    expect(minimap.findings.map(({ y: at }) => Math.round(at))).toEqual([533, 491]);
  });

  it('shows the window on the run', () => {
    const whole = layoutLadder(pictured, timeView, size, measure).marks.minimapViewport;
    expect(whole).toEqual({ y: 3, height: expect.closeTo(555, 6) });
    const zoomed = { ...timeView, pxPerMs: 1, scrollY: 600 };
    const { marks, minimap } = layoutLadder(pictured, zoomed, size, measure);
    // 600 px down is in the cut, 1 161 px down is 5 310 ms.
    expect(marks.minimapViewport.y + marks.minimapViewport.height).toBeCloseTo(
      6 + minimap.pxPerMs * 5310 + 3,
      6,
    );
  });
});
