import { findClause } from '../catalogue.ts';
import type { Strength } from '../clause.ts';
import type { ClauseVerdict, Level } from '../verdict.ts';
import { newFindings, summed } from './findings.ts';
import { messageEssentials } from './message-essentials.ts';
import { messageExtensions } from './message-extensions.ts';
import { negotiationRules } from './negotiation-rules.ts';
import type { Observation } from './observation.ts';
import type { Rule } from './rule.ts';

/** Every rule there is an oracle for, in the order in which the verdicts are reported. */
export const rules: readonly Rule[] = [
  ...messageEssentials,
  ...messageExtensions,
  ...negotiationRules,
];

const levels: Readonly<Record<Strength, Level>> = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'info',
  NOTE: 'info',
};

/** The rules with the weight their strength gives a breach, looked up once. */
const weighed: readonly (readonly [Rule, Level])[] = /* @__PURE__ */ rules.map((rule) => [
  rule,
  levels[findClause(rule.id)?.strength ?? 'MUST'],
]);

/** One verdict per rule, in their order. */
export function judgeRules(seen: Observation): ClauseVerdict[] {
  return weighed.map(([{ id, judge, kept, untouched }, level]) => {
    const found = newFindings();
    judge(seen, found);
    return { clause: id, ...summed(found, level, kept, untouched) };
  });
}
