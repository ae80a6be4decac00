import type { NodeId } from '../../kernel/node.ts';
import { headerValue, type Method } from '../../sip/message.ts';
import type {
  Arrived,
  Observation,
  SeenDialog,
  SeenMessage,
  SeenResponse,
  SeenTransaction,
} from './observation.ts';

/** How rules read what was seen; nothing here judges. */

const noTransactions: readonly SeenTransaction[] = [];
const noDialogs: readonly SeenDialog[] = [];

export function transactionsOf(seen: Observation, method: Method): readonly SeenTransaction[] {
  return seen.byMethod.get(method) ?? noTransactions;
}

export function hasArrived<M extends SeenMessage>(message: M | null): message is Arrived<M> {
  return message !== null && message.received !== null;
}

/** Its status code; 0 for a request. */
export function statusOf({ packet }: SeenMessage): number {
  return packet.kind === 'response' ? packet.status : 0;
}

/** The first final response its server sent, or null. */
export function finalSent({ responses }: SeenTransaction): SeenResponse | null {
  for (const one of responses) if (one.packet.status >= 200) return one;
  return null;
}

/** The final response that reached the client first, or null. */
export function finalReceived({ responses }: SeenTransaction): Arrived<SeenResponse> | null {
  return firstArrived(responses, 200, 699);
}

/** Of the responses in that range of status codes, the one that arrived first, or null. */
export function firstArrived(
  responses: readonly SeenResponse[],
  least: number,
  most: number,
): Arrived<SeenResponse> | null {
  let first: Arrived<SeenResponse> | null = null;
  for (const one of responses) {
    if (one.packet.status < least || one.packet.status > most || !hasArrived(one)) continue;
    if (first === null || one.received.record < first.received.record) first = one;
  }
  return first;
}

export function isSuccess(message: SeenMessage | null): boolean {
  if (message === null) return false;
  const status = statusOf(message);
  return status >= 200 && status < 300;
}

/** Whether the INVITE is one that begins a call, and no re-INVITE. */
export function opensCall({ request, method }: SeenTransaction): boolean {
  return method === 'INVITE' && request !== null && request.packet.to.tag === null;
}

export function isProxy(seen: Observation, node: NodeId): boolean {
  return seen.nodes.get(node)?.role === 'proxy';
}

/** Whether its hop loses nothing, so that no transaction sends it again. */
export function travelsReliably({ packet }: SeenMessage): boolean {
  return packet.via[0]?.transport === 'TCP';
}

/** Whether the message has a header field of that name. */
export function has(message: SeenMessage, name: string): boolean {
  return headerValue(message.packet, name) !== null;
}

/** The node's end of the dialog whose tags the message bears, or null. */
export function dialogOf(
  seen: Observation,
  { packet, from }: SeenMessage,
  node: NodeId,
): SeenDialog | null {
  // Who sends a request has the From tag, and so has who receives its response.
  const asks = (packet.kind === 'request') === (from === node);
  const [local, remote] = asks
    ? [packet.from.tag, packet.to.tag]
    : [packet.to.tag, packet.from.tag];
  return dialogIn(seen.dialogsByTag, node, packet.callId, local, remote);
}

/** The node's end of a dialog, or null. A key of all its names would have to be put together. */
export function dialogIn(
  byTag: ReadonlyMap<string, readonly SeenDialog[]>,
  node: NodeId,
  callId: string,
  localTag: string | null,
  remoteTag: string | null,
): SeenDialog | null {
  for (const one of byTag.get(localTag ?? '') ?? noDialogs) {
    if (one.node === node && one.remoteTag === (remoteTag ?? '') && one.callId === callId) {
      return one;
    }
  }
  return null;
}

/** The INVITEs of a node with that Call-ID and CSeq number: one, but for a proxy that forks. */
export function invitesLike(
  seen: Observation,
  client: NodeId,
  callId: string,
  number: number,
): readonly SeenTransaction[] {
  return seen.invites.get(inviteKey(client, callId, number)) ?? noTransactions;
}

export function inviteKey(client: NodeId, callId: string, number: number): string {
  return `${client} ${callId} ${number}`;
}
