import { printMetric } from '../conformance/print-metric.ts';
import type { Expectations } from '../scenario/scenario.ts';
import type { ExpectationResult, Run } from './run.ts';

/** Holds the run against what its author expects, sentence by sentence. */
export function expectationsOf(
  expect: Expectations,
  run: Omit<Run, 'expectations'>,
): ExpectationResult[] {
  const results: ExpectationResult[] = [];
  if (expect.outcome !== null) {
    results.push(compared('outcome', expect.outcome, run.outcome));
  }
  for (const [clause, verdict] of Object.entries(expect.verdicts)) {
    const found = run.verdicts.find((one) => one.clause === clause)?.verdict ?? 'not judged';
    results.push(compared(clause, verdict, found));
  }
  for (const [name, value] of Object.entries(expect.metrics)) {
    const found = new Map<string, number | null>(Object.entries(run.metrics)).get(name) ?? null;
    results.push(compared(name, printMetric(name, value), printMetric(name, found)));
  }
  if (expect.warnings !== null) {
    const found = [...new Set(run.warnings.map(({ code }) => code))].sort();
    results.push(compared('warnings', list([...expect.warnings].sort()), list(found)));
  }
  return results;
}

function compared(what: string, expected: string, found: string): ExpectationResult {
  return { says: `${what} is ${expected}`, met: expected === found, found };
}

function list(codes: readonly string[]): string {
  return codes.length === 0 ? 'none' : codes.join(', ');
}
