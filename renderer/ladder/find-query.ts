/** One thing that is looked for; a message is found if all of them are true of it. */
export type FindTerm =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'method'; readonly method: string }
  /** `'183'`, or `'18x'` for every code that begins so. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'clause'; readonly clause: string }
  /** Sent before, or after, so many milliseconds of the run. */
  | { readonly kind: 'before' | 'after'; readonly millis: number }
  /** Sent so many milliseconds after the message before it, at least. */
  | { readonly kind: 'gap'; readonly millis: number };

/** The terms of a query, or why one of them means nothing. */
export type FindQuery =
  | { readonly kind: 'terms'; readonly terms: readonly FindTerm[] }
  | { readonly kind: 'problem'; readonly says: string };

/** What can be asked for beside text. */
export const findHint = 'text, method: code: step: clause: t< t> gap>';

/** Reads a query: terms between spaces, `"…"` keeps spaces together. */
export function readQuery(query: string): FindQuery {
  const terms: FindTerm[] = [];
  for (const word of query.match(/[a-z]+[:<>]"[^"]*"|"[^"]*"|\S+/giu) ?? []) {
    const term = readTerm(word);
    if (typeof term === 'string') return { kind: 'problem', says: term };
    terms.push(term);
  }
  return { kind: 'terms', terms };
}

function readTerm(word: string): FindTerm | string {
  const [, key, sign, rest] = /^([a-z]+)([:<>])(.*)$/iu.exec(word) ?? [];
  if (key === undefined || sign === undefined || rest === undefined) {
    return { kind: 'text', text: unquoted(word).toLowerCase() };
  }
  const name = `${key.toLowerCase()}${sign}`;
  const value = unquoted(rest);
  const number = Number(value.replace(/\s*ms$/u, ''));
  const isNumber = value !== '' && Number.isFinite(number);
  switch (name) {
    case 'method:':
      return { kind: 'method', method: value.toUpperCase() };
    case 'code:':
      return /^[1-6][0-9x]{0,2}$/iu.test(value)
        ? { kind: 'code', code: value.toLowerCase() }
        : 'code: takes a status as 183, or 18x';
    case 'step:':
      return isNumber ? { kind: 'step', step: number } : 'step: takes a number';
    case 'clause:':
      return { kind: 'clause', clause: value.toUpperCase() };
    case 't<':
    case 't>': {
      const kind = name === 't<' ? 'before' : 'after';
      return isNumber ? { kind, millis: number } : `${name} takes milliseconds`;
    }
    case 'gap>':
      return isNumber ? { kind: 'gap', millis: number } : 'gap> takes milliseconds';
    default:
      // A colon is as good as any other sign of a text: sip:alice.
      return { kind: 'text', text: unquoted(word).toLowerCase() };
  }
}

function unquoted(word: string): string {
  return word.replaceAll('"', '');
}
