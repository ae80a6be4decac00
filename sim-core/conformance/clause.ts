import type { ClauseId } from '../base/clause-id.ts';

export type Strength = 'MUST' | 'SHOULD' | 'MAY' | 'NOTE';

/** One sentence of a standard, in our own words. */
export interface Clause {
  readonly id: ClauseId;
  /** Short name of the document: `'OMA CR Continue'`, `'RFC 3261'`. */
  readonly document: string;
  /** Clause number and line of the source text: `'6.1.2.4, line 29'`, `'§13.3.1.4'`. */
  readonly section: string;
  readonly strength: Strength;
  /** Short name, at most five words: `'ACK to Called Party'`. */
  readonly title: string;
  /** Our own gloss, one or two sentences. */
  readonly says: string;
  /** What an oracle looks for in a trace. */
  readonly check: string;
}
