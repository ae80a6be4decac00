import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import { slackOf } from '../../../sim-core/conformance/slack-of-run.ts';
import type { Slack } from '../../../sim-core/conformance/slack.ts';
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

type Arrival = TraceRecord & { kind: 'received' };
type Started = TraceRecord & { kind: 'timer started' };

/** Timers that a packet's arrival stopped: only such a margin can be used up on a link. */
const timers = runs.flatMap(({ scenario, run }) =>
  slackOf(run.header, run.records).flatMap((slack) => {
    const [stopped, started] = slack.records.map((number) => run.records[number - 1]);
    const arrival = run.records[(stopped?.cause ?? 0) - 1];
    if (started?.kind !== 'timer started' || arrival?.kind !== 'received') return [];
    return [{ scenario, run, slack, started, arrival }];
  }),
);

/**
 * Orders whose first message has to arrive; the second leaves, or arrives, elsewhere. Of those that
 * one message is the first of, the tightest: beyond it the call goes another way.
 */
const orders = runs.flatMap(({ scenario, run }) => {
  const all = slackOf(run.header, run.records).filter(({ kind }) => kind === 'order');
  return all.flatMap((slack) => {
    const [first] = slack.records;
    const arrival = run.records[first - 1];
    const isTightest = all.every((one) => one.records[0] !== first || one.slack >= slack.slack);
    if (!isTightest || arrival?.kind !== 'received') return [];
    return [{ scenario, run, slack, arrival }];
  });
});

/** The faults that make the link of a packet slower, from that packet on. */
function slower(run: Told, arrival: Arrival, by: number): FaultSetting[] {
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

  it('of a timer, used up and a microsecond more, is too late; a microsecond less is not', () => {
    expect(timers.length).toBeGreaterThan(40);
    expect(timers.some(({ slack }) => slack.slack > 10_000_000)).toBe(true);
    fc.assert(
      fc.property(fc.nat({ max: timers.length - 1 }), (place) => {
        const { scenario, run, slack, started, arrival } = timers[place]!;
        const after = (by: number) => {
          const faults = [...slower(run, arrival, by), ...scenario.faults];
          return endOf(told({ ...scenario, faults }), started, run, arrival);
        };
        const name = `${started.timer} of ${slack.slack}`;
        expect(after(slack.slack + 1), `${name} with one more`).not.toBe('stopped by it');
        // While a long one runs the call goes on, and something else may stop it before.
        const prompt = slack.slack <= 1_000_000 ? ['fired'] : ['fired', 'stopped otherwise'];
        expect(prompt, `${name} with one more`).toContain(after(slack.slack + 1));
        expect(after(slack.slack - 1), `${name} with one less`).not.toBe('fired');
        expect(after(slack.slack), `${name} at the very instant`).not.toBe('fired');
      }),
      { numRuns: 25 },
    );
  });

  it('of an order, used up, moves what waited; a microsecond less keeps the order', () => {
    expect(new Set(orders.map(({ slack }) => slack.clause)).size).toBeGreaterThan(8);
    fc.assert(
      fc.property(fc.nat({ max: orders.length - 1 }), (place) => {
        const { scenario, run, slack, arrival } = orders[place]!;
        const alike = (all: readonly Slack[]) =>
          all
            .filter(({ what, clause }) => what === slack.what && clause === slack.clause)
            .toSorted((one, other) => one.at - other.at);
        const nth = alike(slackOf(run.header, run.records)).findIndex(({ at }) => at === slack.at);
        const after = (by: number) => {
          const faults = [...slower(run, arrival, by), ...scenario.faults];
          const { header, records } = told({ ...scenario, faults });
          return alike(slackOf(header, records))[nth];
        };
        const name = `${slack.clause}: ${slack.what}`;
        const late = after(slack.slack + 1);
        expect(late === undefined || late.at > slack.at, `${name} with one more`).toBe(true);
        const kept = slack.slack === 0 ? slack : after(slack.slack - 1);
        expect(kept?.slack ?? -1, `${name} with one less`).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 15 },
    );
  });
});

/** What became of a timer in another run of the same call. */
function endOf(
  { records }: Told,
  { node, timer, at }: Started,
  before: Told,
  arrival: Arrival,
): 'fired' | 'stopped by it' | 'stopped otherwise' | 'runs on' {
  const isIt = (one: TraceRecord): boolean =>
    'timer' in one && one.node === node && one.timer === timer;
  const start = records.findIndex(
    (one) => one.kind === 'timer started' && one.at === at && isIt(one),
  );
  const end = records.slice(start + 1).find(isIt);
  if (end === undefined) return 'runs on';
  if (end.kind === 'timer fired') return 'fired';
  const cause = records[end.cause - 1];
  if (cause?.kind !== 'received') return 'stopped otherwise';
  const [was, is] = [before.records[arrival.sent - 1], records[cause.sent - 1]];
  const same = was?.at === is?.at && arrival.packet.label === cause.packet.label;
  return same ? 'stopped by it' : 'stopped otherwise';
}
