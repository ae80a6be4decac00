import { clause } from '../../../base/clause-id.ts';
import type { CmrActions } from '../actions.ts';
import { procedure } from '../procedure.ts';

/**
 * Gateway Mode, CMRT: no text has it (GAP-24). Where SW-GW-CMRT wants it, Client-B is given the
 * Resource Server's media by an UPDATE once its reliable provisional response has answered the
 * offer, and plays what comes there until its user answers; a re-INVITE then gives it Client-A's.
 */
export const gatewayModeCmrt = procedure({
  name: 'Gateway Mode, CMRT',
  clause: clause('GAP-24'),
  serves: 'Client-B',
  first: 'Client-B is being alerted',

  steps: {
    'Client-B is being alerted': {
      clause: clause('GAP-24'),
      on: {
        // The PRACK's own answer: an offer of this server may follow it (R-UPD-12).
        'Client-B: PRACK answered'(_call, { status }, act) {
          const answer = status < 300 ? act.agreedAnswerOfClientB() : null;
          if (answer === null) return 'Client-B is being alerted';
          act.reserveRing(answer);
          return 'Resource Server reserves';
        },
        'Client-B: final response'() {
          return 'no ring';
        },
      },
    },

    'Resource Server reserves': {
      clause: clause('GAP-24'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          if (act.updateClientB(description, 'session')) return 'Client-B considers the UPDATE';
          act.freeRing();
          return 'no ring';
        },
        'Resource Server: refused'() {
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-B considers the UPDATE': {
      clause: clause('GAP-24'),
      on: {
        'Client-B: UPDATE answered'(_call, _answer, act) {
          act.playRing(act.lastAnswerOfClientB());
          return 'ring plays';
        },
        'Client-B: UPDATE refused'(_call, _status, act) {
          act.freeRing();
          return 'no ring';
        },
        'Client-B: final response'(_call, { status }, act) {
          act.freeRing(); // GAP-36
          return status < 300 ? 'Client-B answers the UPDATE in the call' : 'no ring';
        },
      },
    },

    'Client-B answers the UPDATE in the call': {
      clause: clause('R-OA-01'),
      on: {
        'Client-B: UPDATE answered': (_call, _answer, act) => giveMediaOfClientA(act),
        'Client-B: UPDATE refused'() {
          return 'no ring'; // it has kept the media of Client-A
        },
      },
    },

    'ring plays': {
      clause: clause('GAP-24'),
      on: {
        'Client-B: final response'(_call, { status }, act) {
          act.freeRing();
          return status < 300 ? giveMediaOfClientA(act) : 'no ring';
        },
        'Resource Server: refused'() {
          return 'ring plays'; // in vain; Client-B has the Resource Server's media all the same
        },
      },
    },

    'Client-B takes the media of Client-A': {
      clause: clause('GAP-24'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          return 'no ring';
        },
        'Client-B: re-INVITE refused'(_call, { status }, act) {
          act.releaseCall(status); // it hears nobody, and nobody hears it
          return 'no ring';
        },
      },
    },

    'no ring': {
      clause: clause('GAP-24'),
      on: {
        'Resource Server: reserved'(_call, _description, act) {
          act.freeRing(); // GAP-36: it is of no use any more
          return 'no ring';
        },
      },
    },
  },
});

function giveMediaOfClientA(act: CmrActions): 'Client-B takes the media of Client-A' {
  act.acknowledgeClientB();
  act.reinviteClientB('media of Client-A');
  return 'Client-B takes the media of Client-A';
}
