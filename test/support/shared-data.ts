import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

/**
 * The corpus lives outside the repository: in the folder that RINGSCOPE_DATA names, which holds
 * `captures`, `sdp`, `torture` and `hostile`, or beside the repository.
 */
const dataFolder =
  process.env['RINGSCOPE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Where a file or folder of the corpus is on this machine, or null where it is not. */
export function sharedData(place: string): string | null {
  const whole = path.join(dataFolder, place);
  return existsSync(whole) ? whole : null;
}

/**
 * Tests over a file or folder of the corpus. Without it they are skipped, with a sentence; but
 * they fail in CI, and where RINGSCOPE_DATA promises what is not there.
 */
export function describeWithData(name: string, place: string, body: (whole: string) => void): void {
  const whole = sharedData(place);
  describe(name, () => {
    if (whole !== null) body(whole);
    else {
      const promised =
        process.env['CI'] !== undefined || process.env['RINGSCOPE_DATA'] !== undefined;
      const test = promised ? it : it.skip;
      test(`needs ${place} of the corpus: set RINGSCOPE_DATA to its folder`, () => {
        expect(whole, `${place} is not in ${dataFolder}`).not.toBeNull();
      });
    }
  });
}
