import { printProblems, readScenario } from '../sim-core/authoring.ts';
import { gravest, type Ending } from './exit-codes.ts';
import { Refusal } from './refusal.ts';
import { findScenarioFiles, readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Reads every file; the problems are this command's result and go to standard output. */
export async function lintFiles(given: readonly string[], terminal: Terminal): Promise<Ending> {
  const files = await findScenarioFiles(given);
  const endings: Ending[] = [];
  let problems = 0;
  for (const name of files) {
    try {
      const { text, name: shown } = await readScenarioFile(name, terminal);
      const reading = readScenario(text, shown);
      for (const line of printProblems(reading.problems, reading.file)) terminal.out(`${line}\n`);
      problems += reading.problems.length;
      endings.push(reading.scenario === null ? 'refused' : 'passed');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      terminal.out(`${error.message}\n`);
      problems += 1;
      endings.push(error.ending);
    }
  }
  terminal.out(`${counted(files.length, 'file')}, ${counted(problems, 'problem')}\n`);
  return gravest(endings);
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
