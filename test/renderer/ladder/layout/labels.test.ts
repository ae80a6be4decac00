import { describe, expect, it } from 'vitest';

import { labelOrder } from '../../../../renderer/ladder/layout/label-order.ts';
import { labelWordings } from '../../../../renderer/ladder/layout/label-variants.ts';
import { placeLabels } from '../../../../renderer/ladder/layout/labels.ts';
import type {
  LadderInput,
  LadderMessage,
  LadderView,
} from '../../../../renderer/ladder/layout/ladder-input.ts';
import type { LadderLabel } from '../../../../renderer/ladder/layout/ladder-layout.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { measure, message, rowsView, run, size, timeView } from './fixture.ts';
import { manyCalls } from './many-calls.ts';

const view = { ...timeView, pxPerMs: 1 };
const lay = (messages: readonly LadderMessage[], how: LadderView = view) =>
  layoutLadder(run({ messages }), how, size, measure);

/** The only label of a run of one message. */
function labelOf(changes: Omit<Parameters<typeof message>[0], 'id'>, how = view): LadderLabel {
  const [label] = lay([message({ id: 'one', ...changes })], how).labels;
  if (label === undefined) throw new Error('No label was placed.');
  return label;
}

describe('the words of a label', () => {
  const retransmission = { number: 1, afterMicros: 500_000 };

  it('are badge, text, tags and notes, each with its place', () => {
    const tags = [{ kind: 'offer', text: 'O2' } as const];
    const { parts, width, x: left } = labelOf({ text: 'ACK', step: 10, tags, retransmission });
    expect(left).toBe(162.5);
    expect(parts.map(({ kind, text, x, width: px }) => [kind, text, x - left, px])).toEqual([
      ['badge', '10', 0, 21],
      ['text', 'ACK', 26, expect.closeTo(19.8, 9)],
      ['tag', 'O2', expect.closeTo(50.8, 9), expect.closeTo(21.2, 9)],
      ['note', 'R1 +500', expect.closeTo(77, 9), expect.closeTo(46.2, 9)],
    ]);
    expect(width).toBeCloseTo(123.2, 9);
    expect(parts.map(({ tag }) => tag)).toEqual([null, null, 'offer', null]);
  });

  it('say what happened on the way, and facts where they fit', () => {
    const lost = { end: 'lost', wouldArriveMicros: 90_000, lossAt: 0.62 } as const;
    expect(labelOf({ text: 'ACK', journey: lost }).variant).toBe('ACK lost');
    expect(labelOf({ text: 'ACK', duplicate: true }).variant).toBe('ACK ×2');
    expect(labelOf({ text: 'ACK', facts: ['100rel'] }).variant).toBe('ACK 100rel');
    const wide = { text: '183 Session Progress', shortText: '183', facts: ['P-Early-Media'] };
    expect(labelOf(wide).variant).toBe('183 Session Progress');
    expect(labelOf({ ...wide, text: 'x'.repeat(30) }).variant).toBe('183');
    expect(labelOf({ ...wide, text: 'x'.repeat(30), duplicate: true }).variant).toBe('183 ×2');
  });

  it('cost 9 for the short text and 2 for dropped notes', () => {
    const words = { text: '183 Session Progress', shortText: '183', facts: ['P-Early-Media'] };
    const wordingOf = labelWordings(measure);
    const costs = (changes: Partial<LadderMessage>) =>
      wordingOf(message({ id: 'one', ...words, ...changes }), null).variants.map(
        ({ words: said, cost }) => `${cost} ${said}`,
      );
    expect(costs({})).toEqual([
      '0 183 Session Progress P-Early-Media',
      '2 183 Session Progress',
      '11 183',
    ]);
    expect(costs({ duplicate: true, step: 7 })).toEqual([
      '0 7 183 Session Progress ×2 P-Early-Media',
      '2 7 183 Session Progress ×2',
      '2 7 183 Session Progress',
      '11 7 183 ×2',
      '11 7 183',
    ]);
    expect(costs({ facts: [] })).toEqual(['0 183 Session Progress', '9 183']);
  });

  it('number messages of one instant, but in a live run not the first of them', () => {
    const messages = [
      message({ id: 'b', number: 7, text: 'ACK' }),
      message({ id: 'a', number: 9, text: 'MIX', from: 'S', to: 'R' }),
    ];
    expect(lay(messages).labels.map(({ variant }) => variant)).toEqual(['ACK 7a', 'MIX 7b']);
    const live = lay(messages, { ...view, live: true });
    expect(live.labels.map(({ variant }) => variant)).toEqual(['ACK', 'MIX 7b']);
    expect(live.instants).toEqual([{ micros: 0, y1: 17, y2: 21, messages: ['b', 'a'] }]);
  });
});

describe('the place of a label', () => {
  it('is at the tail, 1 px above the shaft, on the sender’s side', () => {
    const flat = { end: 'arrives', atMicros: 0 } as const;
    expect(labelOf({ journey: flat })).toMatchObject({ x: 162.5, y: 3, side: 'above' });
    expect(labelOf({ journey: flat, from: 'S', to: 'A' }).x).toBeCloseTo(326.5 - 39.6, 9);
  });

  it('of a command is beyond its receiver, unless there is no room', () => {
    const command = { kind: 'command', leg: 'R', text: 'PLAY clip' } as const;
    const quick = { end: 'arrives', atMicros: 5000 } as const;
    const beyond = labelOf({ ...command, from: 'S', to: 'R', journey: quick });
    expect(beyond).toMatchObject({ side: 'beyond', x: 531.5, y: 24 - 8.5 });
    const back = labelOf({ ...command, from: 'R', to: 'S', journey: quick });
    expect(back.side).toBe('beyond');
    expect(back.x).toBeCloseTo(336.5 - 10 - 59.4, 9);
    expect(labelOf({ ...command, from: 'R', to: 'B', journey: quick }).side).toBe('above');
    expect(labelOf({ ...command, from: 'S', to: 'R' }).side).toBe('above');
  });

  it('of a loop is outside its lifeline, or inside where the margin is too narrow', () => {
    expect(labelOf({ from: 'A', to: 'A', text: 'tick' }).x).toBeCloseTo(152.5 - 10 - 26.4, 9);
    const wide = labelOf({ from: 'A', to: 'A', text: 'a longer text' });
    expect(wide).toMatchObject({ x: 162.5, side: 'above' });
  });

  it('may cross a reply rather than go below, but not another shaft', () => {
    const kinds = ['reply', 'response'] as const;
    const sides = kinds.map((kind) => {
      const crossing = message({
        id: 'crossing',
        kind,
        from: 'S',
        to: 'A',
        sentMicros: 5000,
        journey: { end: 'arrives', atMicros: 95_000 },
        text: 'ok',
      });
      const sentMicros = 100_000;
      const journey = { end: 'arrives', atMicros: 190_000 } as const;
      const wide = message({ id: 'wide', sentMicros, journey, text: 'x'.repeat(24) });
      const { labels } = lay([crossing, wide]);
      return labels.find((label) => label.message === 'wide')?.side;
    });
    expect(sides).toEqual(['above', 'below']);
  });

  it('is on the page if it can be, even in short', () => {
    const flat = (id: string, micros: number): LadderMessage =>
      message({
        id,
        sentMicros: micros,
        journey: { end: 'arrives', atMicros: micros },
        text: 'x'.repeat(11),
        shortText: 'ok',
      });
    const input = run({ messages: [flat('one', 0), flat('two', 1)] });
    const { labels, height } = layoutLadder(input, view, { ...size, height: 20 }, measure);
    expect(height).toBeCloseTo(27, 2);
    expect(labels.map(({ variant, side }) => `${variant} ${side}`)).toEqual([
      `${'x'.repeat(11)} above`,
      'ok above',
    ]);
  });

  it('goes by rank, and for steps by span before time', () => {
    const messages = [
      message({ id: 'again', retransmission: { number: 1, afterMicros: null } }),
      message({ id: 'response', kind: 'response' }),
      message({ id: 'request' }),
      message({
        id: 'media',
        kind: 'media',
        leg: 'M',
        media: { sources: ['R'], stopsMicros: null },
      }),
      message({ id: 'long step', step: 1, to: 'B' }),
      message({ id: 'step', step: 2 }),
      message({ id: 'command', kind: 'command' }),
      message({ id: 'reply', kind: 'reply' }),
      message({ id: 'evidence' }),
      message({ id: 'selected' }),
    ].map((each, index) => ({ ...each, number: index }));
    const { arrows } = lay(messages);
    const order = (live: boolean): string[] =>
      labelOrder(messages, arrows, { live, selected: 'selected', evidence: ['evidence'] }).map(
        (place) => messages[place]?.id ?? '',
      );
    expect(order(false)).toEqual([
      'selected',
      'evidence',
      'command',
      'step',
      'long step',
      'media',
      'request',
      'response',
      'again',
    ]);
    expect(order(true)).toEqual(messages.filter(({ id }) => id !== 'reply').map(({ id }) => id));
  });

  it('is decided by number, then name, for messages of one instant', () => {
    const both = ['z', 'a'].map((id, index) => message({ id, number: index, text: id }));
    expect(lay(both).arrows.map(({ id }) => id)).toEqual(['z', 'a']);
    const equal = both.map((each) => ({ ...each, number: 5 }));
    expect(lay(equal).arrows.map(({ id }) => id)).toEqual(['a', 'z']);
  });
});

describe('a crowd', () => {
  /** Requests of a few microseconds' distance from A to S, named by letters. */
  const crowd = (
    count: number,
    textLength: number,
    step: number | null,
  ): readonly LadderMessage[] =>
    Array.from({ length: count }, (_none, index) =>
      message({
        id: `c${String(index).padStart(2, '0')}`,
        number: index,
        sentMicros: index,
        journey: { end: 'arrives', atMicros: index + 1000 },
        text: 'x'.repeat(textLength),
        step,
      }),
    );

  it('moves labels down with a leader, clear of their own shafts', () => {
    const { labels, hiddenLabels, arrows } = lay(crowd(5, 20, null));
    const moved = labels.filter(({ leader }) => leader !== null);
    expect(moved.length).toBeGreaterThan(0);
    for (const { leader, arrow, y } of moved) {
      expect(leader).toMatchObject({ x2: arrows[arrow]?.x1, y2: arrows[arrow]?.y1, y1: y });
      expect(y).toBeGreaterThan(arrows[arrow]?.y2 ?? Infinity);
    }
    expect(labels).toHaveLength(5 - hiddenLabels);
  });

  it('leaves badges where texts find no room, counts them, and overlaps nothing', () => {
    const { labels, hiddenLabels } = lay(crowd(40, 10, 3));
    const reduced = labels.filter((label) => label.reduced);
    expect(reduced.length).toBeGreaterThan(0);
    expect(reduced.every(({ variant }) => variant === '3')).toBe(true);
    expect(hiddenLabels).toBe(40 - labels.length + reduced.length);
  });

  it('hides what is wider than any gap and has neither badge nor tag', () => {
    const wide = 'x'.repeat(60);
    const { labels, hiddenLabels } = lay([message({ id: 'one', text: wide })]);
    expect([labels.length, hiddenLabels]).toEqual([0, 1]);
    const badged = lay([message({ id: 'one', text: wide, step: 4 })], rowsView);
    expect(badged.labels.map(({ variant, reduced }) => [variant, reduced])).toEqual([['4', true]]);
    expect(badged.hiddenLabels).toBe(1);
  });
});

describe('the work of placing labels', () => {
  function comparisonsOf(input: LadderInput, how: LadderView): number {
    const layout = layoutLadder(input, how, size, measure);
    const drawn = new Map(input.messages.map((each) => [each.id, each]));
    const messages = layout.arrows.flatMap(({ id }) => drawn.get(id) ?? []);
    expect(messages).toHaveLength(layout.arrows.length);
    const page = { ...layout, subNumbers: new Map<string, string>(), rows: layout.folds };
    return placeLabels(messages, page, how, measure).comparisons;
  }

  it('grows with the number of messages, not with its square', () => {
    for (const how of [timeView, { ...view, pxPerMs: 0.32 }, { ...view, live: true }, rowsView]) {
      const thousand = comparisonsOf(manyCalls(1000), how);
      expect(thousand).toBeLessThan(1000 * 200);
      expect(comparisonsOf(manyCalls(10_000), how)).toBeLessThan(11 * thousand);
    }
  });

  it('stays bounded where ten thousand messages share an instant', () => {
    const messages = Array.from({ length: 10_000 }, (_none, index) =>
      message({ id: `m${index}`, number: index, step: 1 }),
    );
    // Three searches of at most 800 comparisons: for the text, below it, and for the badge.
    expect(comparisonsOf(run({ messages }), view)).toBeLessThan(10_000 * 3 * 810);
    const { labels, hiddenLabels, arrows } = lay(messages);
    expect(arrows).toHaveLength(10_000);
    expect(labels.filter(({ reduced }) => !reduced).length + hiddenLabels).toBe(10_000);
  });
});
