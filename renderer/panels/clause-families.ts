import type { Clause, ClauseId } from '../../sim-core/reading.ts';

const families: Readonly<Record<string, string>> = {
  'FLOW-CON': 'Continue, the eleven steps',
  CON: 'Continue',
  'DEL-GW': 'Gateway Mode delivery',
  'DEL-AS': 'Application Server Mode delivery',
  'DEL-HTTP': 'HTTP Mode delivery',
};

/** What a clause is listed under: the mode or flow it is about, or else its document. */
export function familyOf(id: ClauseId, clause: Clause | null): string {
  const family = Object.entries(families).find(([prefix]) => id.startsWith(prefix));
  return family?.[1] ?? clause?.document ?? 'Other';
}
