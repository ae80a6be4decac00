import type { RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import { isMedia } from '../../media/media-packet.ts';
import type { Ruler } from '../moment.ts';
import type { SeenHearing, SeenStream, StreamChange } from './observation.ts';

/** The streams of a run, and what was heard, told by the numbers of a ruler. */
export interface SeenMedia {
  readonly streams: readonly SeenStream[];
  readonly hearings: readonly SeenHearing[];
}

export function observeMedia(records: readonly TraceRecord[], told: Ruler): SeenMedia {
  const streams: SeenStream[] = [];
  const hearings: SeenHearing[] = [];
  const byName = new Map<string, SeenStream>();
  const bySent = new Map<RecordNumber, StreamChange>();
  for (const record of records) {
    const { number, at, node } = record;
    switch (record.kind) {
      case 'sent':
      case 'dropped': {
        const { packet, to, cause } = record;
        if (!isMedia(packet)) break;
        const name = packet.stream;
        const key = `${node}>${to} ${name}`;
        let stream = byName.get(key);
        if (stream === undefined) {
          stream = { from: node, to, name, medium: packet.medium, changes: [] };
          byName.set(key, stream);
          streams.push(stream);
        }
        const change = { record: told(number), at, cause: told(cause), packet, received: null };
        stream.changes.push(change);
        bySent.set(number, change);
        break;
      }
      case 'received': {
        const change = bySent.get(record.sent);
        if (change !== undefined) change.received ??= { record: told(number), at };
        break;
      }
      case 'note': {
        const { note } = record;
        if (note.kind !== 'hears') break;
        const { medium, sources } = note;
        hearings.push({ record: told(number), at, node, medium, sources });
        break;
      }
      default:
        break;
    }
  }
  return { streams, hearings };
}
