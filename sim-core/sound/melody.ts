import { hashNumber } from '../base/hash.ts';
import { phaseAt, phaseStep, sineAt } from './sine.ts';
import type { Waveform } from './waveform.ts';

/** Notes of one round, after which the melody begins again. */
const notesInRound = 16;
/** A pentatonic scale in pure intervals, and its first two notes an octave higher. */
const scale = [1, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 2, 9 / 4] as const;
const keynotes = [262, 294, 330, 349, 392, 440] as const;
const tempos = [0.18, 0.21, 0.24, 0.28] as const;
const level = 0.35;
const attackSeconds = 0.004;

interface Voicing {
  /** How loud the second and third partial are beside the first. */
  readonly second: number;
  readonly third: number;
}

/**
 * A ring melody that no other resource has: key, tempo, timbre and notes follow from `seed`, a
 * hash of the resource's name. Plucked, so that each beginning is heard.
 */
export function melody(seed: number, rate: number): Waveform {
  const draw = (what: number, count: number) => hashNumber(what, seed) % count;
  const keynote = keynotes[draw(100, keynotes.length)] ?? 330;
  const note = Math.round((tempos[draw(101, tempos.length)] ?? 0.2) * rate);
  const voicing = { second: draw(102, 5) / 8, third: draw(103, 4) / 10 };
  const steps = roundOf(draw).map((degree) =>
    degree === null ? null : phaseStep(keynote * (scale[degree] ?? 1), rate),
  );
  const attack = Math.max(1, Math.round(attackSeconds * rate));
  return (sample) => {
    const place = Math.floor(sample / note);
    const step = steps[place % notesInRound] ?? null;
    if (step === null) return 0;
    const at = sample - place * note;
    const rest = 1 - at / note;
    const loudness = level * Math.min(1, (at + 1) / attack) * rest * rest;
    return loudness * plucked(phaseAt(at, step), voicing);
  };
}

/** The degree of each note, null for a rest. The first is always there: a ring begins at once. */
function roundOf(draw: (what: number, count: number) => number): (number | null)[] {
  const degrees: (number | null)[] = [draw(0, 3) * 2];
  for (let place = 1; place < notesInRound; place += 1) {
    const rests = place % 4 === 3 && draw(place + 32, 3) === 0;
    degrees.push(rests ? null : draw(place, scale.length));
  }
  return degrees;
}

function plucked(phase: number, { second, third }: Voicing): number {
  const first = sineAt(phase);
  const above = second * sineAt(phase << 1) + third * sineAt(Math.imul(phase, 3));
  return (first + above) / (1 + second + third);
}
