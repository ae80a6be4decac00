import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { melody } from '../../../sim-core/sound/melody.ts';
import { muLawCode, throughMuLaw } from '../../../sim-core/sound/mu-law.ts';
import { phaseAt, phaseStep, sineAt } from '../../../sim-core/sound/sine.ts';
import { ringbackSound, ringSound } from '../../../sim-core/sound/tones.ts';
import { voice } from '../../../sim-core/sound/voice.ts';
import type { Waveform } from '../../../sim-core/sound/waveform.ts';
import { loudnessOf, pitchOf, strengthOf } from './spectrum.ts';

const rate = 8_000;

/** Samples of the seconds from one to the other. */
function piece(waveform: Waveform, from: number, to: number, at = rate): number[] {
  const first = Math.round(from * at);
  return Array.from({ length: Math.round((to - from) * at) }, (_, k) => waveform(first + k));
}

describe('the sine', () => {
  it('is the sine of every step, to the nearest of 65 535 heights', () => {
    for (let step = 0; step < 4_096; step += 1) {
      const exact = 32_767 * Math.sin((2 * Math.PI * step) / 4_096);
      expect(Math.abs(sineAt(step * 2 ** 20) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }
  });

  it('keeps its phase however long it lasts', () => {
    const step = phaseStep(425, rate);
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (sample) => {
        const exact = Number((BigInt(sample) * BigInt(step)) % 4_294_967_296n);
        expect(phaseAt(sample, step)).toBe(exact);
      }),
    );
  });
});

describe('µ-law', () => {
  it('has the values of G.711 at the ends of its segments', () => {
    // Decoder output values of table 2a, at 16 bits: four times the table's.
    expect([0, 3, 5, 1_000, 8_031 * 4, 32_767].map(throughMuLaw)).toEqual([
      0, 0, 8, 988, 32_124, 32_124,
    ]);
    expect(throughMuLaw(-8_031 * 4)).toBe(-32_124);
  });

  it('has the octets of G.711: silence is 0xff, the loudest 0x80 and 0x00', () => {
    expect([0, 32_767, -32_767, 5, -5].map(muLawCode)).toEqual([0xff, 0x80, 0x00, 0xfe, 0x7e]);
  });

  it('leaves 255 values, each as it is, in order and as near as its step', () => {
    const values = new Set<number>();
    let before = -Infinity;
    for (let sample = -32_767; sample <= 32_767; sample += 1) {
      const value = throughMuLaw(sample) + 0;
      values.add(value);
      expect(value).toBeGreaterThanOrEqual(before);
      before = value;
      const step = Math.max(8, Math.abs(sample) / 16);
      if (Math.abs(sample) < 32_635) expect(Math.abs(value - sample)).toBeLessThanOrEqual(step);
    }
    expect(values.size).toBe(255);
    for (const value of values) expect(throughMuLaw(value) + 0).toBe(value);
  });
});

describe('tones', () => {
  it('ring-back is 425 Hz, a second in five', () => {
    const tone = ringbackSound(rate);
    for (const start of [0, 5, 50]) {
      const on = piece(tone, start, start + 1);
      expect(strengthOf(425, on, rate)).toBeGreaterThan(0.24);
      expect(strengthOf(600, on, rate)).toBeLessThan(0.01);
      expect(loudnessOf(piece(tone, start + 1, start + 5))).toBe(0);
    }
  });

  it('the bell has two pitches and the same pauses', () => {
    const bell = ringSound(rate);
    const on = piece(bell, 5, 6);
    expect(strengthOf(1_000, on, rate)).toBeGreaterThan(0.1);
    expect(strengthOf(1_250, on, rate)).toBeGreaterThan(0.1);
    expect(loudnessOf(piece(bell, 6, 10))).toBe(0);
  });
});

describe('melodies', () => {
  it('begin with their first sample, never exceed full scale, and come round', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (seed) => {
        const ring = melody(seed, rate);
        expect(loudnessOf(piece(ring, 0, 0.02))).toBeGreaterThan(500);
        const eight = piece(ring, 0, 8);
        expect(Math.max(...eight.map(Math.abs))).toBeLessThanOrEqual(0.36 * 32_767);
        const rounds = [0.18, 0.21, 0.24, 0.28].map((tempo) => 16 * Math.round(tempo * rate));
        const comesRound = rounds.some((round) =>
          [0, 777, 4_000, 15_001].every((at) => {
            const [once, again] = [ring(at), ring(at + round)];
            return Math.abs(once - again) < 1e-9;
          }),
        );
        expect(comesRound).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('of two resources differ', () => {
    const rounds = Array.from({ length: 40 }, (_, seed) =>
      piece(melody(seed * 7_919, rate), 0, 3)
        .map(Math.round)
        .join(),
    );
    expect(new Set(rounds).size).toBe(40);
  });
});

describe('voices', () => {
  const low = voice({ seed: 1, pitch: 112, pace: 0.23 }, rate);
  const high = voice({ seed: 2, pitch: 208, pace: 0.17 }, rate);

  /** The pitch of each of the first syllables, without its consonant. */
  const pitches = (waveform: Waveform, pace: number) =>
    Array.from({ length: 10 }, (_, syllable) => {
      const start = syllable * pace;
      return pitchOf(piece(waveform, start + pace * 0.2, start + pace * 0.65), rate);
    });

  it('speak at their own pitch, give or take a tenth and the glide', () => {
    for (const pitch of pitches(low, 0.23)) expect(Math.abs(pitch - 112)).toBeLessThan(16);
    for (const pitch of pitches(high, 0.17)) expect(Math.abs(pitch - 208)).toBeLessThan(30);
  });

  it('speak in syllables: silent between two of them, and for a breath', () => {
    expect(loudnessOf(piece(low, 0.05, 0.15))).toBeGreaterThan(1_000);
    expect(loudnessOf(piece(low, 0.225, 0.23))).toBe(0);
    expect(loudnessOf(piece(low, 11 * 0.23, 12 * 0.23))).toBe(0);
    expect(loudnessOf(piece(low, 12 * 0.23, 12.9 * 0.23))).toBeGreaterThan(1_000);
  });

  it('never exceed half of full scale', () => {
    for (const waveform of [low, high]) {
      const minute = piece(waveform, 0, 60);
      expect(minute.every((sample) => Math.abs(sample) < 0.5 * 32_767)).toBe(true);
    }
  });

  it('sound alike at another rate', () => {
    const fine = voice({ seed: 1, pitch: 112, pace: 0.23 }, 48_000);
    const pitch = pitchOf(piece(fine, 0.05, 0.15, 48_000), 48_000);
    expect(Math.abs(pitch - 112)).toBeLessThan(16);
  });
});
