import { expect, test } from 'vitest';

import { once, type WorkedOut } from '../../../sim-core/base/worked-out.ts';

test('what is worked out of a value is worked out once, even where it comes to nothing', () => {
  const value = { length: 3, workedOut: new Map() satisfies WorkedOut };
  let works = 0;
  const doubled = once((of: typeof value) => {
    works += 1;
    return of.length * 2;
  });
  const nothing = once((_of: typeof value) => {
    works += 1;
    return null;
  });
  expect([doubled(value), doubled(value)]).toEqual([6, 6]);
  expect([nothing(value), nothing(value)]).toEqual([null, null]);
  expect(works).toBe(2);
  expect(doubled({ length: 4, workedOut: new Map() })).toBe(8);
});
