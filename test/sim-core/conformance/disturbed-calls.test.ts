import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Metrics } from '../../../sim-core/conformance/metrics.ts';
import { runScenario } from '../../../sim-core/run/run-scenario.ts';
import { anyScenario } from '../../support/any-scenario.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { ofS } from './broken-call.ts';
import { downgraded, legALost, legBLost } from './failure-branches.ts';
import { clausesWith, judged } from './judging.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { ports, ring, sdp } from './reference-media.ts';

const violations = (trace: TraceBuilder) => clausesWith(judged(trace.build()), 'violated');
const verdictOf = (trace: TraceBuilder, clause: string) => judged(trace.build())[clause];

/** The duties that follow the conference, under both names, but for the one on step 10's ACK. */
const laterDuties = ['CON-SRV-06', 'CON-SRV-07', 'CON-SRV-08', 'CON-SRV-09'];
const laterSteps = ['FLOW-CON-04', 'FLOW-CON-06', 'FLOW-CON-08', 'FLOW-CON-09', 'FLOW-CON-11'];

/** Nothing is violated, these clauses are not exercised, and their sentences say why. */
function excuses(trace: TraceBuilder, clauses: readonly string[], why: string): void {
  const verdicts = judged(trace.build());
  expect(clausesWith(verdicts, 'violated')).toEqual([]);
  for (const id of clauses) {
    expect(verdicts[id], id).toMatchObject({ verdict: 'not exercised' });
    expect(verdicts[id]?.says, id).toContain(why);
  }
}

describe('the ring that reaches a client which has left (DEL-GW-CLI-02)', () => {
  /** The ring's audio arrives at 350 ms; whether anybody listens is written by the test. */
  const unheard = () =>
    rejectedCall()
      .without('A perceives ring audio', 'A perceives ring video')
      .without('B 486', 'S ACK', 'S 486', 'A ACK', 'stop', 'reject');
  const cancel = (at: number, cause?: string) =>
    legALost(
      unheard()
        .user('A', { kind: 'cancel' }, cause === undefined ? at : 200, 'give up')
        .sip('A', 'S', 'CANCEL', {
          at,
          arrives: at + 40,
          like: 'A INVITE',
          cause: cause ?? 'give up',
        }),
      at + 50,
    );

  test('asks nothing where the CANCEL had left before', () => {
    excuses(cancel(345), ['DEL-GW-CLI-02'], 'Client-A had cancelled by the time the ring');
  });

  test('asks nothing where the CANCEL had waited for the response with the ring (R-CAN-03)', () => {
    const waited = cancel(340, 'S 180').shift('ring audio', 285);
    excuses(waited, ['DEL-GW-CLI-02'], 'Client-A had cancelled by the time the ring');
  });

  test('asks nothing where another refusal or a BYE had come', () => {
    const refused = unheard()
      .sip('S', 'A', 504, { at: 300, arrives: 345, answers: 'A INVITE' })
      .command({ kind: 'stop' }, { at: 300, arrives: 310 });
    expect(verdictOf(refused, 'DEL-GW-CLI-02')?.says).toContain('Client-A had got 504');
    const ended = unheard().sip('S', 'A', 'BYE', { at: 300, arrives: 345, cseq: 2 });
    expect(verdictOf(ended, 'DEL-GW-CLI-02')?.says).toContain("the CMR Server's BYE");
    const left = unheard().sip('A', 'S', 'BYE', { at: 341, arrives: 381, cseq: 3 });
    expect(verdictOf(left, 'DEL-GW-CLI-02')?.says).toContain('Client-A had hung up');
  });

  test('asks nothing where no response had come within Timer B', () => {
    const late = unheard()
      .without('A PRACK', 'S 200 PRACK', 'A ringback', 'ring video')
      .change('S 100', { arrives: null })
      .change('S 180', { arrives: 32_100 })
      .shift('ring audio', 32_100);
    expect(verdictOf(late, 'DEL-GW-CLI-02')?.says).toContain('R-TX-04');
    late.change('S 100', { arrives: 110 });
    expect(verdictOf(late, 'DEL-GW-CLI-02')).toMatchObject({ verdict: 'violated' });
  });

  test('is still to be rendered where the client leaves later', () => {
    expect(violations(cancel(400))).toEqual(['DEL-GW-CLI-02']);
  });
});

describe('a conference that does not come about (GAP-26 a)', () => {
  const refused = () =>
    continueCall()
      .without('allocate conference reply')
      .until(5_085)
      .reply(
        'allocate conference',
        { kind: 'refused', why: 'no ports' },
        { at: 5_080, arrives: 5_090 },
      );
  const unanswered = () => continueCall().without('allocate conference reply').until(5_085);

  test('refused: the duties after it are not exercised', () => {
    const trace = downgraded(refused(), 5_100);
    excuses(trace, [...laterDuties, ...laterSteps], 'refusal to allocate a conference arrived');
    expect(verdictOf(trace, 'CON-SRV-03')).toMatchObject({ verdict: 'not exercised' });
    expect(verdictOf(trace, 'CON-SRV-05')?.says).toContain('and refused');
    expect(verdictOf(trace, 'DEL-GW-SRV-07')?.says).toContain('offers what Client-B accepted');
    expect(verdictOf(trace, 'DEL-GW-SRV-08')).toMatchObject({ verdict: 'satisfied' });
  });

  test('without a reply for 1 s: the same', () => {
    const why = 'had not replied about the conference by 6\u2009060 ms';
    excuses(downgraded(unanswered(), 6_060), [...laterDuties, ...laterSteps], why);
  });

  test('a reply that comes too late changes nothing', () => {
    const late = downgraded(unanswered(), 6_060).reply(
      'allocate conference',
      { kind: 'conference allocated', ports, able: sdp.able },
      { at: 6_090, arrives: 6_100 },
    );
    excuses(late, laterDuties, 'had not replied about the conference');
  });

  test('the server may not give up sooner than that', () => {
    const hasty = downgraded(unanswered(), 5_900);
    expect(violations(hasty)).toContain('CON-SRV-07');
  });

  test('the server may not go on as if it had been granted', () => {
    const trace = continueCall().without('allocate conference reply');
    trace.reply(
      'allocate conference',
      { kind: 'refused', why: 'no ports' },
      { at: 5_080, arrives: 5_090 },
    );
    expect(violations(trace)).toContain('CON-SRV-05');
    trace.without('B 200 re-INVITE', 'mix', 'mix reply', 'mixture', 'forwarded');
    expect(violations(trace)).toContain('CON-SRV-07');
  });

  test('the ring has to stop, and Client-A has to get its UPDATE and its 200', () => {
    expect(violations(downgraded(refused(), 5_100).without('failure stop'))).toEqual([
      'CON-SRV-03',
    ]);
    const elsewhere = downgraded(refused(), 5_100).change('direct UPDATE', {
      sdp: session(ofS(2, '700'), addresses.S, sdp.updateDirect.media),
    });
    expect(violations(elsewhere)).toEqual(['DEL-GW-SRV-07']);
    const silent = downgraded(refused(), 5_100).without('S 200 downgraded', 'A ACK downgraded');
    expect(violations(silent)).toEqual(['DEL-GW-SRV-08']);
    const sudden = downgraded(refused(), 5_100).without('direct UPDATE', 'A 200 direct UPDATE');
    expect(violations(sudden)).toEqual(['DEL-GW-SRV-07', 'DEL-GW-SRV-08']);
    const idle = refused().command({ kind: 'stop' }, { at: 5_100, arrives: 5_110 });
    expect(violations(idle)).toEqual(['DEL-GW-SRV-07']);
  });

  test('granted, when the ring has turned out not to play: the re-INVITE is not exercised', () => {
    const trace = continueCall()
      .without('play reply')
      .until(5_081)
      .reply('play', { kind: 'refused', why: 'no such file' }, { at: 5_050, arrives: 5_085 });
    excuses(downgraded(trace, 5_095), laterDuties, 'refusal to play the ring arrived');
  });
});

describe('a refused re-INVITE or UPDATE (GAP-26)', () => {
  const reinvite = (status: number) =>
    continueCall()
      .without('B 200 re-INVITE')
      .until(5_155)
      .sip('B', 'S', status, { at: 5_150, arrives: 5_190, answers: 'S re-INVITE' });
  const update = (status: number) =>
    continueCall()
      .without('A 200 UPDATE')
      .until(5_255)
      .sip('A', 'S', status, { at: 5_250, arrives: 5_290, answers: 'S UPDATE' });

  test.each([405, 488, 500, 606])('a: %i to either, and the ring stops', (status) => {
    if (status !== 405) {
      const trace = downgraded(reinvite(status), 5_200);
      excuses(trace, laterDuties.slice(1), `${status} to the re-INVITE arrived`);
      expect(verdictOf(trace, 'CON-SRV-06')).toMatchObject({ verdict: 'satisfied' });
      expect(verdictOf(trace, 'DEL-GW-SRV-07')).toMatchObject({ verdict: 'satisfied' });
    }
    const trace = downgraded(update(status), 5_300, 3);
    excuses(trace, laterDuties.slice(2), `${status} to the UPDATE arrived`);
    expect(verdictOf(trace, 'CON-SRV-07')?.says).toContain('at the Resource Server');
    expect(verdictOf(trace, 'DEL-GW-SRV-07')?.says).toContain('offers what Client-B accepted');
  });

  test('a: the UPDATE after it is judged by DEL-GW-SRV-07', () => {
    const trace = downgraded(update(488), 5_300, 4);
    expect(violations(trace)).toEqual(['DEL-GW-SRV-07']);
    expect(verdictOf(trace, 'DEL-GW-SRV-07')?.says).toContain('R-OA-14');
  });

  test('a: one more UPDATE may leave out the lines of the ring (F-27)', () => {
    const reduced = session(ofS(3, '700'), addresses.R, [
      mediaLine('audio', 50_010),
      mediaLine('video', 0, 'inactive'),
    ]);
    const trace = continueCall()
      .sip('A', 'S', 488, { at: 5_235, arrives: 5_245, answers: 'S UPDATE' })
      .without('A 200 UPDATE')
      .sip('S', 'A', 'UPDATE', { at: 5_246, arrives: 5_256, cseq: 2, sdp: reduced }, 'reduced')
      .sip(
        'A',
        'S',
        200,
        { at: 5_260, arrives: 5_290, answers: 'reduced', sdp: sdp.directAnswerOfA },
        'A 200 UPDATE',
      );
    const verdicts = judged(trace.build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['CON-SRV-03']).toMatchObject({ verdict: 'satisfied' });
    expect(verdicts['CON-SRV-07']?.says).toContain('audio and video');
    expect(verdicts['FLOW-CON-07']).toMatchObject({ verdict: 'satisfied' });
  });

  test('b: an UPDATE that is made again after 491 is judged as it is then', () => {
    const again = (media: Parameters<typeof session>[2]) =>
      continueCall()
        .sip('A', 'S', 491, { at: 5_235, arrives: 5_245, answers: 'S UPDATE' })
        .without('A 200 UPDATE')
        .sip(
          'S',
          'A',
          'UPDATE',
          { at: 5_246, arrives: 5_256, cseq: 2, sdp: session(ofS(3, '700'), addresses.R, media) },
          'again',
        )
        .sip(
          'A',
          'S',
          200,
          { at: 5_260, arrives: 5_290, answers: 'again', sdp: sdp.reanswerOfA },
          'A 200 UPDATE',
        );
    expect(violations(again(sdp.update.media))).toEqual([]);
    const less = again([mediaLine('audio', 50_010), mediaLine('video', 0, 'inactive')]);
    expect(violations(less)).toEqual(['CON-SRV-07', 'FLOW-CON-06']);
  });

  test('c: 481 to the re-INVITE, and Client-A gets 480', () => {
    excuses(legBLost(reinvite(481), 5_200), laterDuties.slice(1), '481 to the re-INVITE');
  });

  test('d: 481 to the UPDATE, and both legs end', () => {
    excuses(legALost(update(481), 5_300), laterDuties.slice(2), '481 to the UPDATE');
  });

  test('one that is not followed by anything breaks CON-SRV-03', () => {
    expect(violations(update(488))).toEqual(['CON-SRV-03']);
    expect(verdictOf(update(488), 'CON-SRV-03')?.says).toContain('did not give up either');
    expect(judged(update(488).build(), 'time limit')['CON-SRV-03']?.verdict).toBe('not exercised');
  });
});

describe('a CANCEL that crosses the 200 of Client-B (RC-12)', () => {
  /** Client-B's 200 arrives at 5 050 ms; a server that was called off decides nothing. */
  const crossed = (arrives: number) =>
    legALost(
      continueCall()
        .until(5_020)
        .sip('A', 'S', 'CANCEL', { at: arrives - 40, arrives, like: 'A INVITE' }),
      arrives + 10,
    );

  test('asks for no decision where it came first', () => {
    excuses(crossed(5_049), ['CON-GEN-01', 'CON-SRV-01'], 'Client-A cancelled before');
  });

  test('asks for one where it came after the 200', () => {
    expect(violations(crossed(5_051)).slice(0, 2)).toEqual(['CON-GEN-01', 'CON-SRV-01']);
  });

  test('nor is a decision due about a ring that was refused', () => {
    const trace = stopCall()
      .without('play reply', 'decision')
      .reply('play', { kind: 'refused', why: 'no such file' }, { at: 310, arrives: 320 });
    excuses(trace, ['CON-GEN-01', 'CON-SRV-01'], 'No ring was playing');
    trace.without('play reply').reply('play', { kind: 'done' }, { at: 310, arrives: 320 });
    expect(violations(trace)).toEqual(['CON-GEN-01', 'CON-SRV-01']);
  });
});

describe('the mixture when Client-B hangs up (CON-SRV-09)', () => {
  /** The mix command takes effect at 5 420 ms; Client-B's stream ends at the given time. */
  const hangsUp = (arrives: number) => {
    const trace = continueCall();
    const voice = { stream: 'voice', sources: [], fromPort: 6_000, toPort: 50_020 };
    return trace
      .sip('B', 'S', 'BYE', { at: arrives - 40, arrives: arrives + 50 })
      .rtp('B', 'R', 'audio', { at: arrives - 40, arrives, ...voice }, 'B voice ends')
      .without('mixture', 'A hears the mixture')
      .rtp(
        'R',
        'A',
        'audio',
        {
          at: 5_421,
          arrives: 5_461,
          stream: 'ring audio',
          sources: [ring],
          fromPort: 50_010,
          toPort: 4_000,
        },
        'ring alone',
      );
  };

  test('needs nothing of Client-B when its media ended before it took effect', () => {
    const trace = hangsUp(5_405);
    expect(violations(trace)).toEqual([]);
    expect(verdictOf(trace, 'CON-SRV-09')).toMatchObject({ verdict: 'satisfied' });
  });

  test('needs it when they ended later', () => {
    expect(violations(hangsUp(5_600))).toEqual(['CON-SRV-09', 'FLOW-CON-11']);
  });

  test('needs nothing when the ring was stopped before it took effect', () => {
    const trace = hangsUp(5_600).command({ kind: 'stop' }, { at: 5_401, arrives: 5_408 });
    expect(violations(trace)).toEqual([]);
  });

  test('still needs the right command', () => {
    const trace = hangsUp(5_405).shift('mix', 5_385);
    expect(violations(trace)).toEqual(['CON-SRV-09', 'FLOW-CON-11']);
  });

  test('a refusal to mix leaves nothing to judge (F-35)', () => {
    const trace = continueCall()
      .without('mix reply', 'mixing', 'mixture', 'A hears the mixture', 'forwarded', 'B hears A')
      .reply('mix', { kind: 'refused', why: 'busy' }, { at: 5_420, arrives: 5_430 });
    excuses(
      legALost(trace, 5_440).without('S 487'),
      ['CON-SRV-09', 'FLOW-CON-11', 'CON-SRV-03'],
      'to mix',
    );
  });
});

/** What no metric may be, whatever becomes of the call. */
function senseless(metrics: Metrics): string[] {
  return Object.entries(metrics).flatMap(([name, value]: [string, number | null]) =>
    value === null || (Number.isSafeInteger(value) && value >= 0) ? [] : [`${name}: ${value}`],
  );
}

describe('any disturbed call', () => {
  test('violates no clause under the default switches, and its metrics make sense', () => {
    fc.assert(
      fc.property(anyScenario, fc.nat(), (drawn, seed) => {
        const run = runScenario({ ...drawn, switches: {} }, { engine: 'test', seed });
        const broken = run.verdicts.filter(
          ({ verdict, level }) => verdict === 'violated' && level === 'error',
        );
        expect(broken.map(({ clause, says }) => `${clause}: ${says}`)).toEqual([]);
        expect(senseless(run.metrics)).toEqual([]);
        const { answerLag, preAnswerLoss, contGap } = run.metrics;
        if (answerLag !== null) expect(preAnswerLoss).not.toBeNull();
        if (contGap !== null) expect(run.outcome).toBe('ring continues');
      }),
      { numRuns: 150 },
    );
  });
});
