import type { NodeId, Note, RecordNumber, TraceRecord } from '../../sim-core/reading.ts';

/** The record since which a fact of a node's state is so: the last of its subject. */
export function sinceOf(
  records: readonly TraceRecord[],
  node: NodeId,
  subject: string,
  upTo: RecordNumber,
): TraceRecord | null {
  for (let place = Math.min(upTo, records.length) - 1; place >= 0; place -= 1) {
    const record = records[place];
    if (record === undefined || record.node !== node) continue;
    if (subjectsOf(record).includes(subject)) return record;
  }
  return null;
}

/** What a record is about, in the words of `StateFact.subject`. */
function subjectsOf(record: TraceRecord): readonly string[] {
  if (record.kind === 'timer started') return [record.timer];
  return record.kind === 'note' ? [noteSubject(record.note)] : [];
}

function noteSubject(note: Note): string {
  switch (note.kind) {
    case 'state':
      return note.subject;
    case 'procedure step':
      return `procedure ${note.procedure}`;
    case 'hears':
      return `hears ${note.medium}`;
    case 'mixing':
    case 'decision':
    case 'ignored':
    case 'outage':
      return note.kind;
  }
}
