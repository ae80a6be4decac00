import type { ClauseId } from '../base/clause-id.ts';
import { possibleValues, switchTable } from '../base/switches.ts';
import type { Clause } from './clause.ts';
import { callFeatures } from './clauses/call-features.ts';
import { cmrContinue } from './clauses/cmr-continue.ts';
import { cmrDelivery } from './clauses/cmr-delivery.ts';
import { dialogs } from './clauses/dialogs.ts';
import { earlyMedia } from './clauses/early-media.ts';
import type { Gap } from './clauses/gap.ts';
import { gapsOfContinue } from './clauses/gaps-continue.ts';
import { gapsOfDelivery } from './clauses/gaps-delivery.ts';
import { gapsOfNegotiation } from './clauses/gaps-negotiation.ts';
import { messageEssentials } from './clauses/message-essentials.ts';
import { offerAnswer } from './clauses/offer-answer.ts';
import { reinvites } from './clauses/re-invites.ts';
import { reliableProvisionals } from './clauses/reliable-provisionals.ts';
import { rfcSections } from './clauses/rfc-sections.ts';
import { transactions } from './clauses/transactions.ts';

/** GAP-01 to GAP-48, in their order. */
export const gaps: readonly Gap[] = [
  ...gapsOfContinue,
  ...gapsOfNegotiation,
  ...gapsOfDelivery,
].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Every clause, gap, rule and section this project cites, each once. */
export const clauses: readonly Clause[] = [
  ...cmrDelivery,
  ...cmrContinue,
  ...gaps,
  ...messageEssentials,
  ...transactions,
  ...dialogs,
  ...reinvites,
  ...reliableProvisionals,
  ...offerAnswer,
  ...earlyMedia,
  ...callFeatures,
  ...rfcSections,
];

const byId: ReadonlyMap<string, Clause> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ clauses.map((one) => [one.id, one]),
);
const gapById: ReadonlyMap<string, Gap> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ gaps.map((one) => [one.id, one]),
);

/** The clause of exactly that id, or null. */
export function findClause(id: string): Clause | null {
  return byId.get(id) ?? null;
}

export function findGap(id: string): Gap | null {
  return gapById.get(id) ?? null;
}

/**
 * What to print about a clause, one line each; empty where there is no such clause. People type
 * ids: capitals do not matter here.
 */
export function explainClause(id: string): string[] {
  const found = findClause(id.trim().toUpperCase());
  if (found === null) return [];
  const lines = [
    `${found.id}  ${found.title}`,
    found.says,
    `Strength  ${strengthOf(found)}`,
    `Source    ${found.document}, ${found.section}`,
    `Check     ${found.check}`,
  ];
  const gap = findGap(found.id);
  if (gap !== null) {
    lines.push(`Text      ${gap.text}`, `Base      ${gap.base}`, `Reading   ${gap.reading}`);
    if (gap.otherwise !== null) lines.push(`Otherwise ${gap.otherwise}`);
    if (gap.only !== undefined) lines.push(`Only      ${gap.only}`);
  }
  for (const row of switchTable) {
    if (row.gap !== found.id) continue;
    const [usual = '', ...others] = possibleValues(row);
    lines.push(`Switch    ${row.name}: ${[`${usual} (default)`, ...others].join(', ')}`);
    lines.push(`          ${row.says}`);
  }
  return lines;
}

function strengthOf(found: Clause): string {
  return found.strength === 'NOTE' ? 'NOTE (said without a keyword)' : found.strength;
}

/** The ids most like the word, nearest first, three at most; none where nothing is near. */
export function nearestClauseIds(word: string): ClauseId[] {
  const wanted = word.trim().toUpperCase().slice(0, longestId);
  const near: { id: ClauseId; steps: number }[] = [];
  for (const { id } of clauses) {
    const steps = editsBetween(wanted, id.toUpperCase());
    if (steps <= Math.max(1, Math.floor(id.length / 3))) near.push({ id, steps });
  }
  return near
    .sort((a, b) => a.steps - b.steps || (a.id < b.id ? -1 : 1))
    .slice(0, 3)
    .map(({ id }) => id);
}

/** No id is longer; a longer word is cut, so that it costs no more than they do. */
const longestId = 24;

/** Levenshtein's distance: letters put in, left out or changed. */
function editsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + changed,
        ),
      );
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
