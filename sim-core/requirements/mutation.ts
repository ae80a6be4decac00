import { findDefect, type DefectName } from '../base/defects.ts';
import type { ClauseVerdict } from '../conformance/verdict.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { recordCall, type RecordedCall } from './recorded-call.ts';
import { whatARunAsks, type AskedDefect } from './what-a-run-asks.ts';

/** A scenario with one behaviour altered, and what came of it. */
export interface MutantResult {
  readonly path: string;
  readonly node: string;
  readonly defect: DefectName;
  /** Whether a single record is another. */
  readonly differs: boolean;
  /** Clauses that were not violated and now are; those the defect is there to break come first. */
  readonly newlyViolated: readonly string[];
  /** Clauses whose verdict is another one in any way. */
  readonly changed: readonly string[];
}

/** Whether the scenario has a defect already: what it shows then is no measure. */
export function isHealthy({ nodes }: Scenario): boolean {
  return nodes.every(({ defects }) => defects.length === 0);
}

/** The scenario without its defects: what a scenario that has some is compared with. */
export function cured(scenario: Scenario): Scenario {
  const nodes = scenario.nodes.map((node) => ({ ...node, defects: [] }));
  return { ...scenario, nodes };
}

/**
 * The mutants of a scenario without the defects it has; and, where it has some, those of it as it
 * is: what one node does wrong on purpose is what another has to cope with.
 */
export function mutantsIn(
  path: string,
  scenario: Scenario,
  engine: string,
  wanted?: (asked: AskedDefect) => boolean,
): MutantResult[] {
  const healthy = mutantsOf(path, cured(scenario), engine, wanted);
  return isHealthy(scenario) ? healthy : [...healthy, ...mutantsOf(path, scenario, engine, wanted)];
}

/**
 * Runs a scenario with each further defect that one of its nodes comes across, one at a time.
 * `wanted` leaves some out.
 */
export function mutantsOf(
  path: string,
  scenario: Scenario,
  engine: string,
  wanted: (asked: AskedDefect) => boolean = () => true,
): MutantResult[] {
  const asked = whatARunAsks(scenario, engine).defects.filter(wanted);
  if (asked.length === 0) return [];
  const usual = recordCall(scenario, engine);
  return asked.map(({ node, defect }) => {
    const mutant = recordCall(withDefect(scenario, node, defect), engine);
    const differs = mutant.fingerprint !== usual.fingerprint;
    const told = differs ? comparedVerdicts(usual, mutant, defect) : unchanged;
    return { path, node, defect, differs, ...told };
  });
}

export function withDefect(scenario: Scenario, name: string, defect: DefectName): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.name === name ? { ...node, defects: [...node.defects, defect] } : node,
  );
  return { ...scenario, nodes };
}

const unchanged = { newlyViolated: [], changed: [] } as const;

function comparedVerdicts(usual: RecordedCall, mutant: RecordedCall, defect: DefectName) {
  const breaks: readonly string[] = findDefect(defect)?.breaks ?? [];
  const before = new Map(usual.verdicts().map((one) => [one.clause, one]));
  const changed = mutant
    .verdicts()
    .filter(({ clause, verdict }) => before.get(clause)?.verdict !== verdict);
  const violated = changed.filter(isViolated).map(({ clause }) => clause);
  return {
    changed: changed.map(({ clause }) => clause),
    newlyViolated: [
      ...violated.filter((clause) => breaks.includes(clause)),
      ...violated.filter((clause) => !breaks.includes(clause)),
    ],
  };
}

function isViolated({ verdict }: ClauseVerdict): boolean {
  return verdict === 'violated';
}
