import { CST, Lexer, Parser } from 'yaml';

import type { ProblemCode } from './problems.ts';
import { readingLimits } from './reading-limits.ts';

/** Something wrong at a place of the text, not yet with its line. */
export interface Finding {
  readonly offset: number;
  readonly length: number;
  readonly code: ProblemCode;
  readonly says: string;
}

export type Tokens =
  { readonly tokens: readonly CST.Token[] } | { readonly tokens: null; readonly finding: Finding };

/** Everything but text: C0 and C1 controls save tab and line ends, and halves of characters. */
const notText = /[^\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Takes YAML text apart while it watches the limits, so that whatever would be costly to compose
 * is refused first. The parts of YAML that scenarios do without end here too.
 */
export function tokensOf(text: string): Tokens {
  const tooLong = text.length > readingLimits.fileMost;
  if (tooLong) {
    const most = readingLimits.fileMost;
    const says = `the file is too long: ${text.length} characters, at most ${most}`;
    return refuse(0, 0, 'CMR1002', says);
  }
  const strange = text.search(notText);
  if (strange >= 0) {
    const code = (text.codePointAt(strange) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return refuse(strange, 1, 'CMR1003', `the character U+${code} is no text`);
  }
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const counts: Counts = { lexemes: 0, aliases: 0 };
  let documents = 0;
  let afterScalarMark = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: TokenType = afterScalarMark ? null : CST.tokenType(lexeme);
    afterScalarMark = type === 'scalar';
    const finding = judge(type, lexeme, parser.offset, counts);
    if (finding !== null) return { tokens: null, finding };
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'document') documents += 1;
      if (documents > 1) return secondDocument(token);
    }
    // The stack holds the document, its collections, and the scalar under construction.
    if (parser.stack.length > readingLimits.depthMost + 2) {
      const says = `maps and lists are nested deeper than ${readingLimits.depthMost}`;
      return refuse(parser.offset - lexeme.length, lexeme.length, 'CMR1002', says);
    }
  }
  for (const token of parser.end()) {
    tokens.push(token);
    if (token.type === 'document') documents += 1;
    if (documents > 1) return secondDocument(token);
  }
  return { tokens };
}

function secondDocument(token: CST.Token): Tokens {
  return refuse(token.offset, 3, 'CMR1003', 'a file holds one scenario; another begins here');
}

interface Counts {
  lexemes: number;
  aliases: number;
}

type TokenType = ReturnType<typeof CST.tokenType>;

function judge(type: TokenType, lexeme: string, offset: number, counts: Counts): Finding | null {
  const found = (code: ProblemCode, says: string): Finding => ({
    offset,
    length: lexeme.length,
    code,
    says,
  });
  counts.lexemes += 1;
  if (counts.lexemes > readingLimits.lexemesMost) {
    return found('CMR1002', `the file has more than ${readingLimits.lexemesMost} words and signs`);
  }
  switch (type) {
    case 'alias':
      counts.aliases += 1;
      if (counts.aliases <= readingLimits.aliasesMost) return null;
      return found('CMR1002', `the file uses more than ${readingLimits.aliasesMost} aliases`);
    case 'tag':
      return found('CMR1003', `the tag ${lexeme} has no place here: every value's type is known`);
    case 'directive-line':
      return found('CMR1003', 'YAML directives have no place here: scenarios are YAML 1.2');
    case 'explicit-key-ind':
      return found('CMR1003', 'keys are plain words; complex keys after "?" have no place here');
    default:
      return null;
  }
}

function refuse(offset: number, length: number, code: ProblemCode, says: string): Tokens {
  return { tokens: null, finding: { offset, length, code, says } };
}
