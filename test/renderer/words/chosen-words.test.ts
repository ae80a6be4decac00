import { expect, it } from 'vitest';

import { chosenWords } from '../../../renderer/words/chosen-words.ts';
import { messagesOf } from '../../../renderer/ladder/from-trace.ts';
import { micros, type ChoiceMade, type TraceHeader } from '../../../sim-core/reading.ts';
import { figureTrace } from '../trace-of-run.ts';

const traces = figureTrace();
const { header: known } = traces.trace;
if (known === null) throw new Error('the figure has not run');
const header: TraceHeader = known;
const [invite = null] = traces.view(messagesOf);
const [a, server] = header.nodes.map(({ id }) => id);

const made = (changes: Partial<ChoiceMade>): ChoiceMade => ({
  choice: 2,
  point: 'link loss',
  from: a!,
  to: server!,
  value: 0,
  least: 0,
  most: 1,
  likelihood: { numerator: 1, denominator: 10 },
  record: invite!.record,
  at: micros(0),
  ...changes,
});

it('a yes or no says what it was, how likely the yes was, and offers the other', () => {
  expect(chosenWords(made({}), invite, header)).toEqual({
    kind: 'yes or no',
    who: 'INVITE, Client-A to Server',
    came: 'is not lost',
    bounds: 'likelihood 1/10',
    other: { does: 'Lose it', value: 'yes', says: 'INVITE is lost' },
  });
  const twice = chosenWords(made({ point: 'link duplicate', value: 1 }), invite, header);
  expect(twice).toMatchObject({
    came: 'comes twice',
    other: { value: 'no', says: 'INVITE comes once' },
  });
});

it('a length of time says its bounds, and how a branch with another is called', () => {
  const bounds = { value: 39_759, least: 20_000, most: 40_000, likelihood: null };
  const latency = chosenWords(made({ point: 'link latency', ...bounds }), null, header);
  expect(latency).toMatchObject({
    who: 'A packet, Client-A to Server',
    value: '39.759ms',
    bounds: '20ms to 40ms',
  });
  const wait = chosenWords(made({ point: 'user behaviour', to: null, ...bounds }), null, header);
  if (wait.kind !== 'value') throw new Error('a wait is a length of time');
  expect(`${wait.who}: ${wait.says('3s')}`).toBe('Client-A: Client-A waits 3s');
});
