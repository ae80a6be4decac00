import { visible } from '../../sim-core/authoring.ts';
import { asciiOnly } from '../../sim-core/exporting.ts';
import { wrapText } from '../../sim-core/reading.ts';
import type { Report } from '../run-files.ts';
import { toned, verdictSigns } from './page.ts';
import { printEvidence } from './verdict-table.ts';
import type { Reporter, Sink } from './reporter.ts';
import { closingLine, expectationRow, runPage, type RunPageStyle } from './run-page.ts';

export interface DefaultStyle extends RunPageStyle {
  /** Whole pages: for a single file, or when asked for more. */
  readonly pages: boolean;
  /** Closing lines only, and of several files only those that did not pass. */
  readonly quiet: boolean;
  readonly several: boolean;
}

/** For people: the page of a run, or a line a file and a summary of several. */
export function defaultReporter(sink: Sink, style: DefaultStyle): Reporter {
  const counts = { passed: 0, failed: 0, inconclusive: 0 };
  const print = (lines: readonly string[]): void => {
    for (const line of lines) sink.write(`${style.ascii ? asciiOnly(line) : line}\n`);
  };
  return {
    report(report) {
      const { ending } = report.judgement;
      counts[ending] += 1;
      if (style.pages && !style.quiet) print(runPage(report, style));
      if (style.quiet && style.several && ending === 'passed') return;
      const closing = closingLine(report, style);
      if (style.several) {
        print([`${closing}  ${visible(report.file)}`, ...reasons(report, style)]);
      } else {
        print([...reasons(report, style), closing]);
      }
    },
    end({ notRun, interrupted }) {
      if (!style.several) return;
      const parts = [
        `${counts.passed} passed`,
        `${counts.failed} failed`,
        ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
        ...(notRun > 0 ? [`${notRun} not run`] : []),
        ...(interrupted ? ['interrupted'] : []),
      ];
      print([parts.join(', ')]);
    },
  };
}

/** Why a run did not pass, in a line each. */
function reasons({ judgement }: Report, style: DefaultStyle): string[] {
  const violated = judgement.violated.map(({ clause, evidence, says }) => {
    const { unicode, ascii, tone } = verdictSigns.violated;
    const sign = toned(style.ascii ? ascii : unicode, tone, style.colour);
    const text = `${clause}  ${printEvidence(evidence)}`.trimEnd();
    const [first = '', ...more] = wrapText(`${text}  ${says}`, style.width - 4);
    return [`  ${sign} ${first}`, ...more.map((line) => `    ${line}`)].join('\n');
  });
  const unmet = judgement.unmet.map(({ says, met, found }) =>
    expectationRow(says, met, found, style),
  );
  const doubts = judgement.doubts.map((says) => {
    const { unicode, ascii, tone } = verdictSigns.inconclusive;
    return `  ${toned(style.ascii ? ascii : unicode, tone, style.colour)} ${says}`;
  });
  return [...violated, ...unmet, ...doubts];
}
