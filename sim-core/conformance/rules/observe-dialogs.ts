import type { NodeId } from '../../kernel/node.ts';
import type { SipResponse } from '../../sip/message.ts';
import type { TraceNode } from '../../trace/trace-header.ts';
import type { Clock } from '../moment.ts';
import { dialogIn } from './reading-messages.ts';
import {
  DialogEvent,
  type Happening,
  type SeenDialog,
  type SeenMessage,
  type SeenTransaction,
} from './observation.ts';

/** The dialogs of a run while it is gathered. */
export interface DialogBook {
  readonly all: SeenDialog[];
  /** By local tag. */
  readonly byTag: Map<string, SeenDialog[]>;
  /** INVITEs outside a dialog, by the end that sent or received them. */
  readonly openings: Map<string, { invite: DialogEvent; transaction: SeenTransaction }>;
  readonly proxies: ReadonlySet<NodeId>;
  readonly clock: Clock;
}

export function dialogBook(nodes: ReadonlyMap<NodeId, TraceNode>, clock: Clock): DialogBook {
  const proxies = new Set<NodeId>();
  for (const { id, role } of nodes.values()) if (role === 'proxy') proxies.add(id);
  return { all: [], byTag: new Map(), openings: new Map(), proxies, clock };
}

/** Files what one end of a hop sent or received for the first time. */
export function fileInDialogs(
  book: DialogBook,
  message: SeenMessage,
  node: NodeId,
  way: 'sent' | 'received',
  { record }: Happening,
): void {
  if (book.proxies.has(node)) return;
  const { packet } = message;
  // Who sent the request has the From tag, and so has who gets its response.
  const asks = (packet.kind === 'request') === (way === 'sent');
  const local = asks ? packet.from.tag : packet.to.tag;
  const remote = asks ? packet.to.tag : packet.from.tag;
  const event = new DialogEvent(record, book.clock, message, way);
  if (packet.to.tag === null) {
    if (packet.kind !== 'request' || packet.method !== 'INVITE') return;
    // A caller that tries again, after a 422 say, opens with its latest INVITE.
    const key = `${node} ${packet.callId} ${packet.from.tag ?? ''}`;
    book.openings.set(key, { invite: event, transaction: message.transaction });
    return;
  }
  const makes = packet.kind === 'response' && makesDialog(packet);
  let dialog = dialogIn(book.byTag, node, packet.callId, local, remote);
  if (dialog === null) {
    if (packet.kind === 'response' && !makes) return;
    dialog = {
      node,
      callId: packet.callId,
      localTag: local ?? '',
      remoteTag: remote ?? '',
      caller: asks,
      opening: null,
      events: [],
      workedOut: new Map(),
    };
    const alike = book.byTag.get(dialog.localTag);
    if (alike === undefined) book.byTag.set(dialog.localTag, [dialog]);
    else alike.push(dialog);
    book.all.push(dialog);
  }
  if (makes && dialog.opening === null) begin(book, dialog, packet.from.tag ?? '', asks);
  dialog.events.push(event);
}

/** RFC 3261 §12.1: a response to INVITE other than 100 and refusals makes one at either end. */
function makesDialog({ status, cseq }: SipResponse): boolean {
  return cseq.method === 'INVITE' && status > 100 && status < 300;
}

/** Puts the INVITE that made the dialog before everything else in it. */
function begin(book: DialogBook, dialog: SeenDialog, callersTag: string, asks: boolean): void {
  const opening = book.openings.get(`${dialog.node} ${dialog.callId} ${callersTag}`);
  if (opening === undefined) return;
  dialog.caller = asks;
  dialog.opening = opening.transaction;
  dialog.events.unshift(opening.invite);
}
