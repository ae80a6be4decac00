import type { Reporter, Sink } from './reporter.ts';
import { casesOf } from './cases.ts';

/** Test Anything Protocol, version 14: a line a clause and scenario. */
export function tapReporter(sink: Sink): Reporter {
  let count = 0;
  sink.write('TAP version 14\n');
  return {
    report(report) {
      sink.write(`# ${oneLine(report.run.header.title)} (${oneLine(report.file)})\n`);
      for (const { name, result, says, evidence } of casesOf(report)) {
        count += 1;
        const ok = result === 'failed' ? 'not ok' : 'ok';
        const skip = result === 'passed' || result === 'failed' ? '' : ` # SKIP ${result}`;
        sink.write(`${ok} ${count} - ${oneLine(name)}: ${oneLine(says)}${skip}\n`);
        if (result === 'failed' && evidence.length > 0) {
          sink.write(`  ---\n  records: [${evidence.join(', ')}]\n  ...\n`);
        }
      }
    },
    end({ notRun, interrupted }) {
      if (interrupted) sink.write('Bail out! interrupted\n');
      else if (notRun > 0) sink.write(`Bail out! ${notRun} files could not be run\n`);
      sink.write(`1..${count}\n`);
    },
  };
}

/** A number sign would begin a directive. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
