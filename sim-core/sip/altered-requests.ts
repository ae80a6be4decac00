import {
  isRequest,
  mapHeader,
  renumbered,
  withHeader,
  without,
  type Alteration,
} from './alteration.ts';
import { headerTokens, headerValue } from './message.ts';

/** Requests as a node with a defect sends them. */
export const alteredRequests: readonly Alteration[] = [
  {
    name: 'spoils-branch',
    of: isRequest('BYE'),
    alter: (one) => ({
      ...one,
      via: one.via.map((via) => ({ ...via, branch: `old-${via.branch.slice(7)}` })),
    }),
  },
  { name: 'forgets-call-id', of: isRequest('BYE'), alter: (one) => ({ ...one, callId: '' }) },
  {
    name: 'forgets-from-tag',
    of: isRequest('BYE'),
    alter: (one) => ({ ...one, from: { uri: one.from.uri, tag: null } }),
  },
  {
    name: 'tags-first-invite',
    of: (one) => one.label === 'INVITE' && one.to.tag === null,
    alter: (one) => ({ ...one, to: { uri: one.to.uri, tag: 'unasked' } }),
  },
  {
    name: 'misnames-cseq',
    of: isRequest('BYE'),
    alter: (one) => ({ ...one, cseq: { number: one.cseq.number, method: 'OPTIONS' } }),
  },
  {
    name: 'forgets-contact-in-update',
    of: isRequest('UPDATE'),
    alter: (one) => ({ ...one, contact: null }),
  },
  {
    name: 'hides-early-media-support',
    of: (one) => one.label === 'INVITE' && headerValue(one, 'P-Early-Media') !== null,
    alter: (one) => without(one, 'P-Early-Media'),
  },
  {
    name: 'requires-in-cancel',
    of: isRequest('CANCEL'),
    alter: (one) => withHeader(one, 'Require', '100rel'),
  },
  {
    name: 'sends-no-ack',
    of: isRequest('ACK'),
    alter: () => null,
  },
  {
    name: 'renumbers-ack',
    of: isRequest('ACK'),
    alter: (one) => renumbered(one, 1),
  },
  {
    name: 'skips-cseq',
    of: isRequest('BYE'),
    alter: (one) => renumbered(one, 5),
  },
  {
    name: 'lowers-cseq',
    of: isRequest('BYE'),
    alter: (one) => renumbered(one, -Math.min(2, one.cseq.number)),
  },
  {
    name: 'uses-another-call-id',
    of: isRequest('BYE'),
    alter: (one) => ({ ...one, callId: `other-${one.callId}` }),
  },
  {
    name: 'sends-to-address-of-record',
    of: isRequest('BYE'),
    alter: (one) => (one.kind === 'request' ? { ...one, requestUri: one.to.uri } : one),
  },
  {
    name: 'cancels-at-another-address',
    of: isRequest('CANCEL'),
    alter: (one) =>
      one.kind === 'request' ? { ...one, requestUri: `${one.requestUri};other` } : one,
  },
  {
    name: 'acknowledges-another-rseq',
    of: isRequest('PRACK'),
    alter: (one) =>
      mapHeader(one, 'RAck', (value) =>
        value.replace(/^\d+/, (digits) => String(Number(digits) + 2)),
      ),
  },
  {
    name: 'puts-contact-into-prack',
    of: isRequest('PRACK'),
    alter: (one) => ({ ...one, contact: `<${one.from.uri}>` }),
  },
  {
    name: 'gives-odd-reason',
    of: isRequest('BYE'),
    alter: (one) => withHeader(one, 'Reason', 'SIP;cause=tired'),
  },
  {
    name: 'asks-for-short-session',
    of: (one) => one.kind === 'request' && headerValue(one, 'Session-Expires') !== null,
    alter: (one) => mapHeader(one, 'Session-Expires', () => '30'),
  },
  {
    name: 'forgets-required-precondition',
    of: (one) => headerTokens(one, 'Require').includes('precondition'),
    alter: (one) => without(one, 'Require'),
  },
];
