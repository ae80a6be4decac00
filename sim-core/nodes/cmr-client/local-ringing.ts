import type { HeardSource } from '../../kernel/trace-record.ts';
import type { CmrClientState } from './client-state.ts';

/**
 * When a terminal rings by itself (RFC 3960 §3.2, R-EM-02): the caller's after a 180 while no
 * early audio arrives, and not while P-Early-Media promises some (R-PEM-12); the called one's
 * from the 180 it sends until the answer.
 */
export function localRinging(
  client: CmrClientState,
  earlyAudioArrives: boolean,
): HeardSource | null {
  if (client.phase === 'alerting') return { source: 'ring tone', gainPercent: 100 };
  if (client.phase !== 'hearing ringback' || earlyAudioArrives) return null;
  return promisesEarlyMedia(client) ? null : { source: 'ringback tone', gainPercent: 100 };
}

/** Whether the network said that media towards this caller are authorised (RFC 5009 §8). */
export function promisesEarlyMedia({ config, earlyMediaAuthorised }: CmrClientState): boolean {
  if (!config.earlyMedia) return false;
  return earlyMediaAuthorised === 'sendrecv' || earlyMediaAuthorised === 'sendonly';
}
