import { firstPlace } from '../base/first-place.ts';
import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';

/** Ways into a trace: by number, by instant, by node, by cause and by effect. */
export interface TraceIndex {
  /** Takes the next record; records come in the order of their numbers. */
  append(record: TraceRecord): void;
  record(number: RecordNumber): TraceRecord | null;
  /** The records that name this one as their cause. */
  effectsOf(number: RecordNumber): readonly RecordNumber[];
  /**
   * How it came to this record: from the user's act, or whatever the scenario set off, down to
   * the record itself.
   */
  causeChain(number: RecordNumber): readonly TraceRecord[];
  recordsOf(node: NodeId): readonly TraceRecord[];
  /** The last record at or before the instant, or null. */
  lastAt(at: Micros): TraceRecord | null;
}

/** An index of these records; more may be appended. */
export function traceIndex(records: readonly TraceRecord[] = []): TraceIndex {
  const all: TraceRecord[] = [];
  const places = new Map<RecordNumber, number>();
  const effects = new Map<RecordNumber, RecordNumber[]>();
  const byNode = new Map<NodeId, TraceRecord[]>();

  const record = (number: RecordNumber) => all[places.get(number) ?? -1] ?? null;

  const index: TraceIndex = {
    append(added) {
      places.set(added.number, all.length);
      all.push(added);
      addTo(effects, causeOf(added), added.number);
      addTo(byNode, added.node, added);
    },
    record,
    effectsOf: (number) => effects.get(number) ?? [],
    causeChain(number) {
      const chain: TraceRecord[] = [];
      let at = record(number);
      while (at !== null) {
        chain.push(at);
        const cause = causeOf(at);
        // A cause comes before its effect; anything else would lead round in a circle.
        at = cause < at.number ? record(cause) : null;
      }
      return chain.reverse();
    },
    recordsOf: (node) => byNode.get(node) ?? [],
    lastAt: (at) => all[countUpTo(all, at) - 1] ?? null,
  };
  for (const one of records) index.append(one);
  return index;
}

/** An arrival follows from its departure, whatever else it names. */
function causeOf(record: TraceRecord): RecordNumber {
  return record.kind === 'received' ? record.sent : record.cause;
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** How many records happened at or before the instant: they are ordered by time. */
function countUpTo(records: readonly TraceRecord[], at: Micros): number {
  return firstPlace(records, (record) => record.at > at);
}
