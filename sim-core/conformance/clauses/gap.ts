import { clause } from '../../base/clause-id.ts';
import type { Clause } from '../clause.ts';

/**
 * Where the source texts are silent, ambiguous, or contradict SIP. A gap is a clause like any
 * other, with what the text says, what the base standard says, and how the simulator reads it.
 * The switches that choose between readings are in `base/switches.ts` and name their gap.
 */
export interface Gap extends Clause {
  readonly text: string;
  readonly base: string;
  /** What the literal profile does. */
  readonly reading: string;
  /** What else one could do; null where there is one sensible reading. */
  readonly otherwise: string | null;
  /** Where no switch has another reading: why there is none to run. */
  readonly only?: string;
}

interface WrittenGap {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly says: string;
  readonly text: string;
  readonly base: string;
  readonly reading: string;
  readonly otherwise: string | null;
  readonly only?: string;
}

export function gap(written: WrittenGap): Gap {
  return {
    ...written,
    id: clause(written.id),
    document: 'OMA CR Resource Delivery and Continue',
    strength: 'NOTE',
    check: 'Oracles judge by the reading in force.',
  };
}
