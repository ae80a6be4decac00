import { clause } from '../../../base/clause-id.ts';
import { procedure } from '../procedure.ts';

/**
 * Continue, CMRBT (source text 6.1.2.4 and Appendix X): the ring goes on after the answer, mixed
 * into the call. Steps 1 to 11 of the flow stand beside the branches that take them.
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
          if (status >= 300 || !plays) return 'not continuing'; // GAP-02
          if (act.decide() === 'stop') return 'not continuing'; // CON-SRV-01
          act.hold(onward); // until step 8
          act.acknowledgeClientB(); // step 2
          act.allocateConference(); // step 3
          return 'Resource Server allocates a conference';
        },
      },
    },

    'Resource Server allocates a conference': {
      clause: clause('FLOW-CON-03'),
      on: {
        'Resource Server: conference allocated'(_call, _ports, act) {
          act.reinviteClientB('regular media at the Resource Server'); // step 4
          return 'Client-B considers the re-INVITE';
        },
        'Resource Server: refused'(_call, _refused, act) {
          act.giveUp(); // GAP-26 a
          return 'not continuing';
        },
      },
    },

    'Client-B considers the re-INVITE': {
      clause: clause('FLOW-CON-05'),
      on: {
        'Client-B: re-INVITE answered'(_call, { answer }, act) {
          if (act.switches['SW-REINV-ACK'] === 'immediate') act.acknowledgeClientB(); // GAP-03
          act.updateClientA(act.mixedMedia(answer)); // step 6
          return 'Client-A considers the UPDATE';
        },
        'Client-B: re-INVITE refused'(_call, _status, act) {
          act.freeConference(); // GAP-26 a: the session is as it was (R-REI-05)
          act.giveUp();
          return 'not continuing';
        },
      },
    },

    'Client-A considers the UPDATE': {
      clause: clause('FLOW-CON-07'),
      on: {
        'Client-A: UPDATE answered'(_call, _answer, act) {
          act.keptWithoutDescription(); // GAP-07
          act.forwardKept(); // step 8
          const early = act.defects.includes('mixes-before-ack');
          if (act.switches['SW-MIX-START'] === 'on-ack' && !early) {
            return 'Client-A acknowledges the 200';
          }
          act.startMixing(); // GAP-18
          return 'Client-A acknowledges the 200 and hears the mixture';
        },
        'Client-A: UPDATE refused'(_call, _status, act) {
          act.acknowledgeClientB(); // GAP-26: no ACK stays behind
          act.reinviteClientB('media of Client-A');
          return 'Client-B returns to the media of Client-A';
        },
      },
    },

    'Client-A acknowledges the 200': {
      clause: clause('FLOW-CON-09'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB(); // step 10
          act.startMixing(); // step 11
          return 'ring continues in the call';
        },
      },
    },

    'Client-A acknowledges the 200 and hears the mixture': {
      clause: clause('GAP-18'),
      on: {
        'Client-A: ACK'(_call, _ack, act) {
          act.acknowledgeClientB(); // step 10
          return 'ring continues in the call';
        },
      },
    },

    'Client-B returns to the media of Client-A': {
      clause: clause('GAP-26'),
      on: {
        'Client-B: re-INVITE answered'(_call, _answer, act) {
          act.acknowledgeClientB();
          act.freeConference();
          act.giveUp();
          return 'not continuing';
        },
        'Client-B: re-INVITE refused'(_call, _status, act) {
          act.freeConference();
          act.giveUp();
          return 'not continuing';
        },
      },
    },

    'ring continues in the call': { clause: clause('FLOW-CON-11'), on: {} },
    'not continuing': { clause: clause('CON-SRV-02'), on: {} },
  },
});
