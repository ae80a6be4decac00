import { clause } from '../../../base/clause-id.ts';
import type { CmrActions } from '../actions.ts';
import type { CmrCall } from '../call.ts';
import { procedure } from '../procedure.ts';

/**
 * Continue, CMRBT (source text 6.1.2.4 and Appendix X): the ring goes on after the answer, mixed
 * into the call. Steps 1 to 11 of the flow stand beside the branches that take them; what the
 * text leaves out, how Continue fails and how it ends, is GAP-25 to 27 and 48.
 */
export const continueCmrbt = procedure({
  name: 'Continue, CMRBT',
  clause: clause('CON-SRV-01'),
  serves: 'Client-A',
  first: 'ring plays until Client-B answers',

  steps: {
    'ring plays until Client-B answers': {
      clause: clause('FLOW-CON-01'),
      on: {
        'Client-B: final response'(call, { onward, status }, act) {
          const plays = call.rings['Client-A']?.ordered === true;
          const refused = status >= 300 && !act.defects.includes('continues-after-refusal');
          if (refused || !plays) return 'not continuing'; // GAP-02
          if (act.decide() === 'stop') return 'not continuing'; // CON-SRV-01
          act.hold(onward); // until step 8
          act.startBudget(); // GAP-48
          if (!act.defects.includes('acknowledges-first-200-late')) {
            act.acknowledgeClientB(); // step 2, CON-SRV-04
          }
          act.allocateConference(); // step 3
          return 'Resource Server allocates a conference';
        },
      },
    },

    'Resource Server allocates a conference': {
      clause: clause('FLOW-CON-03'),
      on: {
        'Resource Server: conference allocated'(_call, _ports, act) {
          act.moveClientBToResourceServer(); // step 4
          return 'Client-B considers the re-INVITE';
        },
        'Resource Server: refused'(_call, _refused, act) {
          return giveUp(act, 503);
        },
        'CMR Server: Continue takes too long'(_call, _late, act) {
          return giveUp(act, 504);
        },
      },
    },

    'Client-B considers the re-INVITE': {
      clause: clause('FLOW-CON-05'),
      on: {
        'Client-B: re-INVITE answered'(_call, { answer }, act) {
          if (act.switches['SW-REINV-ACK'] === 'immediate') act.acknowledgeClientB(); // GAP-03
          const unanswered = act.owesAnswerToClientA(); // GAP-05
          const how = act.switches['SW-AS-CONT-UNANSWERED'];
          if (unanswered && how === 'answer-first' && act.clientAAllowsUpdate()) {
            act.answerClientA('in a reliable 183', answer);
            return 'Client-A acknowledges its first answer';
          }
          const literal = unanswered && how === 'literal-491';
          if (!act.clientAAllowsUpdate() || (unanswered && !literal)) {
            if (unanswered) act.answerClientA('in the kept response', answer);
            else act.keptWithoutDescription(); // GAP-07
            act.stopBudget();
            act.forwardKept();
            return 'Client-A acknowledges the 200 and is asked then'; // GAP-25
          }
          if (act.defects.includes('answers-before-update')) act.forwardKept();
          act.moveClientAToResourceServer('UPDATE', act.mixedMedia(answer)); // step 6
          return 'Client-A considers the UPDATE';
        },
        'Client-B: re-INVITE refused'(_call, { status }, act) {
          return giveUp(act, status); // the session is as it was (R-REI-05)
        },
        'CMR Server: Continue takes too long'(_call, _late, act) {
          if (act.switches['SW-CONT-FAIL'] === 'release') return giveUp(act, 504);
          act.giveUp(); // Client-A need not wait for what Client-B says
          return 'Client-B considers the re-INVITE, and nobody waits for it';
        },
      },
    },

    'Client-A acknowledges its first answer': {
      clause: clause('GAP-05'),
      on: {
        'Client-A: PRACK'(_call, _prack, act) {
          // It may be that of an earlier response, which the answer still waits for (R-PRK-05).
          if (act.owesAnswerToClientA()) return 'Client-A acknowledges its first answer';
          const mixed = act.mixedMedia(act.lastAnswerOfClientB());
          act.moveClientAToResourceServer('UPDATE', mixed); // step 6
          return 'Client-A considers the UPDATE';
        },
        'CMR Server: Continue takes too long'(_call, _late, act) {
          return moveClientBBack(act);
        },
      },
    },

    'Client-B considers the re-INVITE, and nobody waits for it': {
      clause: clause('GAP-48'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          act.reinviteClientB('media of Client-A');
          return 'Client-B returns, and Client-A has been told';
        },
        'Client-B: re-INVITE refused'(_call, _status, act) {
          act.freeConference();
          return 'not continuing';
        },
      },
    },

    'Client-B returns, and Client-A has been told': {
      clause: clause('GAP-48'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          act.freeConference();
          return 'not continuing';
        },
        'Client-B: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status); // it sends where nobody listens any more
          return 'not continuing';
        },
      },
    },

    'Client-A considers the UPDATE': {
      clause: clause('FLOW-CON-07'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          return mixFromHereOn(act);
        },
        'Client-A: UPDATE refused'(call, { status }, act) {
          act.acknowledgeClientB(); // GAP-26: no ACK stays behind
          if (act.switches['SW-CONT-FAIL'] === 'release') return giveUp(act, status);
          if (call.places['Client-A'].kind === 'other party') return moveClientBBack(act);
          if (call.places['Client-A'].kind === 'conference') {
            confirm(act);
            return 'Client-A acknowledges the 200 and keeps its first answer';
          }
          act.moveClientAToResourceServer('UPDATE', act.mixedMediaWithoutCmrLines());
          return 'Client-A considers the UPDATE without the CMR lines';
        },
        'CMR Server: Continue takes too long'() {
          return 'Client-A considers the UPDATE, and Continue is given up'; // R-OA-01
        },
      },
    },

    'Client-A considers the UPDATE without the CMR lines': {
      clause: clause('GAP-26'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          return mixFromHereOn(act);
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          confirm(act);
          return 'Client-A acknowledges the 200 and keeps its first answer';
        },
        'CMR Server: Continue takes too long'() {
          return 'Client-A considers the UPDATE, and Continue is given up';
        },
      },
    },

    'Client-A considers the UPDATE, and Continue is given up': {
      clause: clause('GAP-48'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          return moveClientBBack(act);
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          return moveClientBBack(act);
        },
      },
    },

    'Client-A acknowledges the 200': {
      clause: clause('FLOW-CON-09'),
      on: {
        'Client-A: ACK'(call, _ack, act) {
          act.acknowledgeClientB(); // step 10
          act.startMixing(); // step 11
          return goOn(call, act);
        },
      },
    },

    'Client-A acknowledges the 200 and hears the mixture': {
      clause: clause('GAP-18'),
      on: {
        'Client-A: ACK'(call, _ack, act) {
          act.acknowledgeClientB(); // step 10
          return goOn(call, act);
        },
        'Resource Server: refused'() {
          return 'Client-A acknowledges the 200, and nothing is mixed';
        },
      },
    },

    'Client-A acknowledges the 200, and nothing is mixed': {
      clause: clause('GAP-26'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB();
          return leaveResourceServer(act);
        },
      },
    },

    'Client-A acknowledges the 200 and is asked then': {
      clause: clause('GAP-25'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB();
          act.moveClientAToResourceServer('INVITE', act.mixedMedia(act.lastAnswerOfClientB()));
          return 'Client-A considers the re-INVITE';
        },
      },
    },

    'Client-A considers the re-INVITE': {
      clause: clause('GAP-25'),
      on: {
        'Client-A: re-INVITE answered'(call, _answer, act) {
          act.startMixing();
          return goOn(call, act);
        },
        'Client-A: re-INVITE refused'(_call, _status, act) {
          act.bridge();
          return 'ring has ended in the call';
        },
      },
    },

    'Client-A acknowledges the 200 and keeps its first answer': {
      clause: clause('GAP-26'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB();
          act.bridge(); // the ring's port is all that Client-A agrees to
          return 'ring has ended in the call';
        },
      },
    },

    'Client-B returns to the media of Client-A': {
      clause: clause('GAP-26'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          return giveUp(act, 488);
        },
        'Client-B: re-INVITE refused'(call, { status }, act) {
          if (call.places['Client-A'].kind === 'other party') {
            act.releaseCall(status);
            return 'not continuing';
          }
          act.stopBudget();
          confirm(act);
          return 'Client-A acknowledges the 200 and keeps its first answer';
        },
      },
    },

    'ring continues in the call': {
      clause: clause('FLOW-CON-11'),
      on: {
        'Resource Server: resource ended'(call, _ended, act) {
          return endRing(call, act);
        },
        'Client-A: stop digit'(call, _digit, act) {
          return endRing(call, act);
        },
        'CMR Server: the ring has lasted long enough'(call, _most, act) {
          return endRing(call, act);
        },
        'Resource Server: refused'(_call, _refused, act) {
          return leaveResourceServer(act);
        },
        'Resource Server: lost'(_call, _lost, act) {
          return leaveResourceServer(act);
        },
      },
    },

    'ring has ended in the call': {
      clause: clause('GAP-27'),
      on: {
        'Resource Server: refused': (_call, _refused, act) => leaveResourceServer(act),
        'Resource Server: lost': (_call, _lost, act) => leaveResourceServer(act),
      },
    },

    'Client-B takes the media of Client-A': {
      clause: clause('GAP-27'),
      on: {
        'Client-B: re-INVITE answered'(_call, { answer }, act) {
          act.acknowledgeClientB();
          act.reinviteClientA(answer);
          return 'Client-A takes the media of Client-B';
        },
        'Client-B: re-INVITE refused'(call, { status }, act) {
          if (call.conference !== null) {
            act.bridge(); // it stays where it is
            return 'ring has ended in the call';
          }
          act.releaseCall(status);
          return 'not continuing';
        },
      },
    },

    'Client-A takes the media of Client-B': {
      clause: clause('GAP-27'),
      on: {
        'Client-A: re-INVITE answered'(_call, _answer, act) {
          act.freeRing();
          act.freeConference();
          return 'media go from party to party';
        },
        'Client-A: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status); // Client-B has left the Resource Server
          return 'not continuing';
        },
      },
    },

    'media go from party to party': { clause: clause('GAP-27'), on: {} },
    'not continuing': { clause: clause('CON-SRV-02'), on: {} },
  },
});

/** Step 8 (CON-SRV-08). */
function confirm(act: CmrActions): void {
  act.stopBudget();
  act.keptWithoutDescription(); // GAP-07
  act.forwardKept();
}

/** Step 8, and when the mixing starts (GAP-18). */
function mixFromHereOn(act: CmrActions) {
  confirm(act);
  const early = act.defects.includes('mixes-before-ack');
  if (act.switches['SW-MIX-START'] === 'on-ack' && !early) return 'Client-A acknowledges the 200';
  act.startMixing();
  return 'Client-A acknowledges the 200 and hears the mixture';
}

/** GAP-26 a: Client-B was moved already, and gets back what Client-A had offered. */
function moveClientBBack(act: CmrActions): 'Client-B returns to the media of Client-A' {
  act.acknowledgeClientB();
  act.reinviteClientB('media of Client-A');
  return 'Client-B returns to the media of Client-A';
}

/** GAP-26 a: a call without the ring, or by SW-CONT-FAIL no call. */
function giveUp(act: CmrActions, cause: number): 'not continuing' {
  act.acknowledgeClientB();
  if (act.switches['SW-CONT-FAIL'] === 'release') {
    act.releaseCall(cause);
  } else {
    act.freeConference();
    act.giveUp();
  }
  return 'not continuing';
}

/** Step 11 is done; the ring may have ended before it, or not be wanted any more. */
function goOn(call: CmrCall, act: CmrActions) {
  const ring = call.rings['Client-A'];
  const over = ring?.ended === true || ring?.unwanted === true;
  return over ? endRing(call, act) : 'ring continues in the call';
}

/** GAP-27: the ring ends, and the call goes on. */
function endRing(call: CmrCall, act: CmrActions) {
  if (act.switches['SW-CONT-END'] === 'reinvite-to-direct') {
    act.reinviteClientB('media of Client-A');
    return 'Client-B takes the media of Client-A';
  }
  if (call.rings['Client-A']?.ended !== true) act.bridge();
  else call.mixing = 'voices'; // it has fallen silent by itself
  return 'ring has ended in the call';
}

/** It does not mix, or is not there any more: both parties are brought together without it. */
function leaveResourceServer(act: CmrActions): 'Client-B takes the media of Client-A' {
  act.freeRing();
  act.freeConference();
  act.reinviteClientB('media of Client-A');
  return 'Client-B takes the media of Client-A';
}
