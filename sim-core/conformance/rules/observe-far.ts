import type { RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import { isMedia } from '../../media/media-packet.ts';
import type { Ruler } from '../moment.ts';
import {
  isStateOfTransaction,
  type Observation,
  type SeenHearing,
  type SeenStream,
  type StreamChange,
} from './observation.ts';

/** What lies farthest of a run: two runs in the same order of everything else differ in it. */
export type SeenFar = Pick<Observation, 'streams' | 'hearings' | 'fired' | 'states'>;

/** The streams of a run, what was heard, and how timers ran, told by the numbers of a ruler. */
export function observeFar(records: readonly TraceRecord[], told: Ruler): SeenFar {
  const streams: SeenStream[] = [];
  const hearings: SeenHearing[] = [];
  const fired: SeenFar['fired'][number][] = [];
  const states: SeenFar['states'][number][] = [];
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
        const { note, cause } = record;
        if (note.kind === 'hears') {
          const { medium, sources } = note;
          hearings.push({ record: told(number), at, node, medium, sources });
        } else if (isStateOfTransaction(note)) {
          states.push({ record: told(number), at, node, cause: told(cause), note });
        }
        break;
      }
      case 'timer fired':
        fired.push({ record: told(number), at, node, timer: record.timer });
        break;
      default:
        break;
    }
  }
  return { streams, hearings, fired, states };
}
