import { expect, test } from 'vitest';

import { atInWords, howFar, look, sights } from '../../../sim-core/base/looking.ts';
import { micros } from '../../../sim-core/base/micros.ts';
import { once, type WorkedOut } from '../../../sim-core/base/worked-out.ts';

const far = {
  get at() {
    look(sights.all);
    return micros(5);
  },
};

test('the furthest look counts, and looks within a look count for both', () => {
  expect(howFar(() => undefined)).toBe(sights.messages);
  const seen: number[] = [];
  const whole = howFar(() => {
    look(sights.signalling);
    seen.push(howFar(() => look(sights.all)));
    seen.push(howFar(() => undefined));
  });
  expect(seen).toEqual([sights.all, sights.messages]);
  expect(whole).toBe(sights.all);
  expect(howFar(() => look(sights.signalling))).toBe(sights.signalling);
});

test('who tells a time in a sentence has not gone by it', () => {
  expect(howFar(() => expect(atInWords(far)).toBe(5))).toBe(sights.messages);
  expect(howFar(() => expect(far.at).toBe(5))).toBe(sights.all);
});

test('who takes what was worked out has looked as far as the work did', () => {
  const value = { far, workedOut: new Map() satisfies WorkedOut };
  const when = once((of: typeof value) => of.far.at);
  expect(howFar(() => when(value))).toBe(sights.all);
  expect(howFar(() => when(value))).toBe(sights.all);
});
