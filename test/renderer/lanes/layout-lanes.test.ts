import { describe, expect, test } from 'vitest';

import { lastInstantOf } from '../../../renderer/ladder/from-trace.ts';
import { heightAt, microsAt } from '../../../renderer/ladder/layout/height-map.ts';
import { laneInputOf } from '../../../renderer/lanes/from-trace.ts';
import { envelope } from '../../../renderer/lanes/layout/envelope.ts';
import { laneGhosts } from '../../../renderer/lanes/layout/lane-ghosts.ts';
import type { LaneInput } from '../../../renderer/lanes/layout/lane-input.ts';
import { labelColumn, layoutLanes } from '../../../renderer/lanes/layout/layout-lanes.ts';
import { makeTraceStore } from '../../../renderer/store/trace-store.ts';
import { shippedFiles } from '../../support/shipped-files.ts';
import { measure, figureTrace, shippedTrace } from '../trace-of-run.ts';

const width = 796;

describe('who hears what in the Continue call', () => {
  const input = figureTrace().view(laneInputOf);

  test('the parties come first, then the ports of the Resource Server', () => {
    expect(input.lanes.map(({ title, subtitle }) => `${title} ${subtitle ?? ''}`.trim())).toEqual([
      'A hears',
      'A sees',
      'B hears',
      'R 40000 A audio',
      'R 40002 A video',
      'R 40004 A mixed',
      'R 40008 B audio',
    ]);
  });

  test('each bar says in a sentence what is heard and when', () => {
    expect(input.bars.slice(0, 3).map(({ says }) => says)).toEqual([
      'B hears ring tone from 200 to 5\u2009200 ms.',
      'A hears the clip from 350 to 5\u2009260 ms.',
      'A sees the clip from 350 to 13\u2009540 ms.',
    ]);
  });

  test('the silence between ring tone and voice is measured', () => {
    expect(input.silences).toEqual([
      {
        lane: '3 audio',
        fromMicros: 5_200_000,
        toMicros: 5_650_000,
        text: 'silence 450 ms',
        says: 'B hears nothing from 5\u2009200 to 5\u2009650 ms, 450 ms.',
        openedBy: expect.any(Number),
        closedBy: expect.any(Number),
      },
    ]);
  });

  test('what another run lets somebody hear stands behind, unless it is the same', () => {
    const layout = layoutLanes(input, 'all', 900, measure);
    expect(laneGhosts(layout, input.bars, input.bars)).toEqual([]);
    const [tone, ...others] = input.bars;
    const bar = layout.bars.find(({ id }) => id === tone?.id);
    if (tone === undefined || bar === undefined) throw new Error('nobody hears anything');
    const shorter = { ...tone, toMicros: tone.toMicros - 1_000_000 };
    expect(laneGhosts(layout, input.bars, [shorter, ...others])).toEqual([
      {
        id: tone.id,
        source: null,
        x: bar.x,
        y: bar.y - 2,
        width: bar.width,
        height: bar.height + 4,
      },
    ]);
  });

  test('what is heard at once is measured, and a silence can be pointed at', () => {
    const at = input.bars.filter(({ text }) => text?.startsWith('at once') === true);
    expect(at.map(({ text }) => text)).toContain('at once 140 ms');
    const silence = layoutLanes(input, 'all', 900, measure).bars.find(
      ({ kind }) => kind === 'silence',
    );
    const answer = figureTrace().trace.records[(silence?.openedBy ?? 0) - 1];
    expect(answer).toMatchObject({ at: 5_200_000 });
    expect(silence?.says).toContain('hears nothing');
  });

  test('from the answer until B is heard is measured, and the gap after it', () => {
    expect(input.measures).toEqual([
      {
        fromMicros: 5_200_000,
        toMicros: 5_260_000,
        text: 'answer to B heard 60 ms',
        shortText: '60 ms',
      },
      { fromMicros: 5_400_000, toMicros: 5_650_000, text: 'B unheard 250 ms', shortText: '250 ms' },
    ]);
  });

  test('speech that arrives before it is mixed is drawn as unused', () => {
    const unused = input.bars.filter(({ kind }) => kind === 'discarded');
    expect(unused.map(({ text, sources }) => `${sources.join()} ${text}`).toSorted()).toEqual([
      'A speech unused 130 ms',
      'B speech unused 230 ms',
    ]);
  });

  test('the ringing and the talking are quiet spans', () => {
    expect(input.pauses).toEqual([
      { fromMicros: 430_000, toMicros: 5_200_000 },
      { fromMicros: 5_650_000, toMicros: 13_540_000 },
    ]);
  });
});

describe('more than there is room for', () => {
  const lane = { id: 'ear', title: 'A hears', subtitle: null, group: 'party', medium: 'audio' };
  /** Speech that comes and goes every two seconds, and a clip for as long as all of it. */
  function speechIn(bursts: number): LaneInput {
    const bars = Array.from({ length: bursts }, (_, at): LaneInput['bars'][number] => ({
      id: `speech ${at}`,
      lane: 'ear',
      fromMicros: at * 2_000_000,
      toMicros: at * 2_000_000 + 1_000_000,
      medium: 'audio',
      kind: 'media',
      sources: [at % 2 === 0 ? 'A' : 'B'],
      text: null,
      says: `burst ${at}`,
      openedBy: 2 * at + 1,
      closedBy: 2 * at + 2,
    }));
    const silences = bars.slice(1).map(({ fromMicros, openedBy }) => ({
      lane: 'ear',
      fromMicros: fromMicros - 1_000_000,
      toMicros: fromMicros,
      text: 'silence',
      says: 'silence',
      openedBy: openedBy - 1,
      closedBy: openedBy,
    }));
    const lanes = [lane as LaneInput['lanes'][number]];
    const endsAtMicros = bursts * 2_000_000;
    return { lanes, bars, silences, measures: [], pauses: [], endsAtMicros };
  }

  test('what is too narrow stands as crowds: no more than there is room for', () => {
    const few = layoutLanes(speechIn(20), 'all', width, measure).bars;
    expect(few).toHaveLength(39);
    expect(few.some(({ kind }) => kind === 'crowd')).toBe(false);
    const counts = [300, 3_000].map((bursts) => {
      const { bars } = layoutLanes(speechIn(bursts), 'all', width, measure);
      expect(new Set(bars.map(({ id }) => id)).size).toBe(bars.length);
      expect(bars.every(({ kind }) => kind === 'crowd')).toBe(true);
      return bars.length;
    });
    expect(Math.max(...counts)).toBeLessThan(width / 10);
  });

  test('crowds leave nothing out, and lead to the first and last of what they hold', () => {
    const input = speechIn(300);
    const crowds = layoutLanes(input, 'all', width, measure).bars;
    const told = crowds.map(({ says }) => Number(/^A hears (\d+) times/.exec(says)?.[1]));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(input.bars.length);
    expect(crowds[0]).toMatchObject({ openedBy: 1, strands: [{ source: 'A' }, { source: 'B' }] });
    expect(crowds.at(-1)).toMatchObject({ closedBy: 600 });
  });
});

describe('the geometry of lanes', () => {
  const input = figureTrace().view(laneInputOf);
  const layout = layoutLanes(input, 'all', width, measure);

  test('all of the run fits between the labels and the right edge', () => {
    expect(heightAt(layout.places, 0)).toBe(labelColumn);
    expect(heightAt(layout.places, input.endsAtMicros)).toBeCloseTo(layout.right, 6);
  });

  test('x and time lead to each other', () => {
    for (let micros = 0; micros <= input.endsAtMicros; micros += 37_003) {
      expect(microsAt(layout.places, heightAt(layout.places, micros))).toBe(micros);
    }
  });

  test('a later instant is never further left', () => {
    let before = -Infinity;
    for (let micros = 0; micros <= input.endsAtMicros; micros += 11_117) {
      const x = heightAt(layout.places, micros);
      expect(x).toBeGreaterThan(before);
      before = x;
    }
  });

  test('the same time is the same length outside the cut', () => {
    const length = (from: number, to: number): number =>
      heightAt(layout.places, to) - heightAt(layout.places, from);
    expect(length(0, 100_000)).toBeCloseTo(length(5_300_000, 5_400_000), 6);
    expect(layout.cuts.map(({ text }) => text)).toEqual(['4.8 s', '7.9 s']);
  });

  test('bars begin and end where what they say does', () => {
    const bar = layout.bars.find(({ says }) => says.startsWith('A hears the clip from 350'));
    expect(bar?.x).toBeCloseTo(heightAt(layout.places, 350_000), 6);
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeCloseTo(heightAt(layout.places, 5_260_000), 6);
  });

  test('a mixture is strands that share the height of one bar', () => {
    const mixed = layout.bars.find(({ strands }) => strands.length === 2);
    const [upper, lower] = mixed?.strands ?? [];
    expect(upper?.source).toBe('R');
    expect(lower?.source).toBe('B');
    expect(lower?.y).toBe((upper?.y ?? 0) + (upper?.height ?? 0) + 1);
    expect((lower?.y ?? 0) + (lower?.height ?? 0)).toBeCloseTo((mixed?.y ?? 0) + 13, 6);
  });

  test('a low window keeps the parties, a tab has the ports', () => {
    const titles = (rows: 'parties' | 'ports' | 'parties and audio ports'): string[] =>
      layoutLanes(input, rows, width, measure).lanes.map(({ title }) => title);
    expect(titles('parties')).toEqual(['A hears', 'A sees', 'B hears']);
    expect(titles('ports')).toEqual(['R 40000', 'R 40002', 'R 40004', 'R 40008']);
    expect(titles('parties and audio ports')).not.toContain('R 40002');
  });

  test.each(shippedFiles().map(({ path }) => path.slice(0, -'.cmr.yaml'.length)))(
    '%s: no text overlaps another, whatever the width',
    (path) => {
      const run = shippedTrace(path);
      for (const wide of [320, 480, 796, 1200]) {
        const laid = layoutLanes(run.view(laneInputOf), 'all', wide, measure);
        const ticks = laid.ticks.filter(({ text }) => text !== null).map(({ x }) => x);
        const places = [...ticks, ...laid.cuts.map(({ x1, x2 }) => (x1 + x2) / 2)];
        places.sort((one, other) => one - other);
        for (const [index, x] of places.entries()) {
          expect(x - (places[index - 1] ?? -Infinity)).toBeGreaterThanOrEqual(26);
        }
        const end = run.view(lastInstantOf);
        expect(heightAt(laid.places, end)).toBeLessThanOrEqual(Math.max(laid.right, 130) + 1);
      }
    },
  );

  test('a measure whose text finds no room anywhere is left out', () => {
    const crowded: LaneInput = {
      ...input,
      measures: [0, 1, 2, 3].map((index) => ({
        fromMicros: 5_300_000 + index,
        toMicros: 5_500_000 + index,
        text: `a rather long measure number ${index}`,
        shortText: `number ${index}`,
      })),
    };
    const { measures } = layoutLanes(crowded, 'all', width, measure);
    expect(measures.length).toBeGreaterThan(0);
    expect(measures.length).toBeLessThan(4);
  });

  test('a measure without room for its words keeps its number, clear of cuts and of others', () => {
    for (const wide of [796, 1000, 1200]) {
      const laid = layoutLanes(input, 'all', wide, measure);
      expect(laid.measures.map(({ text }) => text)).toEqual(['60 ms', 'B unheard 250 ms']);
      for (const { text, textX, anchor } of laid.measures) {
        const length = measure(text);
        const from = anchor === 'start' ? textX : textX - (anchor === 'end' ? length : length / 2);
        const free = laid.cuts.every(({ x1, x2 }) => from + length < x1 || from > x2);
        expect(free).toBe(true);
      }
    }
  });

  test('nothing yet is an empty picture', () => {
    const empty = makeTraceStore(() => {}).view(laneInputOf);
    const laid = layoutLanes(empty, 'all', width, measure);
    expect(laid.bars).toEqual([]);
    expect(laid.lanes).toEqual([]);
  });
});

describe('envelopes', () => {
  test('stay within their strand and look the same every time', () => {
    for (const kind of ['clip', 'speech'] as const) {
      const points = envelope(kind, 100, 300, 20, 6);
      expect(points).toEqual(envelope(kind, 100, 300, 20, 6));
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(100);
        expect(x).toBeLessThanOrEqual(300);
        expect(Math.abs(y - 20)).toBeLessThanOrEqual(6);
      }
    }
  });

  test('do not change where they are when the bar grows', () => {
    const short = envelope('speech', 100, 200, 20, 6).slice(0, 30);
    expect(envelope('speech', 100, 400, 20, 6).slice(0, 30)).toEqual(short);
  });
});
