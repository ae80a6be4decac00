import type { BodyPart } from '../../../sim-core/sip/message.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { traceBuilder, type TraceBuilder } from '../../support/trace-builder.ts';
import { fetches } from './fetched-ring.ts';
import { ring, sdp } from './reference-media.ts';

/** REF-AS-BT, REF-AS-RT and both services of HTTP Mode (spec §1.6), at rounder times. */

const both = { Supported: '100rel, early-session', Allow: 'INVITE, ACK, PRACK, UPDATE' };
const early = (description: BodyPart['description']): BodyPart => ({
  disposition: 'early-session',
  description,
});

export const earlySdp = {
  offer: session({ of: 'R', id: '900', version: 1 }, addresses.R, [mediaLine('audio', 50_010)]),
  answerOfA: session({ of: 'A', id: '110', version: 1 }, addresses.A, [mediaLine('audio', 4_800)]),
  answerOfB: session({ of: 'B', id: '210', version: 1 }, addresses.B, [mediaLine('audio', 6_800)]),
};

function invited(trace: TraceBuilder): TraceBuilder {
  return trace
    .sip('A', 'S', 'INVITE', { at: 10, arrives: 50, opens: true, sdp: sdp.offerOfA, headers: both })
    .sip('S', 'B', 'INVITE', {
      at: 60,
      arrives: 100,
      opens: true,
      sdp: sdp.offerToB,
      headers: { Supported: '100rel' },
    });
}

function reserved(trace: TraceBuilder): TraceBuilder {
  return trace
    .command(
      { kind: 'reserve', resource: ring, offer: null, direction: 'mirror' },
      { at: 250, arrives: 260 },
    )
    .reply('reserve', { kind: 'reserved', description: earlySdp.offer }, { at: 270, arrives: 280 });
}

function answered(trace: TraceBuilder, withSdp: boolean): TraceBuilder {
  return trace
    .sip(
      'B',
      'S',
      200,
      {
        at: 2_000,
        arrives: 2_040,
        answers: 'S INVITE',
        sdp: withSdp ? sdp.answerOfB : null,
      },
      'B 200',
    )
    .sip('S', 'B', 'ACK', { at: 2_050, arrives: 2_090 })
    .command({ kind: 'stop' }, { at: 2_050, arrives: 2_060 })
    .sip('S', 'A', 200, { at: 2_050, arrives: 2_090, answers: 'A INVITE' })
    .sip('A', 'S', 'ACK', { at: 2_100, arrives: 2_140 })
    .user('A', { kind: 'hang up' }, 9_000, 'later');
}

const play = (answer: BodyPart['description']) => ({ kind: 'play', answer, loops: true }) as const;

/** Application Server Mode, CMRBT. */
export function earlyRingback(): TraceBuilder {
  const trace = reserved(invited(traceBuilder().delivers('application-server', 'cmrbt')))
    .sip('B', 'S', 180, { at: 200, arrives: 240, answers: 'S INVITE' })
    .sip('S', 'A', 180, {
      at: 290,
      arrives: 330,
      answers: 'A INVITE',
      bodies: [early(earlySdp.offer)],
      headers: { Require: 'early-session, 100rel', RSeq: '1' },
    })
    .sip('A', 'S', 'PRACK', {
      at: 340,
      arrives: 380,
      cseq: 2,
      bodies: [early(earlySdp.answerOfA)],
      headers: { RAck: '1 1 INVITE' },
    })
    .sip('S', 'A', 200, { at: 390, arrives: 430, answers: 'A PRACK' }, 'S 200 PRACK')
    .command(play(earlySdp.answerOfA), { at: 390, arrives: 400 })
    .rtp('R', 'A', 'audio', { at: 410, arrives: 450, ...stream, toPort: 4_800 }, 'ring audio')
    .hears('A', 'audio', [ring], 460, 'A hears the ring');
  return answered(trace, true);
}

const stream = { stream: 'ring', sources: [ring], fromPort: 50_010 };

/** Application Server Mode, CMRT. */
export function earlyRingTone(): TraceBuilder {
  const trace = invited(traceBuilder().delivers('application-server', 'cmrt'))
    .sip('B', 'S', 180, {
      at: 200,
      arrives: 240,
      answers: 'S INVITE',
      sdp: sdp.answerOfB,
      headers: { Supported: 'early-session, 100rel', Require: '100rel', RSeq: '1' },
    })
    .sip('S', 'B', 'PRACK', {
      at: 290,
      arrives: 330,
      cseq: 2,
      bodies: [early(earlySdp.offer)],
      headers: { RAck: '1 1 INVITE', Require: 'early-session' },
    })
    .sip(
      'B',
      'S',
      200,
      {
        at: 340,
        arrives: 380,
        answers: 'S PRACK',
        bodies: [early(earlySdp.answerOfB)],
      },
      'B 200 PRACK',
    )
    .command(play(earlySdp.answerOfB), { at: 390, arrives: 400 })
    .rtp('R', 'B', 'audio', { at: 410, arrives: 450, ...stream, toPort: 6_800 }, 'ring audio')
    .hears('B', 'audio', [ring], 460, 'B hears the ring tone');
  reserved(trace);
  for (const name of ['reserve', 'play']) trace.changePacket(name, forClientB);
  return answered(trace, false).changePacket('stop', forClientB);
}

function forClientB<P extends object>(packet: P): P & { readonly leg: 'Client-B' } {
  return Object.freeze({ ...packet, leg: 'Client-B' as const });
}

export const url = '<http://10.0.0.4/beach-waves>';

/** HTTP Mode, both services. */
export function byHttp(): TraceBuilder {
  const trace = invited(traceBuilder().delivers('http', 'cmrbt', 'cmrt'))
    .change('S INVITE', { headers: { 'Alert-Info': url } })
    .sip('B', 'S', 180, { at: 200, arrives: 240, answers: 'S INVITE' })
    .sip('S', 'A', 180, {
      at: 250,
      arrives: 290,
      answers: 'A INVITE',
      headers: { 'Alert-Info': url },
    });
  answered(trace, true).without('stop');
  fetches(trace, 'B', { at: 110, plays: 210, stops: 2_000 });
  return fetches(trace, 'A', { at: 300, plays: 400, stops: 2_090 });
}
