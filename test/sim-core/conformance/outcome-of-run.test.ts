import { expect, test } from 'vitest';

import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import { outcomeOf } from '../../../sim-core/conformance/outcome-of-run.ts';
import { traceBuilder, type TraceBuilder } from '../../support/trace-builder.ts';
import { continueCall, rejectedCall, stopCall } from './reference-call.ts';

function outcome(trace: TraceBuilder): string {
  const { header, records } = trace.build();
  return outcomeOf(callIn(header, records, 'quiet'));
}

/** The call as it stood at that instant, ended by a final response to Client-A. */
function endedWith(trace: TraceBuilder, status: number, at: number): TraceBuilder {
  return trace
    .until(at)
    .sip('S', 'A', status, { at, arrives: at + 40, answers: 'A INVITE' }, 'ending');
}

const cancel = (trace: TraceBuilder, at: number) =>
  trace.sip('A', 'S', 'CANCEL', { at, arrives: at + 40, like: 'A INVITE' });

test.each<[string, () => TraceBuilder]>([
  ['ring continues', continueCall],
  ['ring stopped', stopCall],
  ['rejected', rejectedCall],
  ['answered without ring', () => stopCall().without('play', 'play reply', 'stop', 'stop reply')],
  [
    'ring stopped',
    () =>
      continueCall()
        .without('mix reply')
        .reply('mix', { kind: 'refused', why: 'no mixer' }, { at: 5_420, arrives: 5_430 }),
  ],
  ['cancelled', () => endedWith(cancel(stopCall(), 2_000), 487, 2_050)],
  ['cancelled', () => cancel(stopCall().until(2_000), 1_990)],
  [
    // The CANCEL crosses the 200; Client-A acknowledges and hangs up (R-CAN-07).
    'cancelled',
    () => cancel(stopCall(), 5_180).sip('A', 'S', 'BYE', { at: 5_220, arrives: 5_260, cseq: 3 }),
  ],
  ['not answered', () => stopCall().until(4_000)],
  ['not answered', () => traceBuilder()],
  ['not answered', () => endedWith(stopCall(), 408, 4_000)],
  [
    // The CMR Server gave up leg B by itself.
    'not answered',
    () =>
      endedWith(
        stopCall()
          .until(4_000)
          .sip('B', 'S', 487, { at: 3_900, arrives: 3_940, answers: 'S INVITE' }),
        480,
        3_990,
      ),
  ],
  ['failed', () => endedWith(stopCall(), 500, 4_000)],
  ['failed', () => endedWith(continueCall(), 480, 5_200)],
  ['failed', () => continueCall().until(5_200)],
  [
    'failed',
    () =>
      endedWith(
        stopCall()
          .until(4_000)
          .sip('B', 'S', 503, { at: 3_900, arrives: 3_940, answers: 'S INVITE' }),
        500,
        3_990,
      ),
  ],
])('%s', (wanted, call) => {
  expect(outcome(call())).toBe(wanted);
});
