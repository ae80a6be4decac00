import type { Header, Method } from '../../sip/message.ts';
import type { Leg } from './call.ts';

/** RFC 3326: why a request ended the call. */
export function sipReason(cause: number): Header {
  return ['Reason', `SIP;cause=${cause}`];
}

export function byeReason(leg: Leg): Header {
  return ['Reason', `SIP;cause=200;text="${leg} hung up"`];
}

/**
 * Whether a refusal in a dialog means that the dialog is gone (RFC 5057 Table 1, R-DLG-15). 405
 * and 501 say so of an INVITE dialog only where INVITE itself is not known (GAP-26).
 */
export function endsDialog(status: number, method: Method): boolean {
  return gone.has(status) || (method === 'INVITE' && (status === 405 || status === 501));
}

const gone: ReadonlySet<number> = new Set([
  404, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 502, 604,
]);
