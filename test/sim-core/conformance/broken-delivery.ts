import type { Verdict } from '../../../sim-core/conformance/verdict.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';
import { gone, ofS, violated, type Broken } from './broken-call.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';
import { sdp } from './reference-media.ts';

/** What is judged in the provisional response, once none is due. */
const nothingDelivered: Readonly<Record<string, Verdict>> = {
  ...Object.fromEntries([2, 3, 4, 5, 7, 8].map((n) => [`DEL-GW-SRV-0${n}`, gone])),
  'DEL-GW-CLI-02': gone,
};

/** Breaches of Gateway Mode delivery. */
export const brokenDelivery: readonly Broken[] = [
  {
    what: 'a ring although the INVITE does not ask for it',
    call: stopCall,
    vary: (trace) =>
      trace.change('A INVITE', { headers: { Supported: '100rel', Allow: 'UPDATE' } }),
    flips: {
      'DEL-GW-SRV-01': violated,
      ...nothingDelivered,
      'DEL-GW-CLI-01': violated,
    },
    says: 'still delivers the ring',
  },
  {
    what: 'a ring although the INVITE does not support 100rel (GAP-12)',
    call: stopCall,
    vary: (trace) =>
      trace.change('A INVITE', { headers: { 'P-Early-Media': 'supported', Allow: 'UPDATE' } }),
    flips: {
      'DEL-GW-SRV-01': violated,
      ...nothingDelivered,
    },
    says: '100rel',
  },
  {
    what: 'the provisional response passed on as it came',
    call: continueCall,
    vary: (trace) => trace.change('S 180', { sdp: null, headers: {} }),
    flips: {
      'DEL-GW-SRV-01': violated,
      'DEL-GW-SRV-02': violated,
      'DEL-GW-SRV-03': violated,
      'DEL-GW-SRV-04': violated,
      'DEL-GW-CLI-02': gone,
    },
    says: 'lacks an SDP answer and P-Early-Media and Require: 100rel',
  },
  {
    what: 'an answer with an m= line too few',
    call: continueCall,
    vary: (trace) =>
      trace.change('S 180', { sdp: { ...sdp.ring, media: sdp.ring.media.slice(0, 1) } }),
    flips: { 'DEL-GW-SRV-02': violated },
    says: 'R-OA-06',
  },
  {
    what: 'an answer with audio and video the other way round',
    call: stopCall,
    vary: (trace) =>
      trace.change('S 180', { sdp: { ...sdp.ring, media: sdp.ring.media.toReversed() } }),
    // The UPDATE then changes what stands in these places.
    flips: { 'DEL-GW-SRV-02': violated, 'DEL-GW-SRV-07': violated },
    says: 'where the offer has',
  },
  {
    what: "an answer that is not at the Resource Server's address",
    call: continueCall,
    vary: (trace) =>
      trace.change('S 180', { sdp: session(ofS(1, '700'), addresses.B, sdp.ring.media) }),
    flips: { 'DEL-GW-SRV-02': violated },
    says: addresses.B,
  },
  {
    what: 'an answer in a format nobody offered',
    call: continueCall,
    vary: (trace) => {
      const strange = mediaLine('audio', 50_000, 'sendrecv', ['97']);
      const media = [strange, mediaLine('video', 50_002)];
      return trace.change('S 180', { sdp: session(ofS(1, '700'), addresses.R, media) });
    },
    flips: { 'DEL-GW-SRV-02': violated },
    says: 'R-OA-08',
  },
  {
    what: 'sendonly where SW-GW-SDP-DIR has the answer mirror the offer',
    call: continueCall,
    vary: (trace) => {
      const media = [mediaLine('audio', 50_000, 'sendonly'), mediaLine('video', 50_002)];
      return trace.change('S 180', { sdp: session(ofS(1, '700'), addresses.R, media) });
    },
    flips: { 'DEL-GW-SRV-02': violated },
    says: 'SW-GW-SDP-DIR=mirror',
  },
  {
    what: 'no P-Early-Media',
    call: continueCall,
    vary: (trace) => trace.change('S 180', { headers: { Require: '100rel', RSeq: '1' } }),
    flips: { 'DEL-GW-SRV-01': violated, 'DEL-GW-SRV-03': violated, 'DEL-GW-CLI-02': gone },
    says: 'P-Early-Media',
  },
  {
    what: 'P-Early-Media: inactive',
    call: continueCall,
    vary: (trace) =>
      trace.change('S 180', {
        headers: { Require: '100rel', RSeq: '1', 'P-Early-Media': 'inactive' },
      }),
    flips: { 'DEL-GW-SRV-03': violated, 'DEL-GW-CLI-02': gone },
    says: 'inactive instead of sendrecv',
  },
  {
    what: '100rel required without an RSeq',
    call: continueCall,
    vary: (trace) =>
      trace.change('S 180', { headers: { Require: '100rel', 'P-Early-Media': 'sendrecv' } }),
    flips: { 'DEL-GW-SRV-04': violated },
    says: 'without an RSeq',
  },
  {
    what: '100rel required twice',
    call: continueCall,
    vary: (trace) =>
      trace.change('S 180', {
        headers: { Require: '100rel, 100rel', RSeq: '1', 'P-Early-Media': 'sendrecv' },
      }),
    flips: { 'DEL-GW-SRV-04': violated },
    says: 'twice',
  },
  {
    what: 'no play command',
    call: continueCall,
    vary: (trace) => trace.without('play', 'play reply'),
    flips: { 'DEL-GW-SRV-05': violated },
    says: 'No play command',
  },
  {
    what: 'the play command before the provisional response',
    call: continueCall,
    vary: (trace) => trace.shift('play', 285),
    flips: { 'DEL-GW-SRV-05': violated },
    says: 'before the 180 had left',
  },
  {
    what: 'no stop command',
    call: stopCall,
    vary: (trace) => trace.without('stop', 'stop reply'),
    flips: { 'DEL-GW-SRV-06': violated, 'CON-SRV-02': violated },
    says: 'No stop command',
  },
  {
    what: 'two stop commands',
    call: stopCall,
    vary: (trace) => trace.command({ kind: 'stop' }, { at: 5_090, arrives: 5_100 }, 'stop again'),
    flips: { 'DEL-GW-SRV-06': violated, 'CON-SRV-02': violated },
    says: 'twice',
  },
  {
    what: 'no stop command after a refusal',
    call: rejectedCall,
    vary: (trace) => trace.without('stop'),
    flips: { 'DEL-GW-SRV-06': violated },
    says: "Client-B's 486",
  },
  {
    what: 'the stop command before the final response',
    call: rejectedCall,
    vary: (trace) => trace.shift('stop', 5_020),
    flips: { 'DEL-GW-SRV-06': violated },
    says: "before Client-B's 486 arrived",
  },
  {
    what: 'no UPDATE',
    call: stopCall,
    vary: (trace) => trace.without('S UPDATE', 'A 200 UPDATE'),
    flips: { 'DEL-GW-SRV-07': violated, 'DEL-GW-SRV-08': violated },
    says: 'without an UPDATE',
  },
  {
    what: "the UPDATE under Client-B's o= line",
    call: stopCall,
    vary: (trace) =>
      trace.change('S UPDATE', {
        sdp: session({ of: 'B', id: '200', version: 1 }, addresses.B, sdp.updateDirect.media),
      }),
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'R-OA-14',
  },
  {
    what: 'the UPDATE without a new o= version',
    call: stopCall,
    vary: (trace) =>
      trace.change('S UPDATE', {
        sdp: session(ofS(1, '700'), addresses.B, sdp.updateDirect.media),
      }),
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'old version 1',
  },
  {
    what: 'the UPDATE with an m= line too few',
    call: stopCall,
    vary: (trace) =>
      trace.change('S UPDATE', {
        sdp: session(ofS(2, '700'), addresses.B, [mediaLine('audio', 6_000)]),
      }),
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'R-OA-13',
  },
  {
    what: 'the UPDATE with another codec under an old payload type',
    call: stopCall,
    vary: (trace) => {
      const other = mediaLine('audio', 6_000, 'sendrecv', ['96'], { 96: 'EVS/16000' });
      const media = [other, mediaLine('video', 0, 'inactive')];
      return trace.change('S UPDATE', { sdp: session(ofS(2, '700'), addresses.B, media) });
    },
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'R-OA-16',
  },
  {
    what: 'the UPDATE with media Client-B refused',
    call: stopCall,
    vary: (trace) => {
      const media = [mediaLine('audio', 6_000), mediaLine('video', 6_002)];
      return trace.change('S UPDATE', { sdp: session(ofS(2, '700'), addresses.B, media) });
    },
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'Client-B refused',
  },
  {
    what: 'the UPDATE at the Resource Server although the ring stops',
    call: stopCall,
    vary: (trace) => {
      const media = [mediaLine('audio', 6_000), mediaLine('video', 0, 'inactive')];
      return trace.change('S UPDATE', { sdp: session(ofS(2, '700'), addresses.R, media) });
    },
    flips: { 'DEL-GW-SRV-07': violated },
    says: addresses.R,
  },
  {
    what: 'the UPDATE before the PRACK',
    call: stopCall,
    vary: (trace) => trace.shift('A PRACK', 5_030).shift('S 200 PRACK', 5_080),
    flips: { 'DEL-GW-SRV-07': violated },
    says: 'R-UPD-03',
  },
  {
    what: 'the UPDATE after the 200 to the INVITE',
    call: stopCall,
    vary: (trace) => trace.shift('S UPDATE', 5_170).shift('A 200 UPDATE', 5_220),
    flips: { 'DEL-GW-SRV-07': violated, 'DEL-GW-SRV-08': violated },
    says: 'after the 200 of',
  },
  {
    what: 'SDP in the 200',
    call: continueCall,
    vary: (trace) => trace.change('S 200', { sdp: sdp.update }),
    flips: { 'DEL-GW-SRV-08': violated },
    says: 'carries SDP',
  },
  {
    what: 'the 200 before the 200 to the UPDATE',
    call: stopCall,
    vary: (trace) => trace.shift('S 200', 5_140),
    flips: { 'DEL-GW-SRV-08': violated },
    says: 'before the 200 to the UPDATE',
  },
  {
    what: 'a client that goes on with its own tone',
    call: continueCall,
    vary: (trace) => trace.without('A perceives ring audio'),
    flips: { 'DEL-GW-CLI-02': violated },
    says: 'its own tone',
  },
  {
    what: 'a client that renders nothing of the ring',
    call: continueCall,
    vary: (trace) =>
      trace
        .without('A ringback', 'A perceives ring audio', 'A hears the ring alone')
        .without('A hears B directly', 'A hears the mixture'),
    flips: { 'DEL-GW-CLI-02': violated },
    says: 'did not render',
  },
];
