import { clause } from '../../base/clause-id.ts';
import type { Clause, Strength } from '../clause.ts';

/** One row of the catalogue, in the order in which people read it. */
export function rule(
  id: string,
  strength: Strength,
  document: string,
  section: string,
  title: string,
  says: string,
  check: string,
): Clause {
  return { id: clause(id), document, section, strength, title, says, check };
}
