import { once } from '../../base/worked-out.ts';
import type { NodeId } from '../../kernel/node.ts';
import { headerTokens } from '../../sip/message.ts';
import type {
  Arrived,
  DialogEvent,
  Observation,
  SeenDialog,
  SeenResponse,
  SeenTransaction,
} from './observation.ts';
import { finalReceived, firstArrived, opensCall, transactionsOf } from './reading-messages.ts';

/** A terminal that calls somebody, and what it has heard of its INVITE. */
export interface CallingTerminal {
  readonly node: NodeId;
  readonly invite: SeenTransaction;
  /** One for each To tag that answered. */
  readonly dialogs: readonly SeenDialog[];
  /** The first 180 that arrived. */
  readonly alerted: Arrived<SeenResponse> | null;
  readonly final: Arrived<SeenResponse> | null;
  /** When it gave up, because of its user or of Timer B; null where it did not. */
  readonly givenUp: number | null;
}

/** Servers and proxies relay calls; everybody else has a person in front of it. */
const relays = new Set(['cmr-server', 'cmr-resource-server', 'proxy']);

export function isTerminal(seen: Observation, node: NodeId): boolean {
  const role = seen.nodes.get(node)?.role;
  return role !== undefined && !relays.has(role);
}

export const callingTerminals = /* @__PURE__ */ once(gatherTerminals);

function gatherTerminals(seen: Observation): readonly CallingTerminal[] {
  const all: CallingTerminal[] = [];
  for (const invite of transactionsOf(seen, 'INVITE')) {
    if (!opensCall(invite) || !isTerminal(seen, invite.client)) continue;
    all.push({
      node: invite.client,
      invite,
      dialogs: seen.dialogs.filter(
        ({ node, opening }) => node === invite.client && opening === invite,
      ),
      alerted: firstArrived(invite.responses, 180, 180),
      final: finalReceived(invite),
      givenUp: givenUpAt(seen, invite),
    });
  }
  return all;
}

function givenUpAt(
  { acts, expired: timers }: Observation,
  { client, request, branch }: SeenTransaction,
): number | null {
  const gone = acts.find(
    ({ node, action, at }) =>
      node === client &&
      at >= (request?.sent.at ?? 0) &&
      (action.kind === 'cancel' || action.kind === 'hang up'),
  );
  // Timer B: nobody answered in time, and what comes later belongs to nothing.
  const expired = timers.find(({ node, timer }) => node === client && timer === `B ${branch}`);
  const at = Math.min(gone?.at ?? Infinity, expired?.at ?? Infinity);
  return at === Infinity ? null : at;
}

/** When the ringing was over for that terminal: at the final response, or when it gave up. */
export function endOfRinging(seen: Observation, { final, givenUp }: CallingTerminal): number {
  return Math.min(final?.received.at ?? seen.endedAt, givenUp ?? Number.MAX_SAFE_INTEGER);
}

const directions = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

/** RFC 5009 §8: the directions a message asks for, line by line; null where it asks for none. */
export function authorisedBy({ message }: DialogEvent): readonly string[] | null {
  const tokens = headerTokens(message.packet, 'P-Early-Media').filter((one) => directions.has(one));
  return tokens.length === 0 ? null : tokens;
}

/** What the dialog's last word on early media was by then, or null where none was said. */
export function authorisationAt({ events }: SeenDialog, at: number): readonly string[] | null {
  let last: readonly string[] | null = null;
  for (const event of events) {
    if (event.at > at) break;
    if (event.way === 'received') last = authorisedBy(event) ?? last;
  }
  return last;
}

/** Whether the direction lets media through towards the caller. */
export function letsBackward(direction: string | undefined): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}
