import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';

/** The repository's root, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** One import, re-export or dynamic import. */
export interface ImportedModule {
  /** As written, without a bundler's query. */
  readonly specifier: string;
  /** Whether nothing of it is left when the program runs: `import type`, `export type`. */
  readonly isTypeOnly: boolean;
  /** The names of the values taken; none where everything is, or nothing but the effect. */
  readonly names: readonly string[];
  readonly line: number;
}

/** A source file, read and parsed. */
export interface SourceFile {
  /** From the root, with slashes. */
  readonly place: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly imports: readonly ImportedModule[];
}

/** The rooms of the house whose sources the architecture tests judge. */
export const codeFolders = ['sim-core', 'cli', 'electron', 'renderer'] as const;

const neverRead = new Set([
  '.git',
  '.test-reports',
  '.tsbuild',
  'coverage',
  'dist',
  'node_modules',
  'playwright-report',
  'release',
  'test-results',
]);

/**
 * @param folder from the root
 * @returns every file below it that is the project's own, from the root and sorted
 */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const place = path.posix.join(folder, entry.name);
    if (entry.isDirectory() && !neverRead.has(entry.name)) found.push(...filesBelow(place));
    if (entry.isFile()) found.push(place);
  }
  return found.sort();
}

/** @returns every TypeScript file of the rooms, but for the configuration of tools */
export function readSources(): SourceFile[] {
  return codeFolders
    .flatMap((folder) => filesBelow(folder))
    .filter((place) => /\.tsx?$/.test(place) && !/\.(?:d|config)\.ts$/.test(place))
    .map((place) => parseSource(place, readFileSync(path.join(root, place), 'utf8')));
}

/** @throws Error with the parser's complaint where the text is no TypeScript */
export function parseSource(place: string, text: string): SourceFile {
  const { program, errors } = parseSync(place, text);
  const [first] = errors;
  if (first !== undefined) throw new Error(`${place}: ${first.message}`);
  return { place, text, program, imports: importsOf(program, text) };
}

/** @returns the line on which an offset lies, counted from 1 */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/**
 * @returns where a relative specifier leads, from the root; null for a package
 */
export function resolveImport(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return path.posix.join(path.posix.dirname(from), specifier);
}

function importsOf(program: ESTree.Program, text: string): ImportedModule[] {
  const imports: ImportedModule[] = [];
  const take = (
    source: ESTree.StringLiteral,
    isTypeOnly: boolean,
    names: readonly string[],
  ): void => {
    const [specifier = ''] = source.value.split('?', 1);
    imports.push({ specifier, isTypeOnly, names, line: lineOf(text, source.start) });
  };
  new Visitor({
    ImportDeclaration(node) {
      const names = node.specifiers.flatMap((taken) =>
        taken.type === 'ImportSpecifier' && taken.importKind === 'value'
          ? [nameOf(taken.imported)]
          : [],
      );
      take(node.source, node.importKind === 'type', names);
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      const names = node.specifiers.map((given) => nameOf(given.local));
      take(node.source, node.exportKind === 'type', names);
    },
    ExportAllDeclaration(node) {
      take(node.source, node.exportKind === 'type', []);
    },
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') {
        take(node.source, false, []);
      }
    },
    TSImportType(node) {
      take(node.source, true, []);
    },
  }).visit(program);
  return imports;
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}
