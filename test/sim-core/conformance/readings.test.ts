import { describe, expect, test } from 'vitest';

import { mediaLine, session, addresses } from '../../support/trace-packets.ts';
import { clausesWith, judged } from './judging.ts';
import { continueCall, stopCall } from './reference-call.ts';
import { sdp } from './reference-media.ts';

const toA = (media: Parameters<typeof session>[2], version = 2) =>
  session({ of: 'S', id: '700', version }, addresses.R, media);

describe('switches', () => {
  test('SW-REINV-ACK=immediate: the ACK follows step 5, and step 10 holds so', () => {
    const verdicts = judged(continueCall({ 'SW-REINV-ACK': 'immediate' }).build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['FLOW-CON-10']?.says).toBe(
      'The ACK for the re-INVITE left at 5\u2009200 ms, as SW-REINV-ACK=immediate has it, and ' +
        'reached Client-B 90 ms after its 200 had left.',
    );
  });

  test('the same ACK without the switch is too early', () => {
    const trace = continueCall({ 'SW-REINV-ACK': 'immediate' }).reading('SW-REINV-ACK', 'deferred');
    expect(clausesWith(judged(trace.build()), 'violated')).toEqual(['FLOW-CON-10']);
  });

  test.each(['on-200-update', 'on-200-invite-tx'])(
    'SW-MIX-START=%s breaks the literal clause, and the sentence names the switch',
    (reading) => {
      const trace = continueCall({ 'SW-MIX-START': reading }).shift('mix', 5_300);
      const verdicts = judged(trace.build());
      expect(clausesWith(verdicts, 'violated')).toEqual(['CON-SRV-09', 'FLOW-CON-11']);
      expect(verdicts['CON-SRV-09']?.says).toContain(`as SW-MIX-START=${reading} has it`);
    },
  );

  test('SW-PEM=sendonly breaks the literal clause, and the client renders all the same', () => {
    const trace = continueCall({ 'SW-PEM': 'sendonly' }).change('S 180', {
      headers: { Require: '100rel', RSeq: '1', 'P-Early-Media': 'sendonly' },
    });
    const verdicts = judged(trace.build());
    expect(clausesWith(verdicts, 'violated')).toEqual(['DEL-GW-SRV-03']);
    expect(verdicts['DEL-GW-SRV-03']?.says).toContain('as SW-PEM=sendonly has it');
    expect(verdicts['DEL-GW-CLI-02']?.verdict).toBe('satisfied');
  });

  test('SW-GW-SDP-DIR=sendonly expects the answer sendonly', () => {
    const media = [mediaLine('audio', 50_000, 'sendonly'), mediaLine('video', 50_002, 'sendonly')];
    const switches = { 'SW-GW-SDP-DIR': 'sendonly' };
    const right = continueCall(switches).change('S 180', { sdp: toA(media, 1) });
    expect(clausesWith(judged(right.build()), 'violated')).toEqual([]);
    const mirrored = judged(continueCall(switches).build());
    expect(clausesWith(mirrored, 'violated')).toEqual(['DEL-GW-SRV-02']);
    expect(mirrored['DEL-GW-SRV-02']?.says).toContain('SW-GW-SDP-DIR=sendonly');
  });

  test('SW-GW-PLAY-AT=prack expects the play command after the PRACK', () => {
    const switches = { 'SW-GW-PLAY-AT': 'prack' };
    const early = judged(continueCall(switches).build());
    expect(clausesWith(early, 'violated')).toEqual(['DEL-GW-SRV-05']);
    expect(early['DEL-GW-SRV-05']?.says).toContain('SW-GW-PLAY-AT=prack');
    const right = continueCall(switches).shift('play', 390).shift('play reply', 410);
    expect(judged(right.build())['DEL-GW-SRV-05']?.verdict).toBe('satisfied');
    const never = stopCall(switches).without('A PRACK', 'S 200 PRACK', 'play', 'play reply');
    expect(judged(never.build())['DEL-GW-SRV-05']?.verdict).toBe('not exercised');
  });

  test('SW-CONT-SLOT=append-only expects the CMR video in a new m= line', () => {
    const switches = { 'SW-CONT-SLOT': 'append-only' };
    const reused = judged(continueCall(switches).build());
    expect(clausesWith(reused, 'violated')).toEqual(['CON-SRV-07', 'FLOW-CON-06']);
    expect(reused['CON-SRV-07']?.says).toContain('SW-CONT-SLOT=append-only');
    const appended = continueCall(switches)
      .change('S UPDATE', {
        sdp: toA([
          mediaLine('audio', 50_010),
          mediaLine('video', 0, 'inactive'),
          mediaLine('video', 50_012, 'sendonly'),
        ]),
      })
      .change('A 200 UPDATE', {
        sdp: session({ of: 'A', id: '100', version: 2 }, addresses.A, [
          mediaLine('audio', 4_000),
          mediaLine('video', 0, 'inactive'),
          mediaLine('video', 4_002, 'recvonly'),
        ]),
      });
    expect(clausesWith(judged(appended.build()), 'violated')).toEqual([]);
  });

  test('SW-ACK-B-STOP=after-A-ack lets the ACK to Client-B wait', () => {
    const trace = stopCall({ 'SW-ACK-B-STOP': 'after-A-ack' }).shift('S ACK', 5_260);
    expect(clausesWith(judged(trace.build()), 'violated')).toEqual([]);
  });

  test('SW-TIMERS=ims-ue gives everybody 2 s before something counts as missing', () => {
    const late = (profile: string) =>
      continueCall({ 'SW-TIMERS': profile })
        .until(5_299)
        .timer('S', 'L z9hG4bK', 6_000, 'later')
        .build();
    expect(judged(late('rfc3261'), 'time limit')['CON-SRV-08']?.verdict).toBe('violated');
    expect(judged(late('ims-ue'), 'time limit')['CON-SRV-08']?.verdict).toBe('inconclusive');
  });
});

describe('what a party may choose', () => {
  test('the CMR video may stay at the port where the ring played, the mixed audio may not', () => {
    const video = mediaLine('video', 50_002, 'sendonly');
    const stays = continueCall().change('S UPDATE', {
      sdp: toA([mediaLine('audio', 50_010), video]),
    });
    expect(clausesWith(judged(stays.build()), 'violated')).toEqual([]);
    const wrong = continueCall().change('S UPDATE', {
      sdp: toA([mediaLine('audio', 50_000), video]),
    });
    const verdicts = judged(wrong.build());
    expect(clausesWith(verdicts, 'violated')).toEqual(['CON-SRV-07', 'FLOW-CON-06']);
    expect(verdicts['CON-SRV-07']?.says).toContain('audio line at port 50000');
  });

  test('Client-A may refuse the CMR video: it is then not asked of the mixture', () => {
    const trace = continueCall().change('A 200 UPDATE', {
      sdp: session({ of: 'A', id: '100', version: 2 }, addresses.A, [
        mediaLine('audio', 4_000),
        mediaLine('video', 0, 'inactive'),
      ]),
    });
    expect(clausesWith(judged(trace.build()), 'violated')).toEqual([]);
  });

  test('the CMR Server may offer a CMR medium that Client-A never offered (C-08)', () => {
    const audioOnly = { ...sdp.offerOfA, media: sdp.offerOfA.media.slice(0, 1) };
    const trace = continueCall()
      .change('A INVITE', { sdp: audioOnly })
      .change('S INVITE', { sdp: { ...sdp.offerToB, media: sdp.offerToB.media.slice(0, 1) } })
      .change('S 180', { sdp: { ...sdp.ring, media: sdp.ring.media.slice(0, 1) } })
      .change('B 200', { sdp: { ...sdp.answerOfB, media: sdp.answerOfB.media.slice(0, 1) } })
      .change('S re-INVITE', { sdp: { ...sdp.reinvite, media: sdp.reinvite.media.slice(0, 1) } })
      .change('B 200 re-INVITE', {
        sdp: { ...sdp.reanswerOfB, media: sdp.reanswerOfB.media.slice(0, 1) },
      });
    expect(clausesWith(judged(trace.build()), 'violated')).toEqual([]);
  });

  test('a later offer of Client-A is the one the re-INVITE has to follow (GAP-38)', () => {
    const later = { ...sdp.offerOfA, origin: { ...sdp.offerOfA.origin, version: 2 } };
    const narrowed = { ...later, media: [mediaLine('audio', 4_000, 'sendrecv', ['96'])] };
    const trace = continueCall()
      .sip('A', 'S', 'UPDATE', { at: 1_000, arrives: 1_040, cseq: 3, sdp: narrowed }, 'A UPDATE')
      .sip('S', 'A', 200, { at: 1_050, arrives: 1_090, answers: 'A UPDATE' }, 'S 200 UPDATE');
    const verdicts = judged(trace.build());
    expect(verdicts['CON-SRV-06']?.says).toContain('format 101, which Client-A did not offer');
  });
});
