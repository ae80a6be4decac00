import { findClause, type ClauseId, type Verdict } from '../../sim-core/reading.ts';
import type { ClauseCoverage } from '../store/library-store.ts';

/** How the grid draws a verdict: one sign a scenario, told apart without colour; else nothing. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  satisfied: '•',
  violated: '×',
  inconclusive: '~',
  'not exercised': ' ',
};

/** One clause against every scenario. */
export interface GridRow {
  readonly id: ClauseId;
  readonly title: string;
  /** A sign for each scenario, in their order. */
  readonly signs: string;
  readonly isMust: boolean;
  readonly isExercised: boolean;
  readonly isBroken: boolean;
}

/** Which clauses the grid lists. */
export type GridChoice = 'all' | 'exercised by none' | 'broken somewhere';

/** Every clause that is judged anywhere, against the scenarios of those keys. */
export function clauseGrid(
  coverage: ReadonlyMap<ClauseId, ClauseCoverage>,
  scenarios: readonly string[],
): GridRow[] {
  const places = new Map(scenarios.map((key, place) => [key, place]));
  return [...coverage].map(([id, judged]) => {
    const signs = scenarios.map(() => verdictSigns['not exercised']);
    for (const verdict of ['satisfied', 'violated', 'inconclusive'] as const) {
      for (const key of judged[verdict]) {
        const place = places.get(key);
        if (place !== undefined) signs[place] = verdictSigns[verdict];
      }
    }
    const clause = findClause(id);
    return {
      id,
      title: clause?.title ?? '',
      signs: signs.join(''),
      isMust: clause?.strength === 'MUST',
      isExercised: isExercised(judged),
      isBroken: judged.violated.length > 0,
    };
  });
}

/** Whether some scenario shows it kept or broken; what stays open shows nothing. */
export function isExercised({ satisfied, violated }: ClauseCoverage): boolean {
  return satisfied.length + violated.length > 0;
}

/** The rows of that kind with all these words in their id or title. */
export function chosenRows(
  rows: readonly GridRow[],
  choice: GridChoice,
  sought: string,
): readonly GridRow[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (choice === 'exercised by none' && (row.isExercised || !row.isMust)) return false;
    if (choice === 'broken somewhere' && !row.isBroken) return false;
    const text = `${row.id} ${row.title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The verdict at a place of a row. */
export function verdictOfSign(sign: string | undefined): Verdict {
  const verdicts: readonly Verdict[] = ['satisfied', 'violated', 'inconclusive'];
  return verdicts.find((verdict) => verdictSigns[verdict] === sign) ?? 'not exercised';
}
