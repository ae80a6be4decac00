import type {
  ClauseId,
  ClauseVerdict,
  Micros,
  RecordNumber,
  Verdict,
} from '../../sim-core/reading.ts';
import type { Standing } from '../store/renderer-state.ts';
import type { Trace, TraceView } from '../store/trace-store.ts';

/** What a run is faulted for, worst first, then by time. */
export interface Finding {
  readonly id: string;
  readonly weight: 'fails' | 'warns';
  /** The clause it is about; null for a warning or an unmet expectation. */
  readonly clause: ClauseId | null;
  readonly says: string;
  readonly evidence: readonly RecordNumber[];
  /** When it was plain; null where it is about something that never happened. */
  readonly at: Micros | null;
}

export const findingsOf: TraceView<readonly Finding[]> = (trace) => findingsIn(trace);

function findingsIn({ end, records }: Trace): readonly Finding[] {
  if (end === null) return [];
  const at = (evidence: readonly RecordNumber[]): Micros | null =>
    records[(evidence.at(-1) ?? 0) - 1]?.at ?? null;
  const findings: Finding[] = [];
  for (const { clause, verdict, level, evidence, says } of end.verdicts) {
    if (verdict !== 'violated') continue;
    const weight = level === 'error' ? 'fails' : 'warns';
    findings.push({ id: clause, weight, clause, says, evidence, at: at(evidence) });
  }
  for (const [index, { met, says, found }] of end.expectations.entries()) {
    if (met) continue;
    const id = `expectation ${index}`;
    const sentence = `Expected: ${says}. Found: ${found}.`;
    findings.push({ id, weight: 'fails', clause: null, says: sentence, evidence: [], at: null });
  }
  for (const [index, { code, evidence, says }] of end.warnings.entries()) {
    const id = `${code} ${index}`;
    findings.push({ id, weight: 'warns', clause: null, says, evidence, at: at(evidence) });
  }
  return findings.toSorted(
    (one, other) =>
      weights.indexOf(one.weight) - weights.indexOf(other.weight) ||
      (one.at ?? Infinity) - (other.at ?? Infinity),
  );
}

const weights: readonly Finding['weight'][] = ['fails', 'warns'];

/** How a run stands as a whole; null until it is complete. */
export function standingOf(trace: Trace): Standing | null {
  if (trace.end === null) return null;
  const findings = findingsIn(trace);
  if (findings.some(({ weight }) => weight === 'fails')) return 'fails';
  return findings.length > 0 ? 'warns' : 'passes';
}

/** The instants at which something is known of the run that was not before, ascending. */
export const turnsOfJudgement: TraceView<readonly Micros[]> = ({ end, records }, view) => {
  const known = (end?.verdicts ?? []).flatMap(({ evidence }) => {
    const at = records[(evidence.at(-1) ?? 0) - 1]?.at;
    return at === undefined ? [] : [at];
  });
  for (const { at } of view(findingsOf)) if (at !== null) known.push(at);
  return [...new Set(known)].toSorted((one, other) => one - other);
};

/** A verdict as it is known at an instant: `'to come'` until its last evidence has happened. */
export type VerdictNow = Verdict | 'to come';

export function verdictAt(verdict: ClauseVerdict, trace: Trace, playhead: Micros): VerdictNow {
  const last = verdict.evidence.at(-1);
  const at = last === undefined ? undefined : trace.records[last - 1]?.at;
  return at !== undefined && at > playhead ? 'to come' : verdict.verdict;
}

/** How many clauses stand how, at an instant. */
export function countVerdicts(
  trace: Trace,
  playhead: Micros,
): Readonly<Record<VerdictNow | 'advised', number>> {
  const counts: Record<VerdictNow | 'advised', number> = {
    satisfied: 0,
    violated: 0,
    advised: 0,
    inconclusive: 0,
    'not exercised': 0,
    'to come': 0,
  };
  for (const verdict of trace.end?.verdicts ?? []) {
    const now = verdictAt(verdict, trace, playhead);
    // What goes against advice is worth a look, and no failure.
    counts[now === 'violated' && verdict.level !== 'error' ? 'advised' : now] += 1;
  }
  return counts;
}
