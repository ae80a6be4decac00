import type { TraceBuilder } from '../../support/trace-builder.ts';
import { addresses, session } from '../../support/trace-packets.ts';
import { ofS } from './broken-call.ts';
import { sdp } from './reference-media.ts';

/** What the CMR Server does where the Continue flow cannot go on (GAP-26), from that time, in ms. */

/** a: the ring stops, and Client-A gets Client-B's media in an UPDATE and then its 200. */
export function downgraded(trace: TraceBuilder, at: number, version = 2): TraceBuilder {
  const direct = session(ofS(version, '700'), addresses.B, sdp.updateDirect.media);
  const updated = { at, arrives: at + 40, cseq: version, sdp: direct };
  return trace
    .command({ kind: 'stop' }, { at, arrives: at + 10 }, 'failure stop')
    .sip('S', 'A', 'UPDATE', updated, 'direct UPDATE')
    .sip(
      'A',
      'S',
      200,
      { at: at + 50, arrives: at + 90, answers: 'direct UPDATE', sdp: sdp.directAnswerOfA },
      'A 200 direct UPDATE',
    )
    .sip(
      'S',
      'A',
      200,
      { at: at + 100, arrives: at + 140, answers: 'A INVITE' },
      'S 200 downgraded',
    )
    .sip('A', 'S', 'ACK', { at: at + 150, arrives: at + 190 }, 'A ACK downgraded');
}

/** c: Client-B is gone, and Client-A gets 480. */
export function legBLost(trace: TraceBuilder, at: number): TraceBuilder {
  return trace
    .command({ kind: 'stop' }, { at, arrives: at + 10 }, 'failure stop')
    .sip('S', 'A', 480, { at, arrives: at + 40, answers: 'A INVITE' }, 'S 480');
}

/** d: Client-A is gone: 487 for it, and BYE for Client-B, which was acknowledged in step 2. */
export function legALost(trace: TraceBuilder, at: number): TraceBuilder {
  return trace
    .command({ kind: 'stop' }, { at, arrives: at + 10 }, 'failure stop')
    .sip('S', 'A', 487, { at, arrives: at + 40, answers: 'A INVITE' }, 'S 487')
    .sip('S', 'B', 'BYE', { at, arrives: at + 40, cseq: 9 }, 'S BYE');
}
