import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { findClause } from '../../sim-core/conformance/catalogue.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

function filesUnder(folder: string, ending: string): string[] {
  const place = path.join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(folder, file));
}

/** What looks like the id of a clause: `DEL-GW-SRV-05`, `GAP-04`, `R-2XX-01`, `RFC3261 9.1`. */
const shape = /(?:(?:DEL|CON|FLOW)(?:-[A-Z]+)+|GAP|R-[A-Z0-9]+)-\d{2}|RFC\d{4} \d+(?:\.\d+)*/;
const quoted = new RegExp(`(['"\`])(${shape.source})\\1`, 'g');
const named = /\bclause\(\s*(['"`])(.*?)\1/gs;
const inScenario = new RegExp(`(?<![\\w-])(${shape.source})(?![\\w-])`, 'g');

interface Mention {
  readonly file: string;
  readonly id: string;
}

function mentions(file: string, pattern: RegExp, group: number): Mention[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(pattern)].map((match) => ({ file, id: match[group] ?? '' }));
}

function unknown(all: readonly Mention[]): string[] {
  return all.filter(({ id }) => findClause(id) === null).map(({ file, id }) => `${file}: ${id}`);
}

describe('every clause that is cited is in the catalogue', () => {
  const sources = filesUnder('sim-core', '.ts');

  test('in the code', () => {
    const cited = sources.flatMap((file) => [
      ...mentions(file, named, 2),
      ...mentions(file, quoted, 2),
    ]);
    expect(cited.length).toBeGreaterThan(100);
    expect(unknown(cited)).toEqual([]);
  });

  test('in the scenarios', () => {
    const files = filesUnder('scenarios', '.cmr.yaml');
    expect(files.length).toBeGreaterThan(0);
    expect(unknown(files.flatMap((file) => mentions(file, inScenario, 1)))).toEqual([]);
  });

  test('a made-up id would be found', () => {
    const text = "clause('R-TX-99') and `RFC3261 99.9` and shows: [FLOW-CON-12, GAP-49]";
    const found = [...text.matchAll(named)].map((match) => match[2]);
    expect(found).toEqual(['R-TX-99']);
    expect([...text.matchAll(quoted)].map((match) => match[2])).toEqual([
      'R-TX-99',
      'RFC3261 99.9',
    ]);
    const listed = [...text.matchAll(inScenario)].map((match) => match[1] ?? '');
    expect(unknown(listed.map((id) => ({ file: 'x', id })))).toHaveLength(4);
  });
});
