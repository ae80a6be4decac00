import {
  isAnswer,
  mapHeader,
  withHeader,
  without,
  withStatus,
  type Alteration,
} from './alteration.ts';
import { headerTokens, headerValue, type Method, type SipMessage } from './message.ts';

/** Responses as a node with a defect sends them. */
export const alteredResponses: readonly Alteration[] = [
  {
    name: 'answers-under-other-from',
    of: isResponseTo('BYE'),
    alter: (one) => ({ ...one, from: { uri: one.from.uri, tag: `${one.from.tag ?? ''}-other` } }),
  },
  {
    name: 'requires-what-nobody-listed',
    of: (one) => one.label === '180',
    alter: (one) => withHeader(one, 'Require', 'unheard-of'),
  },
  {
    name: 'forgets-contact-in-180',
    of: (one) => one.label === '180',
    alter: (one) => ({ ...one, contact: null }),
  },
  {
    name: 'never-says-trying',
    of: (one) => one.label === '100',
    alter: () => null,
  },
  {
    name: 'answers-bye-with-408',
    of: isResponseTo('BYE'),
    alter: (one) => withStatus(one, 408),
  },
  {
    name: 'answers-bye-twice',
    of: isResponseTo('BYE'),
    alter: (one) => [one, withStatus(one, 500)],
  },
  {
    name: 'forgets-sdp-in-200',
    of: isAnswer,
    alter: (one) => ({ ...one, bodies: [] }),
  },
  {
    name: 'forgets-to-tag',
    of: (one) => one.label === '180',
    alter: (one) => ({ ...one, to: { uri: one.to.uri, tag: null } }),
  },
  {
    name: 'forgets-record-route',
    of: (one) => headerValue(one, 'Record-Route') !== null,
    alter: (one) => without(one, 'Record-Route'),
  },
  {
    name: 'refuses-every-cancel',
    of: isResponseTo('CANCEL'),
    alter: (one) => withStatus(one, 481),
  },
  {
    name: 'leaves-cancelled-invite-open',
    of: (one) => one.label === '487',
    alter: () => null,
  },
  {
    name: 'refuses-crossing-invite-with-488',
    of: (one) => one.label === '491' && one.cseq.method === 'INVITE',
    alter: (one) => withStatus(one, 488),
  },
  {
    name: 'refuses-crossing-update-with-500',
    of: (one) => one.label === '491' && one.cseq.method === 'UPDATE',
    alter: (one) => withStatus(one, 500),
  },
  {
    name: 'moves-contact-in-200',
    of: isAnswer,
    alter: (one) => ({ ...one, contact: '<sip:elsewhere@192.0.2.250:5060>' }),
  },
  {
    name: 'forgets-rseq',
    of: (one) => headerValue(one, 'RSeq') !== null,
    alter: (one) => without(one, 'RSeq'),
  },
  {
    name: 'forgets-required-100rel',
    of: (one) => headerValue(one, 'RSeq') !== null,
    alter: (one) => without(one, 'Require'),
  },
  {
    name: 'says-trying-reliably',
    of: (one) => one.label === '100',
    alter: (one) => withHeader(withHeader(one, 'Require', '100rel'), 'RSeq', '7'),
  },
  {
    name: 'numbers-from-zero',
    of: (one) => headerValue(one, 'RSeq') !== null,
    alter: (one) => mapHeader(one, 'RSeq', () => '0'),
  },
  {
    name: 'refuses-every-prack',
    of: isResponseTo('PRACK'),
    alter: (one) => withStatus(one, 481),
  },
  {
    name: 'rings-after-answering',
    of: isAnswer,
    alter: (one) => [
      one,
      withHeader(
        withHeader({ ...withStatus(one, 183), bodies: [] }, 'Require', '100rel'),
        'RSeq',
        '900',
      ),
    ],
  },
  {
    name: 'gates-before-directions',
    of: (one) => headerValue(one, 'P-Early-Media') !== null,
    alter: (one) => mapHeader(one, 'P-Early-Media', (value) => `gated, ${value}`),
  },
  {
    name: 'forgets-required-early-session',
    of: (one) => headerTokens(one, 'Require').includes('early-session'),
    alter: (one) => mapHeader(one, 'Require', () => '100rel'),
  },
];

function isResponseTo(method: Method): (message: SipMessage) => boolean {
  return ({ kind, cseq }) => kind === 'response' && cseq.method === method;
}
