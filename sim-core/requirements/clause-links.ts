import { clauses } from '../conformance/catalogue.ts';
import type { Clause } from '../conformance/clause.ts';
import { oracles } from '../conformance/oracles/index.ts';
import { rules } from '../conformance/rules/index.ts';

/** Where sources name each clause: `file:line` by id. The build reads them; what ships has none. */
export type Citations = Readonly<Record<string, readonly string[]>>;

/** The sections of RFCs that a rule has its words from, by the ids of the catalogue. */
export function sectionsOf({ document, section }: Clause): string[] {
  const found: string[] = [];
  let rfc = /RFC (\d{4})/.exec(document)?.[1] ?? null;
  for (const [, other, number] of section.matchAll(/RFC (\d{4})|§+(\d+(?:\.\d+)*)/g)) {
    if (other !== undefined) rfc = other;
    else if (rfc !== null && number !== undefined) found.push(`RFC${rfc} ${number}`);
  }
  return found;
}

/** Rules of the catalogue by the section of an RFC in which they, or a part of them, stand. */
const rulesBySection: ReadonlyMap<string, readonly Clause[]> = (() => {
  const bySection = new Map<string, Clause[]>();
  for (const one of clauses) {
    if (!one.id.startsWith('R-')) continue;
    for (const section of sectionsOf(one)) {
      bySection.set(section, [...(bySection.get(section) ?? []), one]);
    }
  }
  return bySection;
})();

/** A row for a whole section of an RFC: state changes cite it, and its rules are judged. */
export function isSection({ id }: Clause): boolean {
  return id.startsWith('RFC');
}

/** The rules a section holds, those of its subsections among them; none for any other clause. */
export function rulesIn(one: Clause): Clause[] {
  if (!isSection(one)) return [];
  const found = new Set<Clause>();
  for (const [section, own] of rulesBySection) {
    if (section !== one.id && !section.startsWith(`${one.id}.`)) continue;
    for (const rule of own) found.add(rule);
  }
  return [...found];
}

const judgedBy: ReadonlyMap<string, string> = new Map([
  ...rules.map(({ id }): [string, string] => [id, 'rule']),
  ...oracles.flatMap((oracle) =>
    oracle.clauses.map((id): [string, string] => [id, `oracle ${oracle.name}`]),
  ),
]);

/** Who judges a clause; a section is judged by its rules. Null where nobody does. */
export function judgeOfClause(one: Clause): string | null {
  const own = judgedBy.get(one.id);
  if (own !== undefined) return own;
  const judged = rulesIn(one).filter(({ id }) => judgedBy.has(id));
  return judged.length === 0 ? null : `rules ${judged.map(({ id }) => id).join(', ')}`;
}

/** Code, and no oracle, that names the clause; or else, of a rule, the section it stands in. */
export function codeOfClause(one: Clause, citations: Citations): readonly string[] {
  const own = codeIn(citations[one.id]);
  if (own.length > 0) return own;
  const around = isSection(one) ? rulesIn(one).map(({ id }) => id) : sectionsOf(one);
  return [...new Set(around.flatMap((id) => codeIn(citations[id])))].sort();
}

function codeIn(places: readonly string[] = []): readonly string[] {
  return places.filter((place) => !place.startsWith('sim-core/conformance/'));
}
