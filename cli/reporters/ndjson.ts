import { isSip, printMessage, type TraceRecord } from '../../sim-core/reading.ts';
import type { Report } from '../run-files.ts';
import type { Reporter, Sink } from './reporter.ts';

/** Every run as lines of JSON: a header, a line a record, an end. */
export function ndjsonReporter(sink: Sink): Reporter {
  return {
    report: (report) => {
      for (const line of linesOf(report)) sink.write(`${line}\n`);
    },
    end() {},
  };
}

/** The lines of one run. */
function* linesOf({ file, run }: Report): Generator<string> {
  yield JSON.stringify({ kind: 'header', ...run.header, file });
  for (const record of run.records) yield JSON.stringify(withWire(record));
  yield JSON.stringify({
    kind: 'end',
    ended: run.ended,
    at: run.endedAt,
    events: run.events,
    records: run.records.length,
    outcome: run.outcome,
    fingerprint: run.fingerprint,
  });
}

/** What leaves a node as SIP is told byte by byte too. */
function withWire(record: TraceRecord): TraceRecord & { readonly wire?: string } {
  if (record.kind !== 'sent' && record.kind !== 'dropped') return record;
  if (!isSip(record.packet)) return record;
  return { ...record, wire: printMessage(record.packet) };
}
