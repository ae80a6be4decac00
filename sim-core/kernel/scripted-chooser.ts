import { check } from '../base/check.ts';
import type { Ratio } from '../base/ratio.ts';
import type { ChoiceLog, ChoicePoint, Chooser } from './chooser.ts';

/** Makes the choices of a log again, and hands over to another chooser when they are used up. */
export class ScriptedChooser implements Chooser {
  readonly log: number[] = [];
  readonly #script: ChoiceLog;
  readonly #afterwards: Chooser | null;

  constructor(script: ChoiceLog, afterwards: Chooser | null) {
    this.#script = script;
    this.#afterwards = afterwards;
  }

  chance(point: ChoicePoint, site: number, likelihood: Ratio): boolean {
    if (likelihood.numerator === 0) return false;
    if (likelihood.numerator === likelihood.denominator) return true;
    const happens = this.#scripted() ?? Number(this.#next().chance(point, site, likelihood));
    check(happens === 0 || happens === 1, `a yes or no in the choice log, not ${happens}`);
    this.log.push(happens);
    return happens === 1;
  }

  between(point: ChoicePoint, site: number, least: number, most: number): number {
    if (least >= most) return least;
    const chosen = this.#scripted() ?? this.#next().between(point, site, least, most);
    check(chosen >= least && chosen <= most, `${chosen} is a choice from ${least} to ${most}`);
    this.log.push(chosen);
    return chosen;
  }

  #scripted(): number | undefined {
    return this.#script[this.log.length];
  }

  #next(): Chooser {
    check(this.#afterwards !== null, 'a choice log that covers the whole run');
    return this.#afterwards;
  }
}
