import type { Outbox } from '../../kernel/node.ts';
import { respond, respondToInvite } from '../../sip/sending.ts';
import type { Asked, CmrServerState } from './call.ts';

/**
 * Refuses the offer that a party made in its dialog. A PRACK that names its response is a good one
 * whatever becomes of the call: only its offer is refused, with 488, which RFC 6337 §2.3 leaves
 * open (R-PRK-09).
 */
export function refuseOffer(
  server: CmrServerState,
  { method, branch }: Pick<Asked, 'method' | 'branch'>,
  status: number,
  out: Outbox,
): void {
  const nothing = { headers: [], bodies: [], contact: null };
  if (method === 'INVITE') respondToInvite(server.agent, branch, status, nothing, false, out);
  else respond(server.agent, branch, method, method === 'PRACK' ? 488 : status, nothing, out);
}
