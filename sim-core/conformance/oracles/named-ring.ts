import { ringInBody } from '../../sip/alerting-body.ts';
import type { CallPicture } from './call-picture.ts';
import type { SipPassage } from './call-watch.ts';

/** HTTP Mode: the URL of a CMR Resource in a message (GAP-20). */

/** The URLs of resources that a message names where SW-HTTP-HDR has them. */
export function urlsIn(call: CallPicture, { packet }: SipPassage): string[] {
  if (call.header.switches['SW-HTTP-HDR'] === 'body-alert') {
    const url = ringInBody(packet);
    return url === null ? [] : [url];
  }
  const field = call.header.switches['SW-HTTP-HDR'] === 'call-info' ? 'Call-Info' : 'Alert-Info';
  const wanted = field.toLowerCase();
  return packet.headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => [...value.matchAll(/<(https?:[^>]*)>/g)])
    .map(([, url]) => url ?? '');
}

export function isHttpMode({ watch }: CallPicture): boolean {
  return watch.mode === 'http';
}
