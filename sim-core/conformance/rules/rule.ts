import { clause, type ClauseId } from '../../base/clause-id.ts';
import type { Findings } from './findings.ts';
import type { Observation } from './observation.ts';

/**
 * A rule of SIP, SDP or RTP as a pure function of what was seen. It shares nothing with the code
 * it judges; how grave a breach is, the catalogue's strength says.
 */
export interface Rule {
  readonly id: ClauseId;
  /** Tells the findings of every case the rule is about. */
  readonly judge: (seen: Observation, found: Findings) => void;
  /** What was seen where every case held; takes how many there were. */
  readonly kept: (count: number) => string;
  /** Why nothing could be said: no case came up. */
  readonly untouched: string;
}

export function rule(
  id: string,
  judge: Rule['judge'],
  kept: Rule['kept'],
  untouched: string,
): Rule {
  return { id: clause(id), judge, kept, untouched };
}
