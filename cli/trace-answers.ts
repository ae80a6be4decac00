import type { ClauseVerdict } from '../sim-core/reading.ts';
import { isHealthy, mutantsOf, recordCall, type MutantResult } from '../sim-core/tracing.ts';
import { Refusal } from './refusal.ts';
import { scenarioOf } from './run-files.ts';
import type { TextFile } from './scenario-files.ts';

/** What is asked of one scenario file; a thread answers many of them. */
export interface TraceQuestion {
  readonly about: 'verdicts' | 'mutants';
  readonly file: TextFile;
  readonly engine: string;
}

/** What came of it; of what was not asked there is nothing. */
export interface TraceAnswer {
  readonly path: string;
  readonly verdicts: readonly ClauseVerdict[];
  readonly mutants: readonly MutantResult[];
  /** What is wrong with the file, in so many words; null where it could be run. */
  readonly refused: string | null;
}

export function answerTrace(question: TraceQuestion): TraceAnswer {
  const answer = { path: question.file.name, verdicts: [], mutants: [], refused: null };
  try {
    return { ...answer, ...found(question) };
  } catch (error) {
    if (error instanceof Refusal) return { ...answer, refused: error.message };
    throw error;
  }
}

function found({ about, file, engine }: TraceQuestion): Partial<TraceAnswer> {
  const scenario = scenarioOf(file);
  switch (about) {
    case 'verdicts':
      return { verdicts: recordCall(scenario, engine).verdicts() };
    case 'mutants':
      return isHealthy(scenario) ? { mutants: mutantsOf(file.name, scenario, engine) } : {};
  }
}
