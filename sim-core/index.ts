/** The door for whoever runs the simulator: the worker, the command line, tests. */
export * from './reading.ts';
export type { ChoiceLog } from './kernel/chooser.ts';
export { defectTable, type Defect, type DefectName } from './base/defects.ts';
export { diagnosticTable, type Diagnostic } from './base/diagnostics.ts';
export type { Scenario } from './scenario/scenario.ts';
export {
  runScenario,
  startJudgedRun,
  type JudgedRun,
  type RunOptions,
} from './run/run-scenario.ts';
export { startRun, type LiveRun, type LiveRunOptions } from './run/live-run.ts';
export { statesAround } from './run/node-states.ts';
export { choicesAround } from './run/choices-made.ts';
export {
  alteredChance,
  chanceOfRun,
  type AlteredChooser,
  type Alteration,
} from './kernel/altered-chooser.ts';
export { choiceQuestions, unmetText } from './kernel/choice-text.ts';
export { journeyThrough, worldAt, type Checkpoint, type Journey } from './run/time-travel.ts';
export { wavOf } from './export/wav/wav-of-run.ts';
export { pcapngOf } from './export/pcapng/pcapng-of-run.ts';
export { soak, type SoakPlan } from './soak/soak.ts';
export {
  joinReports,
  neverSeen,
  newSoakReport,
  type SoakFailure,
  type SoakReport,
} from './soak/soak-report.ts';
export {
  faultKinds,
  isSoakable,
  soakProfiles,
  type ShelfItem,
  type SoakProfile,
} from './soak/draw-case.ts';
