import { describe, expect, it } from 'vitest';

import { drawFrom, mutated } from './mutate.ts';
import { readers } from './readers.ts';

/** ms of processor time in all; `npm run fuzz -- --seconds 600` for ten minutes. */
const budget = Number(process.env['RINGSCOPE_FUZZ_SECONDS'] ?? '2') * 1_000;
const firstSeed = Number(process.env['RINGSCOPE_FUZZ_SEED'] ?? '1');

/** ms: no input of 60 kB may take longer than this, on a machine with nothing else to do. */
const longest = 1_000;

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

describe('readers of text from outside', () => {
  it.each(readers)(
    '$name: whatever comes, it is read or refused, and in time',
    (reader) => {
      const begun = cpuMilliseconds();
      let seed = firstSeed;
      let slowest = { seed, took: 0 };
      for (; cpuMilliseconds() - begun < budget / readers.length; seed += 1) {
        const input = mutated(reader.seeds, drawFrom(seed));
        const before = cpuMilliseconds();
        try {
          reader.read(input);
        } catch (error) {
          const says = error instanceof Error ? error.message : String(error);
          throw new Error(`${reader.name}, seed ${seed}: ${says}\n${JSON.stringify(input)}`, {
            cause: error,
          });
        }
        const took = cpuMilliseconds() - before;
        if (took > slowest.took) slowest = { seed, took };
      }
      if (budget > 10_000) {
        const per = Math.round(slowest.took);
        console.log(`${reader.name}: ${seed - firstSeed} inputs, slowest ${per} ms`);
      }
      expect(slowest.took, `seed ${slowest.seed}`).toBeLessThan(longest);
      expect(seed - firstSeed).toBeGreaterThan(10);
    },
    budget * 20 + 60_000,
  );
});
