import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { root } from './source-files.ts';

/** Licences of what becomes part of a bundle: none asks anything of who ships it but a notice. */
const mayShip = new Set(['Apache-2.0', 'ISC', 'MIT', 'OFL-1.1']);
/** Licences of what only works on the project. */
const mayWork = new Set([...mayShip, '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'MPL-2.0']);

interface Row {
  readonly name: string;
  readonly part: string;
  readonly why: string;
  readonly licence: string;
}

describe('docs/dependencies.md', () => {
  const packageFile = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const names = Object.keys({ ...packageFile.dependencies, ...packageFile.devDependencies });
  const rows = readRows(readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8'));

  test('has one row for each dependency and no other', () => {
    expect(rows.map((row) => row.name).sort()).toEqual([...names].sort());
  });

  test('says of each what it is for', () => {
    expect(rows.filter((row) => row.why.length < 15)).toEqual([]);
  });

  test.each(rows)('$name has the licence its row says', ({ name, licence }) => {
    const folder = path.join(root, 'node_modules', name);
    const file = readFileSync(path.join(folder, 'package.json'), 'utf8');
    const installed = JSON.parse(file) as { license?: string };
    expect(licence).toBe(installed.license ?? licenceIn(path.join(folder, 'LICENSE')));
  });

  test.each(rows)('$name may be used for what it is used for', ({ part, licence }) => {
    expect(['shipped', 'tool', 'types']).toContain(part);
    expect([...(part === 'shipped' ? mayShip : mayWork)]).toContain(licence);
  });
});

/** The licence of an old package that has it as a text alone. */
function licenceIn(file: string): string | null {
  const grant = 'Permission is hereby granted, free of charge, to any person obtaining a copy';
  return readFileSync(file, 'utf8').includes(grant) ? 'MIT' : null;
}

/** @returns the table's rows: package, part, what for, licence */
function readRows(markdown: string): Row[] {
  return markdown
    .split('\n')
    .map((line) => /^\| `([^`]+)` +\| (\w+) +\| (.+?) +\| ([\w.-]+) +\|$/.exec(line))
    .flatMap((match) => {
      if (match === null) return [];
      const [, name = '', part = '', why = '', licence = ''] = match;
      return [{ name, part, why: why.trim(), licence }];
    });
}
