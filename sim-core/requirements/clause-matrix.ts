import { clauses } from '../conformance/catalogue.ts';
import type { Clause } from '../conformance/clause.ts';
import { sourceSentences } from '../conformance/clauses/source-sentences.ts';
import type { ClauseVerdict, Verdict } from '../conformance/verdict.ts';
import { codeOfClause, judgeOfClause, rulesIn, type Citations } from './clause-links.ts';

/** What one scenario showed of the clauses. */
export interface JudgedScenario {
  /** Its file, as whoever reads the report knows it. */
  readonly path: string;
  readonly verdicts: readonly ClauseVerdict[];
}

/** One clause, and everything that is tied to it. */
export interface MatrixRow {
  readonly clause: Clause;
  /** SHA-256 of its sentence in the source text; null where a published RFC is the source. */
  readonly sha256: string | null;
  /** `file:line` of code that does it, or that stands in its section. */
  readonly code: readonly string[];
  readonly judge: string | null;
  /** Every scenario that says something of it, in the order given. */
  readonly shown: readonly ShownIn[];
}

export interface ShownIn {
  readonly path: string;
  readonly verdict: Exclude<Verdict, 'not exercised'>;
  readonly level: ClauseVerdict['level'];
  readonly evidence: readonly number[];
}

/** Every clause of the catalogue in its order, against every scenario. */
export function clauseMatrix(
  scenarios: readonly JudgedScenario[],
  citations: Citations,
): MatrixRow[] {
  const shown = shownByClause(scenarios);
  return clauses.map((clause) => ({
    clause,
    sha256: sourceSentences.get(clause.id)?.sha256 ?? null,
    code: codeOfClause(clause, citations),
    judge: judgeOfClause(clause),
    shown: shown.get(clause.id) ?? sectionShownIn(clause, shown),
  }));
}

function shownByClause(scenarios: readonly JudgedScenario[]): Map<string, ShownIn[]> {
  const shown = new Map<string, ShownIn[]>();
  for (const { path, verdicts } of scenarios) {
    for (const { clause, verdict, level, evidence } of verdicts) {
      if (verdict === 'not exercised') continue;
      const own = shown.get(clause) ?? [];
      shown.set(clause, own);
      own.push({ path, verdict, level, evidence });
    }
  }
  return shown;
}

const gravity = { violated: 0, inconclusive: 1, satisfied: 2 } as const;

/** A section shows in a scenario as the worst of its rules does. */
function sectionShownIn(clause: Clause, shown: ReadonlyMap<string, readonly ShownIn[]>): ShownIn[] {
  const byPath = new Map<string, ShownIn>();
  for (const { id } of rulesIn(clause)) {
    for (const one of shown.get(id) ?? []) {
      const known = byPath.get(one.path);
      if (known === undefined || gravity[one.verdict] < gravity[known.verdict]) {
        byPath.set(one.path, one);
      }
    }
  }
  return [...byPath.values()];
}

export function shownAs(row: MatrixRow, verdict: ShownIn['verdict']): readonly ShownIn[] {
  return row.shown.filter((one) => one.verdict === verdict);
}

/** Whether some scenario shows it kept or broken; what stays open shows nothing. */
export function isExercised(row: MatrixRow): boolean {
  return row.shown.some(({ verdict }) => verdict !== 'inconclusive');
}
