import fc from 'fast-check';

import type {
  Journey,
  LadderFold,
  LadderInput,
  LadderMessage,
  Lifeline,
} from '../../../../renderer/ladder/layout/ladder-input.ts';
import { message, run } from './fixture.ts';

const texts: readonly (readonly [string, string | null])[] = [
  ['INVITE', null],
  ['100 Trying', '100'],
  ['183 Session Progress', '183'],
  ['200 (re-INVITE)', '200'],
  ['ok', null],
  ['A text that is wider than any gap between lifelines can be', null],
];

/** Equal instants, bursts, and pauses that are cut. */
const instant = fc.constant(0);
const burst = fc.integer({ min: 1, max: 40_000 });
const pause = fc.integer({ min: 500_000, max: 9_000_000 });
/** Of nothing, of a hop, of a long way. */
const latency = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 150_000 }),
  fc.integer({ min: 150_000, max: 1_500_000 }),
);

const draft = fc.record({
  from: fc.nat(5),
  to: fc.nat(5),
  latency,
  lossAt: fc.option(fc.constantFrom(0.05, 0.62, 1), { freq: 5 }),
  words: fc.nat(texts.length - 1),
  kind: fc.constantFrom('request', 'response', 'command', 'media'),
  step: fc.option(fc.integer({ min: 1, max: 12 })),
  tag: fc.boolean(),
  fact: fc.boolean(),
  copy: fc.constantFrom('first', 'first', 'retransmission', 'again'),
  duplicate: fc.boolean(),
  absorbed: fc.boolean(),
  replied: fc.boolean(),
});
type Draft = typeof draft extends fc.Arbitrary<infer Each> ? Each : never;

function journeyOf(sentMicros: number, { latency: takes, lossAt }: Draft): Journey {
  const at = sentMicros + takes;
  return lossAt === null
    ? { end: 'arrives', atMicros: at }
    : { end: 'lost', wouldArriveMicros: at, lossAt };
}

function retransmissionOf({ copy }: Draft): LadderMessage['retransmission'] {
  if (copy === 'first') return null;
  const timed = copy === 'retransmission';
  return { number: timed ? 1 : null, afterMicros: timed ? 500_000 : null };
}

/** The message of a draft, and the reply to it if it is a command that gets one. */
function messagesOf(
  each: Draft,
  lifelines: readonly Lifeline[],
  sentMicros: number,
  number: number,
): readonly LadderMessage[] {
  const [text, shortText] = texts[each.words] ?? ['INVITE', null];
  const from = lifelines[each.from % lifelines.length]?.id ?? '';
  const to = lifelines[each.to % lifelines.length]?.id ?? '';
  const { kind } = each;
  const sent = message({
    id: `m${number}`,
    number,
    from,
    to,
    sentMicros,
    journey: journeyOf(sentMicros, each),
    kind,
    leg: kind === 'media' ? 'M' : kind === 'command' ? 'R' : 'A',
    text,
    shortText,
    step: each.step,
    tags: each.tag ? [{ kind: 'offer', text: 'O1' }] : [],
    facts: each.fact ? ['100rel'] : [],
    retransmission: retransmissionOf(each),
    duplicate: each.duplicate,
    absorbed: each.absorbed,
    media: kind === 'media' ? { sources: ['R', 'B'], stopsMicros: null } : null,
  });
  if (kind !== 'command' || !each.replied || each.lossAt !== null) return [sent];
  const repliedMicros = sentMicros + each.latency;
  const reply = message({
    id: `m${number}r`,
    number: number + 1,
    from: to,
    to: from,
    sentMicros: repliedMicros,
    journey: { end: 'arrives', atMicros: repliedMicros + each.latency },
    kind: 'reply',
    leg: 'R',
    text: 'ok',
    replyTo: `m${number}`,
  });
  return [sent, reply];
}

/** Scattered groups of a few messages, and a set-up: everything up to some instant. */
function foldsOf(messages: readonly LadderMessage[], picked: readonly number[]): LadderFold[] {
  const [first, count = 0, ...rest] = picked;
  const bySending = messages.toSorted((a, b) => a.sentMicros - b.sentMicros);
  const until = bySending[Math.min(count, bySending.length) - 1]?.sentMicros;
  const held = bySending.filter(({ sentMicros }) => until !== undefined && sentMicros <= until);
  const folds: LadderFold[] = [];
  const isSetUp = first !== undefined && first % 2 === 0 && held.length > 0;
  if (isSetUp) {
    const toMicros = held.reduce((latest, { journey }) => {
      return Math.max(latest, journey.end === 'lost' ? 0 : journey.atMicros);
    }, until ?? 0);
    folds.push({ ...fold('set-up', held), span: { fromMicros: 0, toMicros } });
  }
  const free = bySending.filter((one) => !isSetUp || !held.includes(one));
  rest.forEach((place, index) => {
    const members = free.splice(place % 7, 1 + (place % 3));
    if (members.length > 0) folds.push(fold(`group ${index}`, members));
  });
  return folds;
}

function fold(id: string, members: readonly LadderMessage[]): LadderFold {
  return { id, name: id, messages: members.map((one) => one.id), span: null, worst: null };
}

function runOf(
  partiesMost: number,
  delay: fc.Arbitrary<number>,
  countMost: number,
): fc.Arbitrary<LadderInput> {
  const sends = fc.array(fc.tuple(delay, draft), { maxLength: countMost, size: 'max' });
  const folding = fc.array(fc.nat(40), { maxLength: 12 });
  return fc
    .tuple(fc.integer({ min: 2, max: partiesMost }), sends, fc.nat(5_000_000), folding, fc.nat(9))
    .map(([parties, drafts, ends, folded, hop]) => {
      const lifelines = Array.from({ length: parties }, (_none, index) => ({
        id: `L${index}`,
        title: `Party ${index}`,
        subtitle: '',
        // A hop in the core: one of the inner lifelines of every third run.
        folded: parties > 2 && hop < parties - 1 && hop > 0 && index === hop,
      }));
      let now = 0;
      const messages = drafts.flatMap(([after, each], index) => {
        now += after;
        return messagesOf(each, lifelines, now, 2 * index + 1);
      });
      const last = messages.reduce((most, { sentMicros }) => Math.max(most, sentMicros), 0);
      const folds = foldsOf(messages, folded);
      return run({ lifelines, messages, folds, endsAtMicros: last + ends });
    });
}

/** Runs of two to six parties with lost, doubled, crossing, instant and self-sent messages. */
export const anyRun = fc.oneof(
  runOf(6, fc.oneof(instant, burst, pause), 40),
  // So much at once that labels must move, lose their text or go.
  runOf(3, fc.oneof(instant, burst), 80),
);
