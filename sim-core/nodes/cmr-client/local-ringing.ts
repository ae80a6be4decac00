import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { CmrClientState } from './client-state.ts';
import { fetchedRing } from './downloaded-ring.ts';
import { promisesSound } from './early-media.ts';
import { earlySessionTag } from './early-session.ts';

/**
 * What a terminal plays by itself while it rings: the CMR Resource it has fetched, or its own
 * tone. Alert-Info says which, and never when (R-EM-05).
 */
export function localRinging(
  client: CmrClientState,
  medium: Medium,
  earlyAudioArrives: boolean,
): HeardSource | null {
  const goesOn = client.phase === 'in call' && ringsOn(client);
  if (!goesOn && (earlyAudioArrives || !ringsByItself(client))) return null;
  const fetched = fetchedRing(client);
  if (fetched !== null && fetched.media.includes(medium)) {
    return { source: fetched.name, gainPercent: 100 };
  }
  if (medium === 'video' || fetched !== null || goesOn) return null;
  const source = client.phase === 'alerting' ? 'ring tone' : 'ringback tone';
  return { source, gainPercent: 100 };
}

/**
 * When a terminal rings by itself (RFC 3960 §3.2, R-EM-02): the caller's after a 180, not while
 * P-Early-Media promises media (R-PEM-12); the called one's from the 180 it sends until the
 * answer; neither while the network sends a ring.
 */
function ringsByItself(client: CmrClientState): boolean {
  if (client.phase === 'alerting') return true;
  if (client.phase !== 'hearing ringback' || promisesSound(client)) return false;
  return client.config.ringback === 'until-media' || !hasEarlyAudio(client);
}

function ringsOn({ config }: CmrClientState): boolean {
  return config.defects.includes('rings-on-after-answer');
}

/** R-EM-04: an early session with sound is agreed, whether anything arrives there or not. */
function hasEarlyAudio({ agent }: CmrClientState): boolean {
  return agent.dialogs.some(({ state, offerAnswer }) => {
    const { local } = offerAnswer[earlySessionTag];
    if (state !== 'early' || local === null) return false;
    return local.media.some((line) => line.media === 'audio' && isOn(line));
  });
}
