import { faultKinds } from './draw-case.ts';
import { stateNames } from './sometimes.ts';

/** One call in which something was that must never be. */
export interface SoakFailure {
  readonly seed: number;
  readonly problems: readonly string[];
  /** The one command that runs it again. */
  readonly replay: string;
}

/** What a soak has seen: counts only, and its failures; reports of parts can be joined. */
export interface SoakReport {
  calls: number;
  events: number;
  /** How often each kind of fault struck, each state was reached, each outcome came about. */
  readonly kinds: Record<string, number>;
  readonly states: Record<string, number>;
  readonly outcomes: Record<string, number>;
  readonly failures: SoakFailure[];
  failed: number;
}

/** Failures told in full; the others are only counted. */
const failuresMost = 20;

export function newSoakReport(): SoakReport {
  return {
    calls: 0,
    events: 0,
    kinds: Object.fromEntries(faultKinds.map(({ name }) => [name, 0])),
    states: Object.fromEntries(stateNames.map((name) => [name, 0])),
    outcomes: {},
    failures: [],
    failed: 0,
  };
}

export function count(counts: Record<string, number>, names: readonly string[]): void {
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
}

export function addFailure(report: SoakReport, failure: SoakFailure): void {
  report.failed += 1;
  report.failures.push(failure);
  report.failures.sort((a, b) => a.seed - b.seed);
  report.failures.splice(failuresMost);
}

/** Takes into the first report what the other has seen. */
export function joinReports(into: SoakReport, other: SoakReport): void {
  into.calls += other.calls;
  into.events += other.events;
  into.failed += other.failed;
  for (const key of ['kinds', 'states', 'outcomes'] as const) {
    for (const [name, times] of Object.entries(other[key])) {
      into[key][name] = (into[key][name] ?? 0) + times;
    }
  }
  into.failures.push(...other.failures);
  into.failures.sort((a, b) => a.seed - b.seed);
  into.failures.splice(failuresMost);
}

/** Kinds of fault and states that never came: what was not reached was not tested. */
export function neverSeen({ kinds, states }: SoakReport): string[] {
  return [kinds, states].flatMap((counts) =>
    Object.entries(counts)
      .filter(([, times]) => times === 0)
      .map(([name]) => name),
  );
}
