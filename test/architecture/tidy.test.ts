import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { filesBelow, parseSource, readSources, root } from './source-files.ts';
import { assertionsIn, tidyViolations, unimportedFiles } from './tidy-rules.ts';

/** What something outside the sources starts or opens: builds, pages, other projects. */
const roots = [
  'cli/main.ts',
  'electron/main.ts',
  'electron/preload.ts',
  'sim-core/authoring.ts',
  'sim-core/index.ts',
  'sim-core/reading.ts',
];

/** How many each file still makes; a number here may only fall. */
const toleratedAssertions: Readonly<Record<string, number>> = {};

describe('tidiness', () => {
  const files = readSources();

  test('every file keeps the rules', () => {
    expect(files.flatMap((file) => tidyViolations(file))).toEqual([]);
  });

  test('types are asserted in base and in the constructors of brands, and the rest grows no more', () => {
    const surplus = files.flatMap((file) => {
      const assertions = assertionsIn(file);
      return assertions.length > (toleratedAssertions[file.place] ?? 0) ? assertions : [];
    });
    expect(surplus).toEqual([]);
  });

  test('every file is imported by another', () => {
    expect(unimportedFiles(files, [...roots, ...scriptsOfPage()])).toEqual([]);
  });

  test('nothing names the machine it was written on', () => {
    const machine = machinePatterns();
    const named = filesBelow('.')
      .filter((place) => place !== 'package-lock.json' && isText(place))
      .flatMap((place) => {
        const text = readFileSync(path.join(root, place), 'utf8');
        return machine.filter((pattern) => pattern.test(text)).map((found) => `${place}: ${found}`);
      });
    expect(named).toEqual([]);
  });
});

describe('the rules themselves, on planted violations', () => {
  const inCore = 'sim-core/kernel/a.ts';
  test.each([
    [inCore, 'export const x = Date.now();', 'Date'],
    [inCore, 'export type X = Promise<string>;', 'Promise'],
    [inCore, 'export const x = new Intl.Collator();', 'Intl'],
    [inCore, 'export const x = Math.random();', 'Math.random'],
    [inCore, 'export const x = Math.log(2);', 'Math.log'],
    [inCore, "export const x = Math['log'](2);", 'Math.'],
    [inCore, 'export const x = 2 ** 0.5;', '**'],
    [inCore, 'export async function f() {}', 'async'],
    [inCore, "export const x = 'a'.localeCompare('b');", 'localeCompare'],
    [inCore, 'export const x = (1).toLocaleString();', 'toLocaleString'],
    [inCore, 'export function f(o: object) { for (const k in o) k; }', 'for … in'],
    [inCore, 'export class Thing {}', 'class'],
    [inCore, 'export default 1;', 'default export'],
    ['cli/a.ts', 'export const x: any = 1;', 'any'],
    ['cli/a.ts', `// ${'TO' + 'DO'}: later`, 'mark for later'],
    ['cli/a.ts', `export const x = '${'a'.repeat(90)}';`, 'columns'],
    ['cli/a.ts', 'export const x = 1;\n'.repeat(401), 'lines'],
    ['cli/a.ts', `export function f() {\n${'g();\n'.repeat(70)}}`, 'a function of 72 lines'],
    ['cli/text-utils.ts', 'export const x = 1;', 'utils'],
    ['cli/helpers/a.ts', 'export const x = 1;', 'helpers'],
    ['cli/someThing.ts', 'export const x = 1;', 'kebab-case'],
  ])('%s: %s', (place, text, says) => {
    const violations = tidyViolations(parseSource(place, text));
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain(says);
  });

  test.each([
    [inCore, "export const x = { Date: 'a header' }.Date;"],
    [inCore, 'export const x = Math.floor(Math.sqrt(2));'],
    [inCore, '/** The Date header, and 2**3 in a comment, any time. */\nexport const x = 1;'],
    ['sim-core/kernel/event-queue.ts', 'export class EventQueue {}'],
    ['sim-core/explore/odometer-chooser.ts', 'export class OdometerChooser {}'],
    ['sim-core/base/plain.ts', 'export function f(o: object) { for (const k in o) k; }'],
    ['cli/a.ts', 'export async function f() { await Promise.resolve(Date.now()); }'],
    ['cli/a.ts', `export function f() {\n${'g();\n'.repeat(68)}}`],
  ])('%s may: %s', (place, text) => {
    expect(tidyViolations(parseSource(place, text))).toEqual([]);
  });

  test.each([
    ['export const x = y as NodeId;', 1],
    ['export const x = <NodeId>y;', 1],
    ['export const x = y as unknown as NodeId;', 2],
    ['export function f(): Packet {\n  return g(() => y as NodeId);\n}', 1],
    ['export function nodeId(n: number): NodeId {\n  return n as NodeId;\n}', 0],
    ['export const x = [1, 2] as const;', 0],
  ])('%s: %i assertions', (text, count) => {
    expect(assertionsIn(parseSource(inCore, text))).toHaveLength(count);
    expect(assertionsIn(parseSource('sim-core/base/a.ts', text))).toEqual([]);
    expect(assertionsIn(parseSource('cli/a.ts', text))).toEqual([]);
  });

  test('a file that only itself or nobody imports is found', () => {
    const files = [
      parseSource('cli/main.ts', `import { x } from './run.ts';`),
      parseSource('cli/run.ts', 'export const x = 1;'),
      parseSource('cli/left-over.ts', 'export const x = 1;'),
    ];
    expect(unimportedFiles(files, ['cli/main.ts'])).toEqual([
      'cli/left-over.ts: nobody imports it',
    ]);
  });

  test('a path of a machine is recognised', () => {
    const found = (text: string): boolean => machinePatterns().some((one) => one.test(text));
    expect(found(`read ${['', 'work', 'main'].join('/')}`)).toBe(true);
    expect(found(`see ${['', 'home', 'ada', 'x'].join('/')}`)).toBe(true);
    expect(found('the network/ folder and https://example.org/work')).toBe(false);
  });
});

/** The scripts the page's HTML loads. */
function scriptsOfPage(): string[] {
  return filesBelow('renderer')
    .filter((place) => place.endsWith('.html'))
    .flatMap((place) => {
      const html = readFileSync(path.join(root, place), 'utf8');
      const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)];
      return scripts.map(([, source = '']) =>
        path.posix.join('renderer', source.replace(/^\.?\//, '')),
      );
    });
}

/** Written in pieces, so that this file does not name what it looks for. */
function machinePatterns(): RegExp[] {
  const folders = ['home', 'Users', 'work'].map((folder) => ['', folder, '[\\w.]'].join('/'));
  const tools = ['studio', 'bench'].map((word) => ['farm', word].join('-'));
  // An address on the net or a folder of the project may end in the same words.
  return [...folders.map((place) => `(?<![\\w.:/-])${place}`), ...tools].map(
    (pattern) => new RegExp(pattern),
  );
}

function isText(place: string): boolean {
  return /\.(?:css|html|json|jsonc|md|mjs|sh|svg|tsx?|txt|ya?ml)$|(?:^|\/)[^.]+$/.test(place);
}
