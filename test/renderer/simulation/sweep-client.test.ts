import { expect, test } from 'vitest';

import { connectSweeps, type SweepPort } from '../../../renderer/simulation/sweep-client.ts';
import type { FromSweep, ToSweep } from '../../../renderer/simulation/sweep-protocol.ts';

/** A worker that answers when it is told to. */
class StandIn implements SweepPort {
  readonly asked: ToSweep[] = [];
  #hears: ((event: { data: FromSweep }) => void)[] = [];
  #dies: ((event: { message?: string }) => void)[] = [];

  postMessage(question: ToSweep): void {
    this.asked.push(question);
  }

  addEventListener(kind: 'message' | 'error', listener: (event: never) => void): void {
    if (kind === 'message') this.#hears.push(listener as (event: { data: FromSweep }) => void);
    else this.#dies.push(listener as (event: { message?: string }) => void);
  }

  answer(): void {
    const id = this.asked.at(-1)?.id ?? 0;
    for (const hear of this.#hears) hear({ data: { id, kind: 'rows', rows: [] } });
  }

  die(): void {
    for (const hear of this.#dies) hear({ message: 'no such file' });
  }
}

const inputs = { name: 'a', text: '', axes: ['a=1', 'b=2'], seed: null } as const;
const rows = (from: number) => ({ kind: 'rows', inputs, from, to: from + 1 }) as const;

test('workers are started as they are needed, and each has one question at a time', async () => {
  const ports: StandIn[] = [];
  const client = connectSweeps(2, () => {
    const port = new StandIn();
    ports.push(port);
    return port;
  });
  expect(ports).toHaveLength(0);
  const answers = [0, 1, 2].map((from) => client.ask(rows(from)));
  expect(ports.map(({ asked }) => asked.length)).toEqual([1, 1]);
  ports[1]?.answer();
  expect(ports.map(({ asked }) => asked.length)).toEqual([1, 2]);
  ports[0]?.answer();
  ports[1]?.answer();
  expect((await Promise.all(answers)).map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('a cell that somebody looks at comes before what the map still wants', () => {
  const port = new StandIn();
  const client = connectSweeps(1, () => port);
  for (const from of [0, 1]) void client.ask(rows(from));
  void client.ask({ kind: 'run', inputs, cell: 7 });
  port.answer();
  expect(port.asked.map(({ kind }) => kind)).toEqual(['rows', 'run']);
});

test('whoever waits for a worker that dies is told, and the next has a new one', async () => {
  const ports: StandIn[] = [];
  const client = connectSweeps(1, () => {
    const port = new StandIn();
    ports.push(port);
    return port;
  });
  const first = client.ask(rows(0));
  const second = client.ask(rows(1));
  ports[0]?.die();
  expect(await first).toEqual({ id: 1, kind: 'failed', says: 'no such file' });
  expect(ports).toHaveLength(2);
  ports[1]?.answer();
  expect(await second).toMatchObject({ id: 2, kind: 'rows' });
});
