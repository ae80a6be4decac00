import type { RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import { isMedia, type MediaPacket } from '../../media/media-packet.ts';
import type { Ruler } from '../moment.ts';
import { endsOf, type CallWatch, type MediaOfCall, type Passage } from './call-watch.ts';

/** The media of a call, what was heard, and what came last, told by the numbers of a ruler. */
export function mediaOfCall(
  watch: Pick<CallWatch, 'parties' | 'spokenFor'>,
  records: readonly TraceRecord[],
  told: Ruler,
): MediaOfCall {
  const media: Passage<MediaPacket>[] = [];
  const hears: MediaOfCall['hears'][number][] = [];
  const bySent = new Map<RecordNumber, Passage<MediaPacket>>();
  const byReceived = new Map<RecordNumber, Passage>();
  for (const record of records) {
    const { number, at, node } = record;
    switch (record.kind) {
      case 'sent':
      case 'dropped': {
        const { packet, to, cause } = record;
        if (!isMedia(packet)) break;
        const ends = endsOf(watch, node, to) ?? { from: node, to };
        const arrivesAt = record.kind === 'sent' ? record.arrivesAt : null;
        const sent = { record: told(number), at, cause: told(cause), arrivesAt };
        const passage = { packet, ...ends, sent, again: [], received: null, marks: [] };
        bySent.set(number, passage);
        media.push(passage);
        break;
      }
      case 'received': {
        const passage = bySent.get(record.sent);
        if (passage === undefined) break;
        passage.received ??= { record: told(number), at };
        byReceived.set(told(number), passage);
        break;
      }
      case 'note': {
        const { note } = record;
        if (note.kind !== 'hears') break;
        const { medium, sources } = note;
        hears.push({ record: told(number), at, node, medium, sources });
        break;
      }
      default:
        break;
    }
  }
  const last = records.at(-1);
  const end = last === undefined ? null : { record: told(last.number), at: last.at };
  return { media, hears, byReceived, last: end };
}
