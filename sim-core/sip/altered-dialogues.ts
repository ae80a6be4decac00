import type { SessionDescription } from '../sdp/session-description.ts';
import {
  isAnswer,
  isRequest,
  mapHeader,
  renumbered,
  withHeader,
  withStatus,
  without,
  type Alteration,
} from './alteration.ts';
import { headerTokens, headerValue, type Method, type SipMessage } from './message.ts';

/** What a node with a defect sends besides, leaves unsent, or sends instead. */
export const alteredDialogues: readonly Alteration[] = [
  {
    name: 'cancels-too-soon',
    of: (one) => isOpening(one),
    alter: (one) => [one, cancelOf(one)],
  },
  { name: 'sends-no-cancel', of: isRequest('CANCEL'), alter: () => null },
  { name: 'sends-no-bye', of: isRequest('BYE'), alter: () => null },
  {
    name: 'hangs-up-behind-ack',
    of: isRequest('ACK'),
    alter: (one) => [one, following(one, 'BYE')],
  },
  {
    name: 'reinvites-twice',
    of: (one) => isRequest('INVITE')(one) && !isOpening(one),
    alter: (one) => [one, following(one, 'INVITE', one.bodies)],
  },
  {
    name: 'updates-twice',
    of: isRequest('UPDATE'),
    alter: (one) => [one, following(one, 'UPDATE', one.bodies)],
  },
  {
    name: 'reinvites-under-first-number',
    of: (one) => isRequest('INVITE')(one) && !isOpening(one),
    alter: (one) => ({ ...one, cseq: { number: 1, method: 'INVITE' } }),
  },
  {
    name: 'reinvites-in-no-dialog',
    of: (one) => isRequest('INVITE')(one) && !isOpening(one),
    alter: (one) => ({ ...one, callId: `other-${one.callId}` }),
  },
  {
    name: 'updates-behind-reinvite',
    of: (one) => isRequest('INVITE')(one) && !isOpening(one) && one.bodies.length > 0,
    alter: (one) => [one, following(one, 'UPDATE', one.bodies)],
  },
  {
    name: 'updates-behind-prack',
    of: isRequest('PRACK'),
    alter: (one) => [one, following(one, 'UPDATE', uncalledFor)],
  },
  {
    name: 'acknowledges-twice',
    of: isRequest('PRACK'),
    alter: (one) => [one, following(one, 'PRACK')],
  },
  {
    name: 'describes-session-in-ack',
    of: (one) => isRequest('ACK')(one) && one.bodies.length === 0,
    alter: (one) => ({ ...one, bodies: uncalledFor }),
  },
  {
    name: 'describes-session-in-bye',
    of: isRequest('BYE'),
    alter: (one) => ({ ...one, bodies: uncalledFor }),
  },
  {
    name: 'forgets-sdp-in-prack',
    of: (one) => isRequest('PRACK')(one) && one.bodies.length > 0,
    alter: (one) => ({ ...one, bodies: [] }),
  },
  {
    name: 'sends-199-unasked',
    of: (one) => one.label === '180',
    alter: (one) => [one, { ...withStatus(unreliable(one), 199), bodies: [] }],
  },
  {
    name: 'refuses-after-late-cancel',
    of: isResponseTo('CANCEL'),
    alter: (one) => [one, { ...withStatus(one, 487), cseq: { ...one.cseq, method: 'INVITE' } }],
  },
  {
    name: 'forbids-early-media',
    of: (one) => isProvisional(one) && headerValue(one, 'P-Early-Media') !== null,
    alter: (one) => mapHeader(one, 'P-Early-Media', () => 'inactive'),
  },
  { name: 'leaves-pracks-unanswered', of: isResponseTo('PRACK'), alter: () => null },
  { name: 'leaves-updates-unanswered', of: isResponseTo('UPDATE'), alter: () => null },
  {
    name: 'numbers-every-provisional',
    of: (one) => isProvisional(one) && headerValue(one, 'RSeq') === null,
    alter: (one) => withHeader(withHeader(one, 'Require', '100rel'), 'RSeq', '800'),
  },
  {
    name: 'sends-provisionals-unreliably',
    of: (one) => isProvisional(one) && headerValue(one, 'RSeq') !== null,
    alter: unreliable,
  },
  {
    name: 'refuses-reinvites-it-takes',
    of: (one) => isAnswer(one) && one.cseq.number > 1,
    alter: (one) => ({ ...withStatus(one, 488), bodies: [] }),
  },
  {
    name: 'refuses-updates-it-takes',
    of: (one) => isResponseTo('UPDATE')(one) && one.label === '200',
    alter: (one) => ({ ...withStatus(one, 488), bodies: [] }),
  },
];

/** A session that nobody offered: sound on a port that nobody has opened. */
const stray: SessionDescription = {
  origin: { userName: 'stray', sessionId: '1', version: 1, address: '192.0.2.251' },
  sessionName: '-',
  lines: [
    ['c', 'IN IP4 192.0.2.251'],
    ['t', '0 0'],
  ],
  media: [{ media: 'audio', port: 49_998, protocol: 'RTP/AVP', formats: ['0'], lines: [] }],
};

const uncalledFor: SipMessage['bodies'] = [{ disposition: 'session', description: stray }];

function isResponseTo(method: Method): (message: SipMessage) => boolean {
  return ({ kind, cseq }) => kind === 'response' && cseq.method === method;
}

function isOpening({ label, to }: SipMessage): boolean {
  return label === 'INVITE' && to.tag === null;
}

function isProvisional({ kind, label }: SipMessage): boolean {
  return kind === 'response' && label.startsWith('1') && label !== '100';
}

/** RFC 3261 §9.1: of the same branch and number as its INVITE. */
function cancelOf(invite: SipMessage): SipMessage {
  const cancel = asMethod(invite, 'CANCEL');
  return { ...cancel, cseq: { number: invite.cseq.number, method: 'CANCEL' } };
}

/** Another request of the same dialog, with the next number and a branch of its own. */
function following(one: SipMessage, method: Method, bodies: SipMessage['bodies'] = []): SipMessage {
  const next = renumbered(asMethod(one, method), 1);
  const via = one.via.map((hop, place) =>
    place === 0 ? { ...hop, branch: `${hop.branch}-${method.toLowerCase()}` } : hop,
  );
  return { ...next, via, bodies };
}

function asMethod(one: SipMessage, method: Method): SipMessage {
  if (one.kind === 'response') return one;
  const { number } = one.cseq;
  const headers = one.headers.filter(([name]) => name !== 'RAck' || method === 'PRACK');
  return { ...one, label: method, method, cseq: { number, method }, headers, bodies: [] };
}

function unreliable(one: SipMessage): SipMessage {
  const required = headerTokens(one, 'Require').filter((tag) => tag !== '100rel');
  const plain = without(one, 'RSeq');
  return required.length === 0
    ? without(plain, 'Require')
    : mapHeader(plain, 'Require', () => required.join(', '));
}
