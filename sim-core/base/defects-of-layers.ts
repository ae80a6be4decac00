import { clause } from './clause-id.ts';
import type { UserAgentDefect } from './defects-of-user-agents.ts';

/** What goes wrong within a user agent: in its transactions and dialogs. */
export const layerTable = [
  {
    name: 'acknowledges-copies-of-responses',
    role: 'user agent',
    breaks: [clause('R-TX-10')],
    says: 'Sends ACK for each copy of a final response to a request other than INVITE.',
  },
  {
    name: 'absorbs-copies-of-2xx',
    role: 'user agent',
    breaks: [clause('R-TX-16'), clause('R-2XX-04')],
    says: 'Keeps copies of a 2xx to INVITE from whoever has to acknowledge them.',
  },
  {
    name: 'acknowledges-strays',
    role: 'user agent',
    breaks: [clause('R-TX-17')],
    says: 'Sends ACK for a response that no transaction waits for.',
  },
  {
    name: 'ignores-copies-of-requests',
    role: 'user agent',
    breaks: [clause('R-TX-13'), clause('R-TX-14')],
    says: 'Repeats nothing when a request comes again.',
  },
  {
    name: 'refuses-copies-after-2xx',
    role: 'user agent',
    breaks: [clause('R-TX-15')],
    says: 'Refuses an INVITE with 482 that comes again after its 2xx.',
  },
  {
    name: 'answers-copies-of-acks',
    role: 'user agent',
    breaks: [clause('R-TX-12')],
    says: 'Sends 500 when the ACK for its refusal comes again.',
  },
  {
    name: 'acknowledges-out-of-order',
    role: 'user agent',
    breaks: [clause('R-PRK-11')],
    says: 'Sends PRACK for a reliable response whose predecessor it has not had.',
  },
  {
    name: 'ignores-unknown-statuses',
    role: 'user agent',
    breaks: [clause('R-MSG-15')],
    says: 'Ignores a response whose status code it does not know.',
  },
  {
    name: 'takes-crossing-requests',
    role: 'user agent',
    breaks: [clause('R-REI-02'), clause('R-UPD-05'), clause('R-UPD-07')],
    says: 'Takes a re-INVITE or an UPDATE whatever else is under way.',
  },
  {
    name: 'takes-requests-of-strangers',
    role: 'user agent',
    breaks: [clause('R-DLG-08')],
    says: 'Answers 200 to a request of a dialog that it does not have.',
  },
  {
    name: 'takes-lower-cseq',
    role: 'user agent',
    breaks: [clause('R-DLG-04')],
    says: 'Takes a request whose CSeq number is lower than the last.',
  },
] as const satisfies readonly UserAgentDefect[];
