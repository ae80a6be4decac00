import type { Switches } from '../../base/switches.ts';
import { alertingBody } from '../../sip/alerting-body.ts';
import type { Header, OtherBody } from '../../sip/message.ts';

/** What names a resource in a message: a header field, or a body (GAP-20). */
export interface NamedRing {
  readonly headers: readonly Header[];
  readonly otherBodies: readonly OtherBody[];
}

/** What carries the URL (GAP-20); who asks for it knows its places (R-MSG-16). */
export function namedRing(url: string, carrier: Switches['SW-HTTP-HDR']): NamedRing {
  switch (carrier) {
    case 'alert-info':
      return { headers: [['Alert-Info', `<${url}>`]], otherBodies: [] };
    case 'call-info':
      return { headers: [['Call-Info', `<${url}>;purpose=info`]], otherBodies: [] };
    case 'body-alert':
      return { headers: [], otherBodies: [alertingBody(url)] };
  }
}
