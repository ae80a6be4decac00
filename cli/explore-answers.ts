import {
  frontierOf,
  judgeWay,
  placesOf,
  scenarioWithin,
  type ExploreBounds,
  type FrontierAnswer,
  type FrontierQuestion,
  type JudgedWay,
  type Way,
} from '../sim-core/experimenting.ts';
import type { Scenario } from '../sim-core/index.ts';
import { scenarioOf } from './run-files.ts';

/** All that an exploration follows from, as plain text: what every thread is given. */
export interface ExploreInputs {
  readonly name: string;
  readonly text: string;
  readonly bounds: ExploreBounds;
  readonly engine: string;
}

/** Either states to be left behind, or ways to be judged. */
export type ExploreQuestion =
  | { readonly kind: 'expand'; readonly inputs: ExploreInputs; readonly ask: FrontierQuestion }
  | { readonly kind: 'judge'; readonly inputs: ExploreInputs; readonly ways: readonly Way[] };

/** `expanded` where states were asked for, `judged` where ways were. */
export interface ExploreAnswer {
  readonly expanded: FrontierAnswer | null;
  readonly judged: readonly JudgedWay[];
}

/** Answers the questions of one exploration; `starts`: it has the first state. */
export function exploreAnswers(starts: boolean): (question: ExploreQuestion) => ExploreAnswer {
  let scenario: Scenario | null = null;
  let frontier: ReturnType<typeof frontierOf> | null = null;
  return (question) => {
    const { bounds, engine } = question.inputs;
    scenario ??= scenarioWithin(scenarioOf(question.inputs), bounds);
    if (question.kind === 'expand') {
      frontier ??= frontierOf(placesOf(scenario, bounds), starts);
      return { expanded: frontier.answer(question.ask), judged: [] };
    }
    const explored = scenario;
    const judged = question.ways.map((way) => judgeWay(explored, way, engine));
    return { expanded: null, judged };
  };
}

/** What a thread does that joins an exploration. */
export const answerExplore = exploreAnswers(false);
