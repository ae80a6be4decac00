import type { Switches } from '../../base/switches.ts';
import type { Header } from '../../sip/message.ts';

/** The header field that carries the URL (GAP-20); who asks for it knows its places (R-MSG-16). */
export function urlHeader(url: string, carrier: Switches['SW-HTTP-HDR']): Header {
  return carrier === 'alert-info'
    ? ['Alert-Info', `<${url}>`]
    : ['Call-Info', `<${url}>;purpose=info`];
}
