function description(owner: number, version: number, audio: string, video: string): string {
  return [
    'v=0',
    `o=- 29887455${owner} ${version} IN IP4 198.51.100.${owner}`,
    's=-',
    `c=IN IP4 198.51.100.${owner}`,
    't=0 0',
    'm=audio 49170 RTP/AVP 104 110 102 8 0 100',
    'b=AS:41',
    'b=RS:0',
    'b=RR:2000',
    'a=rtpmap:104 AMR-WB/16000',
    'a=fmtp:104 mode-change-capability=2;max-red=0',
    'a=rtpmap:110 AMR-WB/16000',
    'a=fmtp:110 octet-align=1;mode-change-capability=2;max-red=0',
    'a=rtpmap:102 AMR/8000',
    'a=fmtp:102 mode-change-capability=2;max-red=0',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:100 telephone-event/16000',
    'a=fmtp:100 0-15',
    'a=ptime:20',
    'a=maxptime:240',
    'a=curr:qos local none',
    'a=curr:qos remote none',
    'a=des:qos mandatory local sendrecv',
    'a=des:qos optional remote sendrecv',
    `a=${audio}`,
    'm=video 51372 RTP/AVP 118',
    'b=AS:512',
    'a=rtpmap:118 H264/90000',
    'a=fmtp:118 profile-level-id=42C01F;packetization-mode=1;' +
      'sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==',
    'a=rtcp-fb:* nack pli',
    'a=rtcp-fb:* ccm fir',
    `a=${video}`,
    '',
  ].join('\r\n');
}

const hops = [
  'Via: SIP/2.0/UDP scscf1.home1.example;branch=z9hG4bK332b23.1',
  'Via: SIP/2.0/UDP pcscf1.visited1.example;branch=z9hG4bK240f34.1',
  'Via: SIP/2.0/UDP [2001:db8::1:5060];comp=sigcomp;rport=5060;received=203.0.113.7;' +
    'branch=z9hG4bKnashds7',
];
const recordRoute = [
  'Record-Route: <sip:as-cmr.home1.example;lr>',
  'Record-Route: <sip:scscf1.home1.example;lr>,<sip:pcscf1.visited1.example;lr>',
];
const server = 'sip:as-cmr.home1.example;transport=udp;gr=2a';
const terminal = 'Contact: <sip:user1@[2001:db8::1]:1357;comp=sigcomp>';
const route = ['Max-Forwards: 70', 'Route: <sip:scscf1.home1.example;lr>'];

interface Written {
  readonly start: string;
  /** Fields before From. */
  readonly first?: readonly string[];
  /** Whether the dialog has its To tag. */
  readonly tagged?: boolean;
  readonly cseq: string;
  /** Fields behind CSeq. */
  readonly last?: readonly string[];
  readonly body?: string;
}

function written({ start, first = [], tagged = true, cseq, last = [], body = '' }: Written) {
  return [
    start,
    ...hops,
    ...first,
    'From: "Alice A" <sip:+861380000001@home1.example;user=phone>;tag=171828',
    `To: <sip:+861380000002@home1.example;user=phone>${tagged ? ';tag=314159' : ''}`,
    'Call-ID: cb03a0s09a2sdfglkj490333@198.51.100.1',
    `CSeq: ${cseq}`,
    ...last,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

function invite(): string {
  return written({
    start: 'INVITE sip:+861380000002@home1.example;user=phone SIP/2.0',
    first: [
      'Max-Forwards: 67',
      'Route: <sip:as-cmr.home1.example;lr>,<sip:scscf2.home2.example;lr>',
      ...recordRoute,
    ],
    tagged: false,
    cseq: '127 INVITE',
    last: [
      'P-Asserted-Identity: "Alice A" <sip:+861380000001@home1.example>, <tel:+861380000001>',
      'P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=234151D0FCE11',
      'P-Charging-Vector: icid-value="AyretyU0dm+6O2IrT5tAFrbHLso=023551024"; ' +
        'orig-ioi=home1.example',
      'P-Early-Media: supported',
      'Privacy: none',
      'Require: sec-agree',
      'Supported: 100rel, precondition, timer, gruu',
      'Session-Expires: 1800;refresher=uac',
      'Min-SE: 90',
      'Accept: application/sdp, application/3gpp-ims+xml',
      'Allow: INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, REFER, MESSAGE, INFO',
      `${terminal};+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.mmtel"`,
      'User-Agent: SimUE/1.0',
    ],
    body: description(1, 1, 'sendrecv', 'inactive'),
  });
}

function callMessages(): string[] {
  const contact = `Contact: <${server}>`;
  const allow = 'Allow: INVITE, ACK, CANCEL, BYE, PRACK, UPDATE';
  const ringing = description(2, 1, 'sendonly', 'sendonly');
  return [
    invite(),
    written({ start: 'SIP/2.0 100 Trying', tagged: false, cseq: '127 INVITE' }),
    written({
      start: 'SIP/2.0 183 Session Progress',
      first: recordRoute,
      cseq: '127 INVITE',
      last: [
        contact,
        'P-Early-Media: sendonly, gated',
        'Require: 100rel, precondition',
        'RSeq: 9021',
        allow,
      ],
      body: ringing,
    }),
    written({
      start: `PRACK ${server} SIP/2.0`,
      first: route,
      cseq: '128 PRACK',
      last: ['RAck: 9021 127 INVITE'],
    }),
    written({ start: 'SIP/2.0 200 OK', cseq: '128 PRACK' }),
    written({
      start: `UPDATE ${server} SIP/2.0`,
      first: route,
      cseq: '129 UPDATE',
      last: [terminal, 'Supported: 100rel, precondition'],
      body: description(1, 2, 'recvonly', 'recvonly'),
    }),
    written({ start: 'SIP/2.0 200 OK', cseq: '129 UPDATE', last: [contact], body: ringing }),
    written({
      start: 'SIP/2.0 180 Ringing',
      first: recordRoute,
      cseq: '127 INVITE',
      last: [contact, 'Require: 100rel', 'RSeq: 9022', 'Alert-Info: <urn:alert:service:normal>'],
    }),
    written({
      start: 'SIP/2.0 200 OK',
      first: recordRoute,
      cseq: '127 INVITE',
      last: [contact, 'Session-Expires: 1800;refresher=uac', allow, 'Server: SimAS/1.0'],
      body: description(3, 1, 'sendrecv', 'inactive'),
    }),
    written({
      start: `BYE ${server} SIP/2.0`,
      first: route,
      cseq: '130 BYE',
      last: ['Reason: Q.850;cause=16;text="Terminated"'],
    }),
  ];
}

/**
 * Ten messages of one call as an IMS terminal and an application server exchange them, with
 * reliable provisional responses, early media and preconditions: 1145 octets on average.
 */
export const imsCall: readonly string[] = callMessages();
