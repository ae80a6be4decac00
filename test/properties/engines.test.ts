import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { bundled } from '../support/bundle.ts';
import { engineFingerprints } from '../support/engine-fingerprints.ts';
import { shippedFiles } from '../support/shipped-files.ts';

/** Two engines beside the one that tests; Chromium is asked by test/e2e/fingerprint.spec.ts. */
const others = ['22.23.3', '24.21.0'];
const cache = path.resolve('.cache');

const files = shippedFiles();
const here = engineFingerprints(files);

describe('one fingerprint', () => {
  it('for the same scenario and seed, whenever it is run', () => {
    expect(engineFingerprints(files)).toEqual(here);
  });

  describe.each(others)('on Node %s', (version) => {
    let node: string | null = null;
    beforeAll(() => {
      node = nodeOf(version);
    }, 120_000);

    it('is the same', async ({ skip }) => {
      if (node === null) {
        if (process.env['CI'] !== undefined) throw new Error(`Node ${version} cannot be fetched`);
        skip(`Node ${version} cannot be fetched from the npm registry`);
        return;
      }
      const file = path.join(cache, `fingerprints-${version}.mjs`);
      const code = await bundled('test/support/engine-fingerprints.ts');
      writeFileSync(file, `${code}\n${asked}`);
      const input = JSON.stringify(files);
      const told = execFileSync(node, [file], { input, encoding: 'utf8' });
      const answer = JSON.parse(told) as { version: string; prints: unknown };
      expect(answer.version).toBe(`v${version}`);
      expect(answer.prints).toEqual(here);
    });
  });
});

/** What the other engine does with the bundle: files in by stdin, fingerprints out. */
const asked = `
import { readFileSync } from 'node:fs';
const prints = engineFingerprints(JSON.parse(readFileSync(0, 'utf8')));
console.log(JSON.stringify({ version: process.version, prints }));
`;

/** A Node of that version from npm's own package, fetched once; null where it cannot be. */
function nodeOf(version: string): string | null {
  const folder = path.join(cache, `node-${version}`);
  const binary = path.join(folder, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const wanted = ['install', '--no-save', '--prefix', folder, `node@${version}`];
  try {
    execFileSync('npm', wanted, { stdio: 'ignore', timeout: 110_000 });
  } catch {
    return null;
  }
  return existsSync(binary) ? binary : null;
}
