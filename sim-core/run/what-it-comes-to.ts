import type { Run } from './run.ts';

/** What a run comes to, whenever and in whatever order its messages travelled. */
export interface ComingTo {
  /** Clauses that are violated as errors. */
  readonly violated: readonly string[];
  /** `'cancelled; R-CAN-03 violated; W-2XX-RETX'`: outcome, violated clauses, warnings. */
  readonly says: string;
}

export function whatItComesTo(
  run: Pick<Run, 'outcome' | 'verdicts' | 'warnings' | 'ended'>,
): ComingTo {
  const violated = run.verdicts
    .filter(({ verdict, level }) => verdict === 'violated' && level === 'error')
    .map(({ clause }) => String(clause));
  const warnings = [...new Set(run.warnings.map(({ code }) => code))].sort();
  const words = [run.outcome, ...violated.map((clause) => `${clause} violated`), ...warnings];
  if (run.ended !== 'quiet') words.push(`ended by ${run.ended}`);
  return { violated, says: words.join('; ') };
}
