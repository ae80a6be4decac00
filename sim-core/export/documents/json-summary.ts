import type { Run } from '../../run/run.ts';

/** Of `docs/json-reports.md`; a change that breaks readers makes it one more. */
export const jsonSchemaVersion = 1;

/**
 * One run as machines read it. Times are in µs.
 * @param file what the scenario's file is called
 */
export function runAsJson(run: Run, file: string) {
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

/** The report of one run: what `docs/json-reports.md` calls JSON. */
export function jsonReport(run: Run, file: string): string {
  const { engine } = run.header;
  const whole = { schemaVersion: jsonSchemaVersion, engine, runs: [runAsJson(run, file)] };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
