import { sameSession, withOrigin } from '../../sdp/history.ts';
import { makeMedia, makeSession, sdpLine } from '../../sdp/make-description.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { dialogOn, inHistoryOf } from './legs.ts';

/** The offer of an UPDATE to Client-A, in the history of its leg (GAP-09) — or with a defect. */
export function offerForClientA(
  server: CmrServerState,
  call: CmrCall,
  offer: SessionDescription,
): SessionDescription {
  const { defects } = server.config;
  const previous = dialogOn(server, call, 'Client-A')?.offerAnswer.session.lastSent ?? null;
  if (defects.length === 0 || previous === null) {
    return inHistoryOf(server, call, 'Client-A', offer);
  }
  if (defects.includes('copies-origin-of-client-b')) return offer;
  let media = offer.media;
  if (defects.includes('puts-cmr-media-first')) {
    const added = previous.media.length;
    media = [...media.slice(added), ...media.slice(0, added)];
  }
  if (defects.includes('remaps-payload-type')) media = media.map(remapped);
  const changed = makeSession(offer.origin, offer.sessionName, offer.lines, Object.freeze(media));
  let next = inHistoryOf(server, call, 'Client-A', changed);
  if (defects.includes('drops-m-line')) {
    const { origin, sessionName, lines } = next;
    next = makeSession(origin, sessionName, lines, next.media.slice(0, -1));
  }
  if (!defects.includes('keeps-origin-version') || sameSession(previous, next)) return next;
  return withOrigin(next, previous.origin);
}

/** The line with another codec under payload type 96. */
function remapped(line: MediaDescription): MediaDescription {
  const lines = line.lines.map(([type, value]) =>
    value.startsWith('rtpmap:96 ') ? sdpLine('a', 'rtpmap:96 AMR-WB/16000') : sdpLine(type, value),
  );
  return makeMedia(line.media, line.port, line.protocol, line.formats, Object.freeze(lines));
}
