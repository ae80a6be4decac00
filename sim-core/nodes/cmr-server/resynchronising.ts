import { addressOf, directionOf, isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { dialogOn } from './legs.ts';

/**
 * GAP-09: Client-A gives a new answer to the UPDATE. Whether what Client-B sends by would miss
 * it: another address or port, a direction Client-B does not know of, or a format that Client-B
 * uses and Client-A has let go.
 */
export function answersElsewhere(server: CmrServerState, call: CmrCall): boolean {
  const ofA = dialogOn(server, call, 'Client-A')?.offerAnswer.session.remote ?? null;
  const towardsB = dialogOn(server, call, 'Client-B')?.offerAnswer.session ?? null;
  if (ofA === null || towardsB === null) return false;
  const { local, remote } = towardsB;
  if (local === null || remote === null) return false;
  return local.media.some((_line, index) => differs(index, ofA, local, remote));
}

/** Takes Client-A's answer, what Client-B was told of Client-A, and Client-B's own answer. */
function differs(
  index: number,
  ofA: SessionDescription,
  told: SessionDescription,
  ofB: SessionDescription,
): boolean {
  const [is, was, used] = [ofA.media[index], told.media[index], ofB.media[index]];
  if (is === undefined || was === undefined || used === undefined || !isOn(used)) return false;
  if (!isOn(is)) return true;
  if (addressOf(is, ofA) !== addressOf(was, told) || is.port !== was.port) return true;
  const sent = directionOf(was, told) === 'sendrecv' ? directionOf(is, ofA) : null;
  if (sent !== null && sent !== 'sendrecv' && directionOf(used, ofB) === 'sendrecv') return true;
  return used.formats.some((format) => !is.formats.includes(format));
}
