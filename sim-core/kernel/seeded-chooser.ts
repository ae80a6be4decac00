import type { Ratio } from '../base/ratio.ts';
import { choicePoints, type ChoicePoint, type Chooser } from './chooser.ts';

/** Random choices: one independent stream of numbers per point and site, all from one seed. */
export class SeededChooser implements Chooser {
  readonly log: number[] = [];
  readonly #seed: number;
  readonly #streams = new Map<string, Uint32Array>();

  /** Takes a whole number; its lower 53 bits count. */
  constructor(seed: number) {
    this.#seed = seed;
  }

  chance(point: ChoicePoint, site: number, likelihood: Ratio): boolean {
    if (likelihood.numerator === 0) return false;
    if (likelihood.numerator === likelihood.denominator) return true;
    const happens = this.#below(point, site, likelihood.denominator) < likelihood.numerator;
    this.log.push(happens ? 1 : 0);
    return happens;
  }

  between(point: ChoicePoint, site: number, least: number, most: number): number {
    if (least >= most) return least;
    const chosen = least + this.#below(point, site, most - least + 1);
    this.log.push(chosen);
    return chosen;
  }

  /** Uniform in [0, count) by rejection; count up to 2⁵³. */
  #below(point: ChoicePoint, site: number, count: number): number {
    const stream = this.#stream(point, site);
    if (count <= 0x100000000) {
      const fair = 0x100000000 - (0x100000000 % count);
      let drawn = next(stream);
      while (drawn >= fair) drawn = next(stream);
      return drawn % count;
    }
    const fair = 0x20000000000000 - (0x20000000000000 % count);
    let drawn = (next(stream) >>> 11) * 0x100000000 + next(stream);
    while (drawn >= fair) drawn = (next(stream) >>> 11) * 0x100000000 + next(stream);
    return drawn % count;
  }

  #stream(point: ChoicePoint, site: number): Uint32Array {
    const key = `${point} ${site}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const low = this.#seed >>> 0;
    const high = Math.floor(this.#seed / 0x100000000) >>> 0;
    const fresh = Uint32Array.of(low, high, site >>> 0, choicePoints.indexOf(point) + 1);
    // The first numbers after seeding still resemble each other; these are thrown away.
    for (let round = 0; round < 16; round += 1) next(fresh);
    this.#streams.set(key, fresh);
    return fresh;
  }
}

/** sfc32 (Chris Doty-Humphrey, PractRand): 32 bits from four words of state, integers only. */
function next(state: Uint32Array): number {
  const a = state[0]!;
  const b = state[1]!;
  const c = state[2]!;
  const counter = state[3]!;
  const result = (a + b + counter) >>> 0;
  state[3] = counter + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + result;
  return result;
}
