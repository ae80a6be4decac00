import { visible } from '../../sim-core/authoring.ts';
import type { Reporter, Sink } from './reporter.ts';

/** A sign a run; what failed is told below. */
const signs = { passed: '.', failed: 'F', inconclusive: '?' } as const;
const signsALine = 80;

export function dotReporter(sink: Sink): Reporter {
  const failures: string[] = [];
  let count = 0;
  return {
    report({ file, judgement }) {
      sink.write(signs[judgement.ending]);
      count += 1;
      if (count % signsALine === 0) sink.write('\n');
      for (const { clause, says } of judgement.violated) {
        failures.push(`${visible(file)}: ${clause}: ${visible(says)}`);
      }
      for (const { says, found } of judgement.unmet) {
        failures.push(`${visible(file)}: ${visible(says)}, but found ${visible(found)}`);
      }
    },
    end({ notRun, interrupted }) {
      if (count % signsALine !== 0) sink.write('\n');
      for (const failure of failures) sink.write(`${failure}\n`);
      const parts = [`${count} runs`, `${failures.length} failures`];
      if (notRun > 0) parts.push(`${notRun} not run`);
      if (interrupted) parts.push('interrupted');
      sink.write(`${parts.join(', ')}\n`);
    },
  };
}
