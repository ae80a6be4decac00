import { ratio } from '../base/ratio.ts';
import type { UserAction } from '../kernel/node.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What somebody may do beside the script. */
export interface PossibleAct {
  readonly who: string;
  readonly does: UserAction;
}

/** Acts that can be told apart: which were done is kept as the bits of one number. */
export const actsMost = 30;

/** What an exploration may vary, and where it stops. */
export interface ExploreBounds {
  readonly losses: number;
  readonly duplicates: number;
  /** Whether ranges of latency and of users' patience are visited at both ends. */
  readonly corners: boolean;
  /** What users may do beside the script, each at most once, just after any instant. */
  readonly acts: readonly PossibleAct[];
  /** How many of these acts in one call. */
  readonly actsMost: number;
  readonly statesMost: number;
  /** Breadth first finds the shortest ways, depth first needs little memory. */
  readonly order: 'breadth' | 'depth';
}

/** Where chance may strike at all; how often it does is bounded, not drawn. */
const perhaps = ratio(1, 2);

/** The scenario with losses and doublings on every link, where the bounds allow any. */
export function scenarioWithin(scenario: Scenario, bounds: ExploreBounds): Scenario {
  const links = scenario.links.map((link) => ({
    ...link,
    loss: bounds.losses > 0 ? perhaps : link.loss,
    duplicate: bounds.duplicates > 0 ? perhaps : link.duplicate,
  }));
  return { ...scenario, links };
}
