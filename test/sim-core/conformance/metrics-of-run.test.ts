import { describe, expect, test } from 'vitest';

import { measurable, metricsOf } from '../../../sim-core/conformance/metrics-of-run.ts';
import type { Metrics } from '../../../sim-core/conformance/metrics.ts';
import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import { warningsOf } from '../../../sim-core/conformance/warnings-of-run.ts';
import { hearsIntervals } from '../../../sim-core/trace/hears-intervals.ts';
import { traceBuilder, type BuiltTrace, type TraceBuilder } from '../../support/trace-builder.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { ring } from './reference-media.ts';

/** The run's metrics; times in ms. */
function measured(trace: TraceBuilder, endedAt = 10_000): Record<keyof Metrics, number | null> {
  const { header, records, endedAt: until } = trace.build(endedAt);
  const call = callIn(header, records, 'quiet');
  const metrics = metricsOf(measurable(call, () => hearsIntervals(header, records, until), until));
  const inMs = (value: number | null) => (value === null ? null : value / 1_000);
  return {
    SRD: inMs(metrics.SRD),
    ringStart: inMs(metrics.ringStart),
    defaultRingLeak: inMs(metrics.defaultRingLeak),
    deadAir: inMs(metrics.deadAir),
    ringTail: inMs(metrics.ringTail),
    answerLag: inMs(metrics.answerLag),
    contGap: inMs(metrics.contGap),
    preAnswerLoss: inMs(metrics.preAnswerLoss),
    cutThroughAB: inMs(metrics.cutThroughAB),
    cutThroughBA: inMs(metrics.cutThroughBA),
    wasted2xx: metrics.wasted2xx,
    slowLegRetransmissions: metrics.slowLegRetransmissions,
  };
}

function codes({ header, records }: BuiltTrace): string[] {
  return warningsOf(callIn(header, records, 'quiet'), records).map((one) => one.code);
}

describe('the call of spec §5.3: hops of 40, 40 and 10 ms, 10 ms of processing', () => {
  test('Continue', () => {
    // INVITE leaves at 10, 180 arrives at 330; ring heard at 350, Client-B's 180 arrived at 240.
    // Answer leaves at 5 010, 200 arrives at Client-A at 5 340. Direct voice is heard from 5 090
    // to 5 230; what leaves from 5 150 on is mixed if it reaches the mixer by 5 420, 40 ms later.
    expect(measured(continueCall())).toEqual({
      SRD: 320,
      ringStart: 110,
      defaultRingLeak: 20,
      deadAir: 0,
      ringTail: 120,
      answerLag: 330,
      contGap: 0,
      preAnswerLoss: 230,
      cutThroughAB: 450,
      cutThroughBA: 80,
      wasted2xx: 0,
      slowLegRetransmissions: 0,
    });
  });

  test("without Client-A rendering Client-B's direct voice, all until the mixer is lost", () => {
    const trace = continueCall().without('B voice direct', 'B voice direct ends');
    trace.without('A hears B directly', 'A hears the ring alone');
    // 410 ms from the 200 to the mixer's start (spec §5.3), less 40 ms on the way to it.
    expect(measured(trace)).toMatchObject({ preAnswerLoss: 370, cutThroughBA: 450, deadAir: 0 });
  });

  test('the ring stops: 190 ms until Client-A knows', () => {
    expect(measured(stopCall())).toMatchObject({
      answerLag: 190,
      deadAir: 0,
      ringTail: 0,
      contGap: null,
      preAnswerLoss: 0,
      cutThroughAB: null,
      cutThroughBA: 80,
    });
  });

  test('a refused call has a ring and no answer', () => {
    expect(measured(rejectedCall())).toEqual({
      SRD: 320,
      ringStart: 110,
      defaultRingLeak: 20,
      deadAir: null,
      ringTail: null,
      answerLag: null,
      contGap: null,
      preAnswerLoss: null,
      cutThroughAB: null,
      cutThroughBA: null,
      wasted2xx: 0,
      slowLegRetransmissions: 0,
    });
  });

  test('an empty trace has nothing to measure', () => {
    const nothing = measured(traceBuilder());
    expect(Object.values(nothing).filter((one) => one !== null)).toEqual([0, 0]);
  });
});

const mixtureAt = {
  at: 5_420,
  arrives: 5_460,
  cause: 'mix',
  stream: 'ring audio',
  fromPort: 50_010,
  toPort: 4_000,
};

describe('edges of the definitions', () => {
  test('a ring that falls silent before the mixture: contGap and deadAir', () => {
    const trace = continueCall()
      .without('B voice direct', 'B voice direct ends')
      .without('A hears B directly', 'A hears the ring alone')
      .hears('A', 'audio', [], 5_340, 'early session ends');
    expect(measured(trace)).toMatchObject({ contGap: 120, deadAir: 120, ringTail: 0 });
  });

  test('a mixture that begins before the voice has reached it: contGap ends with its ring', () => {
    const trace = continueCall()
      .without('A hears B directly', 'A hears the ring alone', 'A hears the mixture', 'mixture')
      .hears('A', 'audio', [], 5_340, 'early session ends')
      .rtp('R', 'A', 'audio', { ...mixtureAt, sources: [ring] }, 'ring in the mixture')
      .hears('A', 'audio', [ring], 5_460, 'A hears the ring again')
      .hears('A', 'audio', [ring, 'client-b'], 5_700, 'A hears both');
    // Ordered at 5 420, heard 40 ms later.
    expect(measured(trace)).toMatchObject({ contGap: 120 });
  });

  test('ring and voice apart: deadAir, and none of it counted as a tail', () => {
    const trace = stopCall()
      .without('A hears B directly', 'A hears B alone')
      .hears('A', 'audio', [], 5_120, 'silence')
      .hears('A', 'audio', ['client-b'], 5_200, 'voice');
    expect(measured(trace)).toMatchObject({ deadAir: 80, ringTail: 0, cutThroughBA: 190 });
  });

  test('a ring that goes on after the 200 until the voice comes: ringTail', () => {
    const trace = stopCall()
      .without('A hears B directly', 'A hears B alone')
      .hears('A', 'audio', ['client-b'], 5_260, 'voice');
    expect(measured(trace)).toMatchObject({ ringTail: 60, deadAir: 0 });
  });

  test('a tone of its own counts only from the arrival of the ring on', () => {
    const before = stopCall().hears('A', 'audio', ['ringback tone'], 200, 'early tone');
    expect(measured(before).defaultRingLeak).toBe(20);
    const again = stopCall()
      .hears('A', 'audio', ['ringback tone'], 1_000, 'tone again')
      .hears('A', 'audio', [ring], 1_250, 'ring again');
    expect(measured(again).defaultRingLeak).toBe(270);
  });

  test('no ring granted: no leak to speak of, however long the tone', () => {
    const trace = stopCall().change('S 180', { sdp: null, headers: {} });
    expect(measured(trace).defaultRingLeak).toBeNull();
  });

  test('a ring without sound starts and ends with its picture', () => {
    const trace = stopCall()
      .without('A perceives ring audio', 'A ringback', 'A hears B directly', 'A hears B alone')
      .hears('A', 'video', [], 5_120, 'picture ends')
      .hears('A', 'audio', ['client-b'], 5_170, 'voice');
    expect(measured(trace)).toMatchObject({ ringStart: 110, deadAir: 50 });
  });

  test('a ring for the called party alone starts where Client-B hears it', () => {
    const trace = stopCall()
      .without('A perceives ring audio', 'A perceives ring video', 'A ringback')
      .without('A hears B directly')
      .hears('B', 'audio', [ring], 400, 'B hears the ring');
    // Client-B's 180 reached the CMR Server at 240.
    expect(measured(trace)).toMatchObject({ ringStart: 160, ringTail: null, defaultRingLeak: 0 });
    const both = stopCall().hears('B', 'audio', [ring], 250, 'B hears the ring');
    expect(measured(both).ringStart).toBe(110);
  });

  test('100 Trying is no progress: SRD counts from the next response', () => {
    const trace = stopCall().shift('S 180', 900).without('A PRACK', 'S 200 PRACK');
    expect(measured(trace).SRD).toBe(930);
  });

  test('lost messages delay by what they delay', () => {
    const trace = stopCall().change('S 200', {
      arrives: null,
      again: [{ at: 5_660, arrives: 5_700 }],
    });
    expect(measured(trace)).toMatchObject({ answerLag: 690, wasted2xx: 0 });
  });
});

describe('needless retransmissions by hop latency (spec §5.3)', () => {
  test.each([
    { d: 10, delay: 110, sent: 0, wasted: 0, slow: 0 },
    { d: 20, delay: 170, sent: 0, wasted: 0, slow: 0 },
    { d: 40, delay: 290, sent: 0, wasted: 0, slow: 0 },
    { d: 60, delay: 410, sent: 0, wasted: 0, slow: 0 },
    { d: 75, delay: 500, sent: 0, wasted: 0, slow: 0 },
    { d: 80, delay: 530, sent: 1, wasted: 1, slow: 0 },
    { d: 100, delay: 650, sent: 1, wasted: 1, slow: 0 },
    { d: 150, delay: 950, sent: 1, wasted: 1, slow: 0 },
    { d: 250, delay: 1_550, sent: 2, wasted: 1, slow: 1 },
  ])('$d ms: ACK after $delay ms, $sent sent again', ({ d, delay, sent, wasted, slow }) => {
    const trace = continueCall({}, { dA: d, dB: d, dR: 10, p: 10 });
    const built = trace.build(20_000);
    const at = (record: number) => built.records[record - 1]?.at ?? 0;
    const waited = at(built.arrival('S ACK re-INVITE')) - at(built.record('B 200 re-INVITE'));
    expect(waited).toBe(delay * 1_000);
    const answers = built.records.filter(
      (one) => one.kind === 'sent' && one.packet === packetOf(built, 'B 200 re-INVITE'),
    );
    expect(answers).toHaveLength(1 + sent);
    const found = measured(trace, 20_000);
    expect(found).toMatchObject({ wasted2xx: wasted, slowLegRetransmissions: slow });
    expect(codes(built).includes('W-2XX-RETX')).toBe(wasted > 0);
  });

  test('250 ms with the immediate ACK: the leg is slow, and nothing is wasted', () => {
    const trace = continueCall(
      { 'SW-REINV-ACK': 'immediate' },
      { dA: 250, dB: 250, dR: 10, p: 10 },
    );
    const found = measured(trace, 20_000);
    expect(found).toMatchObject({ wasted2xx: 0, slowLegRetransmissions: 1 });
    expect(codes(trace.build())).not.toContain('W-2XX-RETX');
  });

  test('an ACK for the first 200 that waits for Client-A is wasteful too (GAP-44)', () => {
    const trace = stopCall({ 'SW-ACK-B-STOP': 'after-A-ack' })
      .shift('S ACK', 5_600)
      .change('B 200', { again: [{ at: 5_510, arrives: 5_550 }] });
    expect(measured(trace)).toMatchObject({ wasted2xx: 1 });
    expect(codes(trace.build())).not.toContain('W-2XX-RETX');
  });

  test('copies after a loss are neither', () => {
    const lostAnswer = continueCall().change('B 200', {
      arrives: null,
      again: [{ at: 5_510, arrives: 5_550 }],
    });
    expect(measured(lostAnswer)).toMatchObject({ wasted2xx: 0, slowLegRetransmissions: 0 });
    const lostAck = continueCall()
      .change('S ACK re-INVITE', { arrives: null, again: [{ at: 5_700, arrives: 5_740 }] })
      .change('B 200 re-INVITE', { again: [{ at: 5_650, arrives: 5_690 }] });
    expect(codes(lostAck.build())).not.toContain('W-2XX-RETX');
    // The ACK of step 10 was held back, but it would have been there had it not been lost.
    expect(measured(lostAck)).toMatchObject({ wasted2xx: 0, slowLegRetransmissions: 0 });
  });

  test('a response repeated because its request came again is not its own timer', () => {
    const trace = continueCall({}, { dA: 300, dB: 40, dR: 10, p: 10 });
    const { records } = trace.build();
    const updated = records.find((one) => one.kind === 'sent' && one.packet.label === 'UPDATE');
    const at = (updated?.at ?? 0) / 1_000;
    trace
      .change('S UPDATE', { again: [{ at: at + 500, arrives: at + 800 }] })
      .change('A 200 UPDATE', {
        again: [{ at: at + 810, arrives: at + 1_110, cause: 'S UPDATE' }],
      });
    expect(measured(trace, 20_000).slowLegRetransmissions).toBe(1);
  });
});

function packetOf(built: BuiltTrace, name: string) {
  const record = built.records[built.record(name) - 1];
  return record?.kind === 'sent' ? record.packet : null;
}
