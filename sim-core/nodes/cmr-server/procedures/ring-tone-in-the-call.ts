import { clause } from '../../../base/clause-id.ts';
import type { ProcedureStep } from '../procedure.ts';

type StepInTheCall =
  | 'Client-A acknowledges the 200'
  | 'ring tone continues in the call'
  | 'ring tone has ended in the call'
  | 'not continuing';

/** How both derived flows go on once Client-B has taken the mixture: derived, not standardised. */
export const ringToneInTheCall: Readonly<Record<StepInTheCall, ProcedureStep<StepInTheCall>>> = {
  'Client-A acknowledges the 200': {
    clause: clause('GAP-34'),
    on: {
      'Client-A: ACK'(_call, _ack, act) {
        act.startMixing();
        return 'ring tone continues in the call';
      },
    },
  },

  'ring tone continues in the call': {
    clause: clause('GAP-34'),
    on: {
      'Resource Server: resource ended'(call) {
        call.mixing = 'voices'; // it has fallen silent by itself
        return 'ring tone has ended in the call';
      },
      'CMR Server: the ring has lasted long enough'(_call, _most, act) {
        act.bridge();
        return 'ring tone has ended in the call';
      },
      'Resource Server: refused'(_call, _refused, act) {
        act.releaseCall(503); // nobody hears anybody
        return 'not continuing';
      },
      'Resource Server: lost'(_call, _lost, act) {
        act.releaseCall(503);
        return 'not continuing';
      },
    },
  },

  'ring tone has ended in the call': { clause: clause('GAP-27'), on: {} },
  'not continuing': { clause: clause('GAP-34'), on: {} },
};
