import { describe, expect, test } from 'vitest';

import type { Packet } from '../../../sim-core/kernel/node.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { clausesWith, judged } from './judging.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { sdp } from './reference-media.ts';

const violations = (trace: TraceBuilder) => clausesWith(judged(trace.build()), 'violated');
const verdictOf = (trace: TraceBuilder, clause: string) => judged(trace.build())[clause];

/** The ring plays, Client-B has not answered, and what follows is written by the test. */
const ringingOnly = () => stopCall().until(4_000);
const stopAt = (trace: TraceBuilder, at: number) =>
  trace.command({ kind: 'stop' }, { at, arrives: at + 10 });

describe('the stop command without a final response (DEL-GW-SRV-06)', () => {
  test('violates the clause where nothing called for it', () => {
    const trace = stopAt(ringingOnly(), 4_100);
    expect(verdictOf(trace, 'DEL-GW-SRV-06')).toMatchObject({ verdict: 'violated' });
    expect(judged(trace.build(), null)['DEL-GW-SRV-06']?.verdict).toBe('inconclusive');
  });

  test.each<[string, (trace: TraceBuilder) => TraceBuilder]>([
    [
      'Client-A cancelled',
      (trace) => trace.sip('A', 'S', 'CANCEL', { at: 4_000, arrives: 4_040, like: 'A INVITE' }),
    ],
    ['Client-A hung up', (trace) => trace.sip('A', 'S', 'BYE', { at: 4_000, arrives: 4_040 })],
    [
      'Client-A got 504',
      (trace) => trace.sip('S', 'A', 504, { at: 4_050, arrives: 4_090, answers: 'A INVITE' }),
    ],
    [
      'Leg B was cancelled',
      (trace) => trace.sip('S', 'B', 'CANCEL', { at: 4_050, arrives: 4_090, like: 'S INVITE' }),
    ],
  ])('is no matter of it where %s', (says, end) => {
    const trace = stopAt(end(ringingOnly()), 4_060);
    expect(verdictOf(trace, 'DEL-GW-SRV-06')?.says).toBe(
      `${says}, and the ring stopped with that.`,
    );
    trace.sip('B', 'S', 487, { at: 4_100, arrives: 4_140, answers: 'S INVITE' });
    expect(verdictOf(trace, 'DEL-GW-SRV-06')).toMatchObject({ verdict: 'not exercised' });
  });
});

describe('the provisional response', () => {
  test('with two bodies, or accepting nothing, breaks DEL-GW-SRV-02', () => {
    const part = { disposition: 'session', description: sdp.ring } as const;
    const early = { disposition: 'early-session', description: sdp.ring } as const;
    const two = continueCall().change('S 180', { bodies: [part, early] });
    expect(violations(two)).toEqual(['DEL-GW-SRV-02']);
    const media = [mediaLine('audio', 0, 'inactive'), mediaLine('video', 0, 'inactive')];
    const none = rejectedCall().change('S 180', {
      sdp: session({ of: 'S', id: '700', version: 1 }, addresses.R, media),
    });
    expect(verdictOf(none, 'DEL-GW-SRV-02')?.says).toContain('accepts nothing');
  });

  test('with a line the offer refuses, or a direction it cannot have, breaks it too', () => {
    const offer = (video: Parameters<typeof mediaLine>) =>
      session({ of: 'A', id: '100', version: 1 }, addresses.A, [
        mediaLine('audio', 4_000),
        mediaLine(...video),
      ]);
    const refused = rejectedCall().change('A INVITE', { sdp: offer(['video', 0, 'inactive']) });
    expect(verdictOf(refused, 'DEL-GW-SRV-02')?.says).toContain('R-OA-07');
    const sendonly = rejectedCall().change('A INVITE', {
      sdp: offer(['video', 4_002, 'sendonly']),
    });
    expect(verdictOf(sendonly, 'DEL-GW-SRV-02')?.says).toContain('answers sendonly with sendrecv');
    const mirrored = rejectedCall()
      .change('A INVITE', { sdp: offer(['video', 4_002, 'sendonly']) })
      .change('S 180', {
        sdp: session({ of: 'S', id: '700', version: 1 }, addresses.R, [
          mediaLine('audio', 50_000),
          mediaLine('video', 50_002, 'recvonly'),
        ]),
      });
    expect(violations(mirrored)).toEqual([]);
  });

  test('is not due where the Resource Server can serve nothing, or too late', () => {
    const nothing = ringingOnly().changePacket('reserve reply', (packet) => {
      const media = [mediaLine('audio', 0, 'inactive'), mediaLine('video', 0, 'inactive')];
      const answer = { ...sdp.ring, media };
      return { ...packet, reply: { kind: 'reserved', description: answer } } as Packet;
    });
    nothing.change('S 180', { sdp: null, headers: {} }).without('play', 'play reply');
    expect(verdictOf(nothing, 'DEL-GW-SRV-01')?.says).toContain('serve none of the media');
    const late = ringingOnly()
      .shift('reserve reply', 700)
      .change('S 180', { sdp: null, headers: {} })
      .without('play', 'play reply');
    expect(verdictOf(late, 'DEL-GW-SRV-01')?.says).toContain('GAP-47');
  });

  test('forwarded without waiting for the Resource Server at all is a breach', () => {
    const trace = ringingOnly()
      .shift('S 180', 250)
      .change('S 180', { sdp: null, headers: {} })
      .without('play', 'play reply', 'A PRACK', 'S 200 PRACK');
    expect(verdictOf(trace, 'DEL-GW-SRV-01')).toMatchObject({ verdict: 'violated' });
  });

  test('that never left is excused by a CANCEL, and by nothing else', () => {
    const trace = ringingOnly()
      .without('S 180', 'A PRACK', 'S 200 PRACK', 'play', 'play reply', 'ring audio', 'ring video')
      .without('A ringback', 'A perceives ring audio', 'A perceives ring video');
    expect(violations(trace)).toEqual([
      'DEL-GW-SRV-01',
      'DEL-GW-SRV-02',
      'DEL-GW-SRV-03',
      'DEL-GW-SRV-04',
    ]);
    trace.sip('A', 'S', 'CANCEL', { at: 260, arrives: 300, like: 'A INVITE' });
    expect(violations(trace)).toEqual([]);
  });

  test('without supported in the INVITE and without a ring is right', () => {
    const trace = stopCall()
      .change('A INVITE', { headers: { Supported: '100rel', Allow: 'UPDATE' } })
      .change('S 180', { sdp: null, headers: {} })
      .without('reserve', 'reserve reply', 'play', 'play reply', 'stop', 'stop reply', 'decision')
      .without('S UPDATE', 'A 200 UPDATE');
    const verdicts = judged(trace.build());
    expect(clausesWith(verdicts, 'violated')).toEqual(['DEL-GW-CLI-01']);
    expect(verdicts['DEL-GW-SRV-01']?.says).toContain('does not say P-Early-Media: supported');
  });

  test('a ring that ended before it could be rendered asks nothing of the client', () => {
    const trace = rejectedCall()
      .without('A perceives ring audio', 'ring video', 'A perceives ring video')
      .rtp(
        'R',
        'A',
        'audio',
        { at: 311, arrives: 350, stream: 'ring audio', sources: [], fromPort: 1, toPort: 2 },
        'ring ends at once',
      );
    expect(verdictOf(trace, 'DEL-GW-CLI-02')?.says).toContain('before Client-A could render it');
  });

  test('the final response together with it leaves no time to play (GAP-36)', () => {
    const trace = rejectedCall()
      .shift('B 486', 250)
      .shift('S ACK', 300)
      .shift('S 486', 300)
      .shift('A ACK', 350)
      .without('play', 'play reply', 'ring audio', 'ring video', 'stop')
      .without('A perceives ring audio', 'A perceives ring video');
    expect(verdictOf(trace, 'DEL-GW-SRV-05')?.says).toContain('GAP-36');
    expect(violations(trace)).toEqual([]);
  });
});

describe('the UPDATE of Gateway Mode', () => {
  const updated = (media: Parameters<typeof session>[2]) =>
    stopCall().change('S UPDATE', {
      sdp: session({ of: 'S', id: '700', version: 2 }, addresses.B, media),
    });
  const off = mediaLine('video', 0, 'inactive');

  test('without SDP, without the audio, or in another format breaks DEL-GW-SRV-07', () => {
    const says = (trace: TraceBuilder) => {
      expect(violations(trace)).toEqual(['DEL-GW-SRV-07']);
      return verdictOf(trace, 'DEL-GW-SRV-07')?.says;
    };
    expect(says(stopCall().change('S UPDATE', { sdp: null }))).toContain('carries no SDP');
    expect(says(updated([mediaLine('audio', 0, 'inactive'), off]))).toContain(
      'leaves out the audio',
    );
    const wide = mediaLine('audio', 6_000, 'sendrecv', ['96', '97', '101']);
    expect(says(updated([wide, off]))).toContain('format 97');
  });

  test('is not asked of a server whose client does not allow it (GAP-08)', () => {
    const trace = stopCall()
      .change('A INVITE', { headers: { Supported: '100rel', 'P-Early-Media': 'supported' } })
      .without('S UPDATE', 'A 200 UPDATE');
    expect(violations(trace)).toEqual([]);
    expect(verdictOf(trace, 'DEL-GW-SRV-07')?.says).toContain('GAP-08');
  });

  test('waits for the PRACK as long as that takes (GAP-06)', () => {
    const trace = stopCall().without(
      'A PRACK',
      'S 200 PRACK',
      'S UPDATE',
      'A 200 UPDATE',
      'S 200',
      'A ACK',
    );
    expect(violations(trace)).toEqual([]);
    expect(verdictOf(trace, 'DEL-GW-SRV-07')?.says).toContain('GAP-06');
  });
});

describe('the decision', () => {
  test('to stop, with a re-INVITE to the Resource Server, breaks CON-SRV-02', () => {
    const trace = stopCall().sip(
      'S',
      'B',
      'INVITE',
      { at: 5_300, arrives: 5_340, cseq: 2, sdp: sdp.reinvite },
      'S re-INVITE',
    );
    expect(violations(trace)).toEqual(['CON-SRV-02']);
  });

  test('to stop, with a re-INVITE that tells Client-B of a new address, does not (GAP-09)', () => {
    const moved = session({ of: 'S', id: '800', version: 2 }, addresses.A, [
      mediaLine('audio', 4_100),
      mediaLine('video', 0, 'inactive'),
    ]);
    const trace = stopCall()
      .sip('S', 'B', 'INVITE', { at: 5_300, arrives: 5_340, cseq: 2, sdp: moved }, 'moved')
      .sip('S', 'B', 'INVITE', { at: 5_400, arrives: 5_440, cseq: 3, sdp: null }, 'offerless');
    expect(violations(trace)).toEqual([]);
  });

  test('to stop after stopping is not what CON-SRV-02 says', () => {
    const trace = stopCall().shift('stop', 5_045);
    expect(violations(trace)).toEqual(['DEL-GW-SRV-06', 'CON-SRV-01', 'CON-SRV-02']);
  });

  test('of another node than the CMR Server is not the servers’ (CON-GEN-03)', () => {
    const trace = continueCall().without('decision');
    const note = continueCall()
      .build()
      .records.find((record) => record.kind === 'note' && record.note.kind === 'decision');
    if (note?.kind !== 'note') throw new Error('no decision');
    trace.note('R', note.note, 5_050, 'decision', 'B 200');
    expect(verdictOf(trace, 'CON-GEN-03')?.says).toContain('made by the Resource Server');
  });

  test('without a ring is not called for', () => {
    const trace = stopCall().without('play', 'play reply', 'stop', 'stop reply', 'decision');
    expect(verdictOf(trace, 'CON-SRV-01')).toMatchObject({ verdict: 'not exercised' });
    expect(verdictOf(trace, 'CON-GEN-01')).toMatchObject({ verdict: 'not exercised' });
  });
});

describe('the Continue flow', () => {
  test('an ACK before the 200 is none', () => {
    const trace = continueCall().shift('S ACK', 5_045);
    expect(violations(trace)).toEqual(['CON-SRV-04', 'FLOW-CON-02']);
  });

  test('a re-INVITE with media Client-A has not, or with two bodies, breaks CON-SRV-06', () => {
    const says = (trace: TraceBuilder) => {
      expect(violations(trace)).toEqual(['CON-SRV-06', 'FLOW-CON-04', 'FLOW-CON-05']);
      return verdictOf(trace, 'CON-SRV-06')?.says;
    };
    const media = [...sdp.reinvite.media, mediaLine('audio', 50_020)];
    const more = continueCall().change('S re-INVITE', { sdp: { ...sdp.reinvite, media } });
    expect(says(more)).toContain("which Client-A's last offer does not have there");
    const part = { disposition: 'session', description: sdp.reinvite } as const;
    const early = { disposition: 'early-session', description: sdp.reinvite } as const;
    const two = continueCall().change('S re-INVITE', { bodies: [part, early] });
    expect(violations(two)).toEqual(['CON-SRV-06', 'FLOW-CON-04']);
  });

  test('an UPDATE without what Client-B accepted, or in another format, breaks CON-SRV-07', () => {
    const says = (media: Parameters<typeof session>[2]) => {
      const trace = continueCall().change('S UPDATE', {
        sdp: session({ of: 'S', id: '700', version: 2 }, addresses.R, media),
      });
      expect(violations(trace)).toEqual(['CON-SRV-07', 'FLOW-CON-06']);
      return verdictOf(trace, 'CON-SRV-07')?.says;
    };
    const video = mediaLine('video', 50_012, 'sendonly');
    expect(says([mediaLine('audio', 0, 'inactive'), video])).toContain('leaves out the audio that');
    const other = mediaLine('audio', 50_010, 'sendrecv', ['97']);
    expect(says([other, video])).toContain('in no format that Client-B accepted');
  });

  test('Client-B on hold: the mixed audio may follow its direction', () => {
    const held = (sdpOf: typeof sdp.reanswerOfB) => ({
      ...sdpOf,
      media: [mediaLine('audio', 6_000, 'sendonly'), mediaLine('video', 0, 'inactive')],
    });
    const trace = continueCall()
      .change('B 200 re-INVITE', { sdp: held(sdp.reanswerOfB) })
      .change('S UPDATE', {
        sdp: session({ of: 'S', id: '700', version: 2 }, addresses.R, [
          mediaLine('audio', 50_010, 'sendonly'),
          mediaLine('video', 50_012, 'sendonly'),
        ]),
      });
    expect(violations(trace)).toEqual([]);
  });

  test('the UPDATE waits for a late PRACK, and so does the judgement', () => {
    const never = continueCall().without('A PRACK', 'S 200 PRACK').until(5_195);
    expect(verdictOf(never, 'CON-SRV-07')?.says).toContain('GAP-06');
    const late = continueCall().shift('A PRACK', 5_500).shift('S 200 PRACK', 5_550);
    late.without(
      'S UPDATE',
      'A 200 UPDATE',
      'S 200',
      'A ACK',
      'S ACK re-INVITE',
      'mix',
      'mix reply',
    );
    expect(judged(late.build(), 'time limit')['CON-SRV-07']?.verdict).toBe('inconclusive');
    expect(verdictOf(late, 'CON-SRV-07')?.verdict).toBe('violated');
  });

  test('a refused UPDATE is followed by a 200 all the same (GAP-26)', () => {
    const trace = continueCall()
      .without('A 200 UPDATE', 'mix', 'mix reply', 'mixture', 'forwarded')
      .sip('A', 'S', 488, { at: 5_250, arrives: 5_290, answers: 'S UPDATE' });
    stopAt(trace, 5_300);
    trace.shift('S ACK re-INVITE', 5_300);
    const verdicts = judged(trace.build());
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['CON-SRV-08']?.says).toContain('488 to the UPDATE');
    expect(verdicts['FLOW-CON-10']?.says).toContain('broken off');
  });

  test('a server that ends both legs has given up', () => {
    const trace = continueCall().without('allocate conference reply').until(5_095);
    trace.sip('S', 'A', 480, { at: 6_000, arrives: 6_040, answers: 'A INVITE' });
    expect(violations(trace)).toEqual([]);
  });

  test('an answer with two bodies is not one answer', () => {
    const part = { disposition: 'session', description: sdp.reanswerOfB } as const;
    const early = { disposition: 'early-session', description: sdp.reanswerOfB } as const;
    const trace = continueCall().change('B 200 re-INVITE', { bodies: [part, early] });
    expect(violations(trace)).toEqual(['FLOW-CON-05']);
  });

  test('an answer that never arrives is nobody’s breach but the rest does not follow', () => {
    const lost = continueCall().until(5_185).change('B 200 re-INVITE', { arrives: null });
    lost.timer('S', 'B z9hG4bK', 7_000, 'later');
    const verdicts = judged(lost.build(), 'time limit');
    expect(clausesWith(verdicts, 'violated')).toEqual([]);
    expect(verdicts['FLOW-CON-05']?.says).toBe('No answer to the re-INVITE arrived.');
  });

  test('the Resource Server mixes without the ring', () => {
    const trace = continueCall()
      .changePacket(
        'mixture',
        (packet) => ({ ...packet, sources: [{ source: 'client-b', gainPercent: 100 }] }) as Packet,
      )
      .without('ring video')
      .rtp(
        'R',
        'A',
        'audio',
        { at: 5_000, arrives: 5_040, stream: 'ring audio', sources: [], fromPort: 1, toPort: 2 },
        'ring ends',
      );
    expect(violations(trace)).toEqual(['CON-SRV-09', 'FLOW-CON-11']);
    expect(verdictOf(trace, 'CON-SRV-09')?.says).toContain('nothing of the ring');
  });

  test('a ring that goes on without a new packet is part of the mixture', () => {
    const trace = continueCall().changePacket(
      'mixture',
      (packet) =>
        ({
          ...packet,
          stream: 'voice of b',
          sources: [{ source: 'client-b', gainPercent: 100 }],
        }) as Packet,
    );
    expect(violations(trace)).toEqual([]);
  });
});
