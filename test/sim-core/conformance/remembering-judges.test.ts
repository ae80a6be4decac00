import { describe, expect, it } from 'vitest';

import { sights } from '../../../sim-core/base/looking.ts';
import { micros, type Micros } from '../../../sim-core/base/micros.ts';
import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import { near, nearnessOf } from '../../../sim-core/conformance/order-of-records.ts';
import { ask, judges, type Looked } from '../../../sim-core/conformance/remembering-judges.ts';
import { observeTrace } from '../../../sim-core/conformance/rules/observe-trace.ts';
import { recordNumber, type TraceRecord } from '../../../sim-core/kernel/trace-record.ts';
import type { Run } from '../../../sim-core/index.ts';
import { runShipped } from '../../support/shipped-runs.ts';

function lookedAt(
  { header, ended }: Run,
  records: readonly TraceRecord[],
  endedAt: Micros,
): Looked {
  return {
    call: callIn(header, records, ended),
    seen: observeTrace(header, records, ended, endedAt),
  };
}

/** The same in the same order, but at quite other times: the longer it lasts, the slower. */
function later(at: Micros): Micros {
  return micros(3 * at + Math.floor((at * at) / 10_000_000));
}

function atOtherTimes(record: TraceRecord): TraceRecord {
  const at = later(record.at);
  switch (record.kind) {
    case 'sent': {
      const againAt = record.againAt === null ? null : later(record.againAt);
      return { ...record, at, arrivesAt: later(record.arrivesAt), againAt };
    }
    case 'dropped':
      return { ...record, at, wouldArriveAt: later(record.wouldArriveAt) };
    case 'timer started':
      return { ...record, at, firesAt: later(record.firesAt) };
    default:
      return { ...record, at };
  }
}

/** Only what lies that near, counted anew. */
function nothingBut(records: readonly TraceRecord[], least: number): TraceRecord[] {
  const nearness = nearnessOf(records);
  const kept = records.filter(({ number }) => (nearness[number] ?? 0) >= least);
  const numbers = new Map(kept.map(({ number }, place) => [number, recordNumber(place + 1)]));
  const renumbered = (number: TraceRecord['number']) => numbers.get(number) ?? recordNumber(0);
  return kept.map((record) => {
    const number = renumbered(record.number);
    const cause = renumbered(record.cause);
    return record.kind === 'received'
      ? { ...record, number, cause, sent: renumbered(record.sent) }
      : { ...record, number, cause };
  });
}

describe('how far a judge looks', () => {
  it(
    'is as far as its verdict goes: nothing further away makes a difference',
    { timeout: 120_000 },
    () => {
      const wrong: string[] = [];
      const counted = [0, 0, 0];
      for (const { path, run } of runShipped()) {
        const { records, endedAt } = run;
        const whole = lookedAt(run, records, endedAt);
        const slow = records.map(atOtherTimes);
        const without = [near.messages, near.signalling].map((least) =>
          lookedAt(run, nothingBut(slow, least), later(endedAt)),
        );
        for (const judge of judges) {
          const { broken, far } = ask(judge, whole);
          counted[far] = (counted[far] ?? 0) + 1;
          const other = far === sights.all ? undefined : without[far];
          if (other !== undefined && judge.breaks(other) !== broken)
            wrong.push(`${path} ${judge.id}`);
        }
      }
      expect(wrong).toEqual([]);
      // Of those that are judged by what they looked at, many must be left, or nothing was tested.
      for (const count of counted) expect(count).toBeGreaterThan(10_000);
    },
  );

  it('tells of every clause that a run violates', () => {
    for (const { path, run } of runShipped()) {
      const whole = lookedAt(run, run.records, run.endedAt);
      const broken = judges.filter((judge) => judge.breaks(whole)).map(({ id }) => String(id));
      const violated = run.verdicts.filter(({ verdict }) => verdict === 'violated');
      expect([path, ...broken.sort()]).toEqual([
        path,
        ...violated.map(({ clause }) => String(clause)).sort(),
      ]);
    }
  });
});
