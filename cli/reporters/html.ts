import { textLadder } from '../../sim-core/reading.ts';
import type { Report } from '../run-files.ts';
import { casesOf, type Case } from './cases.ts';
import type { Reporter, Sink } from './reporter.ts';
import { xmlText } from './xml-text.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'";

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  padding: .25rem .5rem; text-align: left; vertical-align: top }
pre { font: 12px/1.35 ui-monospace, monospace; overflow: auto }
.failed { color: light-dark(#a3132a, #ff8a95); font-weight: 600 }
.passed { color: light-dark(#17652f, #7ddc97) }
.skipped, .inconclusive, .warned { opacity: .7 }
`;

const wordOf: Readonly<Record<Case['result'], string>> = {
  passed: '✓ holds',
  failed: '✗ fails',
  skipped: '– not exercised',
  inconclusive: '? open',
  warned: '! against advice',
};

/** One page of its own: a table of all runs, then each with its clauses and its ladder. */
export function htmlReporter(sink: Sink): Reporter {
  const rows: string[] = [];
  const sections: string[] = [];
  return {
    report(report) {
      const place = `run-${sections.length + 1}`;
      rows.push(rowOf(report, place));
      sections.push(sectionOf(report, place));
    },
    end({ notRun, interrupted }) {
      const notes = [
        ...(notRun > 0 ? [`${notRun} files could not be run.`] : []),
        ...(interrupted ? ['Interrupted: this is not all.'] : []),
      ];
      const page = [
        '<!doctype html>',
        '<html lang="en">',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<title>Ringscope report</title>',
        `<style>${style}</style>`,
        '<h1>Ringscope report</h1>',
        ...notes.map((note) => `<p class="failed">${note}</p>`),
        '<table><tr><th>Scenario<th>Result<th>Outcome<th>Seed<th>Fingerprint</tr>',
        ...rows,
        '</table>',
        ...sections,
        '</html>',
      ];
      sink.write(`${page.join('\n')}\n`);
    },
  };
}

function rowOf({ run, judgement }: Report, place: string): string {
  const { header, outcome, fingerprint } = run;
  const result = judgement.ending === 'passed' ? 'passed' : judgement.ending;
  return (
    `<tr><td><a href="#${place}">${xmlText(header.title)}</a><td class="${result}">${result}` +
    `<td>${xmlText(outcome)}<td>${header.seed}<td><code>${xmlText(fingerprint)}</code></tr>`
  );
}

function sectionOf(report: Report, place: string): string {
  const { header, records } = report.run;
  const page = { width: 110, colour: false, ascii: false } as const;
  const ladder = textLadder(header, records, { ...page, steps: false, timers: 'with effect' });
  const cases = casesOf(report).filter(({ result }) => result !== 'skipped');
  return [
    `<h2 id="${place}">${xmlText(header.title)}</h2>`,
    `<p><code>${xmlText(report.file)}</code></p>`,
    '<table><tr><th>Clause<th>Verdict<th>What was seen<th>Records</tr>',
    ...cases.map(
      ({ name, result, says, evidence }) =>
        `<tr><td>${xmlText(name)}<td class="${result}">${wordOf[result]}` +
        `<td>${xmlText(says)}<td>${evidence.join(', ')}</tr>`,
    ),
    '</table>',
    `<details><summary>Ladder</summary><pre>${xmlText(ladder.join('\n'))}</pre></details>`,
  ].join('\n');
}
