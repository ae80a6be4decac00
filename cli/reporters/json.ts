import { jsonSchemaVersion, runAsJson } from '../../sim-core/exporting.ts';
import type { Reporter, Sink } from './reporter.ts';

/** One JSON object for all runs, written when the last has ended. */
export function jsonReporter(sink: Sink): Reporter {
  const runs: ReturnType<typeof runAsJson>[] = [];
  return {
    report({ run, file }) {
      runs.push(runAsJson(run, file));
    },
    end({ interrupted }) {
      const engine = __RINGSCOPE_VERSION__;
      const whole = { schemaVersion: jsonSchemaVersion, engine, runs };
      sink.write(`${JSON.stringify(interrupted ? { ...whole, interrupted } : whole, null, 2)}\n`);
    },
  };
}
