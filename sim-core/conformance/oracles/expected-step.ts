import type { NodeId } from '../../kernel/node.ts';
import type { Party } from '../../trace/trace-header.ts';
import type { ExpectedMessage } from '../verdict.ts';
import type { Happening } from './call-watch.ts';
import { updatePossible } from './continue-duties.ts';
import type { ContinueFlow } from './continue-state.ts';
import type { Judgement } from './judgement.ts';

/** Steps 2 to 11 of the Continue flow, each of which is one message. */
export type ContinueStep = 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** One of them: who sends it to whom, what it follows from, and when it was sent. */
interface Step {
  readonly way: readonly [from: Party, to: Party];
  readonly what: string;
  readonly since: Happening | null | undefined;
  readonly sent: Happening | null | undefined;
}

/**
 * A judge of a step whose verdict, where the step is missing or came before what it follows from,
 * also says which message was expected from when on.
 */
export function expecting(
  step: ContinueStep,
  judge: (flow: ContinueFlow) => Judgement,
): (flow: ContinueFlow) => Judgement {
  return (flow) => {
    const judged = judge(flow);
    const expected = judged.verdict === 'violated' ? expectedIn(flow, stepOf(flow, step)) : null;
    return expected === null ? judged : { ...judged, expected };
  };
}

function expectedIn({ call }: ContinueFlow, step: Step): ExpectedMessage | null {
  const { way, what, since, sent } = step;
  const [from, to] = way.map((party): NodeId | undefined => call.watch.parties[party]?.id);
  if (from === undefined || to === undefined || !since) return null;
  // What came in its time, and is wrong otherwise, is expected no longer.
  if (sent && sent.record > since.record) return null;
  return { from, to, what, since: since.record };
}

function stepOf(flow: ContinueFlow, step: ContinueStep): Step {
  const { answer, allocated, reinvite, update, updated, final, ackOfA } = flow;
  switch (step) {
    case 2:
      return { way: ['S', 'B'], what: 'ACK', since: answer?.received, sent: flow.ack?.sent };
    case 3: {
      const sent = flow.allocate?.sent;
      return { way: ['S', 'R'], what: 'allocate conference', since: answer?.received, sent };
    }
    case 4: {
      const since = allocated?.received;
      return { way: ['S', 'B'], what: 're-INVITE', since, sent: reinvite?.sent };
    }
    case 5: {
      const sent = flow.reanswer?.sent;
      return { way: ['B', 'S'], what: '200 (re-INVITE)', since: reinvite?.received, sent };
    }
    case 6: {
      const since = updatePossible(flow);
      const due = typeof since === 'string' ? null : since;
      return { way: ['S', 'A'], what: 'UPDATE', since: due, sent: update?.sent };
    }
    case 7: {
      const since = (flow.acceptedUpdate ?? update)?.received;
      return { way: ['A', 'S'], what: '200 (UPDATE)', since, sent: updated?.sent };
    }
    case 8:
      return {
        way: ['S', 'A'],
        what: '200 (INVITE)',
        since: updated?.received,
        sent: final?.sent,
      };
    case 9:
      return { way: ['A', 'S'], what: 'ACK', since: final?.received, sent: ackOfA?.sent };
    case 10: {
      const reading = flow.call.header.switches['SW-REINV-ACK'] ?? 'deferred';
      const trigger = reading === 'immediate' ? flow.reanswer : ackOfA;
      const sent = flow.heldAck?.sent;
      return { way: ['S', 'B'], what: 'ACK', since: trigger?.received, sent };
    }
    case 11:
      return { way: ['S', 'R'], what: 'mix', since: ackOfA?.received, sent: flow.mix?.sent };
  }
}
