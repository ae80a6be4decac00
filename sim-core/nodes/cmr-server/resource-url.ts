import type { Switches } from '../../base/switches.ts';
import type { Header } from '../../sip/message.ts';

/**
 * HTTP Mode names a resource by `http://<address of the CMR Resource Server>/<its name>`, port 80,
 * an IPv6 address in brackets.
 */
export function resourceUrl(address: string, resource: string): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `http://${host}/${resource}`;
}

/** The header field that carries the URL (GAP-20). */
export function urlHeader(url: string, carrier: Switches['SW-HTTP-HDR']): Header {
  return carrier === 'alert-info'
    ? ['Alert-Info', `<${url}>`]
    : ['Call-Info', `<${url}>;purpose=info`];
}
