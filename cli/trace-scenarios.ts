import { asciiOnly } from '../sim-core/exporting.ts';
import { switchTable } from '../sim-core/index.ts';
import { findClause } from '../sim-core/reading.ts';
import {
  builtInPack,
  byDocumentReport,
  clauseMatrix,
  driftReport,
  exampleAmong,
  exampleOf,
  excusedClauses,
  matrixReport,
  mutationReport,
  mutationSummary,
  packReport,
  printReport,
  readingRows,
  readingsReport,
  untestedReport,
  type RequirementReport,
  type RulePack,
} from '../sim-core/tracing.ts';
import type { TraceFlags } from './commands/trace.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import { scenarioOf } from './run-files.ts';
import type { TextFile } from './scenario-files.ts';
import { widthFor, type Terminal } from './terminal.ts';
import type { TraceAnswer, TraceQuestion } from './trace-answers.ts';
import { agreedIn, filesOf, packOf, sentencesIn } from './trace-inputs.ts';
import { answersOn } from './trace-threads.ts';

const engine = __RINGSCOPE_VERSION__;

/** The catalogue that is built in, as reports call it. */
const catalogue = `rule pack ${builtInPack.name} ${builtInPack.version}`;

/** The reports there are; the first is made where none is named. */
const reportFlags = [
  'matrix',
  'untested',
  'byDocument',
  'mutate',
  'readings',
  'packs',
  'texts',
] as const;
type ReportName = (typeof reportFlags)[number];

/** Runs the scenarios, and tells what the report that was asked for says of them. */
export async function traceScenarios(
  given: readonly string[],
  flags: TraceFlags,
  terminal: Terminal,
): Promise<Ending> {
  const name = reportNamed(flags);
  if (name === 'texts') {
    await tell(driftReport(await sentencesIn(flags.texts ?? '.')), flags, terminal);
    return 'passed';
  }
  const only = flags.only === undefined ? null : knownId(flags.only);
  // What follows the two packs is a scenario: the option takes every word up to the next one.
  const [a, b, ...more] = flags.packs ?? [];
  const packs = name === 'packs' ? await bothPacks(a, b) : null;
  const files = await filesOf([...given, ...more], terminal);
  const asked = { about: aboutOf(name), only, packs, engine };
  const answers = await answersOn(files, asked, flags.jobs, terminal);
  const agreed = await agreedIn(flags.agreed);
  const rows = readingRows(
    answers.flatMap(({ readings }) => readings),
    agreed,
  );
  const report =
    name === 'readings'
      ? readingsReport(rows, (row) => exampleIn(row, answers, files), only !== null)
      : reportOf(name, answers, packs);
  await tell(report, flags, terminal);
  if (answers.length === files.length) return 'passed';
  terminal.err(`interrupted: ${answers.length} of ${files.length} scenarios\n`);
  return 'interrupted';
}

async function tell(
  report: RequirementReport,
  flags: TraceFlags,
  terminal: Terminal,
): Promise<void> {
  const text = printReport(report, flags.to, widthFor(terminal, flags.width));
  const content = flags.ascii === true ? asciiOnly(text) : text;
  if (flags.output === undefined || flags.output === '-') terminal.out(content);
  else await writeWhole(flags.output, content);
}

function reportNamed(flags: TraceFlags): ReportName {
  const [first = 'matrix', second] = reportFlags.filter((name) => isAsked(flags[name]));
  if (second === undefined) return first;
  throw new Refusal('refused', 'error: one report at a time');
}

function isAsked(flag: TraceFlags[ReportName]): boolean {
  return flag !== undefined && flag !== false;
}

function aboutOf(name: Exclude<ReportName, 'texts'>): TraceQuestion['about'] {
  if (name === 'readings' || name === 'packs') return name;
  return name === 'mutate' ? 'mutants' : 'verdicts';
}

/** A gap or a switch, as people type it. */
function knownId(word: string): string {
  const id = word.trim().toUpperCase();
  if (findClause(id) !== null || switchTable.some(({ name }) => name === id)) return id;
  throw new Refusal('refused', `error: --only: no gap and no switch is called ${id}`);
}

async function bothPacks(
  a: string | undefined,
  b: string | undefined,
): Promise<readonly [RulePack, RulePack]> {
  if (a !== undefined && b !== undefined) return [await packOf(a), await packOf(b)];
  throw new Refusal('refused', 'error: --packs takes two files: the pack before and the one after');
}

function exampleIn(
  row: ReturnType<typeof readingRows>[number],
  answers: readonly TraceAnswer[],
  files: readonly TextFile[],
): ReturnType<typeof exampleOf> | null {
  const shows = (path: string) => answers.find((one) => one.path === path)?.shows ?? [];
  const path = exampleAmong(row, shows);
  const file = files.find(({ name }) => name === path);
  return file === undefined ? null : exampleOf(file.name, scenarioOf(file), row, engine);
}

function reportOf(
  name: Exclude<ReportName, 'texts' | 'readings'>,
  answers: readonly TraceAnswer[],
  packs: readonly [RulePack, RulePack] | null,
): RequirementReport {
  const matrix = () => clauseMatrix(answers, __RINGSCOPE_CITATIONS__);
  switch (name) {
    case 'matrix':
      return matrixReport(matrix(), catalogue);
    case 'untested':
      return untestedReport(matrix(), excusedClauses);
    case 'byDocument':
      return byDocumentReport(matrix(), catalogue);
    case 'mutate': {
      const results = answers.flatMap(({ mutants }) => mutants);
      return mutationReport(mutationSummary(results));
    }
    case 'packs': {
      const flows = answers.flatMap((answer) => answer.flows);
      const [a, b] = (packs ?? []).map((pack) => `${pack.name} ${pack.version}`);
      return packReport(flows, [a ?? '', b ?? '']);
    }
  }
}
