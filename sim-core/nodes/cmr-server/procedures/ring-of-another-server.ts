import { clause } from '../../../base/clause-id.ts';
import { procedure } from '../procedure.ts';

/**
 * Two operators, two CMR Servers in one call (GAP-30): the called party's rings the caller, and the
 * caller's sees that a ring is there and passes it on as it came. Where none comes, it delivers its
 * own.
 */
export const ringOfAnotherServer = procedure({
  name: 'Ring of another server',
  clause: clause('GAP-30'),
  serves: 'Client-A',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('GAP-30'),
      on: {
        'Client-A: INVITE'(_call, _invite, act) {
          act.passSupportOn();
          return 'the other server may ring';
        },
      },
    },

    'the other server may ring': {
      clause: clause('GAP-30'),
      on: {
        'Client-B: reliable provisional response'(_call, _response, act) {
          act.holdPrackForAnswer();
          return 'the other server may ring';
        },
        'Client-B: provisional response'(_call, { onward }, act) {
          if (!act.ringIsThere()) return 'done';
          act.passRing(onward);
          return 'Client-A considers the ring';
        },
      },
    },

    'Client-A considers the ring': {
      clause: clause('GAP-30'),
      on: {
        'Client-A: PRACK'(_call, _prack, act) {
          act.passEarlyAnswer();
          return 'done';
        },
        'Client-B: final response'(_call, _final, act) {
          act.passEarlyAnswer();
          return 'done';
        },
      },
    },

    done: { clause: clause('GAP-30'), on: {} },
  },
});
