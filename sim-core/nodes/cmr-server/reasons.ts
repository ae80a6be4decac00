import type { Header } from '../../sip/message.ts';
import type { Leg } from './call.ts';

/** RFC 3326: why a request ended the call. */
export function sipReason(cause: number): Header {
  return ['Reason', `SIP;cause=${cause}`];
}

export function byeReason(leg: Leg): Header {
  return ['Reason', `SIP;cause=200;text="${leg} hung up"`];
}

export function endsDialog(status: number): boolean {
  return status === 481 || status === 408;
}
