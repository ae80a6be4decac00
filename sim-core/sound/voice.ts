import { hashNumber } from '../base/hash.ts';
import { phaseAt, phaseStep, sineAt } from './sine.ts';
import type { Waveform } from './waveform.ts';

/** The first three formants, in Hz, of a, e, i, o and u. */
const vowels = [
  [730, 1_090, 2_440],
  [530, 1_840, 2_480],
  [270, 2_290, 3_010],
  [570, 840, 2_410],
  [300, 870, 2_240],
] as const;
const formantLevels = [1, 0.5, 0.25] as const;
const formantWidth = 90;
/** A telephone passes nothing above it, in Hz. */
const passesUpTo = 3_400;

/** Points of one period of a vowel. */
const points = 256;
const toPoint = 24;
const level = 0.45;
/** After so many syllables the speaker breathes. */
const phrase = 11;

/** How somebody speaks. */
export interface Speaker {
  /** Draws the syllables. */
  readonly seed: number;
  /** The voice's usual pitch, in Hz. */
  readonly pitch: number;
  /** Seconds from one syllable to the next. */
  readonly pace: number;
}

/**
 * Somebody who speaks without end and without words: syllables of a vowel each, with a consonant's
 * noise before it and a falling or rising pitch, and a breath after each phrase.
 */
export function voice({ seed, pitch, pace }: Speaker, rate: number): Waveform {
  const periods = vowels.map((formants) => periodOf(formants, pitch));
  const slot = Math.round(pace * rate);
  const noise = Math.round(slot * 0.12);
  const step = phaseStep(pitch, rate);
  return (sample) => {
    const syllable = Math.floor(sample / slot);
    if (syllable % (phrase + 1) === phrase) return 0;
    const at = sample - syllable * slot;
    const drawn = hashNumber(syllable, seed);
    const length = Math.floor(slot * (0.7 + (drawn & 31) / 128));
    if (at >= length) return 0;
    if (at < noise) return hiss(sample, drawn) * (0.5 - Math.abs(at / noise - 0.5));
    // The pitch glides through the syllable by up to a tenth, up or down.
    const glide = Math.round((step * (((drawn >>> 5) & 15) - 9)) / (80 * length));
    const phase = (phaseAt(at, step) + Math.imul((at * (at - 1)) / 2, glide)) >>> 0;
    const period = periods[(drawn >>> 9) % periods.length];
    return loudness(at - noise, length - noise) * (period?.[phase >>> toPoint] ?? 0);
  };
}

/** Rises over an eighth of the syllable and falls over its last third. */
function loudness(at: number, length: number): number {
  const rise = (8 * (at + 1)) / length;
  const fall = (3 * (length - at)) / length;
  return level * Math.min(1, rise, fall);
}

function hiss(sample: number, seed: number): number {
  return (hashNumber(sample, seed) / 0x1_0000_0000 - 0.5) * 8_000;
}

/** One period of a vowel at that pitch, its highest point at 32767. */
function periodOf(formants: readonly number[], pitch: number): Int16Array {
  const wave = new Float64Array(points);
  const partials = Math.floor(passesUpTo / pitch);
  for (let partial = 1; partial <= partials; partial += 1) {
    const strength = resonance(partial * pitch, formants) / partial;
    // Phases that grow with the square of the partial spread the energy over the period.
    const offset = Math.imul(partial * partial, 0x0400_0000);
    for (let point = 0; point < points; point += 1) {
      const phase = Math.imul(point * partial, 0x0100_0000) + offset;
      wave[point] = (wave[point] ?? 0) + strength * sineAt(phase);
    }
  }
  const highest = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return Int16Array.from(wave, (value) => Math.round((value / highest) * 32_767));
}

/** How well the mouth of that vowel passes a frequency. */
function resonance(hertz: number, formants: readonly number[]): number {
  let sum = 0.02;
  formants.forEach((formant, place) => {
    const distance = (hertz - formant) / formantWidth;
    sum += (formantLevels[place] ?? 0) / (1 + distance * distance);
  });
  return sum;
}
