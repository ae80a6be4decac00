import type { TimerKey } from '../kernel/node.ts';

/** Timer of TCP (RFC 6298): what has not been acknowledged is sent again. */
export function retransmission(of: string): TimerKey {
  return `RTO ${of}`;
}

/** Whether a timer belongs to this room; the others are the node's own or of SIP. */
export function isHttpTimer(timer: TimerKey): boolean {
  return timer.startsWith('RTO ') || timer.startsWith('own http ');
}
