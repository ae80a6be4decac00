import { clause } from '../../../base/clause-id.ts';
import type { SessionDescription } from '../../../sdp/session-description.ts';
import type { CmrActions } from '../actions.ts';
import { lackFor } from '../mode-choice.ts';
import { procedure } from '../procedure.ts';

/**
 * Application Server Mode, CMRBT (source text 1.1.1.7): an early-session offer of the Resource
 * Server in the provisional response, its answer in the PRACK, and the ring on the early session
 * until Client-B's final response. The regular session is relayed beside it.
 */
export const applicationServerModeCmrbt = procedure({
  name: 'Application Server Mode, CMRBT',
  clause: clause('DEL-AS-SRV-01'),
  serves: 'Client-A',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('DEL-AS-SRV-01'),
      on: {
        'Client-A: INVITE'(_call, { invite }, act) {
          if (lackFor('application-server', invite, act) !== null) return 'no ring';
          if (act.switches['SW-RS-RESERVE-AT'] === 'invite') act.reserveRing(null); // GAP-47
          return 'Client-B is being alerted';
        },
      },
    },

    'Client-B is being alerted': {
      clause: clause('DEL-AS-SRV-01'),
      on: {
        'Client-B: provisional response'(_call, { onward, status }, act) {
          if (!act.insertsInto(status)) return 'Client-B is being alerted'; // GAP-41
          act.hold(onward);
          const reserved = act.reservedRing();
          if (reserved === null) {
            act.reserveRing(null);
            act.awaitReservation(); // GAP-47
            return 'Resource Server reserves';
          }
          return deliver(reserved, act);
        },
        'Resource Server: refused'() {
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing();
          return 'no ring'; // GAP-42: nothing to insert into
        },
      },
    },

    'Resource Server reserves': {
      clause: clause('DEL-AS-SRV-02'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          return deliver(description, act);
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.forwardKept();
          return 'no ring';
        },
        'Resource Server: no reservation in time'(_call, _late, act) {
          act.forwardKept(); // GAP-47
          return 'no ring';
        },
        'Client-B: provisional response'(_call, { onward }, act) {
          act.forwardAfterKept(onward); // GAP-41: it follows the one with the offer
          return 'Resource Server reserves';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-A considers the early-session offer': {
      clause: clause('DEL-AS-SRV-04'),
      on: {
        'Client-A: PRACK'(_call, { earlySession }, act) {
          if (earlySession === 'not offered') return 'Client-A considers the early-session offer';
          if (earlySession === 'refused') {
            act.freeRing(); // R-ES-05: all ports zero, or no answer that fits the offer
            return 'no ring';
          }
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          return playWhenReserved(act);
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36: the offer is moot
          return 'no ring';
        },
      },
    },

    'Client-B does not ring yet': {
      clause: clause('GAP-29'),
      on: {
        'Client-B: provisional response'(_call, _onward, act) {
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          return playWhenReserved(act);
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-A reserves for the early session': {
      clause: clause('R-ES-09'),
      on: {
        'Client-A: early session offered'(_call, _offered, act) {
          return playWhenReserved(act);
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'ring plays': {
      clause: clause('DEL-AS-SRV-04'),
      on: {
        'Client-B: final response'(_call, { status }, act) {
          if (status < 300 && act.continues()) return 'Continue has taken over';
          act.freeRing(); // DEL-AS-SRV-05
          return 'done';
        },
        'Client-A: stop digit'(_call, _digit, act) {
          act.freeRing();
          return 'Client-A has stopped the ring';
        },
        'Resource Server: refused'() {
          return 'ring plays'; // in vain; what is reserved for it goes with the final response
        },
      },
    },

    'Client-A has stopped the ring': { clause: clause('R-DTMF-02'), on: {} },

    'Continue has taken over': {
      clause: clause('CON-SRV-03'),
      on: {
        'Continue given up'(call, _why, act) {
          act.freeRing();
          if (call.places['Client-A'].kind === 'conference') {
            act.updateClientA(act.lastAnswerOfClientB()); // its first answer was Continue's
            return 'Client-A takes the media of Client-B';
          }
          act.forwardKept(); // with the session answer, where it is still owed
          return 'done';
        },
      },
    },

    'Client-A takes the media of Client-B': {
      clause: clause('GAP-26'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          act.forwardKept();
          return 'done';
        },
        'Client-A: UPDATE refused'(_call, { status }, act) {
          act.releaseCall(status); // nobody would hear it
          return 'done';
        },
      },
    },

    'no ring': {
      clause: clause('DEL-AS-SRV-01'),
      on: {
        'Resource Server: reserved'(_call, _description, act) {
          act.freeRing(); // GAP-36, GAP-47: it is of no use any more
          return 'no ring';
        },
      },
    },

    done: { clause: clause('DEL-AS-SRV-05'), on: {} },
  },
});

/** RFC 3959 §5: nothing is played to an early session whose preconditions are not met. */
function playWhenReserved(act: CmrActions) {
  if (!act.earlySessionIsReserved()) return 'Client-A reserves for the early session';
  act.playRing(act.earlyAnswer());
  return 'ring plays';
}

/** Bullets 1 and 2, in the kept response; or in a later one, which has room for it. */
function deliver(offer: SessionDescription, act: CmrActions) {
  const offered = act.offerEarlySessionInKept(offer);
  act.forwardKept();
  return offered ? 'Client-A considers the early-session offer' : 'Client-B is being alerted';
}
