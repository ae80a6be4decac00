import { clauseMatrix, type MatrixRow } from '../../sim-core/requirements/clause-matrix.ts';
import { runScenario, type Run, type Scenario } from '../../sim-core/index.ts';
import { shipped } from './scenarios.ts';
import { shippedFiles } from './shipped-files.ts';

/** A shipped scenario and its run. */
export interface Shipped {
  /** Below `scenarios/`, without `.cmr.yaml`. */
  readonly path: string;
  readonly scenario: Scenario;
  readonly run: Run;
}

let runs: readonly Shipped[] | null = null;

/** Every shipped scenario, run once however many tests of a thread want it. */
export function runShipped(): readonly Shipped[] {
  runs ??= shippedFiles().map(({ path }) => {
    const name = path.replace('.cmr.yaml', '');
    const scenario = shipped(name);
    return { path: name, scenario, run: runScenario(scenario, { engine: 'pages' }) };
  });
  return runs;
}

/** Every clause with the code that the sources cite it in and the shipped scenarios that show it. */
export function shippedMatrix(): MatrixRow[] {
  const judged = runShipped().map(({ path, run }) => ({ path, verdicts: run.verdicts }));
  return clauseMatrix(judged, __RINGSCOPE_CITATIONS__);
}
