import { availableParallelism } from 'node:os';

import { nearest, visible } from '../sim-core/authoring.ts';
import {
  boundaryBetween,
  changesIn,
  csvHeader,
  csvLine,
  isMeasure,
  measures as knownMeasures,
  readAxes,
  rowOfCsv,
  rowsOf,
  sweepMap,
  sweepMapAsSvg,
  sweepMapAsText,
  type Boundary,
  type SweepPlan,
  type SweepRow,
} from '../sim-core/experimenting.ts';
import { shellWord } from '../sim-core/reading.ts';
import type { SweepFlags } from './commands/sweep.ts';
import { compileLess } from './compile-less.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { paceTeller } from './pace.ts';
import { Refusal } from './refusal.ts';
import { wholeTextOf } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import { sweepAsJson } from './sweep-report.ts';
import { openSweepFolder, readStretch, rowsAtOnce, sweepName } from './sweep-files.ts';
import { answerSweep, planOf, type SweepInputs, type SweepQuestion } from './sweep-rows.ts';
import type { Terminal } from './terminal.ts';
import { startThread } from './threads.ts';
import { inShares, thisThread, workInThreads, type ThreadPort } from './work-in-threads.ts';

/** Boundaries that are looked for; more changes than these are a picture, not a list. */
const boundariesMost = 2_000;

/** Runs the grid, and tells what came of it in the form that was asked for. */
export async function sweepScenario(
  file: string,
  flags: SweepFlags,
  terminal: Terminal,
): Promise<Ending> {
  const inputs = await inputsOf(file, flags, terminal);
  if (flags.shard !== undefined && flags.results === undefined) {
    throw new Refusal('refused', 'error: --shard keeps its part in a folder: give --results too');
  }
  // The others get ready while this thread reads the scenario.
  const threads = threadsFor(rowsAsked(inputs), flags.jobs, terminal);
  let plan: SweepPlan;
  let rows: SweepRow[];
  try {
    plan = planOf(inputs);
    rows = await rowsOfAll(plan, inputs, flags, threads, terminal);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
  const complete = rows.length === rowsOf(plan);
  if (flags.shard !== undefined && !terminal.interrupted()) {
    terminal.err(`${rows.length} of ${rowsOf(plan)} rows are in ${visible(flags.results ?? '')}\n`);
    return 'passed';
  }
  const boundaries = flags.bisect === true ? boundariesOf(plan, rows, terminal) : [];
  const content = contentOf(plan, inputs, rows, boundaries, flags);
  if (flags.output === undefined || flags.output === '-') terminal.out(content);
  else await writeWhole(flags.output, content);
  if (complete) return 'passed';
  terminal.err(`interrupted: ${rows.length} of ${rowsOf(plan)} rows\n`);
  return 'interrupted';
}

async function inputsOf(file: string, flags: SweepFlags, terminal: Terminal): Promise<SweepInputs> {
  for (const name of flags.measure ?? []) mustBeMeasure('--measure', name);
  if (flags.by !== 'outcome') mustBeMeasure('--by', flags.by);
  const read = await readScenarioFile(file, terminal);
  return {
    name: read.name,
    text: wholeTextOf(read, flags),
    axes: flags.axis,
    seeds: flags.seeds ?? { from: 1, to: 1 },
    measures: flags.measure ?? ['answerLag'],
    by: flags.by,
    engine: __RINGSCOPE_VERSION__,
  };
}

function mustBeMeasure(option: string, name: string): void {
  if (isMeasure(name)) return;
  const near = nearest(name, knownMeasures);
  const hint = near === null ? '' : `; did you mean ${near}?`;
  const known = knownMeasures.join(', ');
  throw new Refusal('refused', `error: ${option}: ${visible(name)} is none of ${known}${hint}`);
}

/** Every row of this part that could be computed, or was kept before, in their order. */
async function rowsOfAll(
  plan: SweepPlan,
  inputs: SweepInputs,
  flags: SweepFlags,
  threads: readonly SweepThread[],
  terminal: Terminal,
): Promise<SweepRow[]> {
  const total = rowsOf(plan);
  const stretches = Math.ceil(total / rowsAtOnce);
  const folder = flags.results === undefined ? null : await openSweepFolder(flags.results, inputs);
  const rows: SweepRow[] = [];
  const questions: SweepQuestion[] = [];
  // A stretch is a file of the folder; without one, less at a time leaves no thread waiting.
  const atOnce = folder === null ? rowsAtOnce / 4 : rowsAtOnce;
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const mine = flags.shard === undefined || stretch % flags.shard.of === flags.shard.index - 1;
    if (!mine) continue;
    const from = stretch * rowsAtOnce;
    const to = Math.min(total, from + rowsAtOnce);
    if (folder?.done.has(stretch) === true && flags.results !== undefined) {
      rows.push(...(await keptRows(plan, flags.results, sweepName(inputs), stretch, to - from)));
      continue;
    }
    for (let first = from; first < to; first += atOnce) {
      questions.push({ inputs, from: first, to: Math.min(to, first + atOnce) });
    }
  }
  const left = questions.reduce((count, { from, to }) => count + to - from, 0);
  const progress = paceTeller(left, 'runs', terminal);
  await workInThreads(
    inShares(questions, threads),
    threads,
    async ({ from }, answer) => {
      rows.push(...answer);
      progress(answer.length);
      const lines = answer.map((row) => csvLine(plan, row)).join('');
      await folder?.keep(from / rowsAtOnce, lines);
    },
    terminal,
  );
  return rows.sort((a, b) => a.row - b.row);
}

async function keptRows(
  plan: SweepPlan,
  folder: string,
  name: string,
  stretch: number,
  count: number,
): Promise<SweepRow[]> {
  const lines = (await readStretch(folder, name, stretch)).split('\r\n').filter(Boolean);
  const rows = lines.map((line) => rowOfCsv(plan, line));
  const whole = rows.filter((row): row is SweepRow => row !== null);
  if (whole.length === count) return whole;
  throw new Refusal('refused', `${visible(folder)}: stretch ${stretch} of ${name} is damaged`);
}

type SweepThread = ThreadPort<SweepQuestion, SweepRow[]>;

/** As many rows as the axes have cells; none where they cannot be read. */
function rowsAsked({ axes, seeds }: SweepInputs): number {
  const read = readAxes(axes);
  const cells = (read.axes ?? []).reduce((product, { values }) => product * values.length, 1);
  return read.axes === null ? 0 : cells * (seeds.to - seeds.from + 1);
}

/** Fewer rows than a thread takes to start are done here. */
const worthAThread = 400;

function threadsFor(rows: number, jobs: number | undefined, terminal: Terminal): SweepThread[] {
  const wanted = jobs ?? availableParallelism();
  const { program } = terminal;
  if (program === null) return [thisThread(answerSweep)];
  compileLess();
  if (wanted === 1 || rows < worthAThread) return [thisThread(answerSweep)];
  const others = Array.from({ length: wanted - 1 }, () =>
    startThread<SweepQuestion, SweepRow[]>(program, 'sweep'),
  );
  // This thread has the plan already, and does its part. It hears of answers only between two of
  // its own: each of the others has the next question by then.
  return [thisThread(answerSweep), ...others, ...others];
}

function boundariesOf(
  plan: SweepPlan,
  rows: readonly SweepRow[],
  terminal: Terminal,
): readonly Boundary[] {
  const changes = changesIn(plan, rows);
  if (changes.length > boundariesMost) {
    const of = `the first ${boundariesMost} of ${changes.length} changes`;
    terminal.err(`--bisect: looking at ${of}; a coarser grid has fewer\n`);
  }
  const found: Boundary[] = [];
  for (const change of changes.slice(0, boundariesMost)) {
    if (terminal.interrupted()) break;
    const boundary = boundaryBetween(plan, change);
    if (boundary !== null) found.push(boundary);
  }
  return found;
}

function contentOf(
  plan: SweepPlan,
  inputs: SweepInputs,
  rows: readonly SweepRow[],
  boundaries: readonly Boundary[],
  flags: SweepFlags,
): string {
  switch (flags.to) {
    case 'csv':
      return csvHeader(plan) + rows.map((row) => csvLine(plan, row)).join('');
    case 'json':
      return sweepAsJson(plan, inputs, rows, boundaries);
    case 'svg':
      return sweepMapAsSvg(sweepMap(plan, rows));
    case 'text': {
      const map = sweepMap(plan, rows);
      const lines = [...sweepMapAsText(map)];
      if (boundaries.length > 0) lines.push('');
      const changed = [inputs.name, ...wordsOf(flags)].map((word) => shellWord(visible(word)));
      const command = ['ringscope run', ...changed].join(' ');
      for (const one of boundaries) lines.push(...boundaryLines(plan, one, map.classes, command));
      return `${lines.join('\n')}\n`;
    }
  }
}

function boundaryLines(
  plan: SweepPlan,
  { path, axis, below, above, classBelow, classAbove, seed }: Boundary,
  classes: readonly { readonly key: string; readonly letter: string }[],
  command: string,
): string[] {
  const letter = (key: string): string =>
    classes.find((one) => one.key === key)?.letter ?? 'a class of its own';
  const { axes } = plan.variants;
  const beside = axes
    .map((one, at) => (at === axis ? '' : `${one.path}=${below[at]}`))
    .filter(Boolean)
    .join(', ');
  const where = beside === '' ? '' : ` at ${beside}`;
  const says =
    `${path}${where}: ${letter(classBelow.key)} up to ${below[axis]}, ` +
    `${letter(classAbove.key)} from ${above[axis]}: ${classAbove.says}`;
  const sets = axes.map((one, at) => `--set ${shellWord(`${one.path}=${above[at]}`)}`).join(' ');
  return [says, `  ${command} ${sets} --seed ${seed}`];
}

/** What the command line changed before anything was varied, as words of another one. */
function wordsOf({ set = [], fault = [] }: SweepFlags): string[] {
  return [
    ...set.flatMap(({ path, value }) => ['--set', `${path}=${value}`]),
    ...fault.flatMap((sentence) => ['--fault', sentence]),
  ];
}
