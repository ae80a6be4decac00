import { spawnSync } from 'node:child_process';

import { expect } from 'vitest';

/**
 * How many times the yardstick a second is on a machine with nothing else to do. A busy machine
 * slows the yardstick down as well, so what is asserted is a ratio, never a time on the wall.
 */
const yardsticksMost = 100;

/** ms: nothing that is this quick needs a yardstick. */
const quick = 200;

/** Does the work, and fails where it takes out of all proportion to the yardstick beside it. */
export function inGoodTime<Result>(work: () => Result): Result {
  const begun = performance.now();
  const result = work();
  const took = performance.now() - begun;
  if (took > quick) expect(took / yardstick()).toBeLessThan(yardsticksMost);
  return result;
}

/** ms: a fixed piece of integer work, about 10 ms here. */
function yardstick(): number {
  const begun = performance.now();
  let sum = 0;
  for (let count = 0; count < 8_000_000; count += 1) sum = (Math.imul(sum, 31) + count) | 0;
  const took = performance.now() - begun;
  // The sum is used, so that the loop is not thrown away.
  return sum === 42 ? took + 1 : Math.max(took, 1);
}

/** ms: how long a process takes that does nothing. */
export function emptyProcess(): number {
  const begun = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begun;
}
