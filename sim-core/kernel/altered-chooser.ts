import type { Ratio } from '../base/ratio.ts';
import type { ChoicePoint, Chooser } from './chooser.ts';
import { SeededChooser } from './seeded-chooser.ts';

/** A choice of a run that is to come out otherwise. */
export interface Alteration {
  /** Which, in the order in which they were asked for; the first is 1. */
  readonly choice: number;
  /** 0 or 1 for no and yes; else a whole number within the bounds of the choice. */
  readonly value: number;
}

/** A choice that could not come out as it should, and between what it lies; null: none was made. */
export interface UnmetAlteration {
  readonly alteration: Alteration;
  readonly bounds: {
    readonly point: ChoicePoint;
    readonly least: number;
    readonly most: number;
  } | null;
}

/**
 * Makes the choices of another chooser, but for some. That other one is asked all the same, so
 * that whatever is not altered has the luck it would have had.
 */
export class AlteredChooser implements Chooser {
  readonly log: number[] = [];
  /** Those alterations that made a choice come out otherwise. */
  readonly differing: (Alteration & { readonly point: ChoicePoint })[] = [];
  readonly #usual: Chooser;
  readonly #altered: ReadonlyMap<number, Alteration>;
  readonly #unmet: UnmetAlteration[] = [];

  constructor(usual: Chooser, altered: readonly Alteration[]) {
    this.#usual = usual;
    this.#altered = new Map(altered.map((one) => [one.choice, one]));
  }

  chance(point: ChoicePoint, site: number, likelihood: Ratio): boolean {
    const usual = this.#usual.chance(point, site, likelihood);
    if (likelihood.numerator === 0 || likelihood.numerator === likelihood.denominator) return usual;
    return this.#taken(point, Number(usual), 0, 1) === 1;
  }

  between(point: ChoicePoint, site: number, least: number, most: number): number {
    const usual = this.#usual.between(point, site, least, most);
    return least >= most ? usual : this.#taken(point, usual, least, most);
  }

  /** The first that could not be had; null where all could. Only when the run has ended. */
  unmet(): UnmetAlteration | null {
    const [first] = this.#unmet;
    if (first !== undefined) return first;
    const beyond = [...this.#altered.values()].find(({ choice }) => choice > this.log.length);
    return beyond === undefined ? null : { alteration: beyond, bounds: null };
  }

  #taken(point: ChoicePoint, usual: number, least: number, most: number): number {
    const alteration = this.#altered.get(this.log.length + 1);
    let taken = usual;
    if (alteration !== undefined) {
      const { value } = alteration;
      if (value < least || value > most) {
        this.#unmet.push({ alteration, bounds: { point, least, most } });
      } else if (value !== usual) {
        taken = value;
        this.differing.push({ ...alteration, point });
      }
    }
    this.log.push(taken);
    return taken;
  }
}

/** The luck of a run that made these choices; beyond them that of its seed. */
export function chanceOfRun(seed: number, choices: readonly number[]): AlteredChooser {
  return alteredChance(
    seed,
    choices.map((value, at) => ({ choice: at + 1, value })),
  );
}

/** The luck of a seed, but for the choices that are to come out otherwise. */
export function alteredChance(seed: number, altered: readonly Alteration[]): AlteredChooser {
  return new AlteredChooser(new SeededChooser(seed), altered);
}
