import type { Ratio } from '../base/ratio.ts';

/** The only places where a run can go one way or another. */
export type ChoicePoint =
  'link loss' | 'link latency' | 'link duplicate' | 'user behaviour' | 'link state' | 'standard';

export const choicePoints: readonly ChoicePoint[] = [
  'link loss',
  'link latency',
  'link duplicate',
  'user behaviour',
  'link state',
  // What a standard leaves to chance between bounds.
  'standard',
];

/** A run is its scenario and these, in the order in which they were asked for. */
export type ChoiceLog = readonly number[];

/**
 * The one door through which chance enters. A choice with one outcome is not asked for. `site`
 * names the place by a hash of its name, so that one more link changes no other link's luck.
 */
export interface Chooser {
  chance(point: ChoicePoint, site: number, likelihood: Ratio): boolean;
  /** A whole number from `least` to `most`, both possible. */
  between(point: ChoicePoint, site: number, least: number, most: number): number;
  /** Choices made so far, in order. */
  readonly log: ChoiceLog;
}
