/** Phases are parts of a turn in 32 bits: they wrap by themselves, and no engine rounds them. */

const steps = 4096;
/** From a 32-bit phase to a step. */
const toStep = 20;

/** One turn at ±32767. Built by + − × ÷ alone, for `Math.sin` differs between engines. */
const turn = sineTurn();

/** The sine of a phase, −32767 to 32767. */
export function sineAt(phase: number): number {
  return turn[phase >>> toStep] ?? 0;
}

/** How far the phase moves from one sample to the next. Takes the frequency and rate in Hz. */
export function phaseStep(hertz: number, rate: number): number {
  return Math.round((hertz / rate) * 0x1_0000_0000) >>> 0;
}

/** The phase at a sample, counted from 0: exact for any count, however long the sound. */
export function phaseAt(sample: number, step: number): number {
  return Math.imul(sample, step) >>> 0;
}

function sineTurn(): Int16Array {
  const table = new Int16Array(steps);
  const quarter = steps / 4;
  for (let step = 0; step <= quarter; step += 1) {
    const height = Math.round(32_767 * smallSine((step / steps) * 6.283185307179586));
    table[step] = height;
    table[(2 * quarter - step) % steps] = height;
    table[(2 * quarter + step) % steps] = -height;
    table[(steps - step) % steps] = -height;
  }
  return table;
}

/** x − x³/3! + … + x¹⁷/17!: right to 13 digits in the first quarter. */
function smallSine(x: number): number {
  const square = x * x;
  let sum = 1;
  for (let power = 17; power >= 3; power -= 2) {
    sum = 1 - (square / (power * (power - 1))) * sum;
  }
  return x * sum;
}
