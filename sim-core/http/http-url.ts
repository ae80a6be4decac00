import { httpPort } from './http-message.ts';

/** An http URL, in parts (RFC 9110 §4.2.1). */
export interface HttpUrl {
  /** A name or an IPv4 address, lower case; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query: `'/melody?as=3gp'`. */
  readonly target: string;
}

/** Reads an http URL; null for any other, and for one with user information (§4.2.4). */
export function readHttpUrl(text: string): HttpUrl | null {
  const parts =
    /^http:\/\/(\[[0-9a-f:.]+\]|[^/?#:@[\]\s]+)(?::([0-9]{1,5}))?([/?][^#\s]*)?(?:#\S*)?$/i;
  const [, host, port, target] = parts.exec(text) ?? [];
  if (host === undefined) return null;
  const number = port === undefined ? httpPort : Number(port);
  if (number < 1 || number > 65_535) return null;
  const plain = host.startsWith('[') ? host.slice(1, -1) : host;
  const whole = target === undefined ? '/' : target.startsWith('?') ? `/${target}` : target;
  return Object.freeze({ host: plain.toLowerCase(), port: number, target: whole });
}

/** Where a redirection leads, seen from the URL that gave it (RFC 3986 §5, paths from the root). */
export function redirected(from: HttpUrl, location: string): HttpUrl | null {
  if (!location.startsWith('/')) return readHttpUrl(location);
  return location.startsWith('//')
    ? readHttpUrl(`http:${location}`)
    : { ...from, target: location };
}
