import fc from 'fast-check';

import { freezeDeep } from '../../../../sim-core/base/plain.ts';
import type {
  BodyPart,
  Header,
  Method,
  NameAddr,
  OtherBody,
  SipMessage,
  SipMessageFields,
  Via,
} from '../../../../sim-core/sip/message.ts';
import { description } from '../../sdp/arbitrary-description.ts';

const methods: readonly Method[] = [
  'INVITE',
  'ACK',
  'PRACK',
  'UPDATE',
  'INFO',
  'BYE',
  'CANCEL',
  'OPTIONS',
];

function textOf(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...Array.from(characters));
  return fc.array(unit, { minLength, maxLength }).map((all) => all.join(''));
}

const alphanum = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export const token = textOf(`${alphanum}-.!%*_+\`'~`, 1, 12);
const word = textOf(`${alphanum}-.!%*_+\`'~()<>:\\"/[]?{}`, 1, 20);

const hostName = fc
  .array(textOf('abcdefgh0123456789', 1, 8), { maxLength: 3 })
  .map((labels) => [...labels, 'example'].join('.'));
const ipv6 = fc.ipV6().map((address) => `[${address}]`);
export const host = fc.oneof(hostName, fc.ipV4(), ipv6);
const hostPort = fc
  .tuple(host, fc.option(fc.integer({ min: 1, max: 65_535 })))
  .map(([name, port]) => (port === null ? name : `${name}:${port}`));

const user = fc
  .array(fc.oneof(textOf(`${alphanum}-_.!~*'()&=+$,;?/`, 1, 6), fc.constantFrom('%40', '%00')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(''));

const uriParameter = fc.oneof(
  fc.constantFrom('lr', 'transport=udp', 'user=phone', 'gr=2a', 'maddr=[2001:db8::1]'),
  textOf(`${alphanum}-_.!~*'()[]/:&+$`, 1, 8),
);

/** SIP URIs without header fields, which most places refuse, and tel and urn URIs. */
export const uri: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('sip', 'sips'),
        fc.option(user),
        hostPort,
        fc.array(uriParameter, { maxLength: 3 }),
      )
      .map(
        ([scheme, name, at, parameters]) =>
          `${scheme}:${name === null ? '' : `${name}@`}${[at, ...parameters].join(';')}`,
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom('tel:+86-138-0013-8000', 'urn:service:sos') },
);

const datagramHop = fc.record({
  sentBy: hostPort,
  branch: token.map((name) => `z9hG4bK${name}`),
});

const via: fc.Arbitrary<Via> = fc.oneof(
  datagramHop,
  datagramHop.map((hop) => ({ ...hop, transport: 'TCP' as const })),
);

const party: fc.Arbitrary<NameAddr> = fc.record({ uri, tag: fc.option(token) });

/** Text for people, as fields and reasons hold it. */
const people = fc
  .array(fc.constantFrom('Ringing', 'ご案内', '🔔', 'a=b', 'x', '(y)', "it's", '~'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join(' '));

const header: fc.Arbitrary<Header> = fc.oneof(
  fc.constantFrom<Header>(
    ['Supported', '100rel, timer'],
    ['Supported', ''],
    ['Require', '100rel'],
    ['Allow', 'INVITE, ACK, PRACK'],
    ['RSeq', '988789'],
    ['RAck', '776656 1 INVITE'],
    ['P-Early-Media', 'sendonly, gated'],
    ['Alert-Info', '<http://[2001:db8::9]/ring.wav>;info=alert'],
    ['Reason', 'Q.850;cause=16;text="Terminated; \\"now\\""'],
    ['Route', '<sip:p1.example;lr>, <sip:[2001:db8::7]:5062;lr>'],
    ['Session-Expires', '1800;refresher=uac'],
    ['User-Agent', 'Ringscope/0.1 (simulator (and scope))'],
    ['Warning', '399 a.example "x"'],
  ),
  fc.tuple(fc.constant('Subject'), people),
  fc.tuple(
    token.filter((name) => name.length > 1).map((name) => `X-${name}`),
    people,
  ),
);

const parts: fc.Arbitrary<BodyPart[]> = fc
  .tuple(
    description,
    description,
    fc.constantFrom('none', 'session', 'early-session', 'both', 'both'),
  )
  .map(([session, early, which]) => {
    const regular: BodyPart = { disposition: 'session', description: session };
    const other: BodyPart = { disposition: 'early-session', description: early };
    if (which === 'none') return [];
    if (which === 'both') return [regular, other];
    return which === 'session' ? [regular] : [other];
  });

/** Bodies as INFO and 180 carry them; a text with our own delimiter in it forces another one. */
const otherBodies: fc.Arbitrary<OtherBody[]> = fc.array(
  fc.record({
    type: fc.constantFrom('application/dtmf-relay', 'text/uri-list', 'text/plain;charset=utf-8'),
    disposition: fc.constantFrom(null, 'info-package', 'alert;handling=optional', 'render'),
    text: fc.constantFrom(
      'Signal=5\r\nDuration=160\r\n',
      'http://rs.example/ring.wav\r\n',
      'Größe\r\n--ringscope-boundary\r\nx',
    ),
  }),
  { maxLength: 2 },
);

const fields: fc.Arbitrary<Omit<SipMessageFields, 'label'>> = fc.record({
  protocol: fc.constant('SIP' as const),
  via: fc.array(via, { minLength: 1, maxLength: 3 }),
  from: party,
  to: party,
  callId: fc.oneof(
    word,
    fc.tuple(word, word).map(([a, b]) => `${a}@${b}`),
  ),
  cseq: fc.record({
    number: fc.integer({ min: 0, max: 2_147_483_647 }),
    method: fc.constantFrom(...methods),
  }),
  contact: fc.option(uri.map((address) => `<${address}>;expires=60`)),
  headers: fc.array(header, { maxLength: 5 }),
  bodies: parts,
});

const withOthers = fc
  .tuple(fields, otherBodies)
  .map(([given, others]) => (others.length === 0 ? given : { ...given, otherBodies: others }));

const request: fc.Arbitrary<SipMessage> = fc
  .tuple(withOthers, uri, fc.integer({ min: 0, max: 255 }))
  .map(([given, requestUri, maxForwards]) => {
    const { method } = given.cseq;
    return { ...given, kind: 'request', label: method, method, requestUri, maxForwards };
  });

const response: fc.Arbitrary<SipMessage> = fc
  .tuple(withOthers, fc.integer({ min: 100, max: 699 }), fc.oneof(people, fc.constant('')))
  .map(([given, status, reason]) => {
    return { ...given, kind: 'response', label: String(status), status, reason };
  });

/** Any message that the simulator's types hold and its printer can print well-formed. */
export const arbitraryMessage: fc.Arbitrary<SipMessage> = fc
  .oneof(request, response)
  .map((message) => freezeDeep(message));
