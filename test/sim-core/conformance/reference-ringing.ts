import { clause } from '../../../sim-core/base/clause-id.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { ring, sdp } from './reference-media.ts';

/** One-way delays and the processing of one message, in ms (spec §5.3). */
export interface Hops {
  readonly dA: number;
  readonly dB: number;
  readonly dR: number;
  readonly p: number;
}

export const usualHops: Hops = { dA: 40, dB: 40, dR: 10, p: 10 };

/** When Client-B answers, in ms. */
export const answersAt = 5_000;
/** Media from the Resource Server to either client, and from Client-B to it. */
export const mediaTransit = 40;
/** Media from one client to the other. */
export const directTransit = 80;

/** From the dialling to the ring: REF-GW-BT, steps 1 to 11. Gives the time of Client-B's answer. */
export function ringing(trace: TraceBuilder, { dA, dB, dR, p }: Hops): void {
  const invited = p + dA;
  const invitedB = invited + p + dB;
  const rings = invitedB + 100;
  const alerted = rings + dB;
  const reserved = alerted + p + dR + p + dR;
  const left = reserved + p;
  trace
    .user('A', { kind: 'dial', target: 'sip:bob@example' }, 0, 'dial')
    .sip('A', 'S', 'INVITE', {
      at: p,
      arrives: invited,
      cause: 'dial',
      opens: true,
      sdp: sdp.offerOfA,
      headers: {
        Supported: '100rel, timer',
        Allow: 'INVITE, ACK, CANCEL, BYE, PRACK, UPDATE',
        'P-Early-Media': 'supported',
      },
    })
    .note(
      'S',
      {
        kind: 'procedure step',
        procedure: 'Gateway Mode, CMRBT',
        step: 'Client-B is being alerted',
        clause: clause('DEL-GW-SRV-01'),
      },
      invited,
      'procedure',
      'A INVITE',
    )
    .sip('S', 'A', 100, {
      at: invited + p,
      arrives: invited + p + dA,
      answers: 'A INVITE',
      cause: 'A INVITE',
    })
    .sip('S', 'B', 'INVITE', {
      at: invited + p,
      arrives: invitedB,
      cause: 'A INVITE',
      opens: true,
      sdp: sdp.offerToB,
      headers: { Supported: '100rel', Allow: 'INVITE, ACK, CANCEL, BYE, PRACK, UPDATE' },
    })
    .sip('B', 'S', 180, {
      at: rings,
      arrives: alerted,
      answers: 'S INVITE',
      cause: 'S INVITE',
    })
    .hears('B', 'audio', ['ring tone'], rings, 'B alerts')
    .command(
      { kind: 'reserve', resource: ring, offer: sdp.offerOfA, direction: 'mirror' },
      { at: alerted + p, arrives: alerted + p + dR, cause: 'B 180' },
    )
    .reply(
      'reserve',
      { kind: 'reserved', description: sdp.ring },
      { at: alerted + p + dR + p, arrives: reserved, cause: 'reserve' },
    )
    .sip('S', 'A', 180, {
      at: left,
      arrives: left + dA,
      answers: 'A INVITE',
      cause: 'reserve reply',
      sdp: sdp.ring,
      headers: { Require: '100rel', RSeq: '1', 'P-Early-Media': 'sendrecv' },
    })
    .command(
      { kind: 'play', answer: null, loops: true },
      { at: left, arrives: left + dR, cause: 'reserve reply' },
    )
    .reply(
      'play',
      { kind: 'done' },
      { at: left + dR + p, arrives: left + dR + p + dR, cause: 'play' },
    )
    .hears('A', 'audio', ['ringback tone'], left + dA, 'A ringback')
    .sip('A', 'S', 'PRACK', {
      at: left + dA + p,
      arrives: left + dA + p + dA,
      cseq: 2,
      cause: 'S 180',
      headers: { RAck: '1 1 INVITE' },
    })
    .sip(
      'S',
      'A',
      200,
      {
        at: left + dA + p + dA + p,
        arrives: left + dA + p + dA + p + dA,
        answers: 'A PRACK',
        cause: 'A PRACK',
      },
      'S 200 PRACK',
    );
  const played = left + dR + p;
  for (const medium of ['audio', 'video'] as const) {
    const port = medium === 'audio' ? 0 : 2;
    trace
      .rtp(
        'R',
        'A',
        medium,
        {
          at: played,
          arrives: played + mediaTransit,
          cause: 'play',
          stream: `ring ${medium}`,
          sources: [ring],
          fromPort: 50_000 + port,
          toPort: 4_000 + port,
        },
        `ring ${medium}`,
      )
      .hears('A', medium, [ring], played + mediaTransit, `A perceives ring ${medium}`);
  }
}

export function answering(trace: TraceBuilder, { dB, p }: Hops): number {
  const answered = answersAt + p;
  trace
    .user('B', { kind: 'answer' }, answersAt, 'answer')
    .sip(
      'B',
      'S',
      200,
      {
        at: answered,
        arrives: answered + dB,
        answers: 'S INVITE',
        cause: 'answer',
        sdp: sdp.answerOfB,
      },
      'B 200',
    )
    .hears('B', 'audio', [], answered, 'B answers')
    .rtp(
      'B',
      'A',
      'audio',
      {
        at: answered,
        arrives: answered + directTransit,
        cause: 'answer',
        stream: 'voice direct',
        sources: ['client-b'],
        fromPort: 6_000,
        toPort: 4_000,
      },
      'B voice direct',
    )
    .hears('A', 'audio', [ring, 'client-b'], answered + directTransit, 'A hears B directly');
  return answered + dB;
}
