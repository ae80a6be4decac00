import { clause } from '../../../base/clause-id.ts';
import { procedure } from '../procedure.ts';

/**
 * HTTP Mode, CMRT (source text 1.1.1.2): the resource's URL in the INVITE. Client-B downloads the
 * resource and plays it by itself until the call is answered (GAP-22).
 */
export const httpModeCmrt = procedure({
  name: 'HTTP Mode, CMRT',
  clause: clause('DEL-HTTP-SRV-02'),
  serves: 'Client-B',
  first: 'Client-A calls',

  steps: {
    'Client-A calls': {
      clause: clause('DEL-HTTP-SRV-02'),
      on: {
        'Client-A: INVITE'(_call, _invite, act) {
          act.insertUrlInInvite();
          return 'done';
        },
      },
    },

    done: { clause: clause('DEL-HTTP-SRV-02'), on: {} },
  },
});
