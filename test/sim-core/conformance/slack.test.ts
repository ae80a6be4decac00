import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import { slackOf } from '../../../sim-core/conformance/slack-of-run.ts';
import type { TraceRecord } from '../../../sim-core/kernel/trace-record.ts';
import type { FaultSetting } from '../../../sim-core/scenario/scenario.ts';
import { figure, shipped, told, type Told } from '../../support/scenarios.ts';

const scenarios = [
  figure(),
  shipped('application-server-mode/n-05-client-b-answers-in-180'),
  shipped('continue/c-04-application-server-mode'),
  shipped('gateway-mode/ring-stops-at-the-answer'),
];
const runs = scenarios.map((scenario) => ({ scenario, run: told(scenario) }));

/**
 * Timers that a packet's arrival stopped: only such a margin can be used up on a link. Longer ones
 * than a second are left out, for meanwhile the call goes on, and something else stops them.
 */
const cases = runs.flatMap(({ scenario, run }) =>
  slackOf(run.header, run.records).flatMap((slack) => {
    const [stopped, started] = slack.records.map((number) => run.records[number - 1]);
    const cause = run.records[(stopped?.cause ?? 0) - 1];
    if (slack.kind !== 'timer' || started?.kind !== 'timer started') return [];
    if (slack.slack > 1_000_000) return [];
    return cause?.kind === 'received' ? [{ scenario, run, slack, started, arrival: cause }] : [];
  }),
);

/** The faults that make the link of a packet slower, from that packet on. */
function slower(
  run: Told,
  arrival: TraceRecord & { kind: 'received' },
  by: number,
): FaultSetting[] {
  const sent = run.records[arrival.sent - 1];
  if (sent === undefined) throw new Error('an arrival without its departure');
  const nameOf = (id: number) => run.header.nodes[id]?.name ?? null;
  const before = run.records.filter(
    (one) =>
      one.kind === 'sent' &&
      one.number < sent.number &&
      one.at === sent.at &&
      one.node === sent.node &&
      one.to === arrival.node,
  ).length;
  const link = {
    does: { kind: 'delay', by: micros(by) },
    message: 'everything',
    from: nameOf(sent.node),
    to: nameOf(arrival.node),
  } as const;
  const next = micros(sent.at + 1);
  return [
    { ...link, occurrences: [before + 1], during: { from: sent.at, until: next } },
    { ...link, occurrences: [], during: { from: next, until: run.live.now() } },
  ];
}

describe('slack', () => {
  it('is sorted, the least first, and tells timers and orders', () => {
    for (const { run } of runs) {
      const all = slackOf(run.header, run.records);
      expect(all.map(({ slack }) => slack)).toEqual(
        all.map(({ slack }) => slack).toSorted((a, b) => a - b),
      );
      expect(all.some(({ kind }) => kind === 'order')).toBe(true);
      expect(all.every(({ slack }) => slack >= 0)).toBe(true);
    }
  });

  it('knows by how much the figure kept its order, at the place where the records say', () => {
    const [first] = runs;
    const { header, records } = first?.run ?? told(figure());
    const update = slackOf(header, records).find(({ clause }) => clause === 'CON-SRV-08');
    const [answer, ok] = (update?.records ?? []).map((number) => records[number - 1]);
    expect(answer).toMatchObject({ kind: 'received', packet: { label: '200' } });
    expect(ok).toMatchObject({ kind: 'sent', packet: { label: '200' } });
    expect((ok?.at ?? 0) - (answer?.at ?? 0)).toBe(update?.slack);
  });

  it('used up, and a microsecond more, lets the timer fire; a microsecond less does not', () => {
    expect(cases.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.nat({ max: cases.length - 1 }), (place) => {
        const { scenario, run, slack, started, arrival } = cases[place]!;
        const fires = (by: number): boolean => {
          const faults = [...slower(run, arrival, by), ...scenario.faults];
          return told({ ...scenario, faults }).records.some(
            (record) =>
              record.kind === 'timer fired' &&
              record.node === started.node &&
              record.timer === started.timer &&
              record.at === started.firesAt,
          );
        };
        expect(fires(slack.slack + 1), `${started.timer} with one more`).toBe(true);
        expect(fires(slack.slack - 1), `${started.timer} with one less`).toBe(false);
        expect(fires(slack.slack), `${started.timer} at the very instant`).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});
