import { describe, expect, test } from 'vitest';

import { judgeCall, oracles } from '../../../sim-core/conformance/oracles/index.ts';
import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { clausesWith, judged } from './judging.ts';
import { byHttp, earlyRingback, earlyRingTone } from './reference-early-sessions.ts';
import { downgraded, legALost, legBLost } from './failure-branches.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { getOfMelody } from '../../support/http-packets.ts';

const deliveryClauses = oracles[0]?.clauses ?? [];
const flowClauses = oracles[2]?.clauses ?? [];

/** Not of the other two modes, which these calls have nothing to do with. */
function ofGatewayMode(id: string): boolean {
  return !/^DEL-(?:AS|HTTP)-/.test(id);
}

describe('the reference sequences (spec §1.6)', () => {
  test('REF-CON-GW satisfies every clause it touches', () => {
    const verdicts = judged(continueCall().build());
    expect(clausesWith(verdicts, 'not exercised').filter(ofGatewayMode)).toEqual([
      'DEL-GW-SRV-06',
      'CON-GEN-04',
      'CON-SRV-02',
      'CON-CMRT-01',
    ]);
    expect(clausesWith(verdicts, 'satisfied')).toHaveLength(32);
    expect(verdicts['DEL-GW-SRV-06']?.says).toContain('GAP-01');
  });

  test('REF-GW-BT satisfies all of delivery, and nothing of Continue applies', () => {
    const verdicts = judged(stopCall().build());
    expect(clausesWith(verdicts, 'satisfied')).toEqual([
      ...deliveryClauses,
      'CON-GEN-01',
      'CON-GEN-02',
      'CON-GEN-03',
      'CON-SRV-01',
      'CON-SRV-02',
    ]);
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
  });

  test.each([
    ['REF-AS-BT', earlyRingback, 8],
    ['REF-AS-RT', earlyRingTone, 7],
    ['REF-HTTP-BT and REF-HTTP-RT', byHttp, 6],
  ] as const)('%s satisfies what it touches of its mode', (_name, call, count) => {
    const verdicts = judged(call().build());
    const own = (id: string) => !ofGatewayMode(id);
    expect(clausesWith(verdicts, 'violated').filter(own)).toEqual([]);
    expect(clausesWith(verdicts, 'inconclusive').filter(own)).toEqual([]);
    expect(clausesWith(verdicts, 'satisfied').filter(own)).toHaveLength(count);
  });

  test('after a refusal the ring stops, and nothing is decided or switched over', () => {
    const verdicts = judged(rejectedCall().build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['DEL-GW-SRV-06']?.verdict).toBe('satisfied');
    expect(verdicts['DEL-GW-SRV-07']?.says).toContain('refused with 486');
    expect(verdicts['CON-SRV-01']?.says).toContain('GAP-02');
  });

  test('each verdict comes with one sentence, and evidence that lies in the trace', () => {
    const trace = continueCall().build();
    for (const { clause, verdict, evidence, says } of Object.values(judged(trace))) {
      expect(says, clause).toMatch(/^[A-Z].*\.$/);
      expect(evidence.length > 0, clause).toBe(verdict !== 'not exercised');
      expect(
        [...evidence].sort((a, b) => a - b),
        clause,
      ).toEqual(evidence);
      for (const number of evidence) expect(trace.records[number - 1]?.number).toBe(number);
    }
  });

  test('evidence and sentence say what was seen', () => {
    const trace = continueCall().build();
    const verdict = judged(trace)['FLOW-CON-10'];
    expect(verdict?.says).toBe(
      'The ACK for the re-INVITE left at 5\u2009400 ms and reached Client-B 290 ms after its ' +
        '200 had left.',
    );
    expect(verdict?.evidence).toEqual(
      [
        trace.record('B 200 re-INVITE'),
        trace.arrival('B 200 re-INVITE'),
        trace.record('A ACK'),
        trace.arrival('A ACK'),
        trace.record('S ACK re-INVITE'),
        trace.arrival('S ACK re-INVITE'),
      ].sort((a, b) => a - b),
    );
  });
});

describe('at every point of a correct run', () => {
  const calls: readonly (readonly [string, () => TraceBuilder])[] = [
    ['Continue', continueCall],
    ['stop', stopCall],
    ['refusal', rejectedCall],
  ];

  test.each(calls)('%s: nothing is violated, and what is satisfied stays so', (_name, call) => {
    const { header, records } = call().build();
    let before = new Set<string>();
    for (const [index, record] of records.entries()) {
      const soFar = records.slice(0, index + 1);
      for (const ended of [null, 'time limit', 'event limit'] as const) {
        const verdicts = judgeCall(callIn(header, soFar, ended));
        const violated = verdicts.filter((one) => one.verdict === 'violated');
        expect(violated, `after record ${record.number}`).toEqual([]);
        const satisfied = verdicts.filter((one) => one.verdict === 'satisfied');
        const now = new Set<string>(satisfied.map((one) => one.clause));
        const lost = [...before].filter((one) => !now.has(one));
        expect(lost, `after record ${record.number}`).toEqual([]);
        before = now;
      }
    }
  });

  test('a step is satisfied no earlier than its record', () => {
    const trace = continueCall().build();
    const { header, records } = trace;
    const begun = new Map<string, number>();
    for (const [index, record] of records.entries()) {
      const call = callIn(header, records.slice(0, index + 1), null);
      for (const { clause, verdict } of judgeCall(call)) {
        if (verdict === 'satisfied' && !begun.has(clause)) begun.set(clause, record.number);
      }
    }
    const moments = {
      'FLOW-CON-01': trace.record('decision'),
      'FLOW-CON-02': trace.record('S ACK'),
      'FLOW-CON-03': trace.record('allocate conference'),
      'FLOW-CON-04': trace.record('S re-INVITE'),
      'FLOW-CON-05': trace.arrival('B 200 re-INVITE'),
      'FLOW-CON-06': trace.record('S UPDATE'),
      'FLOW-CON-07': trace.arrival('A 200 UPDATE'),
      'FLOW-CON-08': trace.record('S 200'),
      'FLOW-CON-09': trace.arrival('A ACK'),
      'FLOW-CON-10': trace.record('S ACK re-INVITE'),
      'FLOW-CON-11': trace.record('mix'),
    };
    expect(Object.fromEntries(flowClauses.map((id) => [id, begun.get(id)]))).toEqual(moments);
  });
});

describe('a run that breaks off', () => {
  test('leaves what was about to happen inconclusive', () => {
    const verdicts = judged(continueCall().until(5_299).build(), 'time limit');
    expect(verdicts['CON-SRV-08']?.verdict).toBe('inconclusive');
    expect(verdicts['CON-SRV-08']?.says).toContain('the record ends at 5\u2009290 ms');
    expect(verdicts['FLOW-CON-09']?.verdict).toBe('not exercised');
  });

  test('finds the same missing when nothing more can happen', () => {
    const verdicts = judged(continueCall().until(5_299).build(), 'quiet');
    expect(verdicts['CON-SRV-08']?.verdict).toBe('violated');
    expect(verdicts['CON-SRV-03']?.verdict).toBe('violated');
  });

  test('finds it missing too when the time for it has passed', () => {
    const trace = continueCall().until(5_299).timer('S', 'L z9hG4bK', 6_000, 'later');
    expect(judged(trace.build(), 'time limit')['CON-SRV-08']?.verdict).toBe('violated');
  });

  test('before the answer exercises nothing of Continue', () => {
    const verdicts = judged(continueCall().until(4_000).build(), 'time limit');
    const touched = Object.values(verdicts).filter((one) => one.verdict !== 'not exercised');
    expect(touched.map((one) => one.clause).filter((id) => !id.startsWith('DEL-GW'))).toEqual([]);
  });
});

describe('what comes between', () => {
  const cancelled = (at: number) =>
    legALost(
      continueCall()
        .until(at)
        .sip('A', 'S', 'CANCEL', { at: at - 40, arrives: at, like: 'A INVITE' }),
      at + 10,
    );

  test.each([5_055, 5_095, 5_195, 5_295])('a CANCEL at %i ms excuses the rest', (at) => {
    const verdicts = judged(cancelled(at).build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['CON-SRV-03']?.says).toContain("Client-A's CANCEL arrived");
    expect(verdicts['CON-SRV-08']?.verdict).toBe('not exercised');
  });

  test('a CANCEL long after a duty was due does not', () => {
    const trace = continueCall()
      .until(5_299)
      .sip('A', 'S', 'CANCEL', { at: 7_000, arrives: 7_040, like: 'A INVITE' });
    expect(judged(trace.build())['CON-SRV-08']?.verdict).toBe('violated');
  });

  test("Client-B's BYE excuses the UPDATE", () => {
    const trace = continueCall().until(5_195).sip('B', 'S', 'BYE', { at: 5_155, arrives: 5_194 });
    const verdicts = judged(legBLost(trace, 5_204).build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['FLOW-CON-06']?.says).toContain("Client-B's BYE");
  });

  test('a conference that is refused excuses the re-INVITE', () => {
    const trace = continueCall()
      .without('allocate conference reply')
      .until(5_099)
      .reply(
        'allocate conference',
        { kind: 'refused', why: 'no ports' },
        { at: 5_080, arrives: 5_090 },
      );
    const verdicts = judged(downgraded(trace, 5_100).build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['CON-SRV-05']?.verdict).toBe('satisfied');
    expect(verdicts['CON-SRV-03']?.says).toContain('refusal to allocate a conference');
  });

  test('a server that waits for ever neither continues nor gives up', () => {
    const waiting = continueCall().without('allocate conference reply').until(5_095);
    const verdicts = judged(waiting.build());
    expect(clausesWith(verdicts, 'violated')).toEqual(['CON-SRV-03']);
    expect(verdicts['CON-SRV-03']?.says).toContain('did not give up either');
    expect(clausesWith(judged(waiting.build(), 'time limit'), 'violated')).toEqual([]);
    downgraded(waiting, 6_070);
    expect(clausesWith(judged(waiting.build()), 'violated')).toEqual([]);
  });

  test('a refused re-INVITE or UPDATE excuses what would have followed', () => {
    const reinvite = continueCall()
      .without('B 200 re-INVITE')
      .until(5_155)
      .sip('B', 'S', 488, { at: 5_150, arrives: 5_190, answers: 'S re-INVITE' });
    downgraded(reinvite, 5_200);
    expect(clausesWith(judged(reinvite.build()), 'violated')).toEqual([]);
    expect(judged(reinvite.build())['FLOW-CON-05']?.says).toContain('488 to the re-INVITE');
    const update = continueCall()
      .without('A 200 UPDATE')
      .until(5_255)
      .sip('A', 'S', 488, { at: 5_250, arrives: 5_290, answers: 'S UPDATE' });
    const verdicts = judged(downgraded(update, 5_300, 3).build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['CON-SRV-08']?.says).toContain('GAP-26');
  });

  test('a re-INVITE refused with 491 and sent again is judged by the one accepted', () => {
    const trace = continueCall()
      .sip(
        'S',
        'B',
        'INVITE',
        { at: 5_095, arrives: 5_135, cseq: 9, sdp: null },
        'S early re-INVITE',
      )
      .sip('B', 'S', 491, { at: 5_136, arrives: 5_140, answers: 'S early re-INVITE' });
    const verdicts = judged(trace.build());
    expect(verdicts['CON-SRV-06']?.verdict).toBe('satisfied');
    expect(verdicts['FLOW-CON-05']?.verdict).toBe('satisfied');
  });

  test('lost messages that are sent again change no verdict', () => {
    const usual = judged(continueCall().build());
    const trace = continueCall()
      .change('S UPDATE', { arrives: null, again: [{ at: 5_700, arrives: 5_740 }] })
      .shift('A 200 UPDATE', 5_750)
      .shift('S 200', 5_800)
      .shift('A ACK', 5_850)
      .shift('S ACK re-INVITE', 5_900)
      .shift('mix', 5_900)
      .shift('mix reply', 5_920)
      .shift('mixture', 5_920);
    const after = judged(trace.build());
    for (const [id, one] of Object.entries(usual)) expect(after[id]?.verdict, id).toBe(one.verdict);
  });
});

describe('where delivery does not apply', () => {
  test('the Resource Server refuses: a plain response is right', () => {
    const trace = stopCall()
      .without('reserve reply', 'play', 'play reply', 'ring audio', 'ring video')
      .without('A perceives ring audio', 'A perceives ring video', 'stop', 'stop reply')
      .without('S UPDATE', 'A 200 UPDATE')
      .reply('reserve', { kind: 'refused', why: 'no such resource' }, { at: 270, arrives: 280 })
      .change('S 180', { sdp: null, headers: {} })
      .shift('S 200', 5_060)
      .without('decision');
    const verdicts = judged(trace.build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['DEL-GW-SRV-01']?.says).toBe(
      'The Resource Server refused the ring: no such resource.',
    );
  });

  test('a plain relay is judged by no delivery clause but the one on the client', () => {
    const trace = stopCall()
      .without('procedure', 'reserve', 'reserve reply', 'play', 'play reply', 'decision')
      .without('stop', 'stop reply', 'S UPDATE', 'A 200 UPDATE')
      .change('S 180', { sdp: null, headers: {} });
    const built = trace.build();
    const verdicts = judged({ ...built, header: { ...built.header, mode: 'none' } });
    expect(clausesWith(verdicts, 'satisfied')).toEqual(['DEL-GW-CLI-01']);
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
  });

  test('HTTP Mode without anything of Continue is right', () => {
    const trace = stopCall()
      .without('S UPDATE', 'A 200 UPDATE')
      .packet('A', 'R', getOfMelody, { at: 400, arrives: 440 }, 'A GET');
    expect(judged(trace.build())['CON-GEN-04']?.verdict).toBe('satisfied');
  });

  test('Client-B answers before the provisional response could be forwarded (GAP-36)', () => {
    const trace = stopCall()
      .shift('B 200', 265)
      .without('S 180', 'A PRACK', 'S 200 PRACK', 'play', 'play reply', 'ring audio', 'ring video')
      .without('stop', 'stop reply', 'decision', 'A perceives ring audio', 'A ringback')
      .without('S UPDATE', 'A 200 UPDATE')
      .shift('S ACK', 315);
    expect(clausesWith(judged(trace.build()), 'violated')).toEqual([]);
  });
});
