import { abortFetch, startFetch } from '../../http/fetching.ts';
import type { PlayableResource } from '../../http/http-message.ts';
import { readHttpUrl } from '../../http/http-url.ts';
import type { Outbox } from '../../kernel/node.ts';
import type { SipIndication } from '../../sip/agent.ts';
import { ringInBody } from '../../sip/alerting-body.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { CmrClientState } from './client-state.ts';

/** HTTP Mode at a terminal: a ring that it fetches and plays by itself (DEL-HTTP-CLI-01…04). */

/**
 * Fetches what a provisional response names to the caller, or the INVITE to the called party. The
 * first URL of a call is kept, whatever later responses say (GAP-21).
 */
export function fetchWhatIsNamed(client: CmrClientState, heard: SipIndication, out: Outbox): void {
  if (client.config.alertInfo === 'ignore' || client.http.fetch !== null) return;
  const message = nameRing(client, heard);
  const url = message === null ? null : ringUrl(message);
  if (url === null) return;
  const wrong = client.config.defects.includes('fetches-another-url') ? '-2' : '';
  startFetch(client.http, `${url}${wrong}`, out.now(), out);
}

/** The message, where Alert-Info in it means a ring for this end (R-ALI-01). */
function nameRing(client: CmrClientState, heard: SipIndication): SipMessage | null {
  if (heard.kind === 'request' && client.phase === 'invited') {
    return heard.request.method === 'INVITE' && heard.dialog === null ? heard.request : null;
  }
  const waits = client.phase === 'calling' || client.phase === 'hearing ringback';
  if (heard.kind !== 'response' || !client.isCaller || !waits) return null;
  const { response } = heard;
  return response.cseq.method === 'INVITE' && response.status < 200 ? response : null;
}

/** The first http URL of Alert-Info, of Call-Info, or of a body that alerts (SW-HTTP-HDR). */
export function ringUrl(message: SipMessage): string | null {
  for (const wanted of ['alert-info', 'call-info']) {
    for (const [name, value] of message.headers) {
      if (name.toLowerCase() !== wanted) continue;
      for (const [, uri] of value.matchAll(/<([^<>\s]+)>/g)) {
        if (uri !== undefined && readHttpUrl(uri) !== null) return uri;
      }
    }
  }
  const inBody = ringInBody(message);
  return inBody !== null && readHttpUrl(inBody) !== null ? inBody : null;
}

/** What is there to be played in place of the terminal's own tone, or null. */
export function fetchedRing({ http, config }: CmrClientState): PlayableResource | null {
  const { fetch } = http;
  if (fetch === null) return null;
  const enough = config.httpPlay === 'progressive' ? 'receiving' : 'whole';
  return fetch.state === 'whole' || fetch.state === enough ? fetch.resource : null;
}

/** Whoever does not ring any more needs nothing to ring with (DEL-HTTP-CLI-02, GAP-22). */
export function endFetchWithTheRinging(client: CmrClientState, out: Outbox): void {
  if (client.http.fetch === null) return;
  if (client.phase === 'in call' || client.phase === 'over') abortFetch(client.http, out);
}
