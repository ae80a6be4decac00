import type { Reporter, Sink } from './reporter.ts';
import { casesOf } from './cases.ts';

/** Workflow commands of GitHub Actions: an annotation for whatever did not pass. */
export function githubReporter(sink: Sink): Reporter {
  let failed = 0;
  let runs = 0;
  return {
    report(report) {
      runs += 1;
      for (const { name, result, says, evidence } of casesOf(report)) {
        if (result === 'passed' || result === 'skipped') continue;
        if (result === 'failed') failed += 1;
        const level = result === 'failed' ? 'error' : 'warning';
        const records = evidence.length === 0 ? '' : ` (records ${evidence.join(', ')})`;
        const at = `file=${property(report.file)},title=${property(name)}`;
        sink.write(`::${level} ${at}::${message(`${says}${records}`)}\n`);
      }
    },
    end({ notRun, interrupted }) {
      if (notRun > 0) sink.write(`::error::${notRun} files could not be run\n`);
      const broken = interrupted ? ', interrupted' : '';
      sink.write(`::notice::${runs} runs, ${failed} failures${broken}\n`);
    },
  };
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
