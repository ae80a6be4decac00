import { clauses, findClause } from '../conformance/catalogue.ts';
import { sourceSentences, type SourceSentence } from '../conformance/clauses/source-sentences.ts';
import type { RequirementReport } from './report.ts';

/** A text that may hold the sentences of some clauses. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** Where the sentence of a clause stands now; null where no text has it any more. */
export interface FoundSentence {
  readonly id: string;
  readonly place: { readonly name: string; readonly line: number } | null;
}

/**
 * Looks for the sentence of every clause in the texts, wherever it has moved to. `sha256` gives 64
 * hexadecimal digits.
 */
export function findSentences(
  texts: readonly SourceText[],
  sha256: (text: string) => string,
): FoundSentence[] {
  const known = new Map<string, Map<string, FoundSentence['place']>>();
  return clauses.flatMap(({ id }) => {
    const wanted = sourceSentences.get(id);
    if (wanted === undefined) return [];
    const shape = `${wanted.lines} ${wanted.sentence}`;
    const places = known.get(shape) ?? placesOf(texts, wanted, sha256);
    known.set(shape, places);
    return [{ id, place: places.get(wanted.sha256) ?? null }];
  });
}

/** Every piece of the texts of that shape, by its hash; of equal ones the first. */
function placesOf(
  texts: readonly SourceText[],
  { lines, sentence }: SourceSentence,
  sha256: (text: string) => string,
): Map<string, FoundSentence['place']> {
  const places = new Map<string, FoundSentence['place']>();
  for (const { name, text } of texts) {
    const full = text
      .split('\n')
      .map((line, at) => ({ line: at + 1, words: line.replace(/\s+/g, ' ').trim() }))
      .filter(({ words }) => words !== '');
    for (let at = 0; at + lines <= full.length; at += 1) {
      const window = full.slice(at, at + lines);
      const piece = sentenceOf(window.map(({ words }) => words).join(' '), sentence);
      const hash = piece === null ? null : sha256(piece);
      const [first] = window;
      if (hash === null || first === undefined || places.has(hash)) continue;
      places.set(hash, { name, line: first.line });
    }
  }
  return places;
}

/** The whole for 0, else the sentence of that number; null where there are not so many. */
function sentenceOf(text: string, number: number): string | null {
  return number === 0 ? text : (text.split(/(?<=\.) (?=[A-Z])/)[number - 1] ?? null);
}

/** `--texts`: which clauses the texts still have word for word. */
export function driftReport(found: readonly FoundSentence[]): RequirementReport {
  const gone = found.filter(({ place }) => place === null);
  return {
    name: 'drift',
    title: 'Clauses against their texts',
    notes: [
      `${found.length - gone.length} of ${found.length} clauses stand in the texts word for word.`,
    ],
    tables: [
      {
        title: '',
        columns: ['Clause', 'What', 'Recorded at', 'Now at'],
        rows: found.map(({ id, place }) => {
          const clause = findClause(id);
          const now = place === null ? 'changed or gone' : `${place.name}, line ${place.line}`;
          return [id, clause?.title ?? '', clause?.section ?? '', now];
        }),
      },
    ],
    data: { clauses: found },
  };
}
