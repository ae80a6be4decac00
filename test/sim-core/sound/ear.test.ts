import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import type { HearsInterval } from '../../../sim-core/reading.ts';
import { earOf } from '../../../sim-core/sound/ear.ts';
import { soundsOf } from '../../../sim-core/sound/sounds.ts';
import { traceBuilder } from '../../support/trace-builder.ts';
import { nodeId } from '../../support/trace-packets.ts';
import { loudnessOf, pitchOf } from './spectrum.ts';

const { header } = traceBuilder().build();
const client = nodeId('A');

/** `'beach-waves 25'` from one ms to another: heard at 25 %. */
function heard(from: number, to: number, ...sources: string[]): HearsInterval {
  return {
    listener: 'client-a',
    node: client,
    medium: 'audio',
    sources: sources.map((text) => {
      const [source = '', gain = '100'] = text.split('@');
      return { source, gainPercent: Number(gain) };
    }),
    fromMicros: micros(from * 1_000),
    toMicros: micros(to * 1_000),
    openedBy: 1 as HearsInterval['openedBy'],
    closedBy: null,
  };
}

function samples(intervals: readonly HearsInterval[], from: number, to: number, rate?: number) {
  const ear = earOf(intervals, client, soundsOf(header, rate));
  return Array.from(ear.samples(micros(from * 1_000), micros(to * 1_000)));
}

describe('an ear', () => {
  it('hears from the first sample not before the instant to the last before the end', () => {
    // 1 000.2 ms is between the samples 8 001 and 8 002.
    const all = samples([heard(1_000.2, 1_500, 'ring'), heard(2_000, 2_500, 'ring')], 0, 3_000);
    expect(all).toHaveLength(24_000);
    expect(all.slice(0, 8_002).every((sample) => sample === 0)).toBe(true);
    expect(loudnessOf(all.slice(8_002, 8_012))).toBeGreaterThan(100);
    expect(all.slice(12_000, 16_000).every((sample) => sample === 0)).toBe(true);
    expect(all.slice(20_000).every((sample) => sample === 0)).toBe(true);
  });

  it('gives the same samples in pieces of any size, none twice and none left out', () => {
    const intervals = [
      heard(0, 900, 'ringback tone'),
      heard(900.3, 1_400, 'ring'),
      heard(1_400, 2_200.7, 'ring@25', 'client-b'),
    ];
    const whole = samples(intervals, 0, 2_500);
    const cut = fc.array(fc.integer({ min: 0, max: 2_500_000 }), { maxLength: 9 });
    fc.assert(
      fc.property(cut, (cuts) => {
        const ear = earOf(intervals, client, soundsOf(header));
        const bounds = [0, ...cuts.sort((a, b) => a - b), 2_500_000];
        const pieces = bounds
          .slice(1)
          .flatMap((to, index) => [...ear.samples(micros(bounds[index] ?? 0), micros(to))]);
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('mixes by the gains: a quarter is 12 dB less, nothing is nothing', () => {
    const [full, quarter] = [100, 25].map((gain) =>
      loudnessOf(samples([heard(0, 1_000, `ring@${gain}`)], 0, 1_000)),
    );
    expect((full ?? 0) / (quarter ?? 1)).toBeGreaterThan(3.9);
    expect((full ?? 0) / (quarter ?? 1)).toBeLessThan(4.1);
    expect(loudnessOf(samples([heard(0, 1_000, 'ring@0')], 0, 1_000))).toBe(0);
  });

  it('hears two at once as the sum of both', () => {
    const alone = ['ring@50', 'client-b'].map((source) =>
      samples([heard(0, 2_000, source)], 0, 2_000),
    );
    const both = samples([heard(0, 2_000, 'ring@50', 'client-b')], 0, 2_000);
    for (const [place, sample] of both.entries()) {
      const sum = (alone[0]?.[place] ?? 0) + (alone[1]?.[place] ?? 0);
      // µ-law rounds each to a sixteenth of its own size at worst.
      expect(Math.abs(sample - sum)).toBeLessThan(24 + Math.abs(sum) / 8 + 1_000);
    }
    expect(loudnessOf(both)).toBeGreaterThan(loudnessOf(alone[1] ?? []));
  });

  it('a ring goes on under an interruption; a tone of its own begins anew', () => {
    const whole = samples([heard(0, 3_000, 'ring')], 0, 3_000);
    const interrupted = samples([heard(0, 1_000, 'ring'), heard(2_000, 3_000, 'ring')], 0, 3_000);
    expect(interrupted.slice(16_000)).toEqual(whole.slice(16_000));
    const tones = samples(
      [heard(0, 3_000, 'ringback tone'), heard(4_000, 6_000, 'ringback tone')],
      0,
      6_000,
    );
    expect(loudnessOf(tones.slice(8_000, 24_000))).toBe(0);
    expect(tones.slice(32_000, 40_000)).toEqual(tones.slice(0, 8_000));
  });

  it('a tone beside which something else begins is not begun anew', () => {
    const together = [heard(0, 500, 'ringback tone'), heard(500, 2_000, 'ringback tone', 'ring@0')];
    const alone = [heard(0, 2_000, 'ringback tone')];
    expect(samples(together, 0, 2_000)).toEqual(samples(alone, 0, 2_000));
  });

  it('tells the two parties by their voices', () => {
    const pitchIn = (who: string) => pitchOf(samples([heard(0, 5_000, who)], 40, 130), 8_000);
    expect(pitchIn('client-a')).toBeLessThan(140);
    expect(pitchIn('client-b')).toBeGreaterThan(170);
  });

  it('an announcement is spoken, two resources are two melodies', () => {
    const second = (source: string) => samples([heard(0, 1_000, source)], 0, 1_000);
    expect(second('beach-waves')).not.toEqual(second('ringing-7'));
    expect(pitchOf(second('announcement-busy').slice(300, 900), 8_000)).toBeGreaterThan(130);
    expect(second('announcement-busy')).not.toEqual(second('announcement-moved'));
  });

  it('has as many samples as asked for, and ends with the last thing heard', () => {
    const intervals = [heard(0, 1_000, 'ring'), { ...heard(0, 9_000, 'ring'), node: nodeId('B') }];
    expect(samples(intervals, 0, 1_000, 48_000)).toHaveLength(48_000);
    expect(earOf(intervals, client, soundsOf(header)).endsAt).toBe(1_000_000);
    expect(earOf([], client, soundsOf(header)).endsAt).toBe(0);
    const seen = [{ ...heard(0, 1_000, 'ring'), medium: 'video' as const }];
    expect(loudnessOf(samples(seen, 0, 1_000))).toBe(0);
  });

  it('never wraps round, however much is heard at once', () => {
    const crowd = Array.from({ length: 20 }, (_, place) => `ring-${place}@100`);
    const all = samples([heard(0, 500, ...crowd)], 0, 500);
    expect(Math.max(...all)).toBe(32_124);
    expect(Math.min(...all)).toBe(-32_124);
  });
});
