import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fingerprint } from '../../sim-core/base/plain.ts';
import { ratio } from '../../sim-core/base/ratio.ts';
import type { Observer, TraceRecord } from '../../sim-core/kernel/trace-record.ts';
import { startRun, type LiveRunOptions } from '../../sim-core/run/live-run.ts';
import { journeyThrough, worldAt } from '../../sim-core/run/time-travel.ts';
import type { Micros } from '../../sim-core/base/micros.ts';
import type { Scenario } from '../../sim-core/scenario/scenario.ts';
import { runFingerprint } from '../../sim-core/trace/run-fingerprint.ts';
import { figure } from '../support/scenarios.ts';

/** The figure's call over a network that loses, doubles and delays as it likes. */
const rough: Scenario = {
  ...figure(),
  links: figure().links.map((link) => ({
    ...link,
    latency: { least: 5_000 as Micros, most: 90_000 as Micros },
    loss: link.name === 'r' ? ratio(0, 1) : ratio(1, 8),
    duplicate: ratio(1, 10),
    mayReorder: true,
  })),
};

function printOf(options: Omit<LiveRunOptions, 'engine' | 'observe'>, also?: Observer) {
  const print = runFingerprint();
  const live = startRun(rough, {
    ...options,
    engine: 'test',
    observe: (record) => {
      print.observe(record);
      also?.(record);
    },
  });
  live.advance(Infinity);
  return { print: print.print(), live };
}

describe('the same scenario and seed', () => {
  it('run twice are one run; another seed is another', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(printOf({ seed }).print).toBe(printOf({ seed }).print);
      }),
      { numRuns: 20 },
    );
    expect(printOf({ seed: 1 }).print).not.toBe(printOf({ seed: 2 }).print);
  });

  it('do not notice whether a node is lent its state or a copy of it', () => {
    for (const seed of [1, 2, 3]) {
      const lent = printOf({ seed, lending: 'in place' }).print;
      expect(printOf({ seed, lending: 'copy' }).print).toBe(lent);
    }
  });

  it('do not notice in how large slices they are advanced', () => {
    const whole = printOf({ seed: 4 });
    const print = runFingerprint();
    const live = startRun(rough, { engine: 'test', seed: 4, observe: print.observe });
    while (live.advance(7) === null);
    expect(print.print()).toBe(whole.print);
    expect(live.events()).toBe(whole.live.events());
  });

  it('are made again by their choices alone, whatever the seed', () => {
    const first = printOf({ seed: 5 });
    const { log } = first.live.chooser;
    expect(log.length).toBeGreaterThan(20);
    expect(printOf({ seed: 99, choices: log }).print).toBe(first.print);
  });
});

describe('time travel', () => {
  it('gives the world of any instant as a run from the start would', () => {
    const records: TraceRecord[] = [];
    const { live } = printOf({ seed: 6 }, (record) => void records.push(record));
    const journey = journeyThrough(rough, 6, live.chooser.log, 12);
    expect(journey.checkpoints.length).toBeGreaterThan(4);
    const whole = journeyThrough(rough, 6, live.chooser.log, Number.MAX_SAFE_INTEGER);
    for (const { at } of records.filter((_, index) => index % 17 === 0)) {
      const near = worldAt(journey, at);
      const far = worldAt(whole, at);
      expect(fingerprint(near.nodes, 1)).toBe(fingerprint(far.nodes, 1));
      expect(near.recordCount).toBe(far.recordCount);
      expect(near.queue.size).toBe(far.queue.size);
    }
  });
});

describe('a behaviour', () => {
  it('reads nothing but its arguments: two copies of a world go the same way', () => {
    const { live } = printOf({ seed: 8 });
    const journey = journeyThrough(rough, 8, live.chooser.log, 16);
    const middle = journey.checkpoints[5];
    const at = middle?.world.now ?? (0 as Micros);
    const once = worldAt(journey, at);
    const again = worldAt(journey, at);
    expect(fingerprint(once.nodes, 2)).toBe(fingerprint(again.nodes, 2));
  });
});
