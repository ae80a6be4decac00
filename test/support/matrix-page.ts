import { shownAs, type MatrixRow } from '../../sim-core/requirements/clause-matrix.ts';
import { excusedClauses } from '../../sim-core/requirements/excused-clauses.ts';
import { markdownTable } from '../../sim-core/requirements/print-report.ts';

/** docs/matrix.md: every clause with code, judge, and a scenario each way. */
export function matrixPage(matrix: readonly MatrixRow[]): string {
  return [
    '# Every clause, its code and its scenarios',
    '',
    'A file that cites the clause, who judges it, and a shipped scenario in which it is kept and one in which it is',
    'broken; `ringscope trace --matrix` lists all of them. `npm run pages` writes this page from runs, and a test holds',
    'every cell against a run.',
    '',
    ...markdownTable({
      title: '',
      columns: ['Clause', 'Strength', 'What', 'Code', 'Judge', 'Kept in', 'Broken in', 'Otherwise'],
      rows: matrix.map((row) => [
        row.clause.id,
        row.clause.strength,
        row.clause.title,
        named(fileOf(row.code[0])),
        judgeWord(row.judge),
        named(shownAs(row, 'satisfied')[0]?.path),
        named(shownAs(row, 'violated')[0]?.path),
        excusedClauses.get(row.clause.id)?.why ?? '',
      ]),
    }),
    '',
  ].join('\n');
}

/** `sim-core/sip/dialog.ts` of `sim-core/sip/dialog.ts:12`: lines move too often for a page. */
export function fileOf(place: string | undefined): string | undefined {
  return place?.replace(/:\d+$/, '');
}

/** A section has its rules, which the matrix lists in rows of their own. */
function judgeWord(judge: string | null): string {
  if (judge === null) return '';
  return judge.startsWith('rules ') ? 'its rules' : judge;
}

function named(name: string | undefined): string {
  return name === undefined ? '' : `\`${name}\``;
}
