import { clausesOfDocument } from './by-document.ts';
import { isExercised, shownAs, type MatrixRow, type ShownIn } from './clause-matrix.ts';
import type { Excuse, Tie } from './excused-clauses.ts';
import type { ReportTable, RequirementReport } from './report.ts';

/** `--matrix`: every clause with its code, its judge and the scenarios that show it. */
export function matrixReport(matrix: readonly MatrixRow[], pack: string): RequirementReport {
  return {
    name: 'matrix',
    title: 'Clauses, code and scenarios',
    notes: [
      `${matrix.length} clauses of ${pack}: ${count(matrix, isCited)} are cited by code, ` +
        `${count(matrix, isJudged)} are judged, ${count(matrix, isExercised)} are exercised.`,
    ],
    tables: [
      {
        title: '',
        columns: ['Clause', 'Strength', 'What', 'Code', 'Judge', 'Kept in', 'Broken in'],
        rows: matrix.map((row) => [
          row.clause.id,
          row.clause.strength,
          row.clause.title,
          firstOf(row.code),
          row.judge ?? '',
          firstOf(shownAs(row, 'satisfied').map(({ path }) => path)),
          firstOf(shownAs(row, 'violated').map(({ path }) => path)),
        ]),
      },
    ],
    facts: factsOf(matrix),
    data: { rulePack: pack, clauses: matrix.map(asData) },
  };
}

/** A row for each verdict of each clause; one without verdicts for a clause that has none. */
function factsOf(matrix: readonly MatrixRow[]): ReportTable {
  const nothing = { path: '', verdict: 'not exercised', level: '', evidence: [] } as const;
  return {
    title: '',
    columns: [
      'clause',
      'document',
      'section',
      'strength',
      'title',
      'scenario',
      'verdict',
      'level',
      'records',
      'code',
      'judge',
    ],
    rows: matrix.flatMap(({ clause, code, judge, shown }) =>
      (shown.length === 0 ? [nothing] : shown).map(({ path, verdict, level, evidence }) => [
        clause.id,
        clause.document,
        clause.section,
        clause.strength,
        clause.title,
        path,
        verdict,
        level,
        evidence.join(' '),
        code.join(' '),
        judge ?? '',
      ]),
    ),
  };
}

function asData({ clause, sha256, code, judge, shown }: MatrixRow) {
  return { ...clause, sha256, code, judge, shown };
}

/**
 * `--untested`: of the clauses of those strengths, the ones that no code cites, nobody judges, or
 * no scenario exercises. `excused` has a sentence for each that needs none of it.
 */
export function untestedReport(
  matrix: readonly MatrixRow[],
  excused: ReadonlyMap<string, Excuse>,
): RequirementReport {
  const demanding = matrix.filter(({ clause }) => isDemanding(clause.strength));
  const rows = demanding.filter((row) => missingOf(row).length > 0);
  const told = rows.map((row) => {
    const { id, strength, title } = row.clause;
    return { id, strength, title, missing: missingOf(row), why: excused.get(id)?.why ?? '' };
  });
  const open = told.filter(({ why }) => why === '');
  return {
    name: 'untested',
    title: 'What no scenario exercises',
    notes: [
      `${told.length} of ${demanding.length} clauses that demand or advise something lack code, ` +
        `a judge or a scenario; ${told.length - open.length} of them with a reason.`,
    ],
    tables: [
      {
        title: '',
        columns: ['Clause', 'Strength', 'What', 'Lacks', 'Reason'],
        rows: told.map(({ id, strength, title, missing, why }) => [
          id,
          strength,
          title,
          missing.join(', '),
          why,
        ]),
      },
    ],
    data: { clauses: told },
  };
}

/** What a clause lacks of the three ties it should have: `'code'`, `'judge'`, `'scenario'`. */
export function missingOf(row: MatrixRow): Tie[] {
  const missing: Tie[] = [];
  if (!isCited(row)) missing.push('code');
  if (!isJudged(row)) missing.push('judge');
  if (!isExercised(row)) missing.push('scenario');
  return missing;
}

/** `--by-document`: how far each document's clauses are covered. */
export function byDocumentReport(matrix: readonly MatrixRow[], pack: string): RequirementReport {
  const documents = clausesOfDocument(matrix);
  return {
    name: 'by-document',
    title: 'Coverage by document',
    notes: [`The clauses of ${pack}, by the document they stand in.`],
    tables: [
      {
        title: '',
        columns: ['Document', 'Clauses', 'MUST', 'Cited', 'Judged', 'Exercised', 'Broken', 'MUSTs'],
        rows: documents.map(({ document, rows }) => {
          const musts = rows.filter(({ clause }) => clause.strength === 'MUST');
          return [
            document,
            ...[
              rows.length,
              musts.length,
              count(rows, isCited),
              count(rows, isJudged),
              count(rows, isExercised),
              count(rows, (row) => shownAs(row, 'violated').length > 0),
            ].map(String),
            musts.length === 0
              ? 'none'
              : `${Math.floor((100 * count(musts, isExercised)) / musts.length)} % exercised`,
          ];
        }),
      },
    ],
    data: {
      rulePack: pack,
      documents: documents.map(({ document, rows }) => ({
        document,
        clauses: rows.map(({ clause, ...row }) => ({
          id: clause.id,
          strength: clause.strength,
          cited: row.code.length > 0,
          judged: row.judge !== null,
          satisfiedIn: pathsOf(row.shown, 'satisfied'),
          violatedIn: pathsOf(row.shown, 'violated'),
        })),
      })),
    },
  };
}

function pathsOf(shown: readonly ShownIn[], verdict: ShownIn['verdict']): string[] {
  return shown.filter((one) => one.verdict === verdict).map(({ path }) => path);
}

function isDemanding(strength: string): boolean {
  return strength === 'MUST' || strength === 'SHOULD';
}

function isCited({ code }: MatrixRow): boolean {
  return code.length > 0;
}

function isJudged({ judge }: MatrixRow): boolean {
  return judge !== null;
}

function count(matrix: readonly MatrixRow[], has: (row: MatrixRow) => boolean): number {
  return matrix.filter(has).length;
}

/** `a and 12 more`. */
function firstOf(names: readonly string[]): string {
  const [first = '', ...more] = names;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
