import { describe, expect, it } from 'vitest';

import { micros, milliseconds } from '../../../sim-core/base/micros.ts';
import { runScenario, startRun, type Scenario, type TraceRecord } from '../../../sim-core/index.ts';
import {
  instant,
  nodeId,
  type Input,
  type Instant,
  type NodeBehaviour,
  type Outbox,
} from '../../../sim-core/kernel/node.ts';
import { remembering, type Behaving } from '../../../sim-core/world/remembering.ts';
import { shipped } from '../../support/scenarios.ts';
import { shippedFiles } from '../../support/shipped-files.ts';

const self = nodeId(0);

/** An outbox that says what it was told, at an instant and with draws of the test's choosing. */
function outboxAt(now: number, draws: readonly number[] = []) {
  const told: string[] = [];
  const left = [...draws];
  const out: Outbox = {
    now: () => micros(now),
    instant: () => instant(now),
    draw: () => left.shift() ?? 0,
    send: ({ label }, to) => void told.push(`${label} to ${to}`),
    startTimer: (timer, after, atMost = after) => void told.push(`${timer} ${after} ${atMost}`),
    stopTimer: (timer) => void told.push(`no ${timer}`),
    expectUser: ({ kind }, { least }) => void told.push(`${kind} after ${least}`),
    forgetUser: () => void told.push('nobody'),
    note: (note) => void told.push(note.kind),
  };
  return { out, told };
}

/** A node that counts how often it has to act by itself, and does what the test says. */
function remembered(act: (input: Input, out: Outbox, state: { heard: number }) => void) {
  let acts = 0;
  const behaviour: NodeBehaviour<unknown, unknown> = {
    role: 'test',
    init: () => ({ heard: 0 }),
    handle(state, input, out) {
      acts += 1;
      const mine = state as { heard: number };
      mine.heard += 1;
      act(input, out, mine);
    },
  };
  const behaving = remembering();
  const dressed = behaving(behaviour);
  return {
    acts: () => acts,
    /** Lives a life of timers at these instants, and gives what the outbox was told. */
    live(at: readonly number[], draws: readonly number[] = [], config: unknown = null): string[] {
      const state = dressed.init(self, config);
      const left = [...draws];
      return at.flatMap((now) => {
        const { out, told } = outboxAt(now, left);
        dressed.handle(state, { kind: 'timer', timer: 'own turn' }, out);
        return told;
      });
    },
  };
}

describe('a node that remembers', () => {
  it('does what it did in an equal life, and acts by itself in what is new', () => {
    const node = remembered((_input, out, { heard }) => {
      out.startTimer('A', milliseconds(heard));
      out.stopTimer('B');
    });
    const first = node.live([10, 20]);
    expect(first).toEqual(['A 1000 1000', 'no B', 'A 2000 2000', 'no B']);
    expect(node.acts()).toBe(2);
    expect(node.live([30, 70])).toEqual(first);
    expect(node.acts()).toBe(2);
    // Two inputs it knows, told once more, and a third that it does not.
    expect(node.live([1, 2, 3]).at(-2)).toBe('A 3000 3000');
    expect(node.acts()).toBe(5);
    node.live([1, 2], [], { other: true });
    expect(node.acts()).toBe(7);
  });

  it('that asks for the time does so in every life', () => {
    const node = remembered((_input, out) => {
      out.stopTimer('first');
      out.startTimer('A', out.now());
    });
    expect(node.live([5])).toEqual(['no first', 'A 5 5']);
    expect(node.live([6])).toEqual(['no first', 'A 6 6']);
    expect(node.live([5])).toEqual(['no first', 'A 5 5']);
    expect(node.acts()).toBe(2);
  });

  it('that only asks what came together knows it at any instants', () => {
    const before: { at: Instant | null } = { at: null };
    const node = remembered((_input, out, { heard }) => {
      const at = out.instant();
      if (heard > 1) out.stopTimer(at === before.at ? 'together' : 'apart');
      before.at = at;
    });
    expect(node.live([1, 1, 2])).toEqual(['no together', 'no apart']);
    expect(node.live([7, 7, 9])).toEqual(['no together', 'no apart']);
    expect(node.acts()).toBe(3);
    expect(node.live([7, 8])).toEqual(['no apart']);
    expect(node.acts()).toBe(5);
  });

  it('follows what is drawn, from the draw on that is another', () => {
    const node = remembered((_input, out) => {
      for (let draw = 0; draw < 3; draw += 1) out.startTimer('A', micros(out.draw(0, 9)));
    });
    expect(node.live([1], [1, 2, 3])).toEqual(['A 1 1', 'A 2 2', 'A 3 3']);
    expect(node.live([1], [1, 2, 3])).toEqual(['A 1 1', 'A 2 2', 'A 3 3']);
    expect(node.acts()).toBe(1);
    expect(node.live([1], [1, 5, 3])).toEqual(['A 1 1', 'A 5 5', 'A 3 3']);
    expect(node.live([1], [1, 5, 4])).toEqual(['A 1 1', 'A 5 5', 'A 4 4']);
    expect(node.acts()).toBe(3);
    expect(node.live([1], [1, 5, 3])).toEqual(['A 1 1', 'A 5 5', 'A 3 3']);
    expect(node.acts()).toBe(3);
  });
});

/** The records of a run that is judged by nobody. */
function recordsOf(scenario: Scenario, seed: number, behaving?: Behaving): TraceRecord[] {
  const records: TraceRecord[] = [];
  const observe = (record: TraceRecord): void => void records.push(record);
  const live = startRun(scenario, {
    engine: 'test',
    seed,
    observe,
    ...(behaving === undefined ? {} : { behaving }),
  });
  live.advance(Infinity);
  return records;
}

describe('runs of nodes that remember', () => {
  it('are the same as of nodes that do not, whatever ran before', () => {
    const behaving = remembering();
    const some = shippedFiles().filter((_, at) => at % 8 === 3);
    expect(some.length).toBeGreaterThan(20);
    for (const { path } of some) {
      const scenario = shipped(path.replace('.cmr.yaml', ''));
      for (const seed of [1, 2, 1]) {
        const alone = recordsOf(scenario, seed);
        expect(recordsOf(scenario, seed, behaving), `${path}, seed ${seed}`).toEqual(alone);
      }
    }
  });

  it('are judged the same, to the letter', () => {
    const behaving = remembering();
    const scenario = shipped('continue/as-in-the-figure');
    const alone = runScenario(scenario, { engine: 'test' });
    for (let round = 0; round < 2; round += 1) {
      expect(runScenario(scenario, { engine: 'test', behaving })).toEqual(alone);
    }
  });
});
