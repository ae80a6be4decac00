import { printMessage, type Disposition, type SipMessage } from '../../sim-core/reading.ts';

/** One header field of a message as it crosses the wire. */
export interface WireHeader {
  readonly name: string;
  readonly value: string;
}

/** One body, with what its own header fields say of it. */
export interface WireBody {
  readonly type: string;
  readonly disposition: Disposition;
  readonly lines: readonly string[];
}

/** The wire text of a message, taken apart only as far as the eye needs. */
export interface WireText {
  readonly startLine: string;
  readonly headers: readonly WireHeader[];
  readonly bodies: readonly WireBody[];
}

/** Splits the printed message; nothing is added, nothing left out but blank lines. */
export function wireText(message: SipMessage): WireText {
  const text = printMessage(message);
  const [head = '', body = ''] = splitOnce(text, '\r\n\r\n');
  const [startLine = '', ...fields] = head.split('\r\n');
  const headers = fields.map(headerOf);
  return { startLine, headers, bodies: bodiesOf(body, headers) };
}

/** The lines of the session description of that disposition, or null. */
export function sdpLines(message: SipMessage, disposition: Disposition): readonly string[] | null {
  const body = wireText(message).bodies.find((one) => one.disposition === disposition);
  return body?.lines ?? null;
}

function headerOf(field: string): WireHeader {
  const [name = '', value = ''] = splitOnce(field, ':');
  return { name, value: value.trimStart() };
}

function valueOf(headers: readonly WireHeader[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

function bodiesOf(body: string, headers: readonly WireHeader[]): WireBody[] {
  if (body === '') return [];
  const type = valueOf(headers, 'content-type') ?? '';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return [bodyOf(body, headers, type)];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', rest = ''] = splitOnce(part.replace(/^\r\n/, ''), '\r\n\r\n');
      const own = head.split('\r\n').map(headerOf);
      return bodyOf(rest, own, valueOf(own, 'content-type') ?? '');
    });
}

function bodyOf(text: string, headers: readonly WireHeader[], type: string): WireBody {
  const early = valueOf(headers, 'content-disposition')?.startsWith('early-session') === true;
  const lines = text.split('\r\n').filter((line) => line !== '');
  return { type, disposition: early ? 'early-session' : 'session', lines };
}

function splitOnce(text: string, at: string): string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + at.length)];
}
