import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readScenario } from '../../sim-core/authoring.ts';
import type { Scenario } from '../../sim-core/index.ts';
import { shippedFiles } from '../support/shipped-files.ts';

/** How many rows each family of the catalogue has, and the numbers it leaves out. */
const families: readonly (readonly [letters: string, last: number, without?: readonly number[]])[] =
  [
    ['N', 24],
    ['C', 32],
    ['ST', 13],
    ['K', 19],
    ['F', 35, [17, 18, 19]],
    ['RC', 26],
    ['LS', 25],
    ['FK', 8],
    ['PR', 5],
    ['OA', 22],
  ];

function rowIds(): string[] {
  return families.flatMap(([letters, last, without = []]) =>
    Array.from({ length: last }, (_, at) => at + 1)
      .filter((number) => !without.includes(number))
      .map((number) => `${letters}-${String(number).padStart(2, '0')}`),
  );
}

interface Shipped {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly outcome: string;
  readonly shows: readonly string[];
  /** What it does not say of itself. */
  readonly lacks: readonly string[];
}

/** A file whose name begins with a row's id: `n-05-…`, and `n-13b-…` for another reading of it. */
function shipped(): Shipped[] {
  const found: Shipped[] = [];
  for (const { path: file, text } of shippedFiles()) {
    const match = /^([a-z]+)-(\d\d)[a-z]?-/.exec(path.posix.basename(file));
    if (match === null) continue;
    const { scenario } = readScenario(text, file);
    if (scenario === null) throw new Error(`${file} cannot be read`);
    const id = `${(match[1] ?? '').toUpperCase()}-${match[2] ?? ''}`;
    const { title, expect: expected, shows } = scenario;
    found.push({ id, path: file, title, outcome: expected.outcome ?? '', shows, lacks: lacksOf(scenario) });
  }
  return found;
}

function lacksOf({ description, shows, expect: expected }: Scenario): string[] {
  const parts = {
    description: description !== '',
    'clauses that it shows': shows.length > 0,
    outcome: expected.outcome !== null,
    warnings: expected.warnings !== null,
    'bounds of metrics': Object.keys(expected.metrics).length > 0,
  };
  return Object.entries(parts).flatMap(([part, is]) => (is ? [] : [part]));
}

describe('the catalogue of scenarios', () => {
  const rows = rowIds();
  const files = shipped();

  it('has a file for every row', () => {
    expect(rows).toHaveLength(206);
    expect(rows.filter((id) => !files.some((one) => one.id === id))).toEqual([]);
  });

  it('has no file for a row that there is not', () => {
    expect(files.filter(({ id }) => !rows.includes(id))).toEqual([]);
  });

  it('says of every file what it shows, how the call ends, and the warnings and measures due', () => {
    const mute = files.filter(({ lacks }) => lacks.length > 0);
    expect(mute.map(({ path: file, lacks }) => `${file} lacks ${lacks.join(', ')}`)).toEqual([]);
  });

  it('is told in docs/catalogue.md: npx vitest run test/golden/catalogue.test.ts --update', async () => {
    const lines = [
      '# The catalogue',
      '',
      'Made from the scenario files by `npx vitest run test/golden/catalogue.test.ts --update`.',
      'Every file runs in the tests, with a golden ladder beside it in `test/golden/`.',
      '',
      '| Row | Scenario | What | Ends | Shows |',
      '| --- | --- | --- | --- | --- |',
    ];
    for (const id of rows) {
      for (const { path: file, title, outcome, shows } of files.filter((one) => one.id === id)) {
        const link = `[\`${path.posix.dirname(file)}\`](../scenarios/${file})`;
        lines.push(`| ${id} | ${link} | ${cell(title)} | ${outcome === '' ? '–' : outcome} | ${shows.join(', ')} |`);
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../docs/catalogue.md');
  });
});

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
