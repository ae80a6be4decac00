import { describe, expect, test } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import type { RecordNumber } from '../../../sim-core/kernel/trace-record.ts';
import { traceIndex } from '../../../sim-core/trace/trace-index.ts';
import { nodeId } from '../../support/trace-packets.ts';
import { continueCall } from '../conformance/reference-call.ts';

const trace = continueCall().build();
const index = traceIndex(trace.records);

describe('an index of a trace', () => {
  test('leads from the mixing back to the answer of Client-B', () => {
    const chain = index.causeChain(trace.record('mix'));
    expect(chain.map((record) => record.kind)).toEqual([
      'user',
      ...Array.from({ length: 9 }, () => ['sent', 'received']).flat(),
      'sent',
    ]);
    expect(chain[0]).toMatchObject({ kind: 'user', action: { kind: 'answer' } });
    expect(chain.at(-1)?.number).toBe(trace.record('mix'));
  });

  test('lists what follows from a record', () => {
    expect(index.effectsOf(trace.arrival('A ACK'))).toEqual([
      trace.record('S ACK re-INVITE'),
      trace.record('mix'),
    ]);
    expect(index.effectsOf(trace.record('A ACK'))).toEqual([trace.arrival('A ACK')]);
    expect(index.effectsOf(trace.arrival('S ACK re-INVITE'))).toEqual([]);
  });

  test('knows the records of a node, in order', () => {
    const ofR = index.recordsOf(nodeId('R'));
    expect(ofR).toEqual(trace.records.filter((record) => record.node === nodeId('R')));
    expect(index.recordsOf(99 as ReturnType<typeof nodeId>)).toEqual([]);
  });

  test('finds a record by its number, and the last one at an instant', () => {
    const number = trace.record('S UPDATE');
    expect(index.record(number)?.at).toBe(5_200_000);
    expect(index.lastAt(micros(5_200_000))?.number).toBe(number);
    expect(index.lastAt(micros(5_199_999))?.number).toBe(number - 1);
    expect(index.lastAt(micros(0))?.number).toBe(1);
    expect(index.lastAt(micros(9_000_000))).toBe(trace.records.at(-1));
    expect(traceIndex().lastAt(micros(5))).toBeNull();
    expect(index.record(9_999 as RecordNumber)).toBeNull();
    expect(index.causeChain(9_999 as RecordNumber)).toEqual([]);
  });

  test('grows record by record', () => {
    const growing = traceIndex();
    for (const record of trace.records) growing.append(record);
    for (const { number } of trace.records) {
      expect(growing.effectsOf(number)).toEqual(index.effectsOf(number));
    }
  });

  test('ends where a cause is not before its effect', () => {
    const [first] = trace.records;
    if (first === undefined) throw new Error('no record');
    const odd = traceIndex([{ ...first, cause: first.number }]);
    expect(odd.causeChain(first.number)).toHaveLength(1);
  });
});
