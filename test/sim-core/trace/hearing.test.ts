import { describe, expect, it } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import { hearingOf, type HearsInterval, type RecordNumber } from '../../../sim-core/reading.ts';
import { nodeId } from '../../support/trace-packets.ts';

const client = nodeId('A');
let records = 0;

/** Heard from one ms to another; `'ring 25'` is a ring at a quarter. */
function heard(from: number, to: number, ...sources: string[]): HearsInterval {
  records += 2;
  return {
    listener: 'client-a',
    node: client,
    medium: 'audio',
    sources: sources.map((text) => {
      const [source = '', gain = '100'] = text.split(' ');
      return { source, gainPercent: Number(gain) };
    }),
    fromMicros: micros(from * 1_000),
    toMicros: micros(to * 1_000),
    openedBy: (records - 1) as RecordNumber,
    closedBy: records as RecordNumber,
  };
}

const hearing = (...intervals: HearsInterval[]) => hearingOf(intervals, client, 'audio');
const times = (each: readonly { readonly fromMicros: number; readonly toMicros: number }[]) =>
  each.map(({ fromMicros, toMicros }) => [fromMicros / 1_000, toMicros / 1_000]);

describe('what a party hears', () => {
  it('has a gap between two stretches, with the records that bound it', () => {
    const [ring, voice] = [heard(100, 500, 'ring'), heard(620, 900, 'client-b')];
    const { stretches, gaps, overlaps } = hearing(ring, voice);
    expect(times(stretches)).toEqual([
      [100, 500],
      [620, 900],
    ]);
    expect(gaps).toEqual([
      {
        fromMicros: 500_000,
        toMicros: 620_000,
        beganWith: ring.closedBy,
        endedWith: voice.openedBy,
      },
    ]);
    expect(overlaps).toEqual([]);
  });

  it('has no gap where one sound follows on another', () => {
    expect(hearing(heard(0, 500, 'ring'), heard(500, 900, 'client-b')).gaps).toEqual([]);
  });

  it('counts short silences within one sound, and calls none of them a gap', () => {
    const { stretches, gaps } = hearing(
      heard(0, 100, 'ring'),
      heard(120, 300, 'ring'),
      heard(359.999, 500, 'ring'),
      heard(560, 700, 'ring'),
      heard(720, 800, 'ring', 'client-b'),
    );
    expect(times(stretches)).toEqual([
      [0, 500],
      [560, 700],
      [720, 800],
    ]);
    expect(stretches.map(({ dropouts }) => dropouts)).toEqual([2, 0, 0]);
    expect(times(gaps)).toEqual([
      [500, 560],
      [700, 720],
    ]);
  });

  it('overlaps where two are heard, not where one of them is silent', () => {
    const { overlaps } = hearing(
      heard(0, 500, 'ring'),
      heard(500, 700, 'ring 25', 'client-b'),
      heard(700, 800, 'ring 0', 'client-b'),
    );
    expect(times(overlaps)).toEqual([[500, 700]]);
    expect(overlaps[0]?.sources).toHaveLength(2);
  });

  it('is of one party and one medium', () => {
    const others = [
      { ...heard(0, 900, 'ring'), node: nodeId('B') },
      { ...heard(0, 900, 'film'), medium: 'video' as const },
    ];
    expect(hearing(...others, heard(100, 200, 'ring')).stretches).toHaveLength(1);
  });
});
