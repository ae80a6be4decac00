import { printProblems, readScenario } from '../sim-core/authoring.ts';
import {
  isSoakable,
  joinReports,
  neverSeen,
  newSoakReport,
  type ShelfItem,
  type SoakPlan,
  type SoakReport,
} from '../sim-core/index.ts';
import type { SeedRange, SoakFlags } from './commands/soak.ts';
import type { Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { paceTeller } from './pace.ts';
import { findScenarioFiles, readScenarioFile } from './scenario-files.ts';
import { answersAbout, type SoakQuestion } from './soak-answers.ts';
import type { Terminal } from './terminal.ts';
import { startThread } from './threads.ts';
import { inTurn, thisThread, workInThreads, type ThreadPort } from './work-in-threads.ts';

/** Seeds of one stretch: between two stretches the user may stop it. */
const seedsAtOnce = 50;

/** Every so many calls one is run twice. */
const twiceEvery = 50;

/** Calls that no fault kind or state is missing from, unless something is wrong with the soak. */
const manyCalls = 20_000;

/** Soaks the scenarios, prints what was seen, and says how it ended. */
export async function soakScenarios(
  given: readonly string[],
  { seeds, profile, jobs, judged = false, json = false }: SoakFlags,
  terminal: Terminal,
): Promise<Ending> {
  const begun = performance.now();
  const shelf = await shelfOf(given, terminal);
  const plan = { shelf, profile, engine: __RINGSCOPE_VERSION__, twiceEvery, judged };
  const { report, next } = await soakInThreads(plan, seeds, jobs, terminal);
  if (json) terminal.out(`${JSON.stringify({ schemaVersion: 1, ...report })}\n`);
  else printReport(report, (performance.now() - begun) / 1_000, terminal);
  if (next <= seeds.last) {
    terminal.err(`interrupted: what is left is --seeds ${next}..${seeds.last}\n`);
    return 'interrupted';
  }
  return report.failed > 0 || missingOf(report).length > 0 ? 'failed' : 'passed';
}

/** Scenarios to draw from, of those that were given. */
async function shelfOf(given: readonly string[], terminal: Terminal): Promise<ShelfItem[]> {
  const shelf: ShelfItem[] = [];
  for (const name of await findScenarioFiles(given)) {
    const file = await readScenarioFile(name, terminal);
    const reading = readScenario(file.text, file.name);
    if (reading.scenario === null) {
      throw new Refusal('refused', printProblems(reading.problems, reading.file).join('\n'));
    }
    const { scenario } = reading;
    if (isSoakable(scenario)) shelf.push({ file: name, scenario });
  }
  return shelf;
}

/**
 * Runs all seeds, or those before `next` where the user stops it. Reports are joined in the order
 * of the seeds, so that the whole is the same whatever the number of threads.
 */
async function soakInThreads(
  plan: SoakPlan,
  { first, last }: SeedRange,
  jobs: number,
  terminal: Terminal,
): Promise<{ readonly report: SoakReport; readonly next: number }> {
  const report = newSoakReport();
  const early = new Map<number, SoakReport>();
  const pace = paceTeller(last - first + 1, 'calls', terminal);
  let next = first;
  await workInThreads(
    inTurn(stretches(first, last)),
    threadsFor(plan, Math.min(jobs, Math.ceil((last - first + 1) / seedsAtOnce)), terminal),
    (question, part) => {
      early.set(question.first, part);
      pace(question.last - question.first + 1);
      for (let due = early.get(next); due !== undefined; due = early.get(next)) {
        joinReports(report, due);
        early.delete(next);
        next = Math.min(next + seedsAtOnce, last + 1);
      }
    },
    terminal,
  );
  return { report, next };
}

function* stretches(first: number, last: number): Generator<SoakQuestion> {
  for (let from = first; from <= last; from += seedsAtOnce) {
    yield { first: from, last: Math.min(from + seedsAtOnce - 1, last) };
  }
}

function threadsFor(
  plan: SoakPlan,
  jobs: number,
  { program }: Terminal,
): ThreadPort<SoakQuestion, SoakReport>[] {
  if (program === null || jobs === 1) return [thisThread(answersAbout(plan))];
  return Array.from({ length: jobs }, () =>
    startThread<SoakQuestion, SoakReport>(program, 'soak', plan),
  );
}

function printReport(report: SoakReport, seconds: number, terminal: Terminal): void {
  const line = (text: string): void => terminal.out(`${text}\n`);
  for (const { seed, problems, replay } of report.failures) {
    line(`seed ${seed}`);
    for (const problem of problems) line(`  ${problem}`);
    line(`  ${replay}`);
  }
  printCounts('Faults', report.kinds, line);
  printCounts('States reached', report.states, line);
  printCounts('Outcomes', report.outcomes, line);
  for (const name of missingOf(report)) line(`never: ${name}`);
  const rate = Math.round(report.calls / Math.max(seconds, 0.001));
  const told = report.failures.length < report.failed ? `, ${report.failures.length} told` : '';
  line(
    `${report.calls} calls, ${report.events} events, ${report.failed} failed${told}; ` +
      `${seconds.toFixed(1)} s, ${rate} calls/s`,
  );
}

/** What so many calls must have seen and have not: it was not tested. */
function missingOf(report: SoakReport): string[] {
  return report.calls >= manyCalls ? neverSeen(report) : [];
}

function printCounts(
  title: string,
  counts: Readonly<Record<string, number>>,
  line: (text: string) => void,
): void {
  line(title);
  for (const [name, times] of Object.entries(counts)) {
    line(`  ${String(times).padStart(8)}  ${name}`);
  }
  line('');
}
