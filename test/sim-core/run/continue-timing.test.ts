import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Scenario } from '../../../sim-core/index.ts';
import {
  drops,
  figure,
  shipped,
  told,
  withFaults,
  withLatencies,
  withProcessing,
  type Told,
} from '../../support/scenarios.ts';

/** Spec §5.3, in µs: what the Continue flow of the figure costs. */
function formulas(dA: number, dB: number, dR: number, p: number) {
  return {
    ackDelay: 2 * dB + 4 * dA + 5 * p,
    answerLag: 3 * dB + 3 * dA + 2 * dR + 7 * p,
    mixEffective: 3 * dB + 4 * dA + 3 * dR + 10 * p,
  };
}

/** The same, read off a run. */
function measured(run: Told) {
  const sent = (text: string, from: string, to: string) => run.messages(text, from, to)[0];
  const answer = sent('200 (INVITE)', 'client-b', 'cmr-server')?.sentAt ?? NaN;
  const reinvited = sent('200 (re-INVITE)', 'client-b', 'cmr-server')?.sentAt ?? NaN;
  const lastAck = run.messages('ACK', 'cmr-server', 'client-b')[1]?.arrivesAt ?? NaN;
  const confirmed = sent('200 (INVITE)', 'cmr-server', 'client-a')?.arrivesAt ?? NaN;
  const mixing = run.records.find(
    (record) => record.kind === 'note' && record.note.kind === 'mixing',
  );
  return {
    ackDelay: lastAck - reinvited,
    answerLag: confirmed - answer,
    mixEffective: (mixing?.at ?? NaN) - answer,
  };
}

describe('Continue, to the microsecond', () => {
  it('290 ms ACK delay, 330 ms answerLag, 410 ms to mix for 40/40/10/10', () => {
    const found = measured(told(figure()));
    expect(found).toEqual({ ackDelay: 290_000, answerLag: 330_000, mixEffective: 410_000 });
    expect(found).toEqual(formulas(40_000, 40_000, 10_000, 10_000));
  });

  it('holds for any latencies and processing time below the timers', () => {
    const length = fc.integer({ min: 1, max: 40_000 });
    fc.assert(
      fc.property(length, length, length, fc.nat(20_000), (a, b, r, p) => {
        const scenario = withProcessing(withLatencies(figure(), { a, b, r }), p);
        expect(measured(told(scenario))).toEqual(formulas(a, b, r, p));
      }),
      { numRuns: 60 },
    );
  });

  it('acknowledges the re-INVITE at once where SW-REINV-ACK says so: 90 ms', () => {
    const switches = { 'SW-REINV-ACK': 'immediate' };
    const scenario: Scenario = { ...figure(), switches };
    expect(measured(told(scenario)).ackDelay).toBe(90_000);
  });

  it('without Continue takes 190 ms to the 200 (spec §5.3, GW)', () => {
    const run = told(shipped('gateway-mode/ring-stops-at-the-answer'));
    expect(measured(run).answerLag).toBe(190_000);
  });

  it('rings 150 ms after the 180 of Client-B (spec §5.3, ring start in GW)', () => {
    const run = told(figure());
    const [ringing] = run.messages('180 Ringing', 'client-b', 'cmr-server');
    const heard = run.records.find(
      (record) =>
        record.kind === 'note' &&
        record.note.kind === 'hears' &&
        record.note.sources.length > 0 &&
        record.note.sources[0]?.source === 'ringing-7',
    );
    expect((heard?.at ?? 0) - (ringing?.sentAt ?? 0)).toBe(150_000);
  });
});

describe('the readings of Continue, to the microsecond (spec §5.3)', () => {
  const length = fc.integer({ min: 1, max: 40_000 });
  const holds = (
    path: string,
    switches: Scenario['switches'],
    wanted: (...of: Parameters<typeof formulas>) => ReturnType<typeof formulas>,
  ) => {
    const base = { ...shipped(path), switches };
    fc.assert(
      fc.property(length, length, length, fc.nat(20_000), (a, b, r, p) => {
        const scenario = withProcessing(withLatencies(base, { a, b, r }), p);
        expect(measured(told(scenario))).toEqual(wanted(a, b, r, p));
      }),
      { numRuns: 30 },
    );
  };

  it('an ACK that is not held back reaches Client-B after 2·dB + p', () => {
    holds('continue/c-01-voice-alone', { 'SW-REINV-ACK': 'immediate' }, (a, b, r, p) => ({
      ...formulas(a, b, r, p),
      ackDelay: 2 * b + p,
    }));
  });

  it('Application Server Mode takes as long where Client-A has its answer', () => {
    holds('continue/c-04-application-server-mode', {}, formulas);
  });

  it('answer-first takes 2·dA + 2·p more', () => {
    holds('continue/c-05-answer-before-the-update', {}, (a, b, r, p) => {
      const { ackDelay, answerLag, mixEffective } = formulas(a, b, r, p);
      const more = 2 * a + 2 * p;
      return {
        ackDelay: ackDelay + more,
        answerLag: answerLag + more,
        mixEffective: mixEffective + more,
      };
    });
  });
});

describe('needless 200 by hop latency (spec §5.3)', () => {
  // Hop latency in ms, ACK delay in ms, how often Client-B sends its 200 again.
  it.each([
    [10, 110, 0],
    [20, 170, 0],
    [40, 290, 0],
    [60, 410, 0],
    [75, 500, 0],
    [80, 530, 1],
    [100, 650, 1],
    [150, 950, 1],
    [250, 1_550, 2],
  ])('%i ms a hop: the ACK comes after %i ms, %i sent again', (hop, ackDelay, again) => {
    const d = hop * 1_000;
    const run = told(withLatencies(figure(), { a: d, b: d }));
    const answers = run.messages('200 (re-INVITE)', 'client-b', 'cmr-server');
    const acks = run.messages('ACK', 'cmr-server', 'client-b');
    const ack = acks.find(({ packet }) => 'cseq' in packet && isSecond(packet));
    expect((ack?.arrivesAt ?? 0) - (answers[0]?.sentAt ?? 0)).toBe(ackDelay * 1_000);
    expect(answers.length - 1).toBe(again);
  });

  it('begins 1 µs above the tie at 75 ms', () => {
    const at = (d: number) =>
      told(withLatencies(figure(), { a: d, b: d })).messages(
        '200 (re-INVITE)',
        'client-b',
        'cmr-server',
      ).length;
    expect([at(75_000), at(75_001)]).toEqual([1, 2]);
  });
});

describe('the ring’s last ACK lost (spec LS-12)', () => {
  it('is sent again for the repeated 200', () => {
    const lost = withFaults(figure(), drops('ACK', 'cmr-server', 'client-b', [2]));
    const run = told(lost);
    expect(run.messages('200 (re-INVITE)', 'client-b', 'cmr-server')).toHaveLength(2);
    const acks = run.messages('ACK', 'cmr-server', 'client-b');
    expect(acks.map(({ lost: gone }) => gone)).toEqual([false, true, false]);
  });
});

function isSecond(packet: { readonly cseq?: unknown }): boolean {
  const { cseq } = packet;
  return typeof cseq === 'object' && cseq !== null && 'number' in cseq && cseq.number === 2;
}
