import { shellWord } from '../../sim-core/reading.ts';
import type { Changes } from './changes.ts';
import { whatIfOf } from './edits.ts';
import type { RendererState } from './renderer-state.ts';
import { branchOf } from './what-if.ts';

/** The run a command line makes. */
export interface CommandedRun {
  readonly file: string;
  /** Null: the scenario's own. */
  readonly seed: number | null;
  readonly changes: Changes;
}

/** The words of the command that makes the same run: `ringscope run …`. */
export function commandWords({ file, seed, changes }: CommandedRun): string[] {
  return [
    'run',
    file,
    ...(seed === null ? [] : ['--seed', String(seed)]),
    ...changes.settings.flatMap(({ path, value }) => ['--set', `${path}=${value}`]),
    ...changes.faults.flatMap((sentence) => ['--fault', sentence]),
    ...changes.choices.flatMap((choice) => ['--choice', choice]),
  ];
}

/** The command as one types it into a shell. */
export function commandLine(run: CommandedRun): string {
  return `ringscope ${commandWords(run).map(shellWord).join(' ')}`;
}

/** The command that makes the run the window shows; null while it shows none. */
export function commandOf(
  state: Pick<RendererState, 'open' | 'scenarios' | 'seed' | 'whatIfs'>,
): string | null {
  const entry = state.scenarios.find(({ key }) => key === state.open);
  if (entry === undefined) return null;
  const { changes } = branchOf(whatIfOf(state));
  return commandLine({ file: entry.path ?? entry.fileName, seed: state.seed, changes });
}
