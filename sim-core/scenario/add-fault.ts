import { indexLines, lineAndColumn } from '../base/text-problems.ts';
import { readFaultSentence } from './fault-sentence.ts';
import type { Problem } from './problems.ts';
import type { Scenario } from './scenario.ts';

/** The scenario with one more fault; or what is wrong with the sentence that says it. */
export type FaultAddition =
  | { readonly scenario: Scenario; readonly problem: null }
  | { readonly scenario: null; readonly problem: Problem };

/** Adds a fault before the scenario's own: it decides where both match. */
export function addFault(scenario: Scenario, sentence: string): FaultAddition {
  const nodes = scenario.nodes.map(({ name }) => name);
  const reading = readFaultSentence(sentence, nodes);
  if (reading.fault !== null) {
    return {
      scenario: { ...scenario, faults: [reading.fault, ...scenario.faults] },
      problem: null,
    };
  }
  const { code, says, offset, length, nearest } = reading;
  const { line, column } = lineAndColumn(indexLines(sentence), offset);
  const problem = { path: '', line, column, offset, length, code, says, nearest };
  return { scenario: null, problem };
}
