import path from 'node:path';

import { Visitor } from 'vite';
import type { ESTree } from 'vite';

import { lineOf, resolveImport } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

const linesMost = 400;
const functionLinesMost = 70;
const columnsMost = 100;

/** Names that say nothing of what a file holds (architecture.md §4). */
const emptyWords = /^(?:utils?|helpers?|common|managers?|misc|impl)$/;

/** What of Math gives the same bits in every engine. */
const exactMath = new Set([
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
]);

/** Names through which a clock, chance, a language or a task queue would enter the core. */
const ambientNames = new Set(['Date', 'Intl', 'Promise', 'globalThis', 'console', 'performance']);
const dependsOnLanguage = /^(?:localeCompare|toLocale\w*)$/;

/**
 * The classes of the core hold mutable state on purpose, behind an interface; and an error needs
 * one to be told from other errors. What judges look at has fields that note that they are read.
 */
const mayHoldClasses =
  /^sim-core\/(?:\w+\/[\w-]*chooser|kernel\/event-queue|base\/check|conformance\/(?:moment|oracles\/(?:call-watch|interruption)|rules\/(?:observation|seen-run)))\.ts$/;

interface Complaint {
  readonly offset: number;
  readonly says: string;
}

/** @returns a sentence for every rule of architecture.md §3.8 that the file breaks */
export function tidyViolations(file: SourceFile): string[] {
  const isCore = file.place.startsWith('sim-core/');
  const complaints = [...complaintsEverywhere(file), ...(isCore ? complaintsOfCore(file) : [])];
  return [...complaintsOfShape(file), ...located(file, complaints)];
}

/** @returns a sentence for every assertion of a type that the file makes where it may not */
export function assertionsIn(file: SourceFile): string[] {
  const isFree = !file.place.startsWith('sim-core/') || file.place.startsWith('sim-core/base/');
  return isFree ? [] : located(file, complaintsOfAssertions(file));
}

function located(file: SourceFile, complaints: readonly Complaint[]): string[] {
  return [...complaints]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, says }) => `${file.place}:${lineOf(file.text, offset)}: ${says}`);
}

function complaintsOfShape({ place, text }: SourceFile): string[] {
  const complaints: string[] = [];
  const name = path.posix.basename(place).replace(/\.tsx?$/, '');
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) complaints.push(`${place}: not kebab-case`);
  const empty = place.split(/[/.-]/).find((word) => emptyWords.test(word));
  if (empty !== undefined) complaints.push(`${place}: ${empty} says nothing of what it holds`);
  const lines = text.split('\n');
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (count > linesMost) complaints.push(`${place}: ${count} lines, at most ${linesMost}`);
  for (const [index, line] of lines.entries()) {
    const columns = Array.from(line).length;
    if (columns > columnsMost) {
      complaints.push(`${place}:${index + 1}: ${columns} columns, at most ${columnsMost}`);
    }
    if (/\b(?:TO[D]O|FIX[M]E|XX[X])\b/.test(line)) {
      complaints.push(`${place}:${index + 1}: a mark for later`);
    }
  }
  return complaints;
}

function complaintsEverywhere({ program, text }: SourceFile): Complaint[] {
  const complaints: Complaint[] = [];
  const measure = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    const count = lineOf(text, node.end) - lineOf(text, node.start) + 1;
    if (count > functionLinesMost) {
      const says = `a function of ${count} lines, at most ${functionLinesMost}`;
      complaints.push({ offset: node.start, says });
    }
  };
  new Visitor({
    ArrowFunctionExpression: measure,
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ExportDefaultDeclaration: ({ start }) =>
      complaints.push({ offset: start, says: 'a default export' }),
    TSAnyKeyword: ({ start }) => complaints.push({ offset: start, says: 'any' }),
  }).visit(program);
  return complaints;
}

/** What would let the core depend on more than its arguments. */
function complaintsOfCore({ place, program }: SourceFile): Complaint[] {
  const complaints: Complaint[] = [];
  const complain = ({ start }: ESTree.Span, says: string): void => {
    complaints.push({ offset: start, says });
  };
  const judgeAsync = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    if (node.async) complain(node, 'an async function');
  };
  // A field may be called Date, as a header of SIP is; the global may not be used.
  const fieldNames = new Set<number>();
  new Visitor({
    ArrowFunctionExpression: judgeAsync,
    FunctionDeclaration: judgeAsync,
    FunctionExpression: judgeAsync,
    AwaitExpression: (node) => complain(node, 'await'),
    BinaryExpression(node) {
      if (node.operator === '**') complain(node, '**, which engines compute differently');
    },
    AssignmentExpression(node) {
      if (node.operator === '**=') complain(node, '**=, which engines compute differently');
    },
    ClassDeclaration(node) {
      if (!mayHoldClasses.test(place)) complain(node, 'a class beside choosers and the queue');
    },
    ClassExpression: (node) => complain(node, 'a class without a name'),
    ForInStatement(node) {
      if (place !== 'sim-core/base/plain.ts') complain(node, 'for … in');
    },
    Property(node) {
      if (!node.computed && !node.shorthand) fieldNames.add(node.key.start);
    },
    TSPropertySignature(node) {
      if (!node.computed) fieldNames.add(node.key.start);
    },
    MemberExpression(node) {
      if (!node.computed) fieldNames.add(node.property.start);
      const property = node.property.type === 'Identifier' ? node.property.name : '';
      if (dependsOnLanguage.test(property)) complain(node, property);
      const isMath = node.object.type === 'Identifier' && node.object.name === 'Math';
      if (isMath && (node.computed || !exactMath.has(property))) {
        complain(node, `Math.${property}, which is not the same in every engine`);
      }
    },
    Identifier(node) {
      if (ambientNames.has(node.name) && !fieldNames.has(node.start)) complain(node, node.name);
    },
  }).visit(program);
  return complaints;
}

/**
 * `as` belongs to base and to the constructors of brands: functions that return their argument
 * asserted to be the very type they declare.
 */
function complaintsOfAssertions({ program }: SourceFile): Complaint[] {
  const complaints: Complaint[] = [];
  const complain = ({ start }: ESTree.Span, says: string): void => {
    complaints.push({ offset: start, says });
  };
  const declared: (string | null)[] = [];
  const enter = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    const returned = node.returnType?.typeAnnotation;
    declared.push(returned === undefined ? null : referenceName(returned));
  };
  const leave = (): void => {
    declared.pop();
  };
  new Visitor({
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    TSAsExpression(node) {
      const asserted = referenceName(node.typeAnnotation);
      const isConstructor = asserted !== null && declared.at(-1) === asserted;
      if (asserted === 'const' || isConstructor) return;
      complain(node, `as ${asserted ?? '…'}, which only base may`);
    },
    TSTypeAssertion: (node) => complain(node, 'an assertion, which only base may'),
  }).visit(program);
  return complaints;
}

function referenceName(type: ESTree.TSType): string | null {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier'
    ? type.typeName.name
    : null;
}

/**
 * @param files every source file of the house
 * @param roots files that something outside the sources starts
 * @returns a sentence for every file that no other imports; a test that does is no reason to be
 */
export function unimportedFiles(files: readonly SourceFile[], roots: readonly string[]): string[] {
  const imported = new Set(roots);
  for (const file of files) {
    for (const { specifier } of file.imports) {
      const target = resolveImport(file.place, specifier);
      if (target !== null) imported.add(target);
    }
  }
  return files
    .filter((file) => !imported.has(file.place))
    .map((file) => `${file.place}: nobody imports it`);
}
