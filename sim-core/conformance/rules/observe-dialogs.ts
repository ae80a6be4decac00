import type { NodeId } from '../../kernel/node.ts';
import type { TraceNode } from '../../trace/trace-header.ts';
import { dialogKey } from './reading-messages.ts';
import type {
  DialogEvent,
  Happening,
  SeenDialog,
  SeenMessage,
  SeenTransaction,
} from './observation.ts';

/** The dialogs of a run while it is gathered. */
export interface DialogBook {
  readonly all: SeenDialog[];
  readonly byKey: Map<string, SeenDialog>;
  /** INVITEs outside a dialog, by the end that sent or received them. */
  readonly openings: Map<string, { invite: DialogEvent; transaction: SeenTransaction }>;
  readonly proxies: ReadonlySet<NodeId>;
}

export function dialogBook(nodes: ReadonlyMap<NodeId, TraceNode>): DialogBook {
  const proxies = new Set<NodeId>();
  for (const { id, role } of nodes.values()) if (role === 'proxy') proxies.add(id);
  return { all: [], byKey: new Map(), openings: new Map(), proxies };
}

/** Files what one end of a hop sent or received for the first time. */
export function fileInDialogs(
  book: DialogBook,
  message: SeenMessage,
  node: NodeId,
  way: 'sent' | 'received',
  { record, at }: Happening,
): void {
  if (book.proxies.has(node)) return;
  const { packet } = message;
  // Who sent the request has the From tag, and so has who gets its response.
  const asks = (packet.kind === 'request') === (way === 'sent');
  const local = asks ? packet.from.tag : packet.to.tag;
  const remote = asks ? packet.to.tag : packet.from.tag;
  const event: DialogEvent = { record, at, message, way };
  if (packet.to.tag === null) {
    if (packet.kind !== 'request' || packet.method !== 'INVITE') return;
    // A caller that tries again, after a 422 say, opens with its latest INVITE.
    const key = `${node} ${packet.callId} ${packet.from.tag ?? ''}`;
    book.openings.set(key, { invite: event, transaction: message.transaction });
    return;
  }
  const key = dialogKey(node, packet.callId, local, remote);
  let dialog = book.byKey.get(key);
  if (dialog === undefined) {
    if (packet.kind === 'response' && !makesDialog(packet)) return;
    dialog = newDialog(book, message, node, local ?? '', remote ?? '', asks);
    book.byKey.set(key, dialog);
    book.all.push(dialog);
  }
  dialog.events.push(event);
}

/** RFC 3261 §12.1: a response other than a refusal makes one; so may a request nobody expected. */
function makesDialog({ status, cseq }: { status: number; cseq: { method: string } }): boolean {
  return cseq.method === 'INVITE' && status > 100 && status < 300;
}

function newDialog(
  book: DialogBook,
  { packet }: SeenMessage,
  node: NodeId,
  localTag: string,
  remoteTag: string,
  asks: boolean,
): SeenDialog {
  const { callId } = packet;
  // The INVITE carried the caller's tag as From.
  const sent = book.openings.get(`${node} ${callId} ${localTag}`);
  const came = book.openings.get(`${node} ${callId} ${remoteTag}`);
  const caller = sent !== undefined || (came === undefined && asks);
  const opening = sent ?? came ?? null;
  const events = opening === null ? [] : [opening.invite];
  const { transaction = null } = opening ?? {};
  return { node, callId, localTag, remoteTag, caller, opening: transaction, events };
}
