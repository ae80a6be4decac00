import type { SipResponse } from '../../sip/message.ts';

/** Of a class, those that tell the caller what to change come first (RFC 3261 §16.7 item 6). */
const helpful = [401, 407, 415, 420, 484];

/**
 * The better of two final responses other than 2xx: one of class 6 before all, then the lowest
 * class, within it one that tells what to change, else the earlier.
 */
export function betterOf(earlier: SipResponse | null, later: SipResponse): SipResponse {
  if (earlier === null) return later;
  return rankOf(later.status) < rankOf(earlier.status) ? later : earlier;
}

function rankOf(status: number): number {
  const group = Math.floor(status / 100);
  if (group === 6) return 0;
  return group * 10 - (helpful.includes(status) ? 1 : 0);
}
