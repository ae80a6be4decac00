import { spawn } from 'node:child_process';

import { printProblems, readScenario } from '../sim-core/authoring.ts';
import {
  isSoakable,
  joinReports,
  neverSeen,
  newSoakReport,
  soak,
  type ShelfItem,
  type SoakReport,
} from '../sim-core/index.ts';
import type { SeedRange, SoakFlags } from './commands/soak.ts';
import type { Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { findScenarioFiles, readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Seeds between two looks at whether the user wants to stop. */
const seedsAtOnce = 50;

/** Every so many calls one is run twice. */
const twiceEvery = 50;

/** Calls that no fault kind or state is missing from, unless something is wrong with the soak. */
const manyCalls = 20_000;

/** Soaks the scenarios, prints what was seen, and says how it ended. */
export async function soakScenarios(
  given: readonly string[],
  flags: SoakFlags,
  terminal: Terminal,
): Promise<Ending> {
  const begun = performance.now();
  const report =
    flags.jobs > 1
      ? await inProcesses(given, flags, terminal)
      : await inThisProcess(await shelfOf(given, terminal), flags, terminal);
  const interrupted = terminal.interrupted();
  if (flags.json === true) terminal.out(`${JSON.stringify({ schemaVersion: 1, ...report })}\n`);
  else printReport(report, (performance.now() - begun) / 1_000, terminal);
  if (interrupted) return 'interrupted';
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

async function inThisProcess(
  shelf: readonly ShelfItem[],
  { seeds, profile, judged = false }: SoakFlags,
  terminal: Terminal,
): Promise<SoakReport> {
  const plan = { shelf, profile, engine: __RINGSCOPE_VERSION__, twiceEvery, judged };
  const report = newSoakReport();
  for (let first = seeds.first; first <= seeds.last; first += seedsAtOnce) {
    // A pause in which the wish to stop can be heard.
    await new Promise((resume) => setImmediate(resume));
    if (terminal.interrupted()) break;
    joinReports(report, soak(plan, first, Math.min(first + seedsAtOnce - 1, seeds.last), 1));
  }
  return report;
}

/** The same seeds in the same order of reports, whatever the number of processes. */
async function inProcesses(
  given: readonly string[],
  flags: SoakFlags,
  terminal: Terminal,
): Promise<SoakReport> {
  const report = newSoakReport();
  const parts = await Promise.all(
    sharesOf(flags.seeds, flags.jobs).map((seeds) => inChild(given, { ...flags, seeds }, terminal)),
  );
  for (const part of parts) joinReports(report, part);
  return report;
}

function sharesOf({ first, last }: SeedRange, jobs: number): SeedRange[] {
  const size = Math.ceil((last - first + 1) / jobs);
  const shares: SeedRange[] = [];
  for (let from = first; from <= last; from += size) {
    shares.push({ first: from, last: Math.min(from + size - 1, last) });
  }
  return shares;
}

/** Runs this same program on a share of the seeds, and reads its report. */
function inChild(
  given: readonly string[],
  { seeds, profile, judged = false }: SoakFlags,
  terminal: Terminal,
): Promise<SoakReport> {
  const words = ['soak', ...given, '--json', '--profile', profile];
  words.push('--seeds', `${seeds.first}..${seeds.last}`, ...(judged ? ['--judged'] : []));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void texts.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => terminal.err(chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(texts).toString();
      if (text === '') reject(new Refusal('internal', `a part of the soak ended with ${code}`));
      else resolve(JSON.parse(text) as SoakReport);
    });
  });
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
