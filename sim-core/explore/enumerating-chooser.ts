import type { Ratio } from '../base/ratio.ts';
import type { ChoiceLog, ChoicePoint, Chooser } from '../kernel/chooser.ts';

/** How many more packets may be lost and doubled; what is used up is not asked for any more. */
export interface Luck {
  losses: number;
  duplicates: number;
}

/**
 * Makes the choices of one step in every way there is, one way after the other, like the wheels
 * of an odometer. A range is visited at its two ends: bounds, not samples.
 */
export class EnumeratingChooser implements Chooser {
  log: number[] = [];
  /** What is left after the choices made so far. */
  luck: Luck = { losses: 0, duplicates: 0 };
  readonly #corners: boolean;
  /** The way that is being gone: for each choice which option, and how many there are. */
  #options: number[] = [];
  #counts: number[] = [];
  #asked = 0;
  /** Choices to be made again, where a step is gone once more. */
  #script: ChoiceLog = [];

  /** `corners`: ranges at both ends; otherwise at the lower one. */
  constructor(corners: boolean) {
    this.#corners = corners;
  }

  /** Begins another step, at the first of its ways. */
  begin(luck: Luck): void {
    this.#options = [];
    this.#counts = [];
    this.#script = [];
    this.again(luck);
  }

  /** Goes a step that was gone before once more, with the choices it had. */
  follow(luck: Luck, chosen: ChoiceLog): void {
    this.begin(luck);
    this.#script = chosen;
  }

  /** Goes the same step from its start again, the way that `turn` has set. */
  again(luck: Luck): void {
    this.log = [];
    this.luck = { ...luck };
    this.#asked = 0;
  }

  /** Turns to the next way; false where every one has been gone. */
  turn(): boolean {
    for (let wheel = this.#options.length - 1; wheel >= 0; wheel -= 1) {
      const next = (this.#options[wheel] ?? 0) + 1;
      if (next < (this.#counts[wheel] ?? 1)) {
        this.#options[wheel] = next;
        this.#options.length = wheel + 1;
        this.#counts.length = wheel + 1;
        return true;
      }
    }
    return false;
  }

  chance(point: ChoicePoint, _site: number, likelihood: Ratio): boolean {
    if (likelihood.numerator === 0) return false;
    if (likelihood.numerator === likelihood.denominator) return true;
    const isLoss = point === 'link loss';
    const isDuplicate = point === 'link duplicate';
    const left = isLoss ? this.luck.losses : isDuplicate ? this.luck.duplicates : 1;
    const known = this.#script[this.log.length];
    const happens = known === undefined ? left > 0 && this.#option(2) === 1 : known === 1;
    if (happens && isLoss) this.luck.losses -= 1;
    if (happens && isDuplicate) this.luck.duplicates -= 1;
    this.log.push(happens ? 1 : 0);
    return happens;
  }

  between(_point: ChoicePoint, _site: number, least: number, most: number): number {
    if (least >= most) return least;
    const known = this.#script[this.log.length];
    const chosen = known ?? (this.#corners && this.#option(2) === 1 ? most : least);
    this.log.push(chosen);
    return chosen;
  }

  #option(count: number): number {
    const wheel = this.#asked;
    this.#asked += 1;
    const known = this.#options[wheel];
    if (known !== undefined) return known;
    this.#options.push(0);
    this.#counts.push(count);
    return 0;
  }
}
