import { describe, expect, test } from 'vitest';

import { connectSimulation, type SimulationPort } from '../../../renderer/simulation/client.ts';
import { noChanges } from '../../../renderer/store/changes.ts';
import { judgedBy } from '../../../renderer/store/library-store.ts';
import type { FromSimulation, ToSimulation } from '../../../renderer/simulation/protocol.ts';

/** A worker that keeps what it is asked and answers when the test says so. */
function fakePort() {
  const asked: ToSimulation[] = [];
  let answer: (event: { data: FromSimulation }) => void = () => {};
  let fail: (event: { message?: string }) => void = () => {};
  const port: SimulationPort = {
    postMessage: (message) => void asked.push(message),
    addEventListener(kind: 'message' | 'error', listener: (event: never) => void) {
      if (kind === 'message') answer = listener as typeof answer;
      else fail = listener as typeof fail;
    },
  };
  return {
    port,
    asked,
    answer: (data: FromSimulation) => answer({ data }),
    fail: (message: string) => fail({ message }),
  };
}

describe('asking the simulation', () => {
  test('each request hears its own answers', () => {
    const { port, asked, answer } = fakePort();
    const heard: string[] = [];
    const client = connectSimulation(port);
    client.run({ name: 'one', text: 'text', seed: 7 }, ({ kind }) => heard.push(`run ${kind}`));
    client.judge('two', 'text', ({ kind }) => heard.push(`judge ${kind}`));
    expect(asked).toEqual([
      { id: 1, kind: 'run', name: 'one', text: 'text', seed: 7, changes: noChanges },
      { id: 2, kind: 'judge', name: 'two', text: 'text' },
    ]);
    answer({ id: 2, kind: 'judged', title: 'Two', standing: 'passes', judged: judgedBy([]) });
    answer({ id: 1, kind: 'records', records: [], follows: 'end' });
    expect(heard).toEqual(['judge judged', 'run records']);
  });

  test('another run cancels the one before, and its late answers go nowhere', () => {
    const { port, asked, answer } = fakePort();
    const heard: string[] = [];
    const client = connectSimulation(port);
    client.run({ name: 'one', text: '', seed: null }, () => heard.push('one'));
    client.run({ name: 'two', text: '', seed: null }, () => heard.push('two'));
    expect(asked[1]).toEqual({ id: 1, kind: 'cancel' });
    answer({ id: 1, kind: 'records', records: [], follows: 'end' });
    answer({ id: 2, kind: 'records', records: [], follows: 'end' });
    expect(heard).toEqual(['two']);
  });

  test('a run that has ended is not cancelled', () => {
    const { port, asked, answer } = fakePort();
    const client = connectSimulation(port);
    client.run({ name: 'one', text: '', seed: null }, () => {});
    answer({ id: 1, kind: 'problems', problems: [] });
    client.run({ name: 'two', text: '', seed: null }, () => {});
    expect(asked.map(({ kind }) => kind)).toEqual(['run', 'run']);
  });

  test('when the worker dies everybody who waits is told, once', () => {
    const { port, fail } = fakePort();
    const heard: FromSimulation[] = [];
    const client = connectSimulation(port);
    client.run({ name: 'one', text: '', seed: null }, (answer) => heard.push(answer));
    client.judge('two', '', (answer) => heard.push(answer));
    fail('out of memory');
    fail('again');
    expect(heard).toEqual([
      { id: 1, kind: 'failed', says: 'out of memory' },
      { id: 2, kind: 'failed', says: 'out of memory' },
    ]);
  });
});
