import {
  bodyOf,
  isControl,
  isMedia,
  isSip,
  type Disposition,
  type MessageView,
  type NodeId,
  type Note,
  type Packet,
  type RecordNumber,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import type { TraceView } from '../store/trace-store.ts';

/**
 * Records with which an offer or an answer leaves or arrives for the first time: a copy of it
 * changes nothing.
 */
export const freshDescriptionsOf: TraceView<ReadonlySet<RecordNumber>> = (_trace, view) =>
  new Set(view(messagesOf).flatMap(freshIn));

function freshIn({ marks, resent, record, received }: MessageView): RecordNumber[] {
  return marks.length === 0 || resent > 0 ? [] : [record, ...received.slice(0, 1)];
}

/**
 * The record since which a fact of a node's state is so: the last of its subject.
 * @param fresh see `freshDescriptionsOf`
 */
export function sinceOf(
  records: readonly TraceRecord[],
  node: NodeId,
  subject: string,
  upTo: RecordNumber,
  fresh: ReadonlySet<RecordNumber>,
): TraceRecord | null {
  for (let place = lastWith(records, upTo) - 1; place >= 0; place -= 1) {
    const record = records[place];
    if (record === undefined || record.node !== node) continue;
    if (subjectsOf(record, fresh).includes(subject)) return record;
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
function subjectsOf(record: TraceRecord, fresh: ReadonlySet<RecordNumber>): readonly string[] {
  if (record.kind === 'timer started') return [record.timer];
  if (record.kind === 'note') return [noteSubject(record.note)];
  return 'packet' in record ? packetSubjects(record.packet, fresh.has(record.number)) : [];
}

const dispositions: readonly Disposition[] = ['session', 'early-session'];

function packetSubjects(packet: Packet, isFresh: boolean): readonly string[] {
  if (isMedia(packet)) return [`stream ${packet.stream}`];
  if (isSip(packet)) {
    return dispositions
      .filter((disposition) => isFresh && bodyOf(packet, disposition) !== null)
      .map((disposition) => `${disposition} of ${packet.callId}`);
  }
  // The player does as it is told when the Resource Server says that it is done.
  const tells = isControl(packet) && packet.form === 'reply' && /^(?:play|stop)$/.test(packet.to);
  return tells ? [`player of ${packet.leg}`] : [];
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
