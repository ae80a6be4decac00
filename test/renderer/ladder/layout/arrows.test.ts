import { describe, expect, it } from 'vitest';

import type { LadderArrow } from '../../../../renderer/ladder/layout/ladder-layout.ts';
import { layoutLadder } from '../../../../renderer/ladder/layout/layout-ladder.ts';
import { measure, message, rowsView, run, size, timeView } from './fixture.ts';

type Changes = Omit<Parameters<typeof message>[0], 'id'>;

const view = { ...timeView, pxPerMs: 1 };

function arrowOf(changes: Changes): LadderArrow {
  const input = run({ messages: [message({ id: 'one', ...changes })] });
  const [arrow] = layoutLadder(input, view, size, measure).arrows;
  if (arrow === undefined) throw new Error('No arrow was laid out.');
  return arrow;
}

describe('an arrow', () => {
  it('ends where it is lost, and is bound for where it would have arrived', () => {
    const journey = { end: 'lost', wouldArriveMicros: 90_000, lossAt: 0.5 } as const;
    const arrow = arrowOf({ journey });
    expect([arrow.x2, arrow.y2]).toEqual([244.5, 19 + 45]);
    expect([arrow.headX, arrow.headY]).toEqual([332.5, 19 + 90]);
    expect(arrow.lost).toBe(true);
    expect(arrow.endMicros).toBe(45_000);
    expect(arrow.heads.map(({ shape, size: px }) => `${shape} ${px}`)).toEqual(['cross 10']);
  });

  it('breaks the lifelines it passes, and none beyond the point of its loss', () => {
    const through = arrowOf({ from: 'A', to: 'B' });
    expect(through.bridges.map(({ x1, x2 }) => [x1, x2])).toEqual([
      [331.5, 341.5],
      [516.5, 526.5],
    ]);
    const lost = { end: 'lost', wouldArriveMicros: 90_000, lossAt: 0.5 } as const;
    expect(arrowOf({ from: 'A', to: 'B', journey: lost }).bridges).toHaveLength(1);
    expect(arrowOf({ from: 'B', to: 'A', journey: lost }).bridges[0]?.x1).toBe(516.5);
  });

  it('has a second head behind the first where the network doubled it', () => {
    const { heads, headX } = arrowOf({ duplicate: true, journey: { end: 'arrives', atMicros: 0 } });
    expect(heads.map(({ shape, x }) => [shape, x])).toEqual([
      ['filled', headX],
      ['filled', headX - 5],
    ]);
  });

  it('ends in a hollow circle where it is absorbed', () => {
    expect(arrowOf({ absorbed: true }).heads.map(({ shape }) => shape)).toEqual(['circle']);
  });

  it('has the line and the head of its kind', () => {
    const looks = (changes: Changes): string => {
      const { line, heads } = arrowOf(changes);
      return [line, ...heads.map(({ shape, size: px }) => `${shape} ${px}`)].join(', ');
    };
    expect(looks({ kind: 'request' })).toBe('solid, filled 9');
    expect(looks({ kind: 'response' })).toBe('solid, open 8');
    expect(looks({ kind: 'command' })).toBe('solid, filled 9');
    expect(looks({ kind: 'reply' })).toBe('thin, open 6');
    const again = { number: null, afterMicros: null };
    expect(looks({ kind: 'response', retransmission: again })).toBe('dashed, open 8');
  });

  it('to oneself is a loop on the outer side', () => {
    const left = arrowOf({ from: 'A', to: 'A' });
    expect([left.x1, left.x2, left.loop, left.y2 - left.y1]).toEqual([148.5, 148.5, -26, 14]);
    expect(left.heads[0]).toMatchObject({ x: 148.5, ux: 1 });
    expect(arrowOf({ from: 'B', to: 'B' }).loop).toBe(26);
  });

  it('of media that stop shows where their last packets went', () => {
    const media = { sources: ['R'] as const, stopsMicros: 500_000 };
    const { stop } = arrowOf({ kind: 'media', leg: 'M', from: 'R', to: 'A', media });
    expect(stop).toEqual({ micros: 500_000, x1: 517.5, y1: 519, x2: 156.5, y2: 609 });
  });

  it('in Rows falls less than would reach the next label', () => {
    const slow = { end: 'arrives', atMicros: 9_000_000 } as const;
    const quick = { end: 'arrives', atMicros: 20_000 } as const;
    const drop = (journey: typeof slow | typeof quick): number => {
      const input = run({ messages: [message({ id: 'one', journey })] });
      const [arrow] = layoutLadder(input, rowsView, size, measure).arrows;
      return (arrow?.headY ?? 0) - (arrow?.y1 ?? 0);
    };
    expect(drop(slow)).toBe(24 - 15 - 2);
    expect(drop(quick)).toBe(1);
  });
});

describe('contradictions', () => {
  const lay = (changes: Parameters<typeof run>[0]) => (): unknown =>
    layoutLadder(run(changes), timeView, size, measure);
  const one = (changes: Changes) => lay({ messages: [message({ id: 'one', ...changes })] });

  it('are named, and not drawn', () => {
    expect(one({ to: 'X' })).toThrow('Message "one" names lifeline "X"; there are "A", "S"');
    expect(one({ sentMicros: 95_000 })).toThrow('Message "one" arrives at 90000, sent at 95000 µs');
    expect(one({ sentMicros: 0.5 })).toThrow('Message "one" has a time that is no whole number');
    const journey = { end: 'lost', wouldArriveMicros: 90_000, lossAt: 1.5 } as const;
    expect(one({ journey })).toThrow('Message "one" is lost at 1.5 of its way');
    expect(one({ kind: 'media' })).toThrow('Message "one" is of kind \'media\'');
    const twice = [message({ id: 'one' }), message({ id: 'one' })];
    expect(lay({ messages: twice })).toThrow('Two messages are named "one"');
    const lifeline = { id: 'A', title: '', subtitle: '', folded: false };
    expect(lay({ lifelines: [lifeline, lifeline] })).toThrow('Two lifelines are named "A"');
    expect(lay({ userActions: [{ lifeline: 'X', atMicros: 0, verb: 'calls' }] })).toThrow(
      'The action "calls" names lifeline "X"',
    );
  });
});
