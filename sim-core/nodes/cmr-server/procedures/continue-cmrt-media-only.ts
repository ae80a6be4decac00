import { clause } from '../../../base/clause-id.ts';
import type { CmrActions } from '../actions.ts';
import { procedure } from '../procedure.ts';
import { ringToneInTheCall } from './ring-tone-in-the-call.ts';

/**
 * Continue, CMRT, the other derived flow: derived, not standardised (GAP-34). Client-A is given
 * the Resource Server's ports in its first answer, while Client-B still rings, so that after the
 * answer Client-B alone is asked anew. It needs Client-B's answer in a reliable provisional
 * response; what comes later is the mirror's affair.
 */
export const continueCmrtMediaOnly = procedure({
  name: 'Continue, CMRT, derived, media only',
  clause: clause('GAP-34'),
  serves: 'Client-B',
  first: 'Client-B gives its first answer',

  steps: {
    'Client-B gives its first answer': {
      clause: clause('GAP-34'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          if (onward.held || act.agreedAnswerOfClientB() === null || !act.mayAnchorClientA()) {
            return 'Client-B gives its first answer';
          }
          act.hold(onward);
          act.allocateConference();
          return 'Resource Server allocates a conference';
        },
        'Client-B: final response'() {
          return 'not continuing';
        },
      },
    },

    'Resource Server allocates a conference': {
      clause: clause('GAP-34'),
      on: {
        'Resource Server: conference allocated'(_call, _ports, act) {
          act.answerClientA('in the kept response', act.lastAnswerOfClientB());
          act.forwardKept();
          return 'ring tone plays until Client-B answers';
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.forwardKept();
          return 'not continuing';
        },
        'Client-B: provisional response'(_call, { onward }, act) {
          act.forwardAfterKept(onward);
          return 'Resource Server allocates a conference';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeConference();
          return 'not continuing';
        },
      },
    },

    'ring tone plays until Client-B answers': {
      clause: clause('GAP-34'),
      on: {
        'Client-B: final response'(_call, { onward, status }, act) {
          if (status >= 300) {
            act.freeConference();
            return 'not continuing';
          }
          act.hold(onward);
          act.acknowledgeClientB();
          if (act.decideRingTone() === 'stop') return moveClientABack(act);
          act.moveClientBToMixture();
          return 'Client-B considers the re-INVITE';
        },
      },
    },

    'Client-B considers the re-INVITE': {
      clause: clause('GAP-34'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          confirm(act);
          return 'Client-A acknowledges the 200';
        },
        'Client-B: re-INVITE refused'(_call, _status, act) {
          act.giveUp();
          return moveClientABack(act);
        },
      },
    },

    'Client-A takes the media of Client-B': {
      clause: clause('GAP-26'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          act.freeConference();
          confirm(act);
          return 'not continuing';
        },
        'Client-A: UPDATE refused'(_call, { status }, act) {
          act.releaseCall(status); // it sends where nobody listens
          return 'not continuing';
        },
      },
    },

    ...ringToneInTheCall,
  },
});

/** The 200 needs no SDP: Client-A has had its answer (GAP-07). */
function confirm(act: CmrActions): void {
  act.keptWithoutDescription();
  act.forwardKept();
}

/** GAP-26 a: a call without the ring tone, from party to party. */
function moveClientABack(act: CmrActions): 'Client-A takes the media of Client-B' {
  act.updateClientA(act.lastAnswerOfClientB());
  return 'Client-A takes the media of Client-B';
}
