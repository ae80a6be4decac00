import {
  explorerOf,
  frontierOf,
  placesOf,
  scenarioWithin,
  type ExploreBounds,
  type Explorer,
  type Way,
} from '../../sim-core/experimenting.ts';
import type { Scenario } from '../../sim-core/index.ts';

/** An exploration by one thread. */
export interface Exploring {
  /** The scenario as it is explored: with losses and doublings possible where they are allowed. */
  readonly scenario: Scenario;
  readonly counts: ReturnType<Explorer['counts']>;
  readonly ways: readonly Way[];
}

/** Visits every state within the bounds. The frontiers change nothing but who looks at which. */
export function exploreAll(given: Scenario, bounds: ExploreBounds, frontiers = 1): Exploring {
  const scenario = scenarioWithin(given, bounds);
  const places = placesOf(scenario, bounds);
  const explorer = explorerOf(places, bounds);
  const crew = [frontierOf(places, true)];
  for (let more = 1; more < frontiers; more += 1) {
    explorer.join();
    crew.push(frontierOf(placesOf(scenario, bounds), false));
  }
  for (let questions = explorer.ask(); questions !== null; questions = explorer.ask()) {
    explorer.take(crew.map((frontier, at) => frontier.answer(questions[at]!)));
  }
  return { scenario, counts: explorer.counts(), ways: [...explorer.ways()] };
}
