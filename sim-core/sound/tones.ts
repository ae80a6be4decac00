import { phaseAt, phaseStep, sineAt } from './sine.ts';
import type { Waveform } from './waveform.ts';

/** E.180 as most of Europe has it: 425 Hz, 1 s on and 4 s off. */
const ringback = { hertz: 425, on: 1, off: 4, level: 0.25 };
/** A terminal's own bell: two pitches in turn, 25 times a second. */
const bell = { low: 1_000, high: 1_250, changes: 25, on: 1, off: 4, level: 0.4 };

/** What a caller's terminal plays while the other one rings. Takes the rate in Hz. */
export function ringbackSound(rate: number): Waveform {
  const step = phaseStep(ringback.hertz, rate);
  const on = ringback.on * rate;
  const cycle = (ringback.on + ringback.off) * rate;
  return (sample) => {
    const at = sample % cycle;
    return at < on ? ringback.level * sineAt(phaseAt(at, step)) : 0;
  };
}

/** What a called terminal plays while its user has not answered. */
export function ringSound(rate: number): Waveform {
  const steps = [phaseStep(bell.low, rate), phaseStep(bell.high, rate)] as const;
  const on = bell.on * rate;
  const cycle = (bell.on + bell.off) * rate;
  const half = Math.floor(rate / bell.changes);
  return (sample) => {
    const at = sample % cycle;
    if (at >= on) return 0;
    const step = Math.floor(at / half) % 2 === 0 ? steps[0] : steps[1];
    return bell.level * sineAt(phaseAt(at, step));
  };
}
