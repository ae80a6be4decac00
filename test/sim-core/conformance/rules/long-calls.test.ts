import { describe, expect, test } from 'vitest';

import { readScenario } from '../../../../sim-core/authoring.ts';
import { newFindings } from '../../../../sim-core/conformance/rules/findings.ts';
import { rules } from '../../../../sim-core/conformance/rules/index.ts';
import { observeTrace } from '../../../../sim-core/conformance/rules/observe-trace.ts';
import type { TraceRecord } from '../../../../sim-core/kernel/trace-record.ts';
import { runScenario } from '../../../../sim-core/run/run-scenario.ts';
import { longCall } from '../../../support/long-call.ts';

/** How often each rule looks at something in a message of the call, by the name of the rule. */
function looksOf(text: string): Map<string, number> {
  const { scenario } = readScenario(text, 'long.cmr.yaml');
  if (scenario === null) throw new Error('the scenario cannot be read');
  const { header, records, ended, endedAt } = runScenario(scenario, { engine: 'test' });
  let looks = 0;
  const watched = new Map<object, object>();
  const watch = <Message extends object>(message: Message): Message => {
    const known = watched.get(message);
    // What is kept under a message is that message, watched.
    if (known !== undefined) return known as Message;
    const fresh = new Proxy(message, {
      get(target, property): unknown {
        looks += 1;
        return Reflect.get(target, property);
      },
    });
    watched.set(message, fresh);
    return fresh;
  };
  const seen = observeTrace(
    header,
    records.map((one): TraceRecord =>
      'packet' in one ? { ...one, packet: watch(one.packet) } : one,
    ),
    ended,
    endedAt,
  );
  const counts = new Map<string, number>();
  const found = newFindings();
  for (const { id, judge } of rules) {
    looks = 0;
    judge(seen, found);
    counts.set(id, looks);
  }
  return counts;
}

describe('judging a call that lasts', () => {
  test.each([
    { deeds: ['resume', 'hold'], what: 're-INVITEs' },
    { deeds: ['update', 're-invite'], what: 're-INVITEs and UPDATEs' },
  ])('twice as many $what are looked at twice as often, by each rule', ({ deeds }) => {
    const [short, long] = [looksOf(longCall(deeds, 20)), looksOf(longCall(deeds, 40))];
    const growing = [...short].flatMap(([id, looks]) => {
      const more = (long.get(id) ?? 0) / Math.max(looks, 1);
      // A search by halves takes one step more.
      return more > 2.2 ? [`${id}: ${more}`] : [];
    });
    expect(growing).toEqual([]);
  });
});
