/**
 * The door for whoever follows requirements: many scenarios run and judged, clauses tied to code,
 * defects and readings, and the reports made of it.
 */
export { clauseMatrix } from './requirements/clause-matrix.ts';
export { excusedClauses } from './requirements/excused-clauses.ts';
export { byDocumentReport, matrixReport, untestedReport } from './requirements/matrix-reports.ts';
export { isHealthy, mutantsIn, type MutantResult } from './requirements/mutation.ts';
export { mutationReport, mutationSummary } from './requirements/mutation-report.ts';
export { driftReport, findSentences, type FoundSentence } from './requirements/source-drift.ts';
export { printReport } from './requirements/print-report.ts';
export { recordCall } from './requirements/recorded-call.ts';
export type { RequirementReport } from './requirements/report.ts';
export { readAgreedReadings, type AgreedReading } from './requirements/agreed-readings.ts';
export { compareVerdicts, packReport, type PackedFlow } from './requirements/pack-report.ts';
export { exampleOf, readingsIn, type ReadingResult } from './requirements/readings.ts';
export { exampleAmong, readingRows, readingsReport } from './requirements/readings-report.ts';
export { builtInPack, judgeByPack, readRulePack, type RulePack } from './requirements/rule-pack.ts';
