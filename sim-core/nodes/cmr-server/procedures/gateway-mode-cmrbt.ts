import { clause } from '../../../base/clause-id.ts';
import { bodyOf, headerTokens } from '../../../sip/message.ts';
import { procedure } from '../procedure.ts';

/**
 * Gateway Mode, CMRBT (source text 1.1.1.10): the Resource Server's answer and P-Early-Media in
 * the provisional response; an UPDATE before the 200, which then goes without SDP.
 */
export const gatewayModeCmrbt = procedure({
  name: 'Gateway Mode, CMRBT',
  clause: clause('DEL-GW-SRV-01'),
  serves: 'Client-A',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Client-A: INVITE'(_call, { invite }) {
          const earlyMedia = headerTokens(invite, 'P-Early-Media').includes('supported');
          const reliable = headerTokens(invite, 'Supported').includes('100rel'); // GAP-12
          const offers = bodyOf(invite, 'session') !== null; // GAP-35
          return earlyMedia && reliable && offers ? 'Client-B is being alerted' : 'no ring';
        },
      },
    },

    'Client-B is being alerted': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Client-B: provisional response'(call, { onward }, act) {
          act.hold(onward);
          act.reserveRing(call.lastOfferOfClientA);
          return 'Resource Server reserves';
        },
        'Client-B: final response'() {
          return 'no ring'; // GAP-42: nothing to insert into
        },
      },
    },

    'Resource Server reserves': {
      clause: clause('DEL-GW-SRV-02'),
      on: {
        'Resource Server: reserved'(_call, { description }, act) {
          act.amendKept({
            insert: description, // bullet 1
            header: ['P-Early-Media', act.switches['SW-PEM']], // bullet 2
            reliably: true, // bullet 3
          });
          act.forwardKept();
          if (act.switches['SW-GW-PLAY-AT'] === 'prack') return 'Client-A acknowledges the ring';
          act.playRing(null);
          return 'ring plays';
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.forwardKept();
          return 'no ring';
        },
        'Resource Server: no reservation in time'(_call, _late, act) {
          act.forwardKept(); // GAP-47
          return 'no ring, and the reservation comes too late';
        },
        'Client-B: provisional response'(_call, { onward }, act) {
          act.drop(onward); // GAP-41: the first one is still on its way
          return 'Resource Server reserves';
        },
        'Client-B: final response'(_call, _final, act) {
          act.freeRing(); // GAP-36
          return 'no ring';
        },
      },
    },

    'Client-A acknowledges the ring': {
      clause: clause('DEL-GW-SRV-05'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41
          return 'Client-A acknowledges the ring';
        },
        'Client-A: PRACK'(_call, _prack, act) {
          act.playRing(null);
          return 'ring plays';
        },
        'Client-B: final response'(_call, { onward, status }, act) {
          act.freeRing(); // GAP-36: it never played
          if (status >= 300) return 'done';
          // Client-A has the Resource Server's answer all the same, and must be given another.
          act.hold(onward);
          if (act.switches['SW-ACK-B-STOP'] === 'immediate') act.acknowledgeClientB();
          act.updateClientA(act.lastAnswerOfClientB()); // DEL-GW-SRV-07, after the PRACK (GAP-06)
          return 'Client-A takes the media of Client-B';
        },
      },
    },

    'ring plays': {
      clause: clause('DEL-GW-SRV-05'),
      on: {
        'Client-B: provisional response'(_call, { onward }, act) {
          act.withoutDescription(onward); // GAP-41: Client-A has its answer
          return 'ring plays';
        },
        'Client-B: final response'(_call, { onward, status }, act) {
          if (status >= 300) {
            act.freeRing(); // DEL-GW-SRV-06
            return 'done';
          }
          if (act.continues()) return 'Continue has taken over';
          act.hold(onward);
          if (act.switches['SW-ACK-B-STOP'] === 'immediate') act.acknowledgeClientB();
          act.freeRing(); // DEL-GW-SRV-06
          act.updateClientA(act.lastAnswerOfClientB()); // DEL-GW-SRV-07
          return 'Client-A takes the media of Client-B';
        },
      },
    },

    'Continue has taken over': {
      clause: clause('CON-SRV-03'),
      on: {
        'Continue given up'(_call, _why, act) {
          act.freeRing();
          act.updateClientA(act.lastAnswerOfClientB());
          return 'Client-A takes the media of Client-B';
        },
      },
    },

    'Client-A takes the media of Client-B': {
      clause: clause('DEL-GW-SRV-07'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          act.keptWithoutDescription(); // DEL-GW-SRV-08
          act.forwardKept();
          return 'Client-A acknowledges the 200';
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          act.keptWithoutDescription(); // GAP-08: Client-A keeps the answer it has
          act.forwardKept();
          return 'Client-A acknowledges the 200';
        },
      },
    },

    'Client-A acknowledges the 200': {
      clause: clause('DEL-GW-SRV-08'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB(); // GAP-44, where it was kept for now
          return 'done';
        },
      },
    },

    'no ring, and the reservation comes too late': {
      clause: clause('GAP-47'),
      on: {
        'Resource Server: reserved'(_call, _answer, act) {
          act.freeRing();
          return 'no ring';
        },
      },
    },

    'no ring': {
      clause: clause('DEL-GW-SRV-01'),
      on: {
        'Resource Server: reserved'(_call, _answer, act) {
          act.freeRing(); // GAP-36: it was asked for before Client-B answered
          return 'no ring';
        },
      },
    },

    done: { clause: clause('DEL-GW-SRV-08'), on: {} },
  },
});
