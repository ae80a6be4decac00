import type { Medium } from '../kernel/trace-record.ts';
import type { HttpUrl } from './http-url.ts';

/** What is asked and answered when a terminal fetches a CMR Resource (RFC 9110, RFC 9112). */

export type HttpHeader = readonly [name: string, value: string];

export interface HttpRequest {
  readonly kind: 'request';
  readonly method: 'GET';
  /** Path and query, as in the request line. */
  readonly target: string;
  readonly headers: readonly HttpHeader[];
}

/** The head of a response; its body follows in a message of its own. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: readonly HttpHeader[];
  /** The CMR Resource that the body will be; null where it is none. */
  readonly brings: PlayableResource | null;
}

/** The body of a response, whole: it stands for all its segments, and arrives with the last. */
export interface HttpBody {
  readonly kind: 'body';
  readonly octets: number;
}

/** What a terminal can play. */
export interface PlayableResource {
  readonly name: string;
  readonly media: readonly Medium[];
}

export type HttpMessage = HttpRequest | HttpResponse | HttpBody;

export function getRequest({ host, port, target }: HttpUrl): HttpRequest {
  const headers: readonly HttpHeader[] = Object.freeze([
    header('Host', port === httpPort ? host : `${host}:${port}`),
    header('Accept', acceptedTypes.map((type) => `${type}*`).join(', ')),
    header('Connection', 'close'),
  ]);
  return Object.freeze({ kind: 'request', method: 'GET', target, headers });
}

export const httpPort = 80;

/** The types a terminal can play, as they begin. */
const acceptedTypes = ['audio/', 'video/'] as const;

/** A response with a body of that type and so many octets. */
export function response(
  status: number,
  type: string,
  octets: number,
  brings: PlayableResource | null = null,
  more: readonly HttpHeader[] = [],
): HttpResponse {
  const headers: readonly HttpHeader[] = Object.freeze([
    ...more,
    header('Content-Type', type),
    header('Content-Length', String(octets)),
    header('Connection', 'close'),
  ]);
  return Object.freeze({ kind: 'response', status, headers, brings });
}

export function body(octets: number): HttpBody {
  return Object.freeze({ kind: 'body', octets });
}

export function header(name: string, value: string): HttpHeader {
  return Object.freeze([name, value] as const);
}

/** The value of the first header field of that name, or null. */
export function httpHeader(message: HttpResponse | HttpRequest, name: string): string | null {
  const wanted = name.toLowerCase();
  return message.headers.find(([given]) => given.toLowerCase() === wanted)?.[1] ?? null;
}

/** Whether a terminal can play what a response says it brings. */
export function isPlayable(message: HttpResponse): boolean {
  const type = httpHeader(message, 'Content-Type')?.toLowerCase() ?? '';
  return acceptedTypes.some((accepted) => type.startsWith(accepted));
}

/** The head as it crosses the wire; nothing for a body, which is its octets. */
export function printHttpHead(message: HttpMessage): string {
  if (message.kind === 'body') return '';
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.target} HTTP/1.1`
      : `HTTP/1.1 ${message.status} ${reasonPhrases[message.status] ?? 'Unknown'}`;
  const fields = message.headers.map(([name, value]) => `${name}: ${value}`);
  return `${[first, ...fields].join('\r\n')}\r\n\r\n`;
}

/** Octets of the message on the wire; heads are ASCII. */
export function octetsOf(message: HttpMessage): number {
  return message.kind === 'body' ? message.octets : printHttpHead(message).length;
}

/** RFC 9110 §15. */
const reasonPhrases: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};
