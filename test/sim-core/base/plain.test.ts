import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InternalError } from '../../../sim-core/base/check.ts';
import {
  clonePlain,
  differences,
  fingerprint,
  freezeDeep,
  samePlain,
} from '../../../sim-core/base/plain.ts';

const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true }), fc.maxSafeInteger())
  .map((value) => (Object.is(value, -0) ? 0 : value));
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null)),
    fc.array(tie('plain'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b', '7')), tie('plain'), {
      maxKeys: 5,
    }),
    fc.array(fc.integer(), { maxLength: 4 }).map((items) => Int32Array.from(items)),
  ),
}));

/** The same value with the keys of every object put in the opposite order. */
function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).map(([key, field]) => [key, reversedKeys(field)]);
  return Object.fromEntries(entries.toReversed());
}

function holdsTypedArray(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ArrayBuffer.isView(value) || Object.values(value).some(holdsTypedArray);
}

describe('clonePlain', () => {
  it('gives an equal value that shares nothing that is not frozen', () => {
    const state = { list: [1, { deep: [true] }], bytes: Uint8Array.of(1, 2), text: 'x', no: null };
    const copy = clonePlain(state);
    expect(copy).toEqual(state);
    copy.list.push(2);
    copy.bytes[0] = 9;
    (copy.list[1] as { deep: boolean[] }).deep[0] = false;
    expect(state.list).toEqual([1, { deep: [true] }]);
    expect(state.bytes[0]).toBe(1);
  });

  it('shares what is frozen', () => {
    const message = freezeDeep({ headers: [['Via', 'x']] });
    const copy = clonePlain({ message, kept: [message] });
    expect(copy.message).toBe(message);
    expect(copy.kept[0]).toBe(message);
  });

  it('has the fingerprint of its original, and no difference to it', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const copy = clonePlain(value);
        expect(differences(value, copy)).toEqual([]);
        expect(fingerprint(copy, 7)).toBe(fingerprint(value, 7));
      }),
    );
  });
});

describe('freezeDeep', () => {
  it('freezes all the way down and gives the value itself', () => {
    const value = { a: [{ b: 1 }] };
    expect(freezeDeep(value)).toBe(value);
    expect([value, value.a, value.a[0]].every(Object.isFrozen)).toBe(true);
  });

  it('refuses typed arrays, which cannot be frozen', () => {
    expect(() => freezeDeep({ heard: new Int32Array(2) })).toThrow(InternalError);
  });
});

describe('fingerprint', () => {
  it('does not depend on the order of keys or on being frozen', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const expected = fingerprint(value, 1);
        expect(fingerprint(reversedKeys(value), 1)).toBe(expected);
        if (holdsTypedArray(value)) return;
        const frozen = freezeDeep(clonePlain(value));
        expect(fingerprint(frozen, 1)).toBe(expected);
        expect(fingerprint(frozen, 1)).toBe(expected);
        expect(fingerprint({ inside: frozen }, 1)).toBe(fingerprint({ inside: value }, 1));
      }),
    );
  });

  it('differs where values differ, with few chance collisions', () => {
    const seen = new Map<number, unknown>();
    fc.assert(
      fc.property(plain, (value) => {
        const hash = fingerprint(value, 3);
        const other = seen.has(hash) ? seen.get(hash) : value;
        expect(differences(value, other)).toEqual([]);
        seen.set(hash, value);
      }),
      { numRuns: 2000 },
    );
  });

  it('spreads neighbouring states over 32 bits', () => {
    const hashes = new Set<number>();
    for (let step = 0; step < 20_000; step += 1) {
      hashes.add(
        fingerprint({ now: step, leg: { cseq: step % 7, tags: ['a', `${step % 3}`] } }, 1),
      );
    }
    // 20 000 draws from 2^32 collide 0.05 times on average.
    expect(hashes.size).toBeGreaterThanOrEqual(19_998);
  });

  it('tells apart what only looks alike', () => {
    const alike: unknown[] = [
      0,
      '0',
      '',
      false,
      true,
      1,
      null,
      [],
      {},
      [0],
      [[]],
      { 0: 0 },
      [null],
      [1, 2],
      [2, 1],
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: { b: 1 } },
      { a: 1, b: 1 },
      Uint8Array.of(0),
      Int32Array.of(0),
      0.5,
      2 ** 31,
      -(2 ** 31),
      2 ** 53 - 1,
      Infinity,
    ];
    for (const salt of [0, 1, -5]) {
      expect(new Set(alike.map((value) => fingerprint(value, salt))).size).toBe(alike.length);
    }
  });

  it('is another hash with another salt', () => {
    const frozen = freezeDeep({ a: [1, 'x'] });
    const hashes = Array.from({ length: 40 }, (_, salt) => fingerprint(frozen, salt));
    expect(new Set(hashes).size).toBe(40);
    expect(fingerprint(frozen, 39)).toBe(hashes[39]);
  });

  it('is a whole number of 32 bits', () => {
    fc.assert(
      fc.property(plain, fc.integer(), (value, salt) => {
        const hash = fingerprint(value, salt);
        expect(hash).toBe(hash >>> 0);
      }),
    );
  });

  const cycle: { calls: unknown[] } = { calls: [] };
  cycle.calls.push({ leg: cycle });
  let deep: unknown = 1;
  for (let level = 0; level < 300; level += 1) deep = [deep];

  it.each([
    [{ calls: { a: [1, () => 1] } }, 'calls.a[1] is a Function'],
    [{ table: new Map() }, 'table is a Map'],
    [{ seen: new Set() }, 'seen is a Set'],
    [{ at: new Date(0) }, 'at is a Date'],
    [{ a: undefined }, 'a is undefined'],
    [[0, NaN], '[1] is NaN'],
    [{ gain: -0 }, 'gain is -0'],
    [{ gains: Float64Array.of(1, NaN) }, 'gains[1] is NaN'],
    [{ big: 1n }, 'big is a BigInt'],
    [{ view: new DataView(new ArrayBuffer(1)) }, 'view is a DataView'],
    [{ error: new (class Leg {})() }, 'error is an object of a class'],
    [undefined, 'the value itself is undefined'],
    [cycle, 'calls[0].leg contains itself'],
    [deep, 'more than 200 levels deep'],
  ])('refuses %s', (value, says) => {
    expect(() => fingerprint(value, 0)).toThrow(InternalError);
    expect(() => fingerprint(value, 0)).toThrow(says);
  });
});

describe('differences', () => {
  it('names the paths at which two values differ', () => {
    const a = {
      now: 1,
      calls: [{ step: 'x' }, { step: 'y' }],
      only: 1,
      bytes: Uint8Array.of(1, 2),
    };
    const b = {
      now: 2,
      calls: [{ step: 'x' }, { step: 'z', more: 1 }],
      bytes: Uint8Array.of(1, 3),
    };
    expect(differences(a, b)).toEqual([
      'now',
      'calls[1].step',
      'calls[1].more',
      'only',
      'bytes[1]',
    ]);
    expect(differences([], {})).toEqual(['.']);
    expect(differences(1, '1')).toEqual(['.']);
    expect(differences({ a: [1] }, { a: [1, 2] })).toEqual(['a[1]']);
  });
});

describe('samePlain', () => {
  it('is true exactly where there are no differences', () => {
    const pair = fc.oneof(
      fc.tuple(plain, plain),
      plain.map((value) => [value, structuredClone(value)] as const),
    );
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(samePlain(a, b)).toBe(differences(a, b).length === 0);
      }),
    );
  });

  it.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 1 }, false],
    [{ a: 1, b: 1 }, { a: 1 }, false],
    [{ toString: 1 }, {}, false],
    [[], {}, false],
    [[1, 2], [1], false],
    [null, {}, false],
    [Uint8Array.of(1), Uint8Array.of(1), true],
    [Uint8Array.of(1), Uint8Array.of(2), false],
    [Uint8Array.of(1), [1], false],
  ])('of %j and %j is %j', (a, b, same) => {
    expect(samePlain(a, b)).toBe(same);
    expect(samePlain(b, a)).toBe(same);
  });
});
