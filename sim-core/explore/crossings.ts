import { isSip, type SipMessage } from '../sip/message.ts';
import type { World } from '../world/world.ts';

/**
 * Which messages the next one meets on its way: sent the other way between the same two nodes and
 * not arrived yet. Only meetings that mean something count: one of the two ends something, or
 * both ask for a change.
 */
export function crossingsAhead({ queue }: World): string[] {
  const [next, ...later] = queue.inOrder();
  if (next === undefined || next.payload.kind !== 'packet') return [];
  const { packet, from } = next.payload;
  if (!isSip(packet)) return [];
  const found: string[] = [];
  for (const { node, payload } of later) {
    if (payload.kind !== 'packet' || node !== from || payload.from !== next.node) continue;
    if (!isSip(payload.packet) || !isNotable(packet, payload.packet)) continue;
    found.push([nameOf(packet), nameOf(payload.packet)].sort().join(' × '));
  }
  return found;
}

function isNotable(a: SipMessage, b: SipMessage): boolean {
  const pair = [a, b];
  if (pair.some((one) => one.kind === 'request' && ends(one.method))) return true;
  return pair.every((one) => one.kind === 'request' && changes(one.method));
}

function ends(method: string): boolean {
  return method === 'CANCEL' || method === 'BYE';
}

function changes(method: string): boolean {
  return method === 'INVITE' || method === 'UPDATE';
}

function nameOf(message: SipMessage): string {
  if (message.kind === 'response') return `${message.status} (${message.cseq.method})`;
  return message.method === 'INVITE' && message.to.tag !== null ? 're-INVITE' : message.method;
}
