import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EventQueue } from '../../../sim-core/kernel/event-queue.ts';

function push(queue: EventQueue<string>, at: number, name: string, rank = 0): number {
  return queue.push(at, rank, 2, 4, name);
}

function drain(queue: EventQueue<string>): (string | null)[] {
  const left: (string | null)[] = [];
  while (queue.size > 0) left.push(queue.payload[queue.pop()] ?? null);
  return left;
}

describe('event queue', () => {
  it('gives the earliest first and knows when it is due', () => {
    const queue = new EventQueue<string>();
    push(queue, 30, 'late');
    push(queue, 10, 'early');
    push(queue, 20, 'between');
    expect(queue.nextAt()).toBe(10);
    expect(drain(queue)).toEqual(['early', 'between', 'late']);
    expect(queue.nextAt()).toBe(Infinity);
  });

  it('keeps the order of insertion among equal instants, and rank before it', () => {
    const queue = new EventQueue<string>();
    push(queue, 5, 'timer', 2);
    push(queue, 5, 'first message');
    push(queue, 5, 'user', 1);
    push(queue, 5, 'second message');
    expect(drain(queue)).toEqual(['first message', 'second message', 'user', 'timer']);
  });

  it('keeps every field of an event', () => {
    const queue = new EventQueue<string>();
    queue.push(7, 1, 16_383, 2_000_000_000, 'all');
    const slot = queue.pop();
    expect([queue.at[slot], queue.node[slot]]).toEqual([7, 16_383]);
    expect([queue.cause[slot], queue.payload[slot]]).toEqual([2_000_000_000, 'all']);
  });

  it('really takes out what is removed', () => {
    const queue = new EventQueue<string>();
    push(queue, 1, 'a');
    const gone = push(queue, 2, 'b');
    push(queue, 3, 'c');
    queue.remove(gone);
    expect(queue.size).toBe(2);
    expect(drain(queue)).toEqual(['a', 'c']);
  });

  it('is copied whole: neither twin sees what happens to the other', () => {
    const queue = new EventQueue<string>(1);
    for (let index = 0; index < 100; index += 1) push(queue, 100 - index, String(index));
    const twin = queue.copy();
    const drained = drain(queue);
    push(queue, 1, 'later');
    expect(twin.size).toBe(100);
    expect(drain(twin)).toEqual(drained);
  });

  it('is restored to what was due, whatever became of it, with the same slots', () => {
    const queue = new EventQueue<string>(1);
    const slots = Array.from({ length: 100 }, (_, at) => push(queue, at % 7, String(at), at % 3));
    for (const slot of slots.slice(20, 60)) queue.remove(slot);
    const due = queue.inOrder();
    const drained = drain(queue);
    push(queue, 1, 'later');
    queue.restore(due);
    expect(queue.inOrder()).toEqual(due);
    queue.remove(slots[0] ?? -1);
    const added = push(queue, 7, 'last of all');
    expect(slots.slice(60)).not.toContain(added);
    expect(drain(queue)).toEqual([...drained.filter((name) => name !== '0'), 'last of all']);
  });

  it('agrees with a sorted list under any pushes, pops and removals', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constant('push'), fc.nat(50), fc.nat(3)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('pop'), fc.nat(50), fc.nat(3)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('remove'), fc.nat(50), fc.nat(3)) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const queue = new EventQueue<string>(2);
        let model: { at: number; rank: number; name: string; slot: number }[] = [];
        let now = 0;
        steps.forEach(([what, number, rank], index) => {
          if (what === 'push') {
            const name = String(index);
            const at = now + number;
            model.push({ at, rank, name, slot: push(queue, at, name, rank) });
          } else if (what === 'pop' && model.length > 0) {
            const [least] = sorted(model);
            const slot = queue.pop();
            expect(queue.payload[slot]).toBe(least?.name);
            now = queue.at[slot] ?? now;
            model = model.filter((one) => one !== least);
          } else if (what === 'remove' && model.length > 0) {
            const [gone] = model.splice(number % model.length, 1);
            if (gone !== undefined) queue.remove(gone.slot);
          }
        });
        expect(drain(queue)).toEqual(sorted(model).map(({ name }) => name));
      }),
    );
  });
});

/** JavaScript's sort is stable: insertion order decides the rest. */
function sorted<T extends { at: number; rank: number }>(model: readonly T[]): T[] {
  return [...model].sort((a, b) => a.at - b.at || a.rank - b.rank);
}
