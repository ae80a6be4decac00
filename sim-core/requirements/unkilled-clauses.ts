import { excusedClauses } from './excused-clauses.ts';

/** Why no defect breaks a MUST clause that a trace can show. */
const reasons: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['R-MSG-09', 'Who refuses a call for its capitals says nothing else that shows what it knows.'],
  [
    'R-2XX-07',
    'It takes an early dialog that somebody still uses 64·T1 after another was confirmed.',
  ],
  [
    'R-OA-22',
    'It takes an offer in an early dialog whose own answer is due: nobody makes one there.',
  ],
  [
    'R-ES-05',
    'An early session that was refused has no address to which anything could be played.',
  ],
  ['R-PEM-09', 'No UPDATE of a shipped scenario has P-Early-Media and no offer.'],
  ['R-PEM-11', 'It takes two called parties that authorise early media; a defect is of one.'],
  ['R-PRE-05', 'Who is never told so does not answer the call, and with the answer it would show.'],
  ['R-PRE-07', 'No defect keeps what was said of an address when it offers another one.'],
  ['R-SE-03', 'Refreshes of the shipped scenarios say nothing of the session.'],
]);

/** Why nothing breaks a clause: its own reason, or what keeps scenarios from it at all. */
export function whyUnkilled(id: string): string {
  return reasons.get(id) ?? excusedClauses.get(id)?.why ?? 'No defect is meant to break it.';
}
