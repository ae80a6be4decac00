import type { NodeId, Note, RecordNumber, TraceRecord } from '../../sim-core/reading.ts';

/** The record since which a fact of a node's state is so: the last of its subject. */
export function sinceOf(
  records: readonly TraceRecord[],
  node: NodeId,
  subject: string,
  upTo: RecordNumber,
): TraceRecord | null {
  for (let place = lastWith(records, upTo) - 1; place >= 0; place -= 1) {
    const record = records[place];
    if (record === undefined || record.node !== node) continue;
    if (subjectsOf(record).includes(subject)) return record;
  }
  return null;
}

/** The last record of what happens at once with this one: what a node says of it comes after it. */
function lastWith(records: readonly TraceRecord[], number: RecordNumber): number {
  const record = records[number - 1];
  if (record === undefined) return records.length;
  const cause = records[record.cause - 1];
  const own = 'packet' in record || record.kind === 'user' || cause?.at !== record.at;
  const root = own ? number : record.cause;
  let last: number = number;
  for (let place: number = number; place < records.length; place += 1) {
    const next = records[place];
    if (next === undefined || next.at > record.at) break;
    if (next.cause === root && next.node === record.node) last = next.number;
  }
  return last;
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
