import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { asciiOnly } from '../sim-core/exporting.ts';
import {
  byDocumentReport,
  clauseMatrix,
  driftReport,
  excusedClauses,
  findSentences,
  matrixReport,
  mutationReport,
  mutationSummary,
  printReport,
  untestedReport,
  type FoundSentence,
  type RequirementReport,
} from '../sim-core/tracing.ts';
import type { TraceFlags } from './commands/trace.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { Refusal } from './refusal.ts';
import {
  findScenarioFiles,
  readOctets,
  readScenarioFile,
  type TextFile,
} from './scenario-files.ts';
import { widthFor, type Terminal } from './terminal.ts';
import { startThread } from './threads.ts';
import { answerTrace, type TraceAnswer, type TraceQuestion } from './trace-answers.ts';
import { workInThreads, type ThreadPort } from './work-in-threads.ts';

/** Characters of a source text, at most: they have some thousands. */
const textMost = 4_000_000;

/** The reports there are; the first is made where none is named. */
const reportFlags = ['matrix', 'untested', 'byDocument', 'mutate', 'texts'] as const;
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
  const files = await filesOf(given, terminal);
  const about = name === 'mutate' ? 'mutants' : 'verdicts';
  const answers = await answersOn(about, files, flags, terminal);
  await tell(reportOf(name, answers), flags, terminal);
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

/** Where each clause stands in the text files of a folder, which the user has and we do not. */
async function sentencesIn(folder: string): Promise<FoundSentence[]> {
  const files = await findScenarioFiles([folder], { pattern: /\.txt$/, kind: '*.txt' });
  const texts = await Promise.all(
    files.map(async (file) => ({ name: path.basename(file), text: await readTextFile(file) })),
  );
  return findSentences(texts, (text) => createHash('sha256').update(text).digest('hex'));
}

async function readTextFile(file: string): Promise<string> {
  return new TextDecoder().decode(await readOctets(file, textMost));
}

function reportNamed(flags: TraceFlags): ReportName {
  const [first = 'matrix', second] = reportFlags.filter((name) => isAsked(flags[name]));
  if (second === undefined) return first;
  throw new Refusal('refused', 'error: one report at a time');
}

function isAsked(flag: boolean | string | undefined): boolean {
  return flag !== undefined && flag !== false;
}

function reportOf(
  name: Exclude<ReportName, 'texts'>,
  answers: readonly TraceAnswer[],
): RequirementReport {
  const matrix = () => clauseMatrix(answers, __RINGSCOPE_CITATIONS__);
  switch (name) {
    case 'matrix':
      return matrixReport(matrix(), 'the catalogue');
    case 'untested':
      return untestedReport(matrix(), excusedClauses);
    case 'byDocument':
      return byDocumentReport(matrix(), 'the catalogue');
    case 'mutate': {
      const results = answers.flatMap(({ mutants }) => mutants);
      return mutationReport(mutationSummary(results), new Map());
    }
  }
}

/** What is named; where nothing is, `scenarios` here, or else the one that ships with this. */
async function filesOf(given: readonly string[], terminal: Terminal): Promise<TextFile[]> {
  const names = await findScenarioFiles(given.length > 0 ? given : [shippedFolder(terminal)]);
  return Promise.all(names.map((name) => readScenarioFile(name, terminal)));
}

function shippedFolder({ program }: Terminal): string {
  const beside = program === null ? null : path.resolve(program, '../../../scenarios');
  const found = ['scenarios', beside].find((folder) => folder !== null && existsSync(folder));
  if (found !== undefined && found !== null) return found;
  throw new Refusal('refused', 'error: name scenario files, or a folder of them');
}

/** Asks in as many threads as there are processors; answers come in the order of the files. */
async function answersOn(
  about: TraceQuestion['about'],
  files: readonly TextFile[],
  flags: TraceFlags,
  terminal: Terminal,
): Promise<TraceAnswer[]> {
  const engine = __RINGSCOPE_VERSION__;
  const questions = files.map((file): TraceQuestion => ({ about, file, engine }));
  const places = new Map(questions.map((question, at) => [question, at]));
  const answers: { readonly place: number; readonly answer: TraceAnswer }[] = [];
  await workInThreads(
    questions,
    threadsFor(about, files.length, flags.jobs, terminal),
    (question, answer) => {
      if (answer.refused !== null) throw new Refusal('refused', answer.refused);
      answers.push({ place: places.get(question) ?? 0, answer });
    },
    terminal,
  );
  return answers.sort((a, b) => a.place - b.place).map(({ answer }) => answer);
}

/** Fewer files than a thread takes to start are answered here. */
const worthAThread = { verdicts: 40, mutants: 8 } as const;

function threadsFor(
  about: TraceQuestion['about'],
  files: number,
  jobs: number | undefined,
  { program }: Terminal,
): ThreadPort<TraceQuestion, TraceAnswer>[] {
  const wanted = jobs ?? availableParallelism();
  if (program === null || wanted === 1 || files < worthAThread[about]) return [here];
  return Array.from({ length: wanted }, () =>
    startThread<TraceQuestion, TraceAnswer>(program, 'trace'),
  );
}

/** This thread, with a pause before each file in which the wish to stop can be heard. */
const here: ThreadPort<TraceQuestion, TraceAnswer> = {
  async ask(question) {
    await new Promise((resume) => setImmediate(resume));
    return answerTrace(question);
  },
  async end() {},
};
