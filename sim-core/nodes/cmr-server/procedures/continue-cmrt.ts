import { clause } from '../../../base/clause-id.ts';
import type { CmrActions } from '../actions.ts';
import { procedure } from '../procedure.ts';
import { ringToneInTheCall } from './ring-tone-in-the-call.ts';

/**
 * Continue, CMRT: derived, not standardised. The source text refers to a clause nobody has found
 * (GAP-34); this is the ring-back tone's flow with the legs in each other's place: Client-B is
 * offered the ring beside Client-A's media, and Client-A regular media alone, which need no new
 * line. It runs where SW-CMRT-CONT says so.
 */
export const continueCmrt = procedure({
  name: 'Continue, CMRT, derived',
  clause: clause('GAP-34'),
  serves: 'Client-B',
  first: 'ring tone plays until Client-B answers',

  steps: {
    'ring tone plays until Client-B answers': {
      clause: clause('GAP-34'),
      on: {
        'Client-B: final response'(_call, { onward, status }, act) {
          if (status >= 300 || act.clientAIsAnchored()) return 'not continuing';
          if (act.decideRingTone() === 'stop') return 'not continuing';
          act.hold(onward);
          act.acknowledgeClientB();
          act.allocateConference();
          return 'Resource Server allocates a conference';
        },
      },
    },

    'Resource Server allocates a conference': {
      clause: clause('GAP-34'),
      on: {
        'Resource Server: conference allocated'(_call, _ports, act) {
          act.moveClientBToMixture();
          return 'Client-B considers the re-INVITE';
        },
        'Resource Server: refused'(_call, _refused, act) {
          return giveUp(act);
        },
      },
    },

    'Client-B considers the re-INVITE': {
      clause: clause('GAP-34'),
      on: {
        'Client-B: re-INVITE answered'(_call, { answer }, act) {
          act.acknowledgeClientB();
          if (act.owesAnswerToClientA()) {
            act.answerClientA('in the kept response', answer);
            // What it has been shown of Client-B's own media is its answer (R-OA-05).
            if (!act.clientAIsAnchored()) return moveClientBBack(act);
            act.forwardKept();
            return 'Client-A acknowledges the 200';
          }
          if (!act.clientAAllowsUpdate()) return moveClientBBack(act); // GAP-25
          act.moveClientAToResourceServer('UPDATE', act.mixedMediaWithoutCmrLines());
          return 'Client-A considers the UPDATE';
        },
        'Client-B: re-INVITE refused'(_call, _status, act) {
          return giveUp(act);
        },
      },
    },

    'Client-A considers the UPDATE': {
      clause: clause('GAP-34'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          act.keptWithoutDescription(); // GAP-07
          act.forwardKept();
          return 'Client-A acknowledges the 200';
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          return moveClientBBack(act);
        },
      },
    },

    'Client-B returns to the media of Client-A': {
      clause: clause('GAP-26'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          return giveUp(act);
        },
        'Client-B: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status);
          return 'not continuing';
        },
      },
    },

    ...ringToneInTheCall,
  },
});

function moveClientBBack(act: CmrActions): 'Client-B returns to the media of Client-A' {
  act.reinviteClientB('media of Client-A');
  return 'Client-B returns to the media of Client-A';
}

/** GAP-26 a: a call without the ring tone. */
function giveUp(act: CmrActions): 'not continuing' {
  act.freeConference();
  act.giveUp();
  act.forwardKept();
  return 'not continuing';
}
