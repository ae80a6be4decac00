import { switchTable } from '../sim-core/index.ts';
import type { ClauseVerdict } from '../sim-core/reading.ts';
import {
  compareVerdicts,
  isHealthy,
  judgeByPack,
  mutantsIn,
  readingsIn,
  recordCall,
  type MutantResult,
  type PackedFlow,
  type ReadingResult,
  type RulePack,
} from '../sim-core/tracing.ts';
import { Refusal } from './refusal.ts';
import { scenarioOf } from './run-files.ts';
import type { TextFile } from './scenario-files.ts';

/** What is asked of one scenario file; a thread answers many of them. */
export interface TraceQuestion {
  readonly about: 'verdicts' | 'mutants' | 'readings' | 'packs';
  /** A gap or a switch; null for all of them. */
  readonly only: string | null;
  readonly packs: readonly [a: RulePack, b: RulePack] | null;
  readonly file: TextFile;
  readonly engine: string;
}

/** What came of it; of what was not asked there is nothing. */
export interface TraceAnswer {
  readonly path: string;
  readonly verdicts: readonly ClauseVerdict[];
  readonly mutants: readonly MutantResult[];
  readonly readings: readonly ReadingResult[];
  readonly flows: readonly PackedFlow[];
  /** Clauses the scenario is there to show. */
  readonly shows: readonly string[];
  /** What is wrong with the file, in so many words; null where it could be run. */
  readonly refused: string | null;
}

export function answerTrace(question: TraceQuestion): TraceAnswer {
  const nothing = { verdicts: [], mutants: [], readings: [], flows: [], shows: [] };
  const answer = { ...nothing, path: question.file.name, refused: null };
  try {
    return { ...answer, ...found(question) };
  } catch (error) {
    if (error instanceof Refusal) return { ...answer, refused: error.message };
    throw error;
  }
}

function found({ about, file, engine, only, packs }: TraceQuestion): Partial<TraceAnswer> {
  const scenario = scenarioOf(file);
  const { shows } = scenario;
  switch (about) {
    case 'verdicts':
      return { verdicts: recordCall(scenario, engine).verdicts() };
    case 'mutants':
      return { mutants: mutantsIn(file.name, scenario, engine) };
    case 'readings': {
      if (!isHealthy(scenario)) return { shows };
      const wanted = (name: string): boolean => only === null || isMeant(name, only);
      return { shows, readings: readingsIn(file.name, scenario, engine, wanted) };
    }
    case 'packs': {
      if (packs === null) return {};
      const call = recordCall(scenario, engine);
      const [a, b] = packs.map((pack) => judgeByPack(call, pack));
      return { flows: [compareVerdicts(file.name, a ?? [], b ?? [])] };
    }
  }
}

/** Whether the switch, or its gap, is called so. */
function isMeant(name: string, only: string): boolean {
  const row = switchTable.find((one) => one.name === name);
  return name === only || row?.gap === only;
}
