import type { Difference } from './second-opinions.ts';

/**
 * Why others read messages otherwise than we do. A difference belongs to the first class that it
 * fits; one that fits none is new, and somebody has to look at it.
 */
export interface OpinionClass {
  readonly title: string;
  /** Who is right, by which clause, or what we have decided. */
  readonly explains: string;
  readonly fits: (difference: Difference) => boolean;
}

function refusedFor(reason: RegExp): OpinionClass['fits'] {
  return ({ what, ours }) => what === 'refused' && reason.test(ours);
}

/** A field of these judges that stands otherwise in those inputs. */
function reads(inputs: RegExp, fields: RegExp): OpinionClass['fits'] {
  return ({ what, input }) => fields.test(what) && inputs.test(input);
}

function takenFrom(judge: string, inputs: RegExp): OpinionClass['fits'] {
  return (one) => one.what === 'taken' && one.judge === judge && inputs.test(one.input);
}

export const messageClasses: readonly OpinionClass[] = [
  {
    title: 'Lengths that cannot be',
    explains:
      'RFC 3261 §18.3, §20.14: the body has as many octets as Content-Length says. Theirs cut the body at what there is, or take a number with something round it for the number. RFC 4475 wants `clerr`, `ncl` and `mcl01` refused.',
    fits: refusedFor(
      /^Content-Length|^a second Content-Length|^expected a number from 0|^expected a number, but found "(?:-999|\+5|-0|NaN|5|[^\x20-\x7e]+)"|^expected the end of the line, but found "(?:x10|e3|6|;)"/,
    ),
  },
  {
    title: 'CSeq that is none, or of another method',
    explains:
      'RFC 3261 §8.1.1.5, §20.16, §25.1: a number below 2³² and a method, which is that of the request. Theirs make a number of what there is, however long, and compare no method. RFC 4475 wants `mismatch01`, `mismatch02`, `scalar02` and `scalarlg` refused.',
    fits: refusedFor(
      /^a sequence number has|^CSeq says|^expected a sequence number|^expected white space and a method|^expected a method|found "INVITE"$/,
    ),
  },
  {
    title: 'Start lines',
    explains:
      'RFC 3261 §7.1, §7.2, §25.1: one space between the parts, no brackets, none behind the version, which is SIP/2.0, three digits of status, and a reason phrase of the characters that §25.1 lists. RFC 4475 wants `badvers`, `bigcode`, `escruri`, `ltgtruri` and `trws` refused.',
    fits: refusedFor(
      /Request-URI|URI of a request line|^the version is|behind the version|^a status code|in a reason phrase/,
    ),
  },
  {
    title: 'Addresses whose end nobody can tell',
    explains:
      'RFC 3261 §20, §20.10, §25.1: quotation marks and brackets are closed, a display name with a comma is quoted, a URI with a comma, question mark or semicolon stands in brackets, a parameter has a name, and a tag is a token. RFC 4475 wants `badaspec`, `badinv01`, `baddn`, `quotbal` and `regbadct` refused. `sip` takes what its regular expression finds.',
    fits: refusedFor(
      /display name|quotation mark|question mark|brackets? (?:of|<)|^the bracket|parameter|^tag is|^white space beside|^expected a token, a host/,
    ),
  },
  {
    title: 'Hosts and addresses of hosts',
    explains:
      'RFC 3261 §25.1: labels of letters, digits and inner hyphens; and `received` is an IP address (§18.2.1), which some examples of RFC 5359 replace by a name.',
    fits: refusedFor(/^a host name|^received is/),
  },
  {
    title: 'Octets that no header field has',
    explains:
      'RFC 3261 §7.3.1, §25.1: a line ends in CR and LF, is of UTF-8, and has no control character; the first header field continues nothing. Theirs do not look at octets.',
    fits: refusedFor(/control character|is not UTF-8|end in LF alone|begins with white space/),
  },
  {
    title: 'Fields that they do not read',
    explains:
      'Neither reads Date, Expires, Warning, User-Agent, Server, Accept, Content-Type, Call-Info, In-Reply-To or credentials beyond cutting them off; we refuse a message in which one of them is not of the grammar (RFC 3261 §25.1). RFC 4475 wants `baddate` refused. A reader that is to show what a peer has sent can be told to be tolerant, and then takes all of them.',
    fits: refusedFor(
      /warning code|^a date is|product or a comment|^expected a comma or the end|^Content-Type is empty|empty value in a list|expected white space, but|expected a URI, but|expected word|found "(?:Wed|Sat|Thu|Fri)"|realm=|nonce=|0l@company|^expected a number, but found/,
    ),
  },
  {
    title: 'More than we are ready to read',
    explains: 'A limit of ours (`sip/parsing/limits.ts`); no call comes near it.',
    fits: refusedFor(/^more than/),
  },
  {
    title: 'A field that stands once, twice',
    explains:
      'RFC 4475 §3.3.8 leaves it open whether such a message is taken. We take it with its first From, To, Call-ID and CSeq and say what is wrong; theirs keep the last, or both with a comma.',
    fits: reads(/sip-malformed(?:19|2)$|multi01/, /tag|Call-ID|CSeq/),
  },
  {
    title: 'Escapes in a method',
    explains:
      'RFC 4475 §3.1.1.4 (`esc02`): a method is compared as it stands, percent signs and all. `sip` undoes the escapes, and reads another method.',
    fits: reads(/esc02/, /method/),
  },
  {
    title: 'An IPv6 address without brackets in received',
    explains:
      'RFC 5118 §4.5 asks to take it both ways. `sip` loses the parameters of the Via with it, the branch among them.',
    fits: reads(/own5/, /branch/),
  },
  {
    title: 'URIs of other schemes',
    explains:
      'RFC 4475 §3.3.3 (`unksm2`): a URI that one does not know is no reason to refuse the message; the element that has to follow it answers 416. JsSIP knows sip and sips alone, in a Contact too.',
    fits: takenFrom('jssip', /sip47$|sip83$|unksm2|rfc3665 [568]$/),
  },
  {
    title: 'Contact: *',
    explains:
      'RFC 3261 §10.2.2: legal in a REGISTER. JsSIP, which is no registrar, fails on the star.',
    fits: takenFrom('jssip', /sip1$|rfc3665 9$/),
  },
];

export const descriptionClasses: readonly OpinionClass[] = [
  {
    title: 'Lines that RFC 8866 has to have, or has once',
    explains:
      'RFC 8866 §5: v=, o=, s= and t=, a c= in the session or in each of its media, and one direction. Some examples of the RFCs and of other projects lack one. Theirs read what there is.',
    fits: refusedFor(/^there is no|^no c= line|^a second|instead of v=0$/),
  },
  {
    title: 'Lines in another order',
    explains:
      'RFC 8866 §5: the order is fixed, so that a reader may refuse everything else. Theirs take lines in any.',
    fits: refusedFor(/ stands below /),
  },
  {
    title: 'What is no line of SDP',
    explains: 'RFC 8866 §5: a letter, an equals sign, a value. Theirs pass over the rest.',
    fits: refusedFor(/instead of a letter and =/),
  },
  {
    title: 'Values of o=, c= and m= that are none',
    explains:
      'RFC 8866 §5.2, §5.7, §5.14, §9: numbers in their ranges, one space between the fields, a format at least.',
    fits: refusedFor(/instead of a (?:numeric version|port between|time to live)|^m= has/),
  },
  {
    title: 'Versions above 2⁵³',
    explains:
      'RFC 8866 §5.2 has a number without a limit, RFC 3264 §5 one of 64 bits. We count versions on, with whole numbers of JavaScript, and refuse one from which we could not: a limit of ours.',
    fits: refusedFor(/instead of a version up to/),
  },
  {
    title: 'Ports that stand for several',
    explains:
      'RFC 8866 §5.14: legal, for layered streams, which no procedure here carries; refused rather than misread.',
    fits: refusedFor(/layered streams/),
  },
  {
    title: 'Dynamic payload types that nobody explains',
    explains:
      'RFC 3264 §5.1, §6.1: each has its a=rtpmap. Theirs leave that to whoever uses the description.',
    fits: refusedFor(/no a=rtpmap line/),
  },
  {
    title: 'Formats that are no numbers',
    explains:
      'RFC 8866 §5.14: the formats of a protocol that is not RTP are tokens, such as t38. `sip` wants numbers and throws.',
    fits: ({ judge, what }) => judge === 'sip' && what === 'taken',
  },
];
