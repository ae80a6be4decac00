import { ndjsonLines } from '../../sim-core/exporting.ts';
import type { Reporter, Sink } from './reporter.ts';

/** Every run as lines of JSON: a header, a line a record, an end. */
export function ndjsonReporter(sink: Sink): Reporter {
  return {
    report({ run, file }) {
      for (const line of ndjsonLines(run, file)) sink.write(`${line}\n`);
    },
    end() {},
  };
}
