import { clause } from '../../../base/clause-id.ts';
import { headerTokens } from '../../../sip/message.ts';
import { procedure } from '../procedure.ts';

/**
 * Application Server Mode, CMRT (source text 1.1.1.7): an early-session offer of the Resource
 * Server in the PRACK of Client-B's provisional response, and the ring tone on the early session
 * until Client-B's final response.
 */
export const applicationServerModeCmrt = procedure({
  name: 'Application Server Mode, CMRT',
  clause: clause('DEL-AS-SRV-06'),
  serves: 'Client-B',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('DEL-AS-SRV-06'),
      on: {
        'Client-A: INVITE'(_call, _invite, act) {
          if (act.switches['SW-CMRT-ES-CARRIER'] === 'invite') {
            act.holdInvite(); // GAP-15, against R-ES-03
            act.reserveRing(null);
            act.awaitReservation();
            return 'Resource Server reserves for the INVITE';
          }
          if (act.switches['SW-RS-RESERVE-AT'] === 'invite') act.reserveRing(null); // GAP-47
          return 'Client-B is being alerted';
        },
      },
    },

    'Client-B is being alerted': {
      clause: clause('DEL-AS-SRV-06'),
      on: {
        // Without a PRACK there is no CMRT, so only reliable responses count (GAP-15).
        'Client-B: reliable provisional response'(_call, { response }, act) {
          const supported = headerTokens(response, 'Supported');
          const required = headerTokens(response, 'Require');
          const strictly = act.switches['SW-CMRT-TRIGGER'] === 'strict'; // GAP-14
          const reliable = strictly ? supported : [...supported, ...required];
          if (!supported.includes('early-session') || !reliable.includes('100rel')) {
            return 'Client-B is being alerted';
          }
          const byPrack = act.switches['SW-CMRT-ES-CARRIER'] === 'prack';
          if (byPrack) act.holdPrack();
          const reserved = act.reservedRing();
          if (reserved === null) {
            act.reserveRing(null);
            act.awaitReservation(); // GAP-47
            return byPrack ? 'Resource Server reserves' : 'Resource Server reserves for an UPDATE';
          }
          if (!byPrack) return 'Client-B answers the PRACK';
          act.sendPrack(reserved); // bullets 1 and 2
          return 'Client-B considers the early-session offer';
        },
        'Resource Server: refused'() {
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing();
          return 'no ring';
        },
      },
    },

    'Resource Server reserves': {
      clause: clause('DEL-AS-SRV-07'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          act.sendPrack(description); // bullets 1 and 2
          return 'Client-B considers the early-session offer';
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.sendPrack(null);
          return 'no ring';
        },
        'Resource Server: no reservation in time'(_call, _late, act) {
          act.sendPrack(null); // GAP-47
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.sendPrack(null);
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-B considers the early-session offer': {
      clause: clause('DEL-AS-SRV-09'),
      on: {
        'Client-B: PRACK answered'(_call, { status, earlySession }, act) {
          if (status >= 300) act.sendPrack(null); // a new one, without the extension (R-MSG-10)
          if (status >= 300 || earlySession === 'not offered' || earlySession === 'refused') {
            act.freeRing();
            return 'no ring';
          }
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(earlySession.answer);
          return 'ring plays';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Resource Server reserves for an UPDATE': {
      clause: clause('GAP-15'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          if (act.prackIsOpen()) return 'Client-B answers the PRACK'; // R-UPD-12
          act.updateClientB(description, 'early-session');
          return 'Client-B considers the UPDATE';
        },
        'Resource Server: refused'() {
          return 'no ring';
        },
        'Resource Server: no reservation in time'() {
          return 'no ring'; // GAP-47
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-B answers the PRACK': {
      clause: clause('R-UPD-12'),
      on: {
        'Client-B: PRACK answered'(_call, _answer, act) {
          const reserved = act.reservedRing();
          if (reserved === null) return 'no ring';
          act.updateClientB(reserved, 'early-session');
          return 'Client-B considers the UPDATE';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-B considers the UPDATE': {
      clause: clause('GAP-15'),
      on: {
        'Client-B: UPDATE answered'(_call, { earlySession }, act) {
          if (earlySession === 'not offered' || earlySession === 'refused') {
            act.freeRing();
            return 'no ring';
          }
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(earlySession.answer);
          return 'ring plays';
        },
        'Client-B: UPDATE refused'(_call, _status, act) {
          act.freeRing();
          return 'no ring';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Resource Server reserves for the INVITE': {
      clause: clause('GAP-15'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          act.sendInvite(description);
          return 'Client-B considers the offer in the INVITE';
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.sendInvite(null);
          return 'no ring';
        },
        'Resource Server: no reservation in time'(_call, _late, act) {
          act.sendInvite(null); // GAP-47
          return 'no ring';
        },
      },
    },

    'Client-B considers the offer in the INVITE': {
      clause: clause('GAP-15'),
      on: {
        'Client-B: reliable provisional response'(_call, { earlySession }, act) {
          if (earlySession === 'not offered' || earlySession === 'refused') {
            return 'Client-B considers the offer in the INVITE'; // a later one may answer it
          }
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(earlySession.answer);
          return 'ring plays';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-B does not ring yet': {
      clause: clause('GAP-29'),
      on: {
        'Client-B: provisional response'(_call, _onward, act) {
          if (act.waitsForAlerting()) return 'Client-B does not ring yet';
          act.playRing(act.earlyAnswer());
          return 'ring plays';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'ring plays': {
      clause: clause('DEL-AS-SRV-09'),
      on: {
        'Client-B: final response'(call, _final, act) {
          if (call.ringToneContinues) return 'Continue has taken over'; // SW-CMRT-CONT
          act.freeRing(); // GAP-23: the first final response, whatever it says
          return 'done';
        },
        'Resource Server: refused'() {
          return 'ring plays'; // in vain; what is reserved for it goes with the final response
        },
      },
    },

    'Continue has taken over': {
      clause: clause('GAP-34'),
      on: {
        'Continue given up'(_call, _why, act) {
          act.freeRing();
          return 'done';
        },
      },
    },

    'no ring': {
      clause: clause('DEL-AS-SRV-06'),
      on: {
        'Resource Server: reserved'(_call, _description, act) {
          act.freeRing(); // GAP-36, GAP-47: it is of no use any more
          return 'no ring';
        },
      },
    },

    done: { clause: clause('DEL-AS-SRV-09'), on: {} },
  },
});
