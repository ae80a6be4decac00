import { clause } from './clause-id.ts';
import type { Defect } from './defects.ts';

/** What a proxy does to what it should only pass on. */
export const proxyTable = [
  {
    name: 'keeps-max-forwards',
    role: 'proxy',
    breaks: [clause('R-MSG-05')],
    says: 'Passes requests on with the Max-Forwards they came with.',
  },
  {
    name: 'edits-bodies',
    role: 'proxy',
    breaks: [clause('R-MSG-13')],
    says: 'Passes session descriptions on under another name.',
  },
  {
    name: 'passes-trying-on',
    role: 'proxy',
    breaks: [clause('R-TX-02')],
    says: 'Passes the 100 of the next hop on.',
  },
  {
    name: 'gives-branches-up-early',
    role: 'proxy',
    breaks: [clause('R-TX-19')],
    says: 'Lets Timer C run for a quarter of its time.',
  },
] as const satisfies readonly Defect[];
