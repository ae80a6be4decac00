import { clause } from '../../../base/clause-id.ts';
import { procedure } from '../procedure.ts';

/**
 * HTTP Mode, CMRBT (source text 1.1.1.2): the resource's URL in the provisional response.
 * Client-A downloads the resource and plays it by itself.
 */
export const httpModeCmrbt = procedure({
  name: 'HTTP Mode, CMRBT',
  clause: clause('DEL-HTTP-SRV-01'),
  serves: 'Client-A',
  first: 'Client-B is being alerted',

  steps: {
    'Client-B is being alerted': {
      clause: clause('DEL-HTTP-SRV-01'),
      on: {
        'Client-B: provisional response'(call, { onward, status }, act) {
          const chosen = act.switches['SW-HTTP-1XX']; // GAP-21
          // A 183 has it as well while no 180 has come, for there may never be one.
          const early = status === 183 && !call.alerted;
          if (chosen === '180' && status !== 180 && !early) return 'Client-B is being alerted';
          if (chosen === 'reliable') act.makeReliable(onward);
          act.insertUrl(onward); // each repetition has the same one
          return 'Client-B is being alerted';
        },
        'Client-B: final response'(_call, { status }, act) {
          if (status < 300) act.declineContinue();
          if (act.defects.includes('allocates-conference-in-http-mode')) act.allocateConference();
          return 'done';
        },
      },
    },

    done: { clause: clause('DEL-HTTP-SRV-01'), on: {} },
  },
});
