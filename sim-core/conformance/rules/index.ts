import { clauses, findClause } from '../catalogue.ts';
import type { Strength } from '../clause.ts';
import type { ClauseVerdict, Level } from '../verdict.ts';
import { callFeatures } from './call-features.ts';
import { cancelling } from './cancelling.ts';
import { clientTransactions } from './client-transactions.ts';
import { dialogEnds } from './dialog-ends.ts';
import { dialogRules } from './dialogs.ts';
import { forget, newFindings, summed, violates, type Findings } from './findings.ts';
import { keysInAudio } from './keys-in-audio.ts';
import { messageEssentials } from './message-essentials.ts';
import { messageExtensions } from './message-extensions.ts';
import { negotiationRules } from './negotiation-rules.ts';
import type { Observation } from './observation.ts';
import { reinvites } from './re-invites.ts';
import { refusedReinvites } from './refused-re-invites.ts';
import { rtpRules } from './rtp.ts';
import type { Rule } from './rule.ts';
import { serverTransactions } from './server-transactions.ts';
import { sessionTimers } from './session-timers.ts';
import { successResponses } from './success-responses.ts';

const places = new Map(clauses.map(({ id }, place) => [id, place]));

/** Every rule there is an oracle for, in the order in which the verdicts are reported. */
export const rules: readonly Rule[] = [
  ...messageEssentials,
  ...messageExtensions,
  ...clientTransactions,
  ...serverTransactions,
  ...successResponses,
  ...dialogRules,
  ...dialogEnds,
  ...cancelling,
  ...reinvites,
  ...refusedReinvites,
  ...callFeatures,
  ...keysInAudio,
  ...sessionTimers,
  ...rtpRules,
  ...negotiationRules,
].sort(byPlace);

/** In the order of the catalogue: a file holds what is judged alike, not what follows by number. */
function byPlace(one: Rule, other: Rule): number {
  return (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0);
}

const levels: Readonly<Record<Strength, Level>> = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'info',
  NOTE: 'info',
};

/** The weight that the strength of each rule gives a breach, looked up once. */
const weights: readonly Level[] = /* @__PURE__ */ rules.map(
  ({ id }) => levels[findClause(id)?.strength ?? 'MUST'],
);

/** Whether the run violates the rule at that place of `rules`; the findings are room to work in. */
export function breaksRule(place: number, seen: Observation, found: Findings): boolean {
  forget(found);
  rules[place]?.judge(seen, found);
  return violates(weights[place] ?? 'error', found);
}

/** One verdict per rule, in their order. */
export function judgeRules(seen: Observation): ClauseVerdict[] {
  const found = newFindings();
  return rules.map((rule, place) => {
    rule.judge(seen, found);
    const verdict = summed(rule, weights[place] ?? 'error', found);
    forget(found);
    return verdict;
  });
}
