import type { Outbox } from '../../../kernel/node.ts';
import { bodyPart } from '../../../sip/making-messages.ts';
import { bodyOf, headerTokens, headerValue, type SipResponse } from '../../../sip/message.ts';
import type { CmrCall, CmrServerState, Onward } from '../call.ts';
import { dialogOn } from '../legs.ts';
import { earlySessions, requiringEarlySession } from './early-sessions.ts';

/** What a CMR Server does where another operator's rings the caller before it. */
export interface PassingRingActions {
  /** Tells the other server what Client-A can do, as it needs to know to ring it. */
  passSupportOn(): void;
  /** Whether Client-B's side has put a ring into its last reliable response. */
  ringIsThere(): boolean;
  /** Keeps the PRACK for Client-A's answer, where that response offers an early session. */
  holdPrackForAnswer(): void;
  /** The ring goes on as it came, and no other procedure of this server has a say any more. */
  passRing(onward: Onward): void;
  /** Client-A's answer to the early session goes back in the PRACK. */
  passEarlyAnswer(): void;
}

export function passingRing(
  server: CmrServerState,
  call: CmrCall,
  out: Outbox,
): PassingRingActions {
  return {
    passSupportOn() {
      const { invite } = call;
      if (invite === null) return;
      const { request } = invite;
      if (headerTokens(request, 'P-Early-Media').includes('supported')) {
        invite.headers = [...invite.headers, ['P-Early-Media', 'supported']];
      }
      if (headerTokens(request, 'Supported').includes('early-session')) {
        invite.headers = [...invite.headers, ['Supported', 'early-session']];
      }
    },
    ringIsThere() {
      const { response } = call.prack;
      return response !== null && bringsRing(response);
    },
    holdPrackForAnswer() {
      const { response } = call.prack;
      const offers = response !== null && bodyOf(response, 'early-session') !== null;
      if (offers) call.prack.held = true;
    },
    passRing(onward: Onward) {
      const { response } = call.prack;
      if (response === null) return;
      const early = bodyOf(response, 'early-session');
      const authorised = headerValue(response, 'P-Early-Media');
      if (early !== null) {
        onward.bodies = [...onward.bodies, bodyPart('early-session', early)];
        onward.headers = [...onward.headers, requiringEarlySession(server)];
      }
      if (authorised !== null) {
        onward.headers = [...onward.headers, ['P-Early-Media', authorised]];
      }
      // It comes first of all that hear of this response.
      call.following.splice(1);
    },
    passEarlyAnswer() {
      if (!call.prack.held) return;
      const answer =
        dialogOn(server, call, 'Client-A')?.offerAnswer['early-session'].remote ?? null;
      earlySessions(server, call, 'Client-B', out).sendPrack(answer);
    },
  };
}

/** An early session, or a session that P-Early-Media lets through. */
function bringsRing(response: SipResponse): boolean {
  const [direction = ''] = headerTokens(response, 'P-Early-Media');
  const letThrough = direction === 'sendrecv' || direction === 'sendonly';
  return bodyOf(response, 'early-session') !== null || letThrough;
}
