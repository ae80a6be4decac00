import type { Micros } from '../../sim-core/reading.ts';
import type { TraceView } from '../store/trace-store.ts';
import { sourceWords } from '../words/media-sources.ts';
import { listWords } from '../words/parties.ts';

/** A turn of the call at which it is asked what the caller hears. */
export interface Question {
  /** The call waits here, just after the turn. */
  readonly at: Micros;
  readonly answer: string;
}

/** Shorter than this nobody notices, µs. */
const noticed = 50_000;

/** What a caller can hear, in the words of the answers. */
export const nothingHeard = 'Nothing';

/** The turns of what the caller hears, in the order of time: the questions of a lesson. */
export const questionsOf: TraceView<readonly Question[]> = ({ header, end }) => {
  if (header === null || end === null) return [];
  const caller = header.nodes.find(({ party }) => party === 'A');
  const heard = end.hears
    .filter(({ node, medium }) => node === caller?.id && medium === 'audio')
    .filter(({ fromMicros, toMicros }) => toMicros - fromMicros >= noticed)
    .toSorted((one, other) => one.fromMicros - other.fromMicros);
  const questions: Question[] = [];
  for (const { sources, fromMicros } of heard) {
    const words = sources.map((source) => sourceWords(source, header));
    const answer = sentence(listWords(words));
    if (questions.at(-1)?.answer !== answer) questions.push({ at: fromMicros, answer });
  }
  return questions;
};

/** What the questions have for answers, each once, and silence. */
export const answersOf: TraceView<readonly string[]> = (_trace, view) => [
  ...new Set([...view(questionsOf).map(({ answer }) => answer), nothingHeard]),
];

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
