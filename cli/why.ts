import { nearest, visible } from '../sim-core/authoring.ts';
import {
  explainRun,
  nearestClauseIds,
  printMilliseconds,
  wrapText,
  type Medium,
  type Micros,
  type Run,
  type Why,
} from '../sim-core/index.ts';
import { chosenLines } from './chosen-lines.ts';
import type { WhyFlags } from './commands/why.ts';
import type { Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { changesOf, runFile } from './run-files.ts';
import { widthFor, type Terminal } from './terminal.ts';
import { timeOf } from './time-flag.ts';

/** Runs the file and prints how the thing that is asked about came about. */
export async function explainFile(
  file: string,
  flags: WhyFlags,
  terminal: Terminal,
): Promise<Ending> {
  const asked = questionOf(flags);
  const report = await runFile(file, changesOf(flags, false), terminal);
  const why = asked(report.run);
  const width = widthFor(terminal, flags.width);
  const lines = [
    ...wrapText(why.answer, width),
    '',
    ...why.steps.flatMap((step) => row(step, width)),
  ];
  if (why.steps.length === 0) lines.push('Nothing had happened that led to it.');
  const record = report.run.records[(flags.record ?? 0) - 1];
  if (record !== undefined) lines.push(...chosenLines(report, record.number));
  for (const line of lines) terminal.out(`${line}\n`);
  return 'passed';
}

type Question = (run: Run) => Why;

/** The one question that the flags ask. */
function questionOf({ at, hears, sees, clause, record }: WhyFlags): Question {
  const asked = [hears, sees, clause, record].filter((flag) => flag !== undefined);
  if (asked.length !== 1) {
    throw refusal('ask one thing: --hears or --sees with --at, or --clause, or --record');
  }
  if (hears !== undefined) return perception('audio', hears, instantOf(at, '--hears'));
  if (sees !== undefined) return perception('video', sees, instantOf(at, '--sees'));
  if (at !== undefined) throw refusal('--at goes with --hears or --sees');
  if (clause !== undefined) return (run) => ofClause(run, clause);
  return (run) => ofRecord(run, record ?? 0);
}

function perception(medium: Medium, name: string, at: Micros): Question {
  return (run) => {
    const terminals = run.header.nodes.filter(({ party }) => party === 'A' || party === 'B');
    const node = terminals.find((one) => one.name === name);
    if (node !== undefined) return explainRun(run).ofPerception(node.id, medium, at);
    const names = terminals.map((one) => one.name);
    const near = nearest(name, names);
    const hint = near === null ? `there are ${names.join(', ')}` : `did you mean ${near}?`;
    throw refusal(`no terminal is called "${visible(name)}"; ${hint}`);
  };
}

function ofClause(run: Run, id: string): Why {
  const wanted = id.trim().toUpperCase();
  const clause = run.verdicts.find((one) => one.clause === wanted)?.clause;
  const why = clause === undefined ? null : explainRun(run).ofClause(clause);
  if (why !== null) return why;
  const near = nearestClauseIds(id)[0];
  const hint = near === undefined || near === wanted ? '' : `; did you mean ${near}?`;
  throw refusal(`"${visible(id)}" is no clause that is judged in this run${hint}`);
}

function ofRecord(run: Run, number: number): Why {
  const record = run.records[number - 1];
  const why = record === undefined ? null : explainRun(run).ofRecord(record.number);
  if (why !== null) return why;
  throw refusal(`there is no record ${number}; the run has ${run.records.length}`);
}

function instantOf(text: string | undefined, flag: string): Micros {
  if (text === undefined) throw refusal(`${flag} needs an instant: --at 3.2s`);
  return timeOf('--at', text);
}

function refusal(says: string): Refusal {
  return new Refusal('refused', `error: ${says}`);
}

/** `  5200   84  CMR Client-B answers.`, wrapped under the beginning of the sentence. */
function row({ at, record, says, clause }: Why['steps'][number], width: number): string[] {
  const head = `${printMilliseconds(at).padStart(8)}  #${String(record).padEnd(5)} `;
  const [first = '', ...more] = wrapText(
    clause === null ? says : `${says} ${clause}`,
    Math.max(20, width - head.length),
  );
  return [head + first, ...more.map((line) => ' '.repeat(head.length) + line)];
}
