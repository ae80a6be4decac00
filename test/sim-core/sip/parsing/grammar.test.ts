import { describe, expect, it } from 'vitest';

import { parseMessage } from '../../../../sim-core/sip/parsing/parse-message.ts';
import { messageWith, problemsOf, refusals, requestWith, told } from './reading-messages.ts';

/** What is wrong with a request that has the line in it, remarks included. */
function wrong(line: string): string[] {
  return parseMessage(requestWith(line), 'strict').problems.map(
    ({ severity, says, clause }) => `${severity}: ${says} (${clause})`,
  );
}

describe('values the grammar allows', () => {
  it.each([
    'Accept:',
    'Accept: application/sdp;level=1, application/x-private, text/html;q=0.5, */*',
    'Accept-Encoding: gzip;q=1.000, *;q=0',
    'Accept-Language: da, en-gb;q=0.8, *',
    'Alert-Info: <http://www.example.com/sounds/moo.wav>;info=alert-tone',
    'Alert-Info: <urn:alert:service:normal>, <http://[2001:db8::1]:8080/ring?x=y>',
    'Allow: INVITE,ACK ,\r\n OPTIONS',
    'Authentication-Info: nextnonce="47364c23432d2e131a5fb210812c"',
    'Authorization: Digest username="Alice", realm="atlanta.example.com",\r\n nc=00000001',
    'Call-ID: f81d4fae-7dec-11d0-a765-00a0c91e6bf6@foo.example',
    'i: NGCP%incoming///1-42@192.0.2.1',
    'Call-Info: <http://a.example/x.jpg> ;purpose=icon, <cid:1@a>;purpose=info',
    'Contact: "Mr. Watson" <sip:watson@worcester.example>;q=0.7; expires=3600,\r\n' +
      ' "Mr. Watson" <mailto:watson@bell.example> ;q=0.1',
    'm: *',
    'Contact: sip:a@b.example;q=1',
    'Contact: <sip:a@b.example>;+sip.instance="<urn:uuid:00000000-0000>";reg-id=1',
    'Content-Disposition: session;handling=optional',
    'Content-Encoding: gzip, tar',
    'Content-Language: fr',
    'c: text/html; charset=ISO-8859-4',
    'CSeq: 4711 \r\n INVITE',
    'Date: Sat, 13 Nov 2010 23:29:00 GMT',
    'Error-Info: <sip:not-in-service-recording@atlanta.example.com>',
    'Expires: 4294967295',
    'f: "A. G. Bell" <sip:agb@bell-telephone.example> ;tag=a48s',
    'From: Anonymous <sip:c8oqz84zk7z@privacy.example>;tag=hyh8',
    'In-Reply-To: 70710@saturn.bell-tel.example, 17320@saturn',
    'Max-Forwards: 0006',
    'MIME-Version: 1.0',
    'Min-Expires: 60',
    'Min-SE: 90;x=y',
    'Organization: Boxes by Bob',
    'P-Asserted-Identity: "Alice" <sip:+1@home1.example>, tel:+1',
    'P-Early-Media: SENDRECV, sendonly , gated',
    'P-Early-Media:',
    'Priority: emergency',
    'Proxy-Authenticate: Digest realm="atlanta", qop="auth", stale=FALSE, algorithm=MD5',
    'Proxy-Require: foo',
    'RAck: 776656 1 INVITE',
    'Reason: SIP ;cause=200 ;text="Call completed elsewhere", Q.850;cause=16',
    'Record-Route: <sip:server10.biloxi.example;lr>,\r\n\t<sip:bigbox3.site3.example;lr>;x=y',
    'Reply-To: Bob <sip:bob@biloxi.example>',
    'Require: 100rel',
    'Retry-After: 18000;duration=3600',
    'Retry-After: 120 (I\'m in a (long) "meeting" \\) )',
    'Route: "p" <sip:bigbox3.site3.example;lr>',
    'RSeq: 988789',
    'Server: HomeServer v2',
    'x: 1800;refresher=uac',
    's: Need more boxes',
    'Subject:',
    'k: rec',
    'Timestamp: 54.25 0.1',
    'To: The Operator <sip:operator@cs.example>;tag=287447',
    't: sip:+12125551212@server.example',
    'Unsupported: foo',
    'User-Agent: Softphone Beta1.5 (a (nested) one)',
    'Via: SIP / 2.0 / UDP first.example : 4000;ttl=16\r\n ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6',
    'v: SIP/2.0/TLS [2001:db8::9:1]:5061;received=2001:db8::9:255;rport;branch=z9hG4bKa',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa,SIP/2.0/SCTP a.example.;branch=z9hG4bKb',
    'Warning: 307 isi.example "Session parameter \'foo\' not understood", 301 x:5060 ""',
    'WWW-Authenticate: NTLM realm=x',
    'X-Whatever: ;;,,"',
    'X-Unicode: 警告 ∀x',
  ])('%s', (line) => {
    expect(wrong(line).filter((one) => !one.startsWith('remark: no Content'))).toEqual([]);
  });
});

describe('values the grammar refuses', () => {
  it.each([
    ['Accept: text', '/ and a subtype'],
    ['Accept: text/html;q=1.5', 'q is a number from 0 to 1'],
    ['Accept-Language: english_gb', 'a language is letters with hyphens'],
    ['Alert-Info: http://www.example.com/x.wav', 'a URI in < and >'],
    ['Alert-Info: <http://a b>', 'the character " " has no place in a URI'],
    ['Allow: INVITE ACK', 'expected a comma or the end, but found "ACK"'],
    ['Allow: INVITE,,ACK', 'an empty value in a list'],
    ['Authorization: Digest', 'parameters follow the authentication scheme'],
    ['Authorization: Digest username', 'name=value'],
    ['Call-ID:', 'Call-ID is empty'],
    ['Call-ID: a b', 'word or word@word, but found "a b"'],
    ['Call-ID: a@b@c', 'word or word@word'],
    ['Contact: <sip:a@b.example', 'the bracket < is not closed'],
    ['Contact: "A <sip:a@b.example>', 'no closing quotation mark'],
    ['Contact: "A\\\u{e9}" <sip:a@b.example>', 'a backslash escapes one ASCII character'],
    ['Contact: sip:a@b.example?x=y', 'a URI with a question mark'],
    ['Contact: <sip:a@b.example>;q=2', 'q is a number from 0 to 1'],
    ['Contact: <sip:a@b.example>;expires=soon', 'expires is a number of seconds'],
    ['Contact: *, <sip:a@b.example>', 'expected a URI, but found "*"'],
    ['Content-Length: +5', 'expected a number, but found "+5"'],
    ['Content-Length: 5 6', 'the end of the line, but found "6"'],
    ['Content-Length:', 'Content-Length is empty'],
    ['Content-Type: text', '/ and a subtype'],
    ['Content-Type: text/plain;charset', 'the parameter charset needs a value'],
    ['CSeq: 1', 'expected a method, but found nothing'],
    ['CSeq: INVITE', 'a sequence number and a method, but found "INVITE"'],
    ['CSeq: 1.5 INVITE', 'white space and a method, but found ".5"'],
    ['CSeq: 1 INVITE INVITE', 'the end of the line'],
    ['CSeq: 4294967296 INVITE', 'a sequence number has 32 bits'],
    ['Date: 2010-11-13', 'a date is like'],
    ['Expires: Thu, 01 Dec 1994 16:00:00 GMT', 'expected a number, but found "Thu"'],
    ['From: Bell, Alexander <sip:a@b.example>;tag=1', 'the character "," in a display name'],
    ['From: <sip:a@b.example>;tag=', 'tag is a token, but found nothing'],
    ['From: <sip:a@b.example>;tag="x"', 'tag is a token'],
    ['From: <sip:a@b.example> tag=1', 'the end of the line, but found "tag=1"'],
    ['From: nobody;tag=1', 'expected a URI, but found "nobody"'],
    ['From: < sip:a@b.example>;tag=1', 'white space beside the brackets'],
    ['From: "A" "B" <sip:a@b.example>;tag=1', 'expected < behind the display name'],
    ['Max-Forwards: -1', 'expected a number, but found "-1"'],
    ['MIME-Version: 1', 'a version as in 1.0'],
    ['P-Early-Media: sendrecv,', 'an empty value in a list'],
    ['RAck: 776656 INVITE', 'the CSeq number of its request'],
    ['RAck: 0 1 INVITE', 'the number of a response has 32 bits'],
    ['Reason: SIP;cause=x', 'cause is a number, but found "x"'],
    ['Reason: SIP;text=gone', 'text is a quoted string'],
    ['Require:', 'Require is empty'],
    ['Retry-After: 5 (not closed', 'is not closed by )'],
    ['Route: sip:p.example;lr', 'the URI must stand in < and >'],
    ['RSeq: one', 'expected a number'],
    ['Server: a@b', 'white space, but found "@b"'],
    ['Server: /1', 'a product or a comment'],
    ['Server: a/', 'a version'],
    ['Subject: \u{7}', 'the control character 0x07'],
    ['Supported: 100rel;x', 'a comma or the end'],
    ['Via: SIP/2.0 192.0.2.1;branch=z9hG4bKx', '/ and a transport'],
    ['Via: SIP/2.0/UDP', 'white space and a host follow'],
    ['Via: SIP/2.0/UDP ;branch=z9hG4bKx', 'there is no host'],
    ['Via: SIP/2.0/UDP a_b.example;branch=z9hG4bKx', 'a host name is labels'],
    ['Via: SIP/2.0/UDP 256.0.0.1;branch=z9hG4bKx', 'an IPv4 address is four numbers'],
    ['Via: SIP/2.0/UDP [1:2:3];branch=z9hG4bKx', 'an IPv6 address is eight groups'],
    ['Via: SIP/2.0/UDP a.example:x;branch=z9hG4bKx', 'a port is a number, but found "x"'],
    ['Via: SIP/2.0/UDP a.example;ttl=256;branch=z9hG4bKx', 'ttl is a number from 0 to 255'],
    ['Via: SIP/2.0/UDP a.example;rport=x;branch=z9hG4bKx', 'rport is a number, or no equals'],
    ['Via: SIP/2.0/UDP a.example;received=a.example;branch=z9hG4bKx', 'received is an IP'],
    ['Via: SIP/2.0/UDP a.example;;branch=z9hG4bKx', 'no parameter behind the semicolon'],
    ['Warning: 3999 a "x"', 'a warning code of three digits'],
    ['Warning: 399 a x', 'a quoted text'],
    ['X-Control: a\u{0}b', 'the control character 0x00'],
    ['no colon here', 'a header field is name: value'],
    ['bad name: x', 'the name of a header field is a token'],
    ['Subject\r\n : x', 'a line break between the name of a header field and its colon'],
  ])('%s: %s', (line, says) => {
    const { message, problems } = parseMessage(requestWith(line), 'strict');
    expect(message).toBeNull();
    expect(told(refusals(problems)).filter((one) => one.includes(says))).not.toEqual([]);
    expect(parseMessage(requestWith(line), 'tolerant').message).not.toBeNull();
  });
});

describe('values that are well-formed and wrong', () => {
  it.each([
    ['violation', 'CSeq: 2147483648 INVITE', 'below 2147483648', '§8.1.1.5'],
    ['violation', 'Max-Forwards: 256', 'a number from 0 to 255', '§20.22'],
    ['violation', 'Expires: 4294967296', 'a number from 0 to 4294967295', '§20.19'],
    ['violation', 'Contact: <sip:a@b.example>;expires=4294967296', 'at most 4294967295', '§20.10'],
    ['violation', 'From: <sip:a@b.example>;tag=1;TAG=2', 'the parameter TAG is there', '§7.3.1'],
    [
      'violation',
      'From: <sip:a@b.example?x=y>;tag=1',
      'header fields in the URI of From',
      '§19.1.1',
    ],
    ['violation', 'Route: <sip:a@b.example?x=y>', 'header fields in the URI of Route', '§19.1.1'],
    ['violation', 'Via: SIP/2.0/UDP a.example;branch=z9hG4bK', 'nothing behind it', '§8.1.1.7'],
    ['violation', 'Via: SIP/3.0/UDP a.example;branch=z9hG4bKx', 'the hop speaks SIP/3.0', '§20.42'],
    ['violation', 'Via: SIP/2.0/UDP a.example:70000;branch=z9hG4bKx', 'up to 65535', '§20.42'],
    ['violation', 'To: <tel:1234>', 'needs ;phone-context=', 'RFC 3966 §3'],
    ['violation', 'To: <tel:+>', 'a telephone number is digits', 'RFC 3966 §3'],
    ['violation', 'RSeq: 2147483648', 'a number from 1 to 2147483647', 'RFC 3262 §7.1'],
    ['remark', 'Via: SIP/2.0/UDP a.example', 'no branch that begins with z9hG4bK', '§8.1.1.7'],
    ['remark', 'From: <sip:a@b.example>', 'From has no tag', '§8.1.1.3'],
    ['remark', 'From: alice<sip:a@b.example>;tag=1', 'no white space between', 'RFC 4475'],
    ['remark', 'P-Early-Media: sendboth', 'is not a word of this field', 'RFC 5009 §9'],
  ])('%s: %s', (severity, line, says, clause) => {
    const fitting = wrong(line).filter(
      (one) => one.startsWith(severity) && one.includes(says) && one.includes(clause),
    );
    expect(fitting, wrong(line).join('\n')).toHaveLength(1);
    expect(parseMessage(requestWith(line), 'strict').message).not.toBeNull();
  });

  it('a field that has to be there, and one that is there twice', () => {
    const text = 'OPTIONS sip:a@b.example SIP/2.0\r\nContent-Length: 0\r\nl: 0\r\n\r\n';
    expect(problemsOf(text)).toEqual([
      'violation 1:1 no To header field; every request has one',
      'violation 1:1 no From header field; every request has one',
      'violation 1:1 no CSeq header field; every request has one',
      'violation 1:1 no Call-ID header field; every request has one',
      'violation 1:1 no Via header field; every request has one',
      'remark 1:1 no Max-Forwards header field; only RFC 2543 did without',
      'violation 3:1 a second Content-Length header field; there is one at most',
    ]);
  });
});

describe('start lines', () => {
  const of = (start: string): string[] =>
    problemsOf(messageWith(start, ['CSeq: 1 OPTIONS'])).filter((one) => one.includes(' 1:'));

  it.each([
    'OPTIONS sip:a@b.example SIP/2.0',
    'OPTIONS sips:a:secret@[2001:db8::1]:5061;lr;maddr=b.example SIP/2.0',
    'OPTIONS tel:+1-201-555-0123;ext=5 SIP/2.0',
    'OPTIONS urn:service:sos SIP/2.0',
    'OPTIONS mailto:a@b.example SIP/2.0',
    'SIP/2.0 200 OK',
    'SIP/2.0 200 ',
    'SIP/2.0 183 50% off is %41, not',
  ])('%s', (start) => {
    expect(of(start).filter((one) => !one.includes('reason'))).toEqual([]);
  });

  it.each([
    ['OPTIONS sip:a@b.example SIP/2.1', 'malformed 1:25 the version is SIP/2.0'],
    ['OPTIONS sip:a@b.example sip/2.0', 'violation 1:25 found sip/2.0'],
    ['options sip:a@b.example SIP/2.0', 'remark 1:1 options is not OPTIONS'],
    ['OPT(ONS sip:a@b.example SIP/2.0', 'malformed 1:1 a method is a token'],
    ['OPTIONS a@b.example SIP/2.0', 'malformed 1:9 expected a URI'],
    ['OPTIONS sip:a@b.example?x=y SIP/2.0', 'malformed 1:24 header fields in the URI'],
    ['OPTIONS sip:a@b.example;method=BYE SIP/2.0', 'violation 1:9 a method parameter'],
    ['OPTIONS sip:a@ SIP/2.0', 'malformed 1:15 there is no host'],
    ['OPTIONS sip:@b.example SIP/2.0', 'malformed 1:13 no user stands before the @'],
    ['OPTIONS sip:a%4@b.example SIP/2.0', 'malformed 1:14 a % without two hexadecimal'],
    ['OPTIONS sip:a@b.example;=x SIP/2.0', 'malformed 1:24 a URI parameter without a name'],
    ['OPTIONS sip:a@b.example;x= SIP/2.0', 'malformed 1:25 the URI parameter x has an equals'],
    ['OPTIONS sip:a@b.example;ttl=999 SIP/2.0', 'malformed 1:29 ttl is a number'],
    ['OPTIONS  sip:a@b.example SIP/2.0', 'malformed 1:8 the parts of a start line'],
    ['OPTIONS\tsip:a@b.example SIP/2.0', 'malformed 1:8 the parts of a start line'],
    ['SIP/2.0 2000 OK', 'malformed 1:9 a status code is three digits, but found "2000"'],
    ['SIP/2.0 099 OK', 'violation 1:9 status codes go from 100 to 699'],
    ['SIP/2.0 200', 'malformed 1:12 a space follows the status code'],
    ['SIP/2.0 200 <b>', 'malformed 1:13 the character "<" has no place in a reason'],
  ])('%s: %s', (start, says) => {
    expect(
      of(start).filter((one) => one.startsWith(says)),
      of(start).join('\n'),
    ).toHaveLength(1);
  });

  it.each(['', '\r\n', 'GET / HTTP/1.1\r\n\r\n', ' SIP/2.0', '\u{0}\u{1}\u{2}'])(
    '%j is no SIP message in either mode',
    (text) => {
      expect(parseMessage(text, 'strict').message).toBeNull();
      expect(parseMessage(text, 'tolerant').message).toBeNull();
      expect(problemsOf(text)).toHaveLength(1);
    },
  );
});

describe('lines', () => {
  it('end in CR and LF in the head; strict reading takes nothing else', () => {
    const text = requestWith('Subject: x');
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text.replaceAll('\r\n', '\n'))).toEqual([
      'malformed 1:42 10 lines end in LF alone; lines of the head end in CR and LF',
    ]);
    expect(problemsOf(text.replace('Subject: x\r\n', 'Subject: x\n'))).toEqual([
      'malformed 9:11 a line ends in LF alone; lines of the head end in CR and LF',
    ]);
    expect(problemsOf(text.replace('Subject: x', 'Subject: x\ry'))).toEqual([
      'malformed 9:11 a CR without LF; CR stands nowhere but in line ends',
    ]);
  });

  it('before the start line are passed over, and a byte order mark is told', () => {
    expect(problemsOf(`\r\n\r\n${requestWith()}`)).toEqual([
      'remark 1:1 empty lines before the start line',
    ]);
    expect(problemsOf(`\u{feff}${requestWith()}`)).toEqual([
      'malformed 1:1 a byte order mark; SIP has none',
    ]);
  });

  it('are counted, and columns in characters, whatever the octets are', () => {
    const text = requestWith('Subject: \u{1f514} ü', 'X-Y: ü\u{1}');
    const octets = new TextEncoder().encode(text);
    for (const source of [text, octets]) {
      const [problem] = parseMessage(source, 'strict').problems;
      expect(problem).toMatchObject({ line: 10, column: 7, length: 1 });
      const offset = typeof source === 'string' ? text.indexOf('\u{1}') : octets.indexOf(1);
      expect(problem?.offset).toBe(offset);
    }
  });

  it('that continue nothing, or end before the head does', () => {
    const [start = '', ...rest] = requestWith().split('\r\n');
    expect(problemsOf([start, ' continued', ...rest].join('\r\n'))).toEqual([
      'malformed 2:1 a header field is name: value, but found " continued"',
    ]);
    expect(problemsOf(requestWith().trimEnd())).toEqual([
      'malformed 8:18 no empty line behind the header fields; one must be there, even without a body',
    ]);
  });

  it('hold UTF-8 alone in quoted strings', () => {
    const octets = Buffer.from(requestWith('From: "\u{ff}" <sip:a@b.example>;tag=1'), 'latin1');
    expect(problemsOf(octets)).toEqual([
      'malformed 8:8 the octet 0xFF in a quoted string is not UTF-8',
    ]);
    const continued = Buffer.from(requestWith('X-Y: \u{80}'), 'latin1');
    expect(problemsOf(continued)).toEqual([]);
    expect(problemsOf(requestWith('X-Y: \u{d800}'))).toEqual([
      'malformed 9:6 half of a surrogate pair, which UTF-8 cannot hold',
    ]);
  });
});
