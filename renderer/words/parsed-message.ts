import {
  isSip,
  type MessageView,
  type SipMessage,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { nodeOf, shortTitle } from './parties.ts';
import type { WireHeader } from './wire-text.ts';

/** One header field, read: its parts, and what they mean in this call. */
export interface ParsedField {
  /** Place among the wire's header fields; −1 for the start line. */
  readonly place: number;
  readonly name: string;
  readonly parts: readonly { readonly name: string; readonly value: string }[];
  /** What it means here; null where nothing more is to be said. */
  readonly means: string | null;
}

/** A SIP message's start line and header fields, read. `messages` are all of the call. */
export function parsedFields(
  message: MessageView,
  fields: readonly WireHeader[],
  messages: readonly MessageView[],
  header: TraceHeader,
): ParsedField[] {
  const { packet } = message;
  if (!isSip(packet)) return [];
  const request = requestOf(message, messages);
  return [
    startLine(packet),
    ...fields.map(({ name, value }, place) => ({
      place,
      name,
      parts: partsOf(name, value),
      means: meaningOf(name, { message, packet, request, messages, header, value }),
    })),
  ];
}

function startLine(packet: SipMessage): ParsedField {
  if (packet.kind === 'request') {
    const parts = [
      { name: 'method', value: packet.method },
      { name: 'to', value: packet.requestUri },
    ];
    return { place: -1, name: 'Request', parts, means: null };
  }
  const parts = [{ name: 'status', value: `${packet.status} ${packet.reason}` }];
  return {
    place: -1,
    name: 'Response',
    parts,
    means: classes[Math.floor(packet.status / 100)] ?? null,
  };
}

const classes: Readonly<Record<number, string>> = {
  1: 'provisional: the request is being worked on',
  2: 'success',
  3: 'somewhere else',
  4: 'refused as it is',
  5: 'the server failed',
  6: 'refused everywhere',
};

/** The value taken apart: a list at its commas, anything else at its semicolons. */
function partsOf(name: string, value: string): ParsedField['parts'] {
  if (lists.has(name.toLowerCase())) {
    return value.split(/,\s*/).map((one) => ({ name: '', value: one }));
  }
  // What stands in angle brackets or quotes keeps its semicolons.
  const [first = '', ...rest] = value.match(/(?:"[^"]*"|<[^>]*>|[^;"<])+/g) ?? [];
  return [
    { name: '', value: first.trim() },
    ...rest.map((one) => {
      const equals = one.indexOf('=');
      return equals < 0
        ? { name: one.trim(), value: '' }
        : { name: one.slice(0, equals).trim(), value: one.slice(equals + 1).trim() };
    }),
  ];
}

const lists: ReadonlySet<string> = new Set(['allow', 'supported', 'require', 'recv-info']);

/** What the meaning of a field is made from. */
interface Meant {
  readonly message: MessageView;
  readonly packet: SipMessage;
  /** The request a response answers; null for a request. */
  readonly request: MessageView | null;
  readonly messages: readonly MessageView[];
  readonly header: TraceHeader;
  readonly value: string;
}

function meaningOf(name: string, meant: Meant): string | null {
  return meanings[name.toLowerCase()]?.(meant) ?? null;
}

const meanings: Readonly<Record<string, (meant: Meant) => string | null>> = {
  via: ({ request }) => (request === null ? null : `answers ${nameOf(request)}`),
  from: ({ packet }) => tagWords(packet.from.tag),
  to: ({ packet }) => tagWords(packet.to.tag),
  'call-id': ({ message, header }) => {
    const [from, to] = [message.from, message.to].map((id) => shortTitle(nodeOf(header, id).title));
    return `the call between ${from} and ${to}`;
  },
  cseq: ({ message, messages, packet }) => {
    if (packet.kind === 'response' || packet.label !== 'ACK') return null;
    const answered = messages.find(
      (one) =>
        isSip(one.packet) &&
        one.packet.kind === 'request' &&
        one.packet.method === 'INVITE' &&
        one.packet.callId === packet.callId &&
        one.packet.cseq.number === packet.cseq.number &&
        one.from === message.from,
    );
    return answered === undefined ? null : `confirms the answer to ${nameOf(answered)}`;
  },
  rack: ({ value, messages, packet }) => {
    const [sequence] = value.split(' ');
    const found = messages.find(
      (one) =>
        isSip(one.packet) &&
        one.packet.callId === packet.callId &&
        one.packet.headers.some(([field, said]) => field === 'RSeq' && said === sequence),
    );
    return found === undefined ? null : `acknowledges ${nameOf(found)}`;
  },
  rseq: () => 'sent reliably: a PRACK names it',
  'p-early-media': () => 'what media are authorised before the answer',
  'alert-info': () => 'what is to be fetched and played',
};

function tagWords(tag: string | null): string | null {
  return tag === null ? 'no tag yet: the dialog has no other end' : null;
}

/** `'UPDATE 6'`, `'INVITE'`. */
function nameOf({ text, step }: MessageView): string {
  return step === null ? text : `${text} ${step}`;
}

/** The request this response answers: the same branch, the other way. */
function requestOf(message: MessageView, messages: readonly MessageView[]): MessageView | null {
  const { packet } = message;
  if (!isSip(packet) || packet.kind === 'request') return null;
  const branch = packet.via[0]?.branch;
  return (
    messages.findLast(
      (one) =>
        one.record < message.record &&
        isSip(one.packet) &&
        one.packet.kind === 'request' &&
        one.packet.via[0]?.branch === branch &&
        one.packet.cseq.method === packet.cseq.method &&
        one.from === message.to,
    ) ?? null
  );
}
