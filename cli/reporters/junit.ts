import type { Report } from '../run-files.ts';
import { casesOf, type Case } from './cases.ts';
import type { Reporter, Sink } from './reporter.ts';
import { xmlText } from './xml-text.ts';

/** JUnit XML: a suite a scenario, a test case a clause, named by it. */
export function junitReporter(sink: Sink): Reporter {
  const suites: string[] = [];
  const total = { tests: 0, failures: 0, skipped: 0, errors: 0 };
  return {
    report(report) {
      const cases = casesOf(report);
      const counts = countsOf(cases);
      total.tests += counts.tests;
      total.failures += counts.failures;
      total.skipped += counts.skipped;
      suites.push(suiteOf(report, cases, counts));
    },
    end({ notRun, interrupted }) {
      total.errors = notRun + (interrupted ? 1 : 0);
      const head = `<testsuites name="ringscope" ${attributes({ ...total })}>`;
      const lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>'];
      sink.write(`${lines.join('\n')}\n`);
    },
  };
}

function suiteOf(
  { file, run }: Report,
  cases: readonly Case[],
  counts: ReturnType<typeof countsOf>,
): string {
  const { header, fingerprint } = run;
  const properties = { seed: header.seed, profile: header.profile, fingerprint };
  return [
    `  <testsuite name="${xmlText(header.title)}" file="${xmlText(file)}" ${attributes(counts)}>`,
    '    <properties>',
    ...Object.entries({ ...properties, ...header.switches }).map(
      ([name, value]) =>
        `      <property name="${xmlText(name)}" value="${xmlText(String(value))}"/>`,
    ),
    '    </properties>',
    ...cases.map((one) => caseOf(file, one)),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(file: string, { name, result, says, evidence }: Case): string {
  const head = `    <testcase classname="${xmlText(file)}" name="${xmlText(name)}"`;
  const records = evidence.length === 0 ? '' : ` (records ${evidence.join(', ')})`;
  const text = xmlText(`${says}${records}`);
  switch (result) {
    case 'passed':
      return `${head}/>`;
    case 'failed':
      return `${head}><failure message="${text}"/></testcase>`;
    case 'skipped':
    case 'inconclusive':
    case 'warned':
      return `${head}><skipped message="${xmlText(result)}: ${text}"/></testcase>`;
  }
}

function countsOf(cases: readonly Case[]) {
  const of = (...results: readonly Case['result'][]): number =>
    cases.filter(({ result }) => results.includes(result)).length;
  return {
    tests: cases.length,
    failures: of('failed'),
    skipped: of('skipped', 'inconclusive', 'warned'),
  };
}

function attributes(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}="${count}"`)
    .join(' ');
}
