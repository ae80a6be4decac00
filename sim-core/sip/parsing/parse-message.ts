import { checkMessage } from './check-message.ts';
import { indexMessage } from './index-message.ts';
import type { ParsedMessage } from './parsed-message.ts';
import { located, type Found, type ReadText, type SipProblem } from './problems.ts';
import { textOfOctets } from './octets.ts';
import { sipLimits } from './limits.ts';

/** `strict` gives no message where the grammar or the framing is broken; `tolerant` goes on. */
export type Strictness = 'strict' | 'tolerant';

export interface MessageReading {
  readonly message: ParsedMessage | null;
  /** In the order of their places. */
  readonly problems: readonly SipProblem[];
}

/**
 * Reads a SIP message as one datagram brings it, and tells everything that is wrong with it. Takes
 * any octets, and any text; never throws on one.
 */
export function parseMessage(source: Uint8Array | string, how: Strictness): MessageReading {
  const found: Found[] = [];
  const message = indexMessage(source, found);
  if (message === null) return { message, problems: located(found, unreadText(source)) };
  found.push(...checkMessage(message));
  const isMalformed = found.some(({ severity }) => severity === 'malformed');
  const problems = located(found, message);
  return { message: how === 'strict' && isMalformed ? null : message, problems };
}

/** The text of what is no message, for the lines of its problems. */
function unreadText(source: Uint8Array | string): ReadText {
  const isOctets = typeof source !== 'string';
  const text =
    source.length > sipLimits.messageMost ? '' : isOctets ? textOfOctets(source) : source;
  return { text, isOctets, feed: text.includes('\n') ? '\n' : '\r' };
}
