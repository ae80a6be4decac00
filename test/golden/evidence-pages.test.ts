import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { gaps } from '../../sim-core/conformance/catalogue.ts';
import { defectTable, switchTable } from '../../sim-core/index.ts';
import { readAgreedReadings } from '../../sim-core/requirements/agreed-readings.ts';
import { shownAs } from '../../sim-core/requirements/clause-matrix.ts';
import { mutantsIn, type MutantResult } from '../../sim-core/requirements/mutation.ts';
import { isOfTheTexts, mutationScore, testableClauses } from '../../sim-core/requirements/mutation-report.ts';
import { coveragePage, gapsPage, seedClauses } from '../support/evidence-pages.ts';
import { fileOf, matrixPage } from '../support/matrix-page.ts';
import { mutationPage, shippedMutants } from '../support/mutation-page.ts';
import { shipped } from '../support/scenarios.ts';
import { runShipped, shippedMatrix } from '../support/shipped-runs.ts';

const writing = process.env['RINGSCOPE_WRITE_PAGES'] === '1';
const all = runShipped();
if (writing) {
  writeFileSync('docs/coverage.md', coveragePage(all));
  const read = readAgreedReadings(readFileSync('docs/agreed-readings.yaml', 'utf8'));
  if ('says' in read) throw new Error(read.says.join('\n'));
  writeFileSync('docs/gaps.md', gapsPage(all, read.agreed));
  writeFileSync('docs/matrix.md', matrixPage(shippedMatrix()));
  writeFileSync('docs/mutations.md', mutationPage(shippedMutants(all)));
}

describe('docs/coverage.md (npm run pages writes it)', () => {
  const page = readFileSync('docs/coverage.md', 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| (?:DEL|CON|FLOW)-/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has every clause of the source texts once', () => {
    expect(rows.map(([, id]) => id)).toEqual(seedClauses.map(({ id }) => String(id)));
  });

  it('claims nothing that its runs do not show', () => {
    const wrong: string[] = [];
    for (const [, id = '', , kept = '', broken = ''] of rows) {
      const cells: readonly (readonly [string, string])[] = [
        ['satisfied', kept],
        ['violated', broken],
      ];
      for (const [verdict, cell] of cells) {
        const path = /`([^`]+)`/.exec(cell)?.[1];
        if (path === undefined) continue;
        const found = all.find((one) => one.path === path)?.run.verdicts;
        const given = found?.find(({ clause }) => clause === id)?.verdict;
        if (given !== verdict) wrong.push(`${id}: ${path} gives ${given}, not ${verdict}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says nothing else than its runs say', () => {
    expect(withoutExamples(page)).toBe(withoutExamples(coveragePage(all)));
  });

  it('leaves no clause without a word', () => {
    const silent = rows.filter(([, , , kept, broken, why]) => `${kept}${broken}${why}` === '');
    expect(silent).toEqual([]);
  });
});

describe('docs/gaps.md (npm run pages writes it)', () => {
  const page = readFileSync('docs/gaps.md', 'utf8');
  const claims = [...page.matchAll(/^`(SW-[A-Z0-9-]+)=(\S+)` instead of `(\S+)`, in `(\S+)`:$/gm)];

  it('has every gap once', () => {
    const headings = [...page.matchAll(/^## (GAP-\d\d) /gm)].map(([, id]) => id);
    for (const { gap } of switchTable) expect(page).toContain(`\n## ${gap} `);
    expect(headings).toEqual(gaps.map(({ id }) => String(id)));
  });

  it('says of a gap that has no switch why there is nothing else to run', () => {
    const silent = gaps.filter(({ id, only }) => {
      const has = switchTable.some((row) => row.gap === id);
      return !has && !/^[A-Z].{20,}\.$/.test(only ?? '');
    });
    expect(silent.map(({ id }) => id)).toEqual([]);
    expect(page).not.toContain('no shipped scenario comes out differently');
  });

  it('names switches that exist', () => {
    const names = switchTable.map(({ name }) => name);
    for (const [, name] of claims) expect(names).toContain(name);
    expect(claims.length).toBeGreaterThan(5);
  });

  it('says of every switch whether it is open or agreed, as docs/agreed-readings.yaml has it', () => {
    const read = readAgreedReadings(readFileSync('docs/agreed-readings.yaml', 'utf8'));
    const agreed = 'agreed' in read ? read.agreed : [];
    expect(read).toHaveProperty('agreed');
    const missing = switchTable.filter(({ name }) => {
      const closed = agreed.find((one) => one.switch === name);
      const line = closed === undefined ? ' is open.' : ` is agreed: \`${closed.reading}\`. ${closed.why}`;
      return !page.includes(`\n\`${name}\`${line}\n`);
    });
    expect(missing.map(({ name }) => `${name}: npm run pages`)).toEqual([]);
  });

  it('says nothing else than its runs say', () => {
    const read = readAgreedReadings(readFileSync('docs/agreed-readings.yaml', 'utf8'));
    const agreed = 'agreed' in read ? read.agreed : [];
    expect(tight(page)).toBe(tight(gapsPage(all, agreed)));
  });
});

/** Without what a formatter may set otherwise: spaces, line ends and the rules of tables. */
function tight(page: string): string {
  return page.replace(/\s+|-{3,}/g, '');
}

/** The page without its examples, each of which is held against its run. */
function withoutExamples(page: string): string {
  return tight(page.replace(/`[^`\n]*\/[^`\n]*`(?: \([^)\n]*\))?/g, '…'));
}

/** The cells of every row of a page's tables whose first cell is a clause. */
function clauseRows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => /^\| (?:DEL|CON|FLOW|GAP|R|RFC\d+)[- ]/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$|`/g, '').trim()));
}

describe('docs/matrix.md (npm run pages writes it)', () => {
  const page = readFileSync('docs/matrix.md', 'utf8');
  const rows = clauseRows(page);
  const matrix = shippedMatrix();

  it('says nothing else than sources and runs say', () => {
    expect(withoutExamples(page)).toBe(withoutExamples(matrixPage(matrix)));
  });

  it('has every clause of the catalogue once', () => {
    expect(rows.map(([id]) => id)).toEqual(matrix.map(({ clause }) => String(clause.id)));
  });

  it('claims nothing that sources and runs do not show, and leaves nothing out that they do', () => {
    const wrong: string[] = [];
    for (const [at, [id = '', , , code = '', judge = '', kept = '', broken = '']] of rows.entries()) {
      const row = matrix[at];
      if (row === undefined) continue;
      const cells = [
        ['code', code, row.code.map((place) => fileOf(place) ?? '')],
        ['judge', judge, row.judge === null ? [] : [row.judge.startsWith('rules') ? 'its rules' : row.judge]],
        ['kept', kept, shownAs(row, 'satisfied').map(({ path }) => path)],
        ['broken', broken, shownAs(row, 'violated').map(({ path }) => path)],
      ] as const;
      for (const [what, cell, found] of cells) {
        const isTrue = cell === '' ? found.length === 0 : found.includes(cell);
        if (!isTrue) wrong.push(`${id}: ${what}: ${cell === '' ? 'empty' : cell}: npm run pages`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('docs/mutations.md (npm run pages writes it)', () => {
  const page = readFileSync('docs/mutations.md', 'utf8');
  const rows = clauseRows(page);
  const killed = rows.filter((row) => row.length === 4);

  it('has every testable MUST clause once, and every defect', () => {
    const ids = testableClauses().map(({ id }) => String(id));
    expect(rows).toHaveLength(ids.length);
    expect(new Set(rows.map(([id]) => id))).toEqual(new Set(ids));
    expect(page).toContain(`Each of the ${defectTable.length} defects`);
  });

  it('kills nothing on paper alone: each example is run again', () => {
    const paths = [...new Set(killed.map(([, , , path = '']) => path))];
    const all: MutantResult[] = [];
    const wrong = paths.flatMap((path) => {
      const own = killed.filter((row) => row[3] === path);
      const names = new Set(own.map(([, , defect]) => defect));
      const results = mutantsIn(path, shipped(path), 'test', ({ defect }) => names.has(defect));
      all.push(...results);
      return own
        .filter(([id = '', , defect]) => !results.some((one) => one.defect === defect && one.newlyViolated.includes(id)))
        .map(([id, , defect]) => `${id}: ${defect} in ${path}: npm run pages`);
    });
    expect(wrong).toEqual([]);
    // How many defects are noticed takes more runs than the examples.
    const told = (text: string): string =>
      withoutExamples(text.replace(/`[a-z0-9-]+`/g, '…').replace(/^- \d+ of \d+ defects.*$/m, ''));
    const upTo = (text: string): string => text.split('## Defects that no clause')[0] ?? '';
    expect(told(upTo(page))).toBe(told(upTo(mutationPage(all))));
  });

  it('kills nine of ten testable MUST clauses, of the source texts and of the rules', () => {
    const isKilled = new Set(killed.map(([id]) => id));
    const fates = testableClauses().map((clause) => ({
      clause,
      killedBy: isKilled.has(clause.id) ? { defect: '', path: '' } : null,
      scenarios: 0,
    }));
    expect(mutationScore(fates.filter(isOfTheTexts))).toBeGreaterThanOrEqual(90);
    expect(mutationScore(fates.filter((one) => !isOfTheTexts(one)))).toBeGreaterThanOrEqual(90);
  });
});
