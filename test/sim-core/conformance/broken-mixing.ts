import type { Packet } from '../../../sim-core/kernel/node.ts';
import type { CommandMessage } from '../../../sim-core/resource-control/control-message.ts';
import type { MediaDescription } from '../../../sim-core/sdp/session-description.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { gone, noContinue, ofS, violated, type Broken } from './broken-call.ts';
import { continueCall } from './reference-call.ts';
import { cell, cells, ring, sdp } from './reference-media.ts';

const audio = mediaLine('audio', 50_010);
const video = mediaLine('video', 50_012, 'sendonly');

/** The UPDATE with these m= lines, and Client-A's answer with as many. */
function offering(trace: TraceBuilder, media: readonly MediaDescription[]): TraceBuilder {
  const answer = media.map((line) =>
    line.port === 0
      ? line
      : mediaLine(line.media === 'audio' ? 'audio' : 'video', 4_000, 'recvonly'),
  );
  return trace
    .change('S UPDATE', { sdp: session(ofS(2, '700'), addresses.R, media) })
    .change('A 200 UPDATE', {
      sdp: session({ of: 'A', id: '100', version: 2 }, addresses.A, answer),
    });
}

function withCells(trace: TraceBuilder, changed: typeof cells): TraceBuilder {
  return trace.changePacket('mix', (packet: Packet) => {
    const { command } = packet as CommandMessage;
    return { ...packet, command: { ...command, cells: changed } } as Packet;
  });
}

/** Breaches of Continue from its step 5 on. */
export const brokenMixing: readonly Broken[] = [
  {
    what: "the UPDATE before Client-B's answer to the re-INVITE",
    call: continueCall,
    vary: (trace) => trace.shift('S UPDATE', 5_185),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'before Client-B had answered',
  },
  {
    what: 'the UPDATE before the PRACK',
    call: continueCall,
    vary: (trace) => trace.shift('A PRACK', 5_165).shift('S 200 PRACK', 5_215),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'R-UPD-03',
  },
  {
    what: "the UPDATE under Client-B's o= line",
    call: continueCall,
    vary: (trace) =>
      trace.change('S UPDATE', {
        sdp: session({ of: 'B', id: '200', version: 3 }, addresses.R, sdp.update.media),
      }),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'R-OA-14',
  },
  {
    what: 'the UPDATE without the CMR video',
    call: continueCall,
    vary: (trace) => offering(trace, [audio, mediaLine('video', 0, 'inactive')]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'leaves out the video of the CMR Resource',
  },
  {
    what: 'the UPDATE with the CMR video in both directions',
    call: continueCall,
    vary: (trace) => offering(trace, [audio, mediaLine('video', 50_012)]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'CMR video as sendrecv',
  },
  {
    what: 'the UPDATE with the mixed audio in one direction',
    call: continueCall,
    vary: (trace) => offering(trace, [mediaLine('audio', 50_010, 'sendonly'), video]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'mixed audio as sendonly',
  },
  {
    what: 'the UPDATE with the CMR audio beside the regular one',
    call: continueCall,
    vary: (trace) => offering(trace, [audio, video, mediaLine('audio', 50_010, 'sendonly')]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'adds audio beside',
  },
  {
    what: 'the UPDATE with the CMR video above the audio',
    call: continueCall,
    vary: (trace) => offering(trace, [video, audio]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'R-OA-13, R-OA-15',
  },
  {
    what: 'the UPDATE with the CMR video in a new m= line',
    call: continueCall,
    vary: (trace) => offering(trace, [audio, mediaLine('video', 0, 'inactive'), video]),
    flips: { 'CON-SRV-07': violated, 'FLOW-CON-06': violated },
    says: 'SW-CONT-SLOT=reuse',
  },
  {
    what: 'no UPDATE',
    call: continueCall,
    vary: (trace) => trace.without('S UPDATE', 'A 200 UPDATE'),
    flips: {
      'CON-SRV-03': violated,
      'CON-SRV-07': violated,
      'CON-SRV-08': violated,
      'DEL-GW-SRV-07': violated,
      'DEL-GW-SRV-08': violated,
      'FLOW-CON-06': violated,
      'FLOW-CON-07': gone,
      'FLOW-CON-08': violated,
    },
  },
  {
    what: 'the 200 to the INVITE before the 200 to the UPDATE',
    call: continueCall,
    vary: (trace) => trace.shift('S 200', 5_280),
    flips: { 'CON-SRV-08': violated, 'DEL-GW-SRV-08': violated, 'FLOW-CON-08': violated },
    says: 'before a 200 to the UPDATE had arrived',
  },
  {
    what: "the mix command before Client-A's ACK",
    call: continueCall,
    vary: (trace) => trace.shift('mix', 5_385),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: "before Client-A's ACK",
  },
  {
    what: 'the ring mixed for Client-B as well',
    call: continueCall,
    vary: (trace) => withCells(trace, [...cells, cell(ring, 'client-b', 'audio')]),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: 'beach-waves heard by Client-B',
  },
  {
    what: 'the ring left out of the mixture',
    call: continueCall,
    vary: (trace) =>
      withCells(
        trace,
        cells.filter((one) => one.input !== ring),
      ),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: 'leaves the ring out',
  },
  {
    what: 'Client-B left out of the mixture',
    call: continueCall,
    vary: (trace) =>
      withCells(
        trace,
        cells.filter((one) => one.input !== 'client-b'),
      ),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: "Client-B's audio",
  },
  {
    what: 'Client-A not forwarded',
    call: continueCall,
    vary: (trace) =>
      withCells(
        trace,
        cells.filter((one) => one.input !== 'client-a'),
      ),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: "does not forward Client-A's audio",
  },
  {
    what: 'RTP of the ring towards Client-B',
    call: continueCall,
    vary: (trace) =>
      trace.rtp(
        'R',
        'B',
        'audio',
        { at: 6_000, arrives: 6_040, stream: 'astray', sources: [ring], fromPort: 1, toPort: 2 },
        'astray',
      ),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: 'sent to Client-B as well',
  },
  {
    what: 'a mix command that the Resource Server does not carry out',
    call: continueCall,
    vary: (trace) =>
      trace.changePacket(
        'mixture',
        (packet) => ({ ...packet, sources: [{ source: ring, gainPercent: 100 }] }) as Packet,
      ),
    flips: { 'CON-SRV-09': violated, 'FLOW-CON-11': violated },
    says: 'nothing of Client-B',
  },
  {
    what: 'an extension required of Client-A',
    call: continueCall,
    vary: (trace) => trace.change('S UPDATE', { headers: { Require: 'cmr-continue' } }),
    flips: { 'CON-CLI-01': violated },
    says: 'requires cmr-continue',
  },
  {
    what: 'the flow without an answer of Client-B',
    call: continueCall,
    vary: (trace) => trace.without('B 200'),
    flips: {
      ...noContinue,
      'CON-GEN-01': gone,
      'CON-SRV-01': violated,
      'DEL-GW-SRV-07': gone,
      'DEL-GW-SRV-08': gone,
      'FLOW-CON-01': violated,
    },
    says: "before Client-B's final response",
  },
  {
    what: 'step 3 before step 2',
    call: continueCall,
    vary: (trace) => trace.shift('allocate conference', 5_055),
    flips: { 'FLOW-CON-03': violated },
    says: 'before step 2',
  },
  {
    what: 'step 4 before step 3',
    call: continueCall,
    vary: (trace) =>
      trace.shift('allocate conference', 5_102).shift('allocate conference reply', 5_122),
    flips: { 'CON-SRV-05': violated, 'FLOW-CON-03': violated, 'FLOW-CON-04': violated },
  },
  {
    what: 'step 5 without SDP',
    call: continueCall,
    vary: (trace) => trace.change('B 200 re-INVITE', { sdp: null }),
    flips: { 'FLOW-CON-05': violated },
    says: 'without an SDP answer',
  },
  {
    what: 'step 5 with an m= line too few',
    call: continueCall,
    vary: (trace) =>
      trace.change('B 200 re-INVITE', {
        sdp: { ...sdp.reanswerOfB, media: sdp.reanswerOfB.media.slice(0, 1) },
      }),
    flips: { 'FLOW-CON-05': violated },
    says: 'R-OA-06',
  },
  {
    what: 'step 7 without SDP',
    call: continueCall,
    vary: (trace) => trace.change('A 200 UPDATE', { sdp: null }),
    flips: { 'FLOW-CON-07': violated },
    says: 'without an SDP answer',
  },
  {
    what: 'step 9 with a wrong CSeq number',
    call: continueCall,
    vary: (trace) => trace.change('A ACK', { cseq: 9 }),
    flips: {
      'FLOW-CON-09': violated,
      'FLOW-CON-10': violated,
      'FLOW-CON-11': violated,
      'CON-SRV-09': violated,
      'CON-CLI-01': gone,
    },
  },
  {
    what: "step 10 with the first INVITE's CSeq number (GAP-04)",
    call: continueCall,
    vary: (trace) => trace.change('S ACK re-INVITE', { cseq: 1 }),
    flips: { 'FLOW-CON-10': violated },
    says: 'CSeq number 1; the re-INVITE has 2',
  },
  {
    what: 'step 10 before step 9',
    call: continueCall,
    vary: (trace) => trace.shift('S ACK re-INVITE', 5_200),
    flips: { 'FLOW-CON-10': violated },
    says: "before Client-A's ACK",
  },
  {
    what: 'no step 10',
    call: continueCall,
    vary: (trace) => trace.without('S ACK re-INVITE'),
    flips: { 'FLOW-CON-10': violated },
    says: 'No ACK for the re-INVITE',
  },
  {
    what: 'step 11 before step 10',
    call: continueCall,
    vary: (trace) => trace.shift('mix', 5_395),
    flips: { 'FLOW-CON-11': violated },
    says: 'before step 10',
  },
];
