import {
  isError,
  parseMessage,
  printProblems,
  printSipProblems,
  readScenario,
  sipLimits,
} from '../sim-core/authoring.ts';
import { counted } from './counted.ts';
import { gravest, type Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { findScenarioFiles, readOctets, readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** What is wrong with one file, as lines to print. */
interface Linted {
  readonly lines: readonly string[];
  readonly problems: number;
  readonly ending: Ending;
}

const messageName = /\.(?:sip|dat|msg)$/i;

/** What is read of a folder: scenarios, and SIP messages by the end of their names. */
const lintable = {
  pattern: /\.(?:cmr\.ya?ml|cmr\.json|sip|dat|msg)$/,
  kind: '*.cmr.yaml, *.sip, *.dat or *.msg',
};

/** Reads every file; the problems are this command's result and go to standard output. */
export async function lintFiles(given: readonly string[], terminal: Terminal): Promise<Ending> {
  const files = await findScenarioFiles(given, lintable);
  const endings: Ending[] = [];
  let problems = 0;
  for (const name of files) {
    const linted = await lintFile(name, terminal);
    for (const line of linted.lines) terminal.out(`${line}\n`);
    problems += linted.problems;
    endings.push(linted.ending);
  }
  terminal.out(`${counted(files.length, 'file')}, ${counted(problems, 'problem')}\n`);
  return gravest(endings);
}

async function lintFile(name: string, terminal: Terminal): Promise<Linted> {
  try {
    return messageName.test(name) ? await lintMessage(name) : await lintScenario(name, terminal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { lines: [error.message], problems: 1, ending: error.ending };
  }
}

async function lintScenario(name: string, terminal: Terminal): Promise<Linted> {
  const { text, name: shown } = await readScenarioFile(name, terminal);
  const { scenario, problems, file } = readScenario(text, shown);
  const ending = scenario === null ? 'refused' : 'passed';
  return { lines: printProblems(problems, file), problems: problems.length, ending };
}

/** A message is one datagram; warnings alone do not fail it. */
async function lintMessage(name: string): Promise<Linted> {
  const octets = await readOctets(name, sipLimits.messageMost);
  const { problems } = parseMessage(octets, 'strict');
  const ending = problems.some(isError) ? 'refused' : 'passed';
  return { lines: printSipProblems(problems, name, octets), problems: problems.length, ending };
}
