import { parseDocument } from 'yaml';

import { readYaml, type WrittenValue } from './yaml-document.ts';

/** Columns after which lists and folded texts begin a new line. */
const lineWidth = 100;

/**
 * The text in one form, comments and blank lines kept. Null where it is no YAML, or where writing
 * it anew would change what it says.
 */
export function formatScenario(text: string): string | null {
  const { document: before, findings } = readYaml(text);
  if (before === null || findings.length > 0) return null;
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' });
  const formatted = document.toString({
    lineWidth,
    indent: 2,
    singleQuote: true,
    flowCollectionPadding: true,
  });
  const after = readYaml(formatted).document;
  return after !== null && same(before.value, after.value) ? formatted : null;
}

function same(one: WrittenValue, other: WrittenValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
