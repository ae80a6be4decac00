import type { SwitchName } from '../../../sim-core/base/switches.ts';
import { traceBuilder, type TraceBuilder } from '../../support/trace-builder.ts';
import { cells, ports, ring, sdp } from './reference-media.ts';
import {
  answering,
  answersAt,
  directTransit,
  mediaTransit,
  ringing,
  usualHops,
  type Hops,
} from './reference-ringing.ts';

const T1 = 500;

/** REF-CON-GW: the ring goes on. */
export function continueCall(
  switches: Partial<Record<SwitchName, string>> = {},
  hops: Hops = usualHops,
): TraceBuilder {
  const trace = traceBuilder(switches);
  const { dA, dB, dR, p } = hops;
  ringing(trace, hops);
  const answered = answering(trace, hops);
  const allocated = answered + p + dR + p + dR;
  const reinvited = allocated + p + dB;
  const reanswered = reinvited + p;
  const updated = reanswered + dB + p + dA;
  const reupdated = updated + p + dA;
  const final = reupdated + p + dA;
  const acked = final + p + dA;
  const released = acked + p;
  const immediate = switches['SW-REINV-ACK'] === 'immediate';
  const ackLeaves = immediate ? reanswered + dB + p : released;
  const ackArrives = ackLeaves + dB;
  trace
    .decision('continue', answered, 'B 200')
    .sip('S', 'B', 'ACK', { at: answered + p, arrives: answered + p + dB, cause: 'B 200' })
    .command(
      { kind: 'allocate conference' },
      { at: answered + p, arrives: answered + p + dR, cause: 'B 200' },
    )
    .reply(
      'allocate conference',
      { kind: 'conference allocated', ports, able: sdp.able },
      { at: answered + p + dR + p, arrives: allocated, cause: 'allocate conference' },
    )
    .sip(
      'S',
      'B',
      'INVITE',
      {
        at: allocated + p,
        arrives: reinvited,
        cseq: 2,
        cause: 'allocate conference reply',
        sdp: sdp.reinvite,
      },
      'S re-INVITE',
    )
    .sip(
      'B',
      'S',
      200,
      {
        at: reanswered,
        arrives: reanswered + dB,
        answers: 'S re-INVITE',
        cause: 'S re-INVITE',
        sdp: sdp.reanswerOfB,
        again: repeated(reanswered, ackArrives, dB),
      },
      'B 200 re-INVITE',
    )
    .sip('S', 'A', 'UPDATE', {
      at: reanswered + dB + p,
      arrives: updated,
      cause: 'B 200 re-INVITE',
      sdp: sdp.update,
    })
    .sip(
      'A',
      'S',
      200,
      {
        at: updated + p,
        arrives: reupdated,
        answers: 'S UPDATE',
        cause: 'S UPDATE',
        sdp: sdp.reanswerOfA,
      },
      'A 200 UPDATE',
    )
    .sip('S', 'A', 200, {
      at: reupdated + p,
      arrives: final,
      answers: 'A INVITE',
      cause: 'A 200 UPDATE',
    })
    .sip('A', 'S', 'ACK', { at: final + p, arrives: acked, cause: 'S 200' })
    .sip(
      'S',
      'B',
      'ACK',
      {
        at: ackLeaves,
        arrives: ackArrives,
        cseq: 2,
        cause: immediate ? 'B 200 re-INVITE' : 'A ACK',
      },
      'S ACK re-INVITE',
    )
    .command(
      {
        kind: 'mix',
        clientA: 'client-a',
        clientB: 'client-b',
        offeredToA: sdp.update,
        offeredToB: sdp.reinvite,
        towardsA: sdp.reanswerOfA,
        towardsB: sdp.reanswerOfB,
        cells,
      },
      { at: released, arrives: released + dR, cause: 'A ACK' },
    )
    .reply('mix', { kind: 'done' }, { at: released + dR + p, arrives: released + 2 * dR + p });
  moveVoice(trace, reanswered);
  mixed(trace, released + dR + p);
  return trace;
}

/** Client-B's own timer: T1, doubling, while no ACK has arrived (a tie goes to the message). */
function repeated(first: number, until: number, dB: number) {
  const copies: { at: number; arrives: number }[] = [];
  for (let wait = T1, at = first + T1; at < until; wait *= 2, at += wait) {
    copies.push({ at, arrives: at + dB });
  }
  return copies;
}

/** With its answer to the re-INVITE, Client-B speaks to the Resource Server instead. */
function moveVoice(trace: TraceBuilder, at: number): void {
  trace
    .rtp(
      'B',
      'A',
      'audio',
      {
        at,
        arrives: at + directTransit,
        cause: 'S re-INVITE',
        stream: 'voice direct',
        sources: [],
        fromPort: 6_000,
        toPort: 4_000,
      },
      'B voice direct ends',
    )
    .hears('A', 'audio', [ring], at + directTransit, 'A hears the ring alone')
    .rtp(
      'B',
      'R',
      'audio',
      {
        at,
        arrives: at + mediaTransit,
        cause: 'S re-INVITE',
        stream: 'voice',
        sources: ['client-b'],
        fromPort: 6_000,
        toPort: 50_020,
      },
      'B voice',
    );
}

function mixed(trace: TraceBuilder, at: number): void {
  trace
    .note('R', { kind: 'mixing', cells }, at, 'mixing', 'mix')
    .rtp(
      'R',
      'A',
      'audio',
      {
        at,
        arrives: at + mediaTransit,
        cause: 'mix',
        stream: 'ring audio',
        sources: [ring, 'client-b'],
        fromPort: 50_010,
        toPort: 4_000,
      },
      'mixture',
    )
    .hears('A', 'audio', [ring, 'client-b'], at + mediaTransit, 'A hears the mixture')
    .rtp(
      'R',
      'B',
      'audio',
      {
        at,
        arrives: at + mediaTransit,
        cause: 'mix',
        stream: 'forwarded',
        sources: ['client-a'],
        fromPort: 50_020,
        toPort: 6_000,
      },
      'forwarded',
    )
    .hears('B', 'audio', ['client-a'], at + mediaTransit, 'B hears A');
}

/** REF-GW-BT to its end: the ring stops. */
export function stopCall(switches: Partial<Record<SwitchName, string>> = {}): TraceBuilder {
  const trace = traceBuilder(switches);
  const { dA, dB, dR, p } = usualHops;
  ringing(trace, usualHops);
  const answered = answering(trace, usualHops);
  const left = answered + p;
  const updated = left + dA;
  const reupdated = updated + p + dA;
  const final = reupdated + p + dA;
  const stopped = left + dR + p;
  return trace
    .decision('stop', answered, 'B 200')
    .sip('S', 'B', 'ACK', { at: left, arrives: left + dB, cause: 'B 200' })
    .command({ kind: 'stop' }, { at: left, arrives: left + dR, cause: 'B 200' })
    .reply('stop', { kind: 'done' }, { at: stopped, arrives: stopped + dR, cause: 'stop' })
    .sip('S', 'A', 'UPDATE', { at: left, arrives: updated, cause: 'B 200', sdp: sdp.updateDirect })
    .rtp(
      'R',
      'A',
      'audio',
      {
        at: stopped,
        arrives: stopped + mediaTransit,
        cause: 'stop',
        stream: 'ring audio',
        sources: [],
        fromPort: 50_000,
        toPort: 4_000,
      },
      'ring audio ends',
    )
    .hears('A', 'audio', ['client-b'], stopped + mediaTransit, 'A hears B alone')
    .sip(
      'A',
      'S',
      200,
      {
        at: updated + p,
        arrives: reupdated,
        answers: 'S UPDATE',
        cause: 'S UPDATE',
        sdp: sdp.directAnswerOfA,
      },
      'A 200 UPDATE',
    )
    .sip('S', 'A', 200, {
      at: reupdated + p,
      arrives: final,
      answers: 'A INVITE',
      cause: 'A 200 UPDATE',
    })
    .sip('A', 'S', 'ACK', { at: final + p, arrives: final + p + dA, cause: 'S 200' });
}

/** Client-B declines while the ring plays. */
export function rejectedCall(): TraceBuilder {
  const trace = traceBuilder();
  const { dA, dB, dR, p } = usualHops;
  ringing(trace, usualHops);
  const refused = answersAt + p;
  const left = refused + dB + p;
  return trace
    .user('B', { kind: 'reject', status: 486 }, answersAt, 'reject')
    .sip('B', 'S', 486, {
      at: refused,
      arrives: refused + dB,
      answers: 'S INVITE',
      cause: 'reject',
    })
    .sip('S', 'B', 'ACK', { at: left, arrives: left + dB, like: 'S INVITE', cause: 'B 486' })
    .command({ kind: 'stop' }, { at: left, arrives: left + dR, cause: 'B 486' })
    .sip('S', 'A', 486, { at: left, arrives: left + dA, answers: 'A INVITE', cause: 'B 486' })
    .sip('A', 'S', 'ACK', {
      at: left + dA + p,
      arrives: left + dA + p + dA,
      like: 'A INVITE',
      cause: 'S 486',
    });
}
