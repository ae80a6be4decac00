import type { MessageView, Micros, TraceHeader } from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import type { LessonNumber } from '../store/doors.ts';
import type { TraceView } from '../store/trace-store.ts';
import { sourceWords } from '../words/media-sources.ts';
import { listWords, proseName } from '../words/parties.ts';

/** A turn of the call at which something is asked of whoever watches. */
export interface Question {
  /** The call waits here, just after the turn. */
  readonly at: Micros;
  readonly asks: string;
  /** One of the answers that are offered. */
  readonly answer: string;
  /** The answer as a sentence: `'A hears the clip and B.'`. */
  readonly says: string;
}

/** Shorter than this nobody notices, µs. */
const noticed = 50_000;

/** The turns of what the caller hears, in the order of time. */
const hearingOf: TraceView<readonly Question[]> = ({ header, end }) => {
  if (header === null || end === null) return [];
  const caller = header.nodes.find(({ party }) => party === 'A');
  const heard = end.hears
    .filter(({ node, medium }) => node === caller?.id && medium === 'audio')
    .filter(({ fromMicros, toMicros }) => toMicros - fromMicros >= noticed)
    .toSorted((one, other) => one.fromMicros - other.fromMicros);
  const questions: Question[] = [];
  for (const { sources, fromMicros } of heard) {
    const words = listWords(sources.map((source) => sourceWords(source, header)));
    const answer = sentence(words);
    if (questions.at(-1)?.answer === answer) continue;
    questions.push({
      at: fromMicros,
      asks: 'What does A hear now?',
      answer,
      says: `A hears ${words}.`,
    });
  }
  return questions;
};

/** What a message can bring along, in the words of the answers. */
const brings = { offer: 'An offer', answer: 'An answer', neither: 'Neither' } as const;

/** The messages of the caller's leg up to the answered call, and what each brings along. */
const describingOf: TraceView<readonly Question[]> = ({ header }, view) => {
  if (header === null) return [];
  const leg = view(messagesOf)
    .filter(({ leg: whose, resent, lost }) => whose === 'A' && resent === 0 && !lost)
    .filter(({ shortText }) => shortText !== '100 Trying' && shortText !== '100')
    .toSorted((one, other) => one.arrivesAt - other.arrivesAt);
  const end = leg.findIndex(({ text }) => text === 'BYE');
  return leg.slice(0, end < 0 ? leg.length : end).map((message) => describing(message, header));
};

function describing(message: MessageView, header: TraceHeader): Question {
  const { marks, text, arrivesAt, to } = message;
  const [mark] = marks;
  const answer =
    mark === undefined ? brings.neither : mark.side === 'O' ? brings.offer : brings.answer;
  const what =
    mark === undefined
      ? 'neither an offer nor an answer'
      : `${answer.slice(0, 1).toLowerCase()}${answer.slice(1)}, ${mark.side}${mark.number}`;
  return {
    at: arrivesAt,
    asks: `${text} reaches ${proseName(header, to)}. What does it bring along?`,
    answer,
    says: `${text} brings ${what}.`,
  };
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What the caller hears, for silence. */
const nothingHeard = 'Nothing';

/** When the caller first hears the called; null where it never does. */
const calledHeardOf: TraceView<number | null> = (_trace, view) =>
  view(hearingOf).find(({ answer }) => /\bB\b/.test(answer))?.at ?? null;

/** When the caller has the first answer to its offer. */
const answeredOf: TraceView<number | null> = (_trace, view) => {
  const answers = view(messagesOf).filter(
    ({ leg, lost, marks }) => leg === 'A' && !lost && marks.some(({ side }) => side === 'A'),
  );
  return answers.length === 0 ? null : Math.min(...answers.map(({ arrivesAt }) => arrivesAt));
};

/** What is changed at the end of a lesson. */
export type LessonChange =
  | { readonly kind: 'set'; readonly path: string; readonly value: string; readonly says: string }
  /** The first message on the caller's leg that brings an answer is lost. */
  | { readonly kind: 'lose the answer' };

export interface LessonPlan {
  readonly title: string;
  /** The scenario it is about. */
  readonly scenario: string;
  readonly turns: TraceView<readonly Question[]>;
  readonly answers: TraceView<readonly string[]>;
  /** What is said while nothing is asked. */
  readonly waits: string;
  readonly invites: string;
  readonly change: LessonChange;
  /** What the change moves: `'A heard B'`, and when. */
  readonly moves: string;
  readonly movesAt: TraceView<number | null>;
}

const hearing = {
  turns: hearingOf,
  answers: (_trace, view) => [
    ...new Set([...view(hearingOf).map(({ answer }) => answer), nothingHeard]),
  ],
  waits: 'The call plays slowly. It stops when something changes for A.',
  invites: 'Now change one thing: put B 150 ms away, and see when A hears B.',
  change: { kind: 'set', path: 'links.b.latency', value: '150ms', says: 'B is 150 ms away' },
  moves: 'A heard B',
  movesAt: calledHeardOf,
} as const satisfies Omit<LessonPlan, 'title' | 'scenario'>;

/** The lessons, in their order. */
export const lessons: Readonly<Record<LessonNumber, LessonPlan>> = {
  1: {
    ...hearing,
    title: 'Ringing with a clip',
    scenario: 'gateway-mode/ring-stops-at-the-answer',
  },
  2: {
    title: 'Offers and answers',
    scenario: 'continue/as-in-the-figure',
    turns: describingOf,
    answers: () => [brings.offer, brings.answer, brings.neither],
    waits:
      'The call plays slowly. It stops at every message that reaches the other end of A’s leg.',
    invites: 'Now change one thing: lose the answer to A’s offer, and see when A has it.',
    change: { kind: 'lose the answer' },
    moves: 'A had its answer',
    movesAt: answeredOf,
  },
  3: {
    ...hearing,
    title: 'Keep playing after the answer',
    scenario: 'continue/as-in-the-figure',
  },
};
