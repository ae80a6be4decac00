import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addFault, printProblems, readScenario } from '../../../sim-core/authoring.ts';
import { readFaultSentence } from '../../../sim-core/scenario/fault-sentence.ts';
import type { FaultSetting } from '../../../sim-core/scenario/scenario.ts';
import { smallScenario, smallWith } from './small-scenario.ts';

const nodes = ['client-a', 'client-b', 'cmr-server', 'resource-server'];

function read(sentence: string): FaultSetting {
  const reading = readFaultSentence(sentence, nodes);
  if (reading.fault === null) throw new Error(`${reading.says} at ${reading.offset}`);
  return reading.fault;
}

const anywhere = { from: null, to: null };
const drop = { kind: 'drop' } as const;

/** Sentence → what it means. */
const sentences: readonly (readonly [string, FaultSetting])[] = [
  [
    'drop the 1st 200 of client-b',
    { does: drop, message: '200', from: 'client-b', to: null, occurrences: [1] },
  ],
  [
    'delay the 2nd ACK by 600ms',
    {
      does: { kind: 'delay', by: 600_000 as never },
      message: 'ACK',
      ...anywhere,
      occurrences: [2],
    },
  ],
  [
    'duplicate every PRACK',
    {
      does: { kind: 'duplicate', after: 0 as never },
      message: 'PRACK',
      ...anywhere,
      occurrences: [],
    },
  ],
  [
    'drop everything between client-a and cmr-server from 3s to 5s',
    {
      does: drop,
      message: 'everything',
      from: 'client-a',
      to: 'cmr-server',
      eitherWay: true,
      occurrences: [],
      during: { from: 3_000_000 as never, until: 5_000_000 as never },
    },
  ],
  [
    'drop the 1st, 3rd and 12th to 14th 200 (PRACK) from cmr-server to client-b until 4s',
    {
      does: drop,
      message: '200 (PRACK)',
      from: 'cmr-server',
      to: 'client-b',
      occurrences: [1, 3, 12, 13, 14],
      during: { from: 0 as never, until: 4_000_000 as never },
    },
  ],
  [
    'change the To tag of the first BYE',
    { does: { kind: 'change', part: 'To tag' }, message: 'BYE', ...anywhere, occurrences: [1] },
  ],
  [
    'corrupt every response to client-a',
    {
      does: { kind: 'corrupt' },
      message: 'response',
      from: null,
      to: 'client-a',
      occurrences: [],
    },
  ],
  [
    'delay every allocate conference by 3s',
    {
      does: { kind: 'delay', by: 3_000_000 as never },
      message: 'allocate conference',
      ...anywhere,
      occurrences: [],
    },
  ],
];

/** Sentence, the words pointed at, what is said, what was meant. */
const mistakes: readonly (readonly [string, string, string, string | null])[] = [
  ['', '', 'a fault begins with drop, corrupt', null],
  ['dorp the 1st 200', 'dorp', 'a fault begins with', 'drop'],
  ['drop 200', '200', 'what is meant begins with the, every, everything', null],
  ['drop the 200', '200', 'which of them is due here', '200th'],
  ['drop the 2th 200', '2th', 'which of them', '2nd'],
  ['drop the 11st 200', '11st', 'which of them', '11th'],
  ['drop the frist 200', 'frist', 'which of them', 'first'],
  ['drop the 3rd to 1st 200', '1st', 'a range of occurrences runs upwards', null],
  ['drop the 1st to 500th 200', '500th', 'at most 100 occurrences', null],
  ['drop every INVTE', 'INVTE', 'no message is called so', 'INVITE'],
  ['drop every 200 (PRAK)', '(PRAK)', 'no method is called so', '(PRACK)'],
  ['drop every', 'every', 'the message is missing', null],
  ['drop every ACK fron client-a', 'fron', 'what follows begins with', 'from'],
  ['drop every ACK from clint-a', 'clint-a', 'a node of this scenario is due', 'client-a'],
  ['drop everything between client-a to client-b', 'to', '"and" is due here', 'and'],
  ['delay every ACK', 'ACK', 'by how much is missing', null],
  ['delay every ACK by 600', '600', 'needs its unit', '600ms'],
  ['drop everything from 5s to 3s', '3s', 'a time window runs forwards', null],
  ['change the CSec of every BYE', 'CSec', 'what can be changed is', 'CSeq'],
];

describe('a fault in a sentence', () => {
  it.each(sentences)('%s', (sentence, fault) => {
    expect(read(sentence)).toEqual(fault);
  });

  it.each(mistakes)('%j is pointed at', (sentence, pointed, says, near) => {
    const reading = readFaultSentence(sentence, nodes);
    if (reading.fault !== null) throw new Error('was read');
    expect(sentence.slice(reading.offset, reading.offset + reading.length)).toBe(pointed);
    expect(reading.says).toContain(says);
    expect(reading.nearest).toBe(near);
  });

  it('whatever the words, is read or refused at a place within it', () => {
    const words = fc.constantFrom(
      ...'drop delay change the every 1st 3rd to and , ACK 200 (PRACK) of from client-a by 3s'
        .split(' ')
        .concat('between', 'after', 'until', 'everything', 'on', 'x', '9s', 'branch', 'To', 'tag'),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (drawn) => {
        const sentence = drawn.join(' ');
        const reading = readFaultSentence(sentence, nodes);
        if (reading.fault !== null) return;
        expect(reading.offset + reading.length).toBeLessThanOrEqual(sentence.length);
        expect(reading.says).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('stands in a file beside maps, and is pointed at with line and column', () => {
    const sound = smallWith('faults:\n', 'faults:\n  - drop the 1st BYE of client-a\n');
    expect(readScenario(sound, 'x').scenario?.faults[0]).toMatchObject({ message: 'BYE' });
    for (const quote of ['', "'", '"']) {
      const line = `  - ${quote}drop the 1st BY of client-a${quote}\n`;
      const { problems } = readScenario(smallWith('faults:\n', `faults:\n${line}`), 'x');
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ code: 'CMR1010', column: 18 + quote.length, length: 2 });
    }
    const folded = smallWith('faults:\n', 'faults:\n  - >\n    drop the 1st\n    BY of client-a\n');
    expect(readScenario(folded, 'x').problems).toHaveLength(1);
  });

  it('is added to a scenario, before its own faults', () => {
    const { scenario } = readScenario(smallScenario, 'x');
    if (scenario === null) throw new Error('the small scenario is sound');
    const added = addFault(scenario, 'drop every BYE');
    expect(added.scenario?.faults.map(({ message }) => message)).toEqual([
      'BYE',
      '200',
      'ACK',
      'PRACK',
    ]);
    const sentence = 'drop every BYE to client-c';
    const { problem } = addFault(scenario, sentence);
    if (problem === null) throw new Error('was read');
    expect(printProblems([problem], { name: '--fault', text: sentence })[0]).toMatch(
      /^--fault:1:19: error CMR1010: a node of this scenario is due here; .*mean client-[ab]\?$/,
    );
  });
});
