import type { Report } from '../run-files.ts';
import type { Reporter, Sink } from './reporter.ts';

/** Of `docs/json-reports.md`; a change that breaks readers makes it one more. */
export const jsonSchemaVersion = 1;

/** One run as machines read it. Times are in µs. */
export function runAsJson({ file, run }: Report) {
  const { header } = run;
  return {
    scenario: header.title,
    file,
    seed: header.seed,
    profile: header.profile,
    switches: header.switches,
    fingerprint: run.fingerprint,
    events: run.events,
    virtualMicros: run.endedAt,
    outcome: run.outcome,
    ended: run.ended,
    metrics: run.metrics,
    verdicts: run.verdicts.map(({ clause, verdict, level, evidence, says }) => ({
      clause,
      verdict,
      level,
      evidence,
      says,
    })),
    warnings: run.warnings.map(({ code, evidence, says }) => ({ code, evidence, says })),
    expectations: run.expectations.map(({ says, met, found }) => ({ says, met, found })),
    hears: run.hears.map(({ listener, medium, sources, fromMicros, toMicros }) => ({
      listener,
      medium,
      sources: sources.map(({ source, gainPercent }) => ({ source, gainPercent })),
      fromMicros,
      toMicros,
    })),
  };
}

/** One JSON object for all runs, written when the last has ended. */
export function jsonReporter(sink: Sink): Reporter {
  const runs: ReturnType<typeof runAsJson>[] = [];
  return {
    report(report) {
      runs.push(runAsJson(report));
    },
    end({ interrupted }) {
      const engine = __RINGSCOPE_VERSION__;
      const whole = { schemaVersion: jsonSchemaVersion, engine, runs };
      sink.write(`${JSON.stringify(interrupted ? { ...whole, interrupted } : whole, null, 2)}\n`);
    },
  };
}
