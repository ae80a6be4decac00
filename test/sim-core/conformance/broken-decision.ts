import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { gone, noContinue, ofS, violated, type Broken } from './broken-call.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { sdp } from './reference-media.ts';
import { getOfMelody } from '../../support/http-packets.ts';

/** Breaches of Continue up to its step 4. */
export const brokenDecision: readonly Broken[] = [
  {
    what: 'no decision',
    call: continueCall,
    vary: (trace) => trace.without('decision'),
    flips: {
      ...noContinue,
      'CON-GEN-01': violated,
      'CON-GEN-02': gone,
      'CON-GEN-03': gone,
      'CON-SRV-01': violated,
      'DEL-GW-SRV-06': violated,
      'DEL-GW-SRV-07': violated,
    },
    says: 'No decision',
  },
  {
    what: 'the same decision twice',
    call: continueCall,
    vary: (trace) => trace.decision('continue', 5_055, 'B 200', 'second decision'),
    flips: { 'CON-GEN-01': violated },
    says: 'twice',
  },
  {
    what: 'one decision and then the other',
    call: continueCall,
    vary: (trace) => trace.decision('stop', 5_055, 'B 200', 'second decision'),
    flips: { 'CON-GEN-01': violated, 'CON-GEN-02': violated },
    says: 'twice',
  },
  {
    what: 'a decision against the configuration',
    call: continueCall,
    vary: (trace) => trace.reading('SW-CONT', 'stop'),
    flips: { 'CON-GEN-02': violated },
    says: 'SW-CONT=stop',
  },
  {
    what: 'a decision that a client asked for',
    call: continueCall,
    vary: (trace) =>
      trace
        .sip('A', 'S', 'INFO', { at: 5_012, arrives: 5_052, cseq: 3 })
        .without('decision')
        .decision('continue', 5_052, 'A INFO'),
    flips: { 'CON-GEN-03': violated, 'CON-CLI-01': violated },
    says: 'INFO of Client-A',
  },
  {
    what: 'a client that commands the Resource Server',
    call: continueCall,
    vary: (trace) => {
      const command = {
        protocol: 'resource control',
        label: 'stop',
        form: 'command',
        call: 'call-a',
        transaction: 99,
        command: { kind: 'play', answer: null, loops: true },
      } as const;
      return trace.packet('A', 'R', command, { at: 6_000, arrives: 6_040 }, 'A commands');
    },
    flips: { 'CON-GEN-03': violated },
    says: 'Client-A commanded',
  },
  {
    what: 'Continue in HTTP Mode',
    call: continueCall,
    vary: (trace) => trace.packet('A', 'R', getOfMelody, { at: 400, arrives: 440 }, 'A GET'),
    flips: { 'CON-GEN-04': violated },
    says: 'HTTP Mode',
  },
  {
    what: 'a decision before the final response',
    call: continueCall,
    vary: (trace) => trace.shift('decision', 5_040),
    flips: { 'CON-SRV-01': violated },
    says: "before Client-B's final response",
  },
  {
    what: 'a decision after acting on it',
    call: continueCall,
    vary: (trace) => trace.shift('decision', 5_065),
    flips: { 'CON-SRV-01': violated },
    says: 'already acted at 5\u2009060 ms',
  },
  {
    what: 'a decision to continue after a refusal',
    call: rejectedCall,
    vary: (trace) => trace.decision('continue', 5_050, 'B 486'),
    flips: { 'CON-SRV-01': violated, 'CON-GEN-02': 'satisfied', 'CON-GEN-03': 'satisfied' },
    says: 'GAP-02',
  },
  {
    what: 'a conference although the ring stops',
    call: stopCall,
    vary: (trace) => trace.command({ kind: 'allocate conference' }, { at: 5_060, arrives: 5_070 }),
    flips: { 'CON-SRV-02': violated },
    says: 'still went on',
  },
  {
    what: 'no mix command',
    call: continueCall,
    vary: (trace) => trace.without('mix', 'mix reply', 'mixing', 'mixture', 'forwarded'),
    flips: {
      'CON-SRV-03': violated,
      'CON-SRV-09': violated,
      'FLOW-CON-11': violated,
      'CON-CLI-01': gone,
    },
    says: 'mix command is missing',
  },
  {
    what: 'no ACK for the first 200',
    call: continueCall,
    vary: (trace) => trace.without('S ACK'),
    flips: { 'CON-SRV-03': violated, 'CON-SRV-04': violated, 'FLOW-CON-02': violated },
    says: 'ACK to Client-B is missing',
  },
  {
    what: 'a wrong CSeq number in the ACK for the first 200',
    call: continueCall,
    vary: (trace) => trace.change('S ACK', { cseq: 7 }),
    flips: { 'CON-SRV-03': violated, 'CON-SRV-04': violated, 'FLOW-CON-02': violated },
  },
  {
    what: 'the ACK for the first 200 after the re-INVITE',
    call: continueCall,
    vary: (trace) => trace.shift('S ACK', 5_110),
    flips: { 'CON-SRV-04': violated, 'FLOW-CON-02': violated, 'FLOW-CON-03': violated },
    says: 'after the re-INVITE',
  },
  {
    what: 'no conference',
    call: continueCall,
    vary: (trace) => trace.without('allocate conference', 'allocate conference reply'),
    flips: { 'CON-SRV-03': violated, 'CON-SRV-05': violated, 'FLOW-CON-03': violated },
  },
  {
    what: 'the re-INVITE before the conference is granted',
    call: continueCall,
    vary: (trace) => trace.shift('allocate conference reply', 5_095),
    flips: { 'CON-SRV-05': violated, 'FLOW-CON-03': violated },
    says: 'granted only at 5\u2009105 ms',
  },
  {
    what: "the re-INVITE at Client-A's own address",
    call: continueCall,
    vary: (trace) =>
      trace.change('S re-INVITE', {
        sdp: session(ofS(2, '800'), addresses.A, sdp.reinvite.media),
      }),
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated },
    says: addresses.A,
  },
  {
    what: 'the re-INVITE at a port the conference does not have',
    call: continueCall,
    vary: (trace) => {
      const media = [mediaLine('audio', 50_010), mediaLine('video', 0, 'inactive')];
      return trace.change('S re-INVITE', { sdp: session(ofS(2, '800'), addresses.R, media) });
    },
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated },
    says: 'not allocated',
  },
  {
    what: 'the re-INVITE without SDP',
    call: continueCall,
    vary: (trace) => trace.change('S re-INVITE', { sdp: null }),
    // Without an offer Client-B's SDP is one itself, and nobody answers it.
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated, 'FLOW-CON-05': violated },
    says: 'carries no SDP offer',
  },
  {
    what: 'the re-INVITE with a format Client-A did not offer',
    call: continueCall,
    vary: (trace) => {
      const media = [
        mediaLine('audio', 50_020, 'sendrecv', ['96', '97']),
        mediaLine('video', 0, 'inactive'),
      ];
      return trace.change('S re-INVITE', { sdp: session(ofS(2, '800'), addresses.R, media) });
    },
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated },
    says: 'format 97',
  },
  {
    what: "the re-INVITE under Client-A's o= line",
    call: continueCall,
    vary: (trace) =>
      trace.change('S re-INVITE', {
        sdp: session({ of: 'A', id: '100', version: 2 }, addresses.R, sdp.reinvite.media),
      }),
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated },
    says: 'R-OA-14',
  },
  {
    what: 'the re-INVITE with an o= version skipped',
    call: continueCall,
    vary: (trace) =>
      trace.change('S re-INVITE', {
        sdp: session(ofS(3, '800'), addresses.R, sdp.reinvite.media),
      }),
    flips: { 'CON-SRV-06': violated, 'FLOW-CON-04': violated },
    says: 'version 3 of o= after version 1',
  },
];
