import type { TraceRecord } from '../../kernel/trace-record.ts';
import type { Run } from '../../run/run.ts';
import { isSip } from '../../sip/message.ts';
import { printMessage } from '../../sip/print-message.ts';

/**
 * Every record of a run as a line of JSON, with a header before and an end after them.
 * @param file what the scenario's file is called
 */
export function* ndjsonLines(run: Run, file: string): Generator<string> {
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
