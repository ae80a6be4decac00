import type { Brand } from './brand.ts';

/** The id of a clause, gap or rule: `DEL-GW-SRV-05`, `GAP-04`, `R-2XX-01`, `RFC3261 17.1.1.2`. */
export type ClauseId = Brand<string, 'ClauseId'>;

/** Names a clause. A test checks that every id written in the code is in the catalogue. */
export function clause(id: string): ClauseId {
  return id as ClauseId;
}
