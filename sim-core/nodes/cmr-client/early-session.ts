import { answerTo } from '../../sdp/answer.ts';
import { nextVersion } from '../../sdp/history.ts';
import { makeSession } from '../../sdp/make-description.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import type { BodyPart, Header } from '../../sip/message.ts';
import type { CmrClientState } from './client-state.ts';
import { answeringStatus } from './reserving.ts';

/** Early sessions (RFC 3959): a second exchange of descriptions that lives until the answer. */

/** How a terminal takes an early-session offer; the last two are wrong, on purpose. */
export type EarlySessionHabit = 'accept' | 'refuse' | 'ignore' | 'wrong-m-lines';

export const earlySessionTag = 'early-session';

/** A response that uses the extension says so (R-ES-08); its request has listed the tag. */
export const requiresEarlySession: Header = Object.freeze(['Require', earlySessionTag] as const);

/** Whether this terminal lists the option tag, in whatever spelling (GAP-19). */
export function knowsEarlySessions({ config }: CmrClientState): boolean {
  return config.supported.some((tag) => tag.toLowerCase() === earlySessionTag);
}

/** DEL-AS-CLI-02 and 05: the answer to an early-session offer; nothing from whoever ignores it. */
export function earlyAnswerTo(
  client: CmrClientState,
  dialog: Dialog | null,
  offer: SessionDescription,
): BodyPart[] {
  const { answers, sdp } = client.config.earlySession;
  if (!knowsEarlySessions(client) || answers === 'ignore') return [];
  const previous = dialog?.offerAnswer[earlySessionTag].lastSent ?? null;
  const origin = previous?.origin ?? sdp.origin;
  // Zero ports throughout refuse an early session (R-ES-05).
  const able = answerTo(offer, sdp, { origin, allow: () => answers !== 'refuse' });
  const answer = answeringStatus(client, offer, able);
  const written = answers === 'wrong-m-lines' ? withOtherLineCount(answer) : answer;
  return [bodyPart(earlySessionTag, nextVersion(previous, written))];
}

/** What R-OA-06 forbids: one line fewer than the offer, or one more where there is only one. */
function withOtherLineCount(answer: SessionDescription): SessionDescription {
  const { origin, sessionName, lines, media } = answer;
  const wrong = media.length > 1 ? media.slice(0, -1) : [...media, ...media];
  return makeSession(origin, sessionName, lines, wrong);
}

/**
 * Whether streams to the early ports are rendered now: until the dialog turns regular (R-ES-06),
 * or, against the RFC, a caller's until the first regular stream (GAP-17).
 */
export function earlySessionIsOpen(client: CmrClientState): boolean {
  switch (client.phase) {
    case 'calling':
    case 'hearing ringback':
    case 'invited':
    case 'alerting':
      return true;
    case 'in call':
      return client.earlyTail || client.config.defects.includes('keeps-early-session-open');
    case 'idle':
    case 'over':
      return false;
  }
}

/** The call is answered: the early session ends here, or a little later (SW-ES-TAIL). */
export function endEarlySession(client: CmrClientState): void {
  client.earlyTail = client.isCaller && client.config.earlyTail === 'until-first-regular-rtp';
}
