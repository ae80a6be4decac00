import { parse as parseTransformed } from 'sdp-transform';

import { parseSdp } from '../../sim-core/sdp/parse-sdp.ts';
import { identifiersOf } from '../../sim-core/sip/parsing/identifiers.ts';
import { parseMessage } from '../../sim-core/sip/parsing/parse-message.ts';
import { startLineOf } from '../../sim-core/sip/parsing/start-line.ts';
import { jsSip, sip, sipSdp } from '../support/foreign-parsers.ts';

/** A message or a description, and where it is from. */
export interface Input {
  readonly name: string;
  /** Characters stand for octets. */
  readonly text: string;
}

/** What a parser makes of an input: null where it refuses it, and why in our case. */
export interface Opinion {
  readonly fields: Readonly<Record<string, string>> | null;
  readonly why: string;
}

type Reader = (text: string) => Opinion;

/** One thing that one judge sees in another way than we do. */
export interface Difference {
  readonly judge: string;
  readonly input: string;
  /** `'refused'`: by us alone; `'taken'`: by us alone; otherwise the name of a field. */
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Every difference over those inputs, in their order. */
export function differencesOver(
  inputs: readonly Input[],
  ours: Reader,
  judges: Readonly<Record<string, Reader>>,
): Difference[] {
  return inputs.flatMap(({ name: input, text }) => {
    const our = ours(text);
    return Object.entries(judges).flatMap(([judge, read]) => {
      const their = read(text);
      const about = { judge, input };
      if (our.fields === null && their.fields === null) return [];
      if (our.fields === null) return [{ ...about, what: 'refused', ours: our.why, theirs: '' }];
      if (their.fields === null) return [{ ...about, what: 'taken', ours: '', theirs: their.why }];
      const fields = our.fields;
      return Object.entries(their.fields)
        .filter(([field, value]) => fields[field] !== value)
        .map(([what, theirs]) => ({ ...about, what, ours: fields[what] ?? '', theirs }));
    });
  });
}

const nothing = '(none)';

function said(value: string | number | null | undefined): string {
  return value === null || value === undefined ? nothing : String(value);
}

export function ourMessage(text: string): Opinion {
  const octets = Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
  const { message, problems } = parseMessage(octets, 'strict');
  if (message === null) {
    const why = problems.find(({ severity }) => severity === 'malformed')?.says ?? '';
    return { fields: null, why };
  }
  const { callId, fromTag, toTag, branch, sequenceNumber, sequenceMethod } = identifiersOf(message);
  const start = startLineOf(message);
  const fields = {
    kind: message.kind,
    'method or status': said(start.kind === 'request' ? start.method : start.status),
    'Call-ID': said(callId),
    'From tag': said(fromTag),
    'To tag': said(toTag),
    branch: said(branch),
    'CSeq number': said(sequenceNumber),
    'CSeq method': said(sequenceMethod),
  };
  return { fields, why: '' };
}

/** JsSIP reads the field values it needs itself, by a grammar made from that of RFC 3261. */
function jsSipMessage(text: string): Opinion {
  return orRefusal(() => {
    const message = jsSip.parseMessage(text, { configuration: {} });
    if (message === undefined) return null;
    const { method, status_code: status } = message;
    return {
      kind: status === undefined ? 'request' : 'response',
      'method or status': said(status ?? method),
      'Call-ID': said(message.call_id),
      'From tag': said(message.from_tag),
      'To tag': said(message.to_tag),
      branch: said(message.via_branch),
      'CSeq number': said(message.cseq),
    };
  });
}

/** The package `sip` takes whatever has a start line, and cuts the fields by regular expressions. */
function sipMessage(text: string): Opinion {
  return orRefusal(() => {
    const message = sip.parse(text);
    if (message === undefined) return null;
    const { method, status, headers } = message;
    return {
      kind: status === undefined ? 'request' : 'response',
      'method or status': said(status ?? method),
      'Call-ID': said(headers['call-id']),
      'From tag': said(headers.from?.params['tag']),
      'To tag': said(headers.to?.params['tag']),
      branch: said(headers.via?.[0]?.params['branch']),
      'CSeq number': said(headers.cseq?.seq),
      'CSeq method': said(headers.cseq?.method),
    };
  });
}

export const messageJudges = { jssip: jsSipMessage, sip: sipMessage } as const;

export function ourDescription(text: string): Opinion {
  const reading = parseSdp(text);
  if ('problems' in reading) return { fields: null, why: reading.problems[0]?.says ?? '' };
  const { origin, media } = reading.description;
  const fields = {
    'o= session': origin.sessionId,
    'o= version': String(origin.version),
    'm= lines': String(media.length),
    'm= media': media.map((one) => one.media).join(' '),
    'm= ports': media.map((one) => one.port).join(' '),
    'm= protocols': media.map((one) => one.protocol).join(' '),
  };
  return { fields, why: '' };
}

function sipDescription(text: string): Opinion {
  return orRefusal(() => {
    const { o, m } = sipSdp.parse(text.replaceAll(/\r?\n/g, '\r\n'));
    return {
      'o= session': said(o?.id),
      'o= version': said(o?.version),
      'm= lines': String(m.length),
      'm= media': m.map((one) => one.media).join(' '),
      'm= ports': m.map((one) => one.port).join(' '),
      'm= protocols': m.map((one) => one.proto).join(' '),
    };
  });
}

/** Ours asks it for the values of o= and m=; the lines, their order and all refusals are our own. */
function transformedDescription(text: string): Opinion {
  return orRefusal(() => {
    const { origin, media } = parseTransformed(text);
    return {
      'o= session': said(origin?.sessionId),
      'o= version': said(origin?.sessionVersion),
      'm= lines': String(media.length),
      'm= media': media.map((one) => one.type).join(' '),
      'm= ports': media.map((one) => one.port).join(' '),
      'm= protocols': media.map((one) => one.protocol).join(' '),
    };
  });
}

export const descriptionJudges = {
  sip: sipDescription,
  'sdp-transform': transformedDescription,
} as const;

/** Throwing is how some of them refuse. */
function orRefusal(read: () => Readonly<Record<string, string>> | null): Opinion {
  try {
    return { fields: read(), why: 'refused' };
  } catch (error) {
    return { fields: null, why: `threw ${error instanceof Error ? error.name : String(error)}` };
  }
}
