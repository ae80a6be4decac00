import { bodyPart } from '../../sip/making-messages.ts';
import type { BodyPart, Header } from '../../sip/message.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { dialogOn, inHistoryOf } from './legs.ts';
import { namedRing } from './named-ring.ts';

/** What a CMR Server with defects puts into its 200 to the INVITE and ought not to. */
export function defectiveSuccess(
  server: CmrServerState,
  call: CmrCall,
): { readonly headers: readonly Header[]; readonly bodies: readonly BodyPart[] } {
  const { defects, switches, resourceServer, resources } = server.config;
  const headers: Header[] = [];
  const bodies: BodyPart[] = [];
  if (defects.includes('authorises-early-media-in-200')) {
    headers.push(['P-Early-Media', switches['SW-PEM']]);
  }
  const url = resourceServer?.urls[resources['Client-A']];
  if (defects.includes('puts-url-into-200') && url !== undefined) {
    headers.push(...namedRing(url, switches['SW-HTTP-HDR']).headers);
  }
  const answer = dialogOn(server, call, 'Client-B')?.offerAnswer.session.remote ?? null;
  if (defects.includes('repeats-sdp-in-200') && answer !== null) {
    bodies.push(bodyPart('session', inHistoryOf(server, call, 'Client-A', answer)));
  }
  const early = dialogOn(server, call, 'Client-A')?.offerAnswer['early-session'].lastSent ?? null;
  if (defects.includes('puts-early-session-into-200') && early !== null) {
    headers.push(['Require', 'early-session']);
    bodies.push(bodyPart('early-session', early));
  }
  return { headers, bodies };
}
