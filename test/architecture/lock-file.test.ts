import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { root } from './source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

describe('package-lock.json', () => {
  const packages = readJson<{ packages: LockedPackages }>('package-lock.json').packages;

  test('has every optional package its packages name', () => {
    const names = Object.values(packages).flatMap((one) =>
      Object.keys(one.optionalDependencies ?? {}),
    );
    expect(names.length).toBeGreaterThan(50);
    expect(missingOptional(packages)).toEqual([]);
  });

  test('names no registry, so that every user keeps their own', () => {
    const addresses = Object.entries(packages).filter(([, one]) => one.resolved !== undefined);
    expect(addresses).toEqual([]);
  });

  test('agrees with package.json, which pins exact versions', () => {
    const wanted = readJson<{ devDependencies: Record<string, string> }>('package.json');
    const pinned = Object.entries(wanted.devDependencies);
    expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const locked = pinned.map(([name]) => [name, packages[`node_modules/${name}`]?.version]);
    expect(locked).toEqual(pinned);
  });

  test('the search itself finds what npm drops without a word', () => {
    const without: LockedPackages = {
      'node_modules/a': { optionalDependencies: { 'a-win32': '1.0.0', 'a-linux': '1.0.0' } },
      'node_modules/a/node_modules/a-linux': { version: '1.0.0' },
      'node_modules/b': { optionalDependencies: { c: '1.0.0' } },
      'node_modules/c': { version: '1.0.0' },
    };
    expect(missingOptional(without)).toEqual(['node_modules/a: a-win32']);
  });
});

/**
 * npm leaves out what the registry does not have for a platform, without a word; then `npm ci`
 * fails for everybody, or a tool has no binary on that platform.
 */
function missingOptional(packages: LockedPackages): string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !foldersAbove(place).some((folder) => `${folder}${name}` in packages))
      .map((name) => `${place}: ${name}`),
  );
}

/** @returns where Node would look for a package that the one at `place` asks for */
function foldersAbove(place: string): string[] {
  const ends = [...place.matchAll(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/g)];
  const nested = ends.map((end) => `${place.slice(0, end.index + end[0].length)}/node_modules/`);
  return ['node_modules/', ...nested];
}

function readJson<Shape>(place: string): Shape {
  return JSON.parse(readFileSync(path.join(root, place), 'utf8')) as Shape;
}
