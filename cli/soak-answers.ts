import { soak, type SoakPlan, type SoakReport } from '../sim-core/index.ts';

/** A stretch of seeds, both ends included. */
export interface SoakQuestion {
  readonly first: number;
  readonly last: number;
}

/** Who runs stretches of seeds of one plan. */
export function answersAbout(plan: SoakPlan): (question: SoakQuestion) => SoakReport {
  return ({ first, last }) => soak(plan, first, last, 1);
}
