import { printSdp } from '../sdp/print-sdp.ts';
import type { BodyPart, OtherBody, SipMessage } from './message.ts';

const usualBoundary = 'ringscope-boundary';

/**
 * The message as it crosses the wire, CRLF line ends (RFC 3261 §7). Printed once per message: one
 * description a body, or a part of one (R-SDP-04).
 */
export function printMessage(message: SipMessage): string {
  const known = printed.get(message);
  if (known !== undefined) return known;
  const lines = [startLine(message)];
  for (const via of message.via) {
    lines.push(`Via: SIP/2.0/${via.transport ?? 'UDP'} ${via.sentBy};branch=${via.branch}`);
  }
  if (message.kind === 'request') lines.push(`Max-Forwards: ${message.maxForwards}`);
  lines.push(`From: ${nameAddr(message.from.uri, message.from.tag)}`);
  lines.push(`To: ${nameAddr(message.to.uri, message.to.tag)}`);
  lines.push(`Call-ID: ${message.callId}`);
  lines.push(`CSeq: ${message.cseq.number} ${message.cseq.method}`);
  if (message.contact !== null) lines.push(`Contact: ${message.contact}`);
  for (const [name, value] of message.headers) lines.push(`${name}: ${value}`);
  const body = printBody(contentsOf(message), lines);
  lines.push(`Content-Length: ${utf8Length(body)}`);
  const text = `${lines.join('\r\n')}\r\n\r\n${body}`;
  printed.set(message, text);
  return text;
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isPair(text, index)) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** Two units for one character; half a pair alone is written as a replacement character. */
function isPair(text: string, index: number): boolean {
  const [first, second] = [text.charCodeAt(index), text.charCodeAt(index + 1)];
  return first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000;
}

/** Messages are frozen, so their text never changes; a window asks for it again and again. */
const printed = new WeakMap<SipMessage, string>();

function startLine(message: SipMessage): string {
  return message.kind === 'request'
    ? `${message.method} ${message.requestUri} SIP/2.0`
    : `SIP/2.0 ${message.status} ${message.reason}`;
}

function nameAddr(uri: string, tag: string | null): string {
  return tag === null ? `<${uri}>` : `<${uri}>;tag=${tag}`;
}

/** One body as printed: its own header fields, and its text. */
interface PrintedBody {
  readonly headers: readonly string[];
  readonly text: string;
}

function contentsOf({ bodies, otherBodies }: SipMessage): PrintedBody[] {
  const descriptions = bodies.map((part) => ({
    headers: partHeaders(part),
    text: printSdp(part.description),
  }));
  return otherBodies === undefined
    ? descriptions
    : [...descriptions, ...otherBodies.map(printOther)];
}

function printOther({ type, disposition, text }: OtherBody): PrintedBody {
  const typed = `Content-Type: ${type}`;
  const headers = disposition === null ? [typed] : [`Content-Disposition: ${disposition}`, typed];
  return { headers, text };
}

/** Adds the body's own header fields to `lines` and gives its text (RFC 3261 §20.11, RFC 5621). */
function printBody(contents: readonly PrintedBody[], lines: string[]): string {
  const [first, ...rest] = contents;
  if (first === undefined) return '';
  if (rest.length === 0) {
    lines.push(...first.headers);
    return first.text;
  }
  const boundary = boundaryFor(contents);
  lines.push(`Content-Type: multipart/mixed;boundary="${boundary}"`);
  const parts = contents.map(
    ({ headers, text }) => `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${text}`,
  );
  return `${parts.join('\r\n')}\r\n--${boundary}--\r\n`;
}

/** A delimiter must not occur in what it delimits (RFC 2046 §5.1.1). */
function boundaryFor(contents: readonly PrintedBody[]): string {
  let boundary = usualBoundary;
  for (let count = 2; contents.some(({ text }) => text.includes(`--${boundary}`)); count += 1) {
    boundary = `${usualBoundary}-${count}`;
  }
  return boundary;
}

/** A session body is the default and needs no word of it (R-MSG-14). */
function partHeaders(part: BodyPart): string[] {
  const type = 'Content-Type: application/sdp';
  return part.disposition === 'session'
    ? [type]
    : [`Content-Disposition: ${part.disposition}`, type];
}
