import { printMetric } from '../conformance/print-metric.ts';
import type { ExpectedRange, Expectations } from '../scenario/scenario.ts';
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
  for (const [name, range] of Object.entries(expect.metrics)) {
    const found = new Map<string, number | null>(Object.entries(run.metrics)).get(name) ?? null;
    results.push(inRange(name, range, found));
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

function inRange(name: string, range: ExpectedRange | null, value: number | null) {
  const found = printMetric(name, value);
  if (range === null) return compared(name, printMetric(name, null), found);
  const { least, most } = range;
  if (least === most) return compared(name, printMetric(name, least), found);
  const says = `${name} is between ${printMetric(name, least)} and ${printMetric(name, most)}`;
  return { says, met: value !== null && value >= least && value <= most, found };
}

function list(codes: readonly string[]): string {
  return codes.length === 0 ? 'none' : codes.join(', ');
}
