import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { gaps } from '../../sim-core/conformance/catalogue.ts';
import { switchTable } from '../../sim-core/index.ts';
import { coveragePage, gapsPage, seedClauses, underReading } from '../support/evidence-pages.ts';
import { shipped } from '../support/scenarios.ts';
import { runShipped } from '../support/shipped-runs.ts';

const writing = process.env['RINGSCOPE_WRITE_PAGES'] === '1';
const all = runShipped();
if (writing) {
  writeFileSync('docs/coverage.md', coveragePage(all));
  writeFileSync('docs/gaps.md', gapsPage(all));
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
    expect(headings).toEqual(gaps.map(({ id }) => String(id)));
  });

  it('names switches that exist', () => {
    const names = switchTable.map(({ name }) => name);
    for (const [, name] of claims) expect(names).toContain(name);
    expect(claims.length).toBeGreaterThan(5);
  });

  it.each(claims.map(([, name = '', value = '', usual = '', path = '']) => [name, value, usual, path]))(
    '%s=%s and %s differ in %s',
    (name = '', value = '', usual = '', path = '') => {
      const scenario = shipped(path);
      const one = underReading(scenario, name, value);
      expect(one.fingerprint).not.toBe(underReading(scenario, name, usual).fingerprint);
    },
  );
});
