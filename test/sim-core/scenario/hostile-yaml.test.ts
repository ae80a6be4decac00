import { readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readScenario, setInScenario, type ProblemCode } from '../../../sim-core/authoring.ts';
import { inGoodTime } from '../../support/good-time.ts';
import { describeWithData } from '../../support/shared-data.ts';
import { smallScenario } from './small-scenario.ts';

/** Reads and gives the codes found; fails where it takes too long. */
function codesOf(text: string): ProblemCode[] {
  const { scenario, problems } = inGoodTime(() => readScenario(text, 'hostile.yaml'));
  expect(scenario).toBeNull();
  return problems.map(({ code }) => code);
}

describe('files that mean harm', () => {
  it('are refused for their size before anything is composed', () => {
    const bomb = `a: &a [x]\n${'b: [*a, *a, *a, *a, *a, *a, *a]\n'.repeat(170_000)}`;
    expect(bomb.length).toBeGreaterThan(5_000_000);
    expect(codesOf(bomb)).toEqual(['CMR1002']);
  });

  it('are refused for aliases that multiply', () => {
    const doubling = Array.from({ length: 16 }, (_, index) =>
      index === 0 ? 'k0: &k0 [x, x]' : `k${index}: &k${index} [*k${index - 1}, *k${index - 1}]`,
    );
    expect(codesOf(doubling.join('\n'))).toEqual(['CMR1002']);
    const few = Array.from({ length: 10 }, (_, index) => {
      const own = Array.from({ length: 60 }, () => 'x').join(', ');
      return index === 0
        ? `k0: &k0 [${own}]`
        : `k${index}: &k${index} [*k${index - 1}, *k${index - 1}]`;
    });
    expect(codesOf(few.join('\n'))).toContain('CMR1004');
  });

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow maps', '{a: '.repeat(100_000)],
    ['block maps', Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['block lists', `${'- '.repeat(100_000)}x`],
    ['many values', `a: [${'1, '.repeat(300_000)}]`],
    ['many keys', Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['many documents', '--- 1\n'.repeat(100_000)],
    ['a long value', `title: ${'x'.repeat(900_000)}`],
    ['quotes without end', `title: "${'\\"'.repeat(400_000)}`],
    ['colons', ':'.repeat(900_000)],
    ['question marks', '? '.repeat(400_000)],
    ['comments', '#\n'.repeat(450_000)],
    ['anchors', '&a '.repeat(300_000)],
    ['tags', '!a '.repeat(300_000)],
    ['line ends', '\n'.repeat(900_000)],
  ])('are refused in time: %s', (_what, text) => {
    expect(codesOf(text).length).toBeGreaterThan(0);
  });

  const many = (count: number, item: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => item(index)).join('\n');

  it.each([
    ['clauses', `shows: [${'FLOW-CON-1x, '.repeat(10_000)}]`],
    ['verdicts', `expect:\n  verdicts:\n${many(4_500, (n) => `    FLOW-CON-${n}: satisfied`)}`],
    ['nodes', `nodes:\n${many(2_500, (n) => `  n${n}: { role: cmr-client }`)}`],
    [
      'links',
      `nodes: { n0: { role: cmr-client } }\nlinks:\n` +
        many(1_300, (n) => `  l${n}: { between: [n1, n2], latency: 1 }`),
    ],
    ['faults', `faults:\n${many(2_500, (n) => `  - drop: { message: INVITE${n} }`)}`],
    ['acts', `nodes: { a: {} }\nscript:\n${many(2_200, () => '  - { who: b, does: x }')}`],
    ['wrong keys', many(6_000, (n) => `tytle${n}: 1`)],
    ['wrong values', `shows:\n${many(6_000, () => '  - {}')}`],
  ])('are refused in time for too many %s', (_what, text) => {
    const codes = codesOf(text);
    // The text itself is within the limits: what is in it is too much, or wrong.
    expect(codes.length).toBeGreaterThan(2);
  });

  it('leave no trace in the prototype of anything', () => {
    const text = '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n';
    expect(codesOf(text)).toContain('CMR1004');
    expect(codesOf(`nodes: { __proto__: { role: cmr-client } }\n`)).toContain('CMR1004');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

/** A piece of the scenario cut out, doubled, or replaced by something else. */
const damage = fc.tuple(
  fc.nat(smallScenario.length - 1),
  fc.nat(40),
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '*a',
      '&a ',
      '!!x ',
      '{',
      '[',
      ']',
      '}',
      ': ',
      '- ',
      '\n',
      '"',
      "'",
      '|',
      '~',
      '\t',
    ),
  ),
);

describe('damaged scenarios', () => {
  it('are read or refused, always with places inside the text', () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const text = damages.reduce(
          (before, [at, length, piece]) => before.slice(0, at) + piece + before.slice(at + length),
          smallScenario,
        );
        const { scenario, problems } = readScenario(text, 'damaged.yaml');
        expect(scenario === null).toBe(problems.length > 0);
        for (const { offset, length, line, column, says } of problems) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(says).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('take or refuse any --set', () => {
    const part = fc.constantFrom(
      'links',
      'a',
      'latency',
      'nodes',
      'client-a',
      '0',
      'script',
      'x',
      '',
    );
    const paths = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(paths, fc.string({ unit: 'binary', maxLength: 12 }), (where, value) => {
        const set = setInScenario(smallScenario, where, value);
        if (set.text === null) expect(set.says).not.toBe('');
        else
          expect(readScenario(set.text, 'set.yaml').problems.map(({ code }) => code)).not.toContain(
            'CMR1001',
          );
      }),
      { numRuns: 300 },
    );
  });
});

/** What each file of the corpus must be refused for, beside the time it may take. */
const corpus: Readonly<Record<string, ProblemCode>> = {
  'alias-bomb.yaml': 'CMR1002',
  'alias-self.yaml': 'CMR1002',
  'bad-paths.yaml': 'CMR1007',
  'binary.yaml': 'CMR1003',
  'bom.yaml': 'CMR1004',
  'complex-key.yaml': 'CMR1003',
  'deep-block.yaml': 'CMR1002',
  'deep-flow.yaml': 'CMR1002',
  'dup-keys.yaml': 'CMR1009',
  'huge-counts.yaml': 'CMR1004',
  'long-scalar.yaml': 'CMR1002',
  'many-docs.yaml': 'CMR1003',
  'merge-proto.yaml': 'CMR1004',
  'nonfinite.yaml': 'CMR1004',
  'norway.yaml': 'CMR1004',
  'proto-key.yaml': 'CMR1004',
  'redos-names.yaml': 'CMR1004',
  'tabs.yaml': 'CMR1001',
  'tag-js.yaml': 'CMR1003',
  'tag-py.yaml': 'CMR1003',
  'zero-delay-loop.yaml': 'CMR1004',
};

describeWithData('the hostile corpus', 'hostile/yaml', (folder) => {
  it.each(Object.entries(corpus))('%s is refused with %s', (file, code) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const { scenario, problems } = inGoodTime(() => readScenario(text, file));
    expect(scenario).toBeNull();
    expect(problems.map((each) => each.code)).toContain(code);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('tells a second key with the line of the first', () => {
    const text = readFileSync(path.join(folder, 'dup-keys.yaml'), 'utf8');
    const { problems } = readScenario(text, 'dup-keys.yaml');
    const twice = problems.find(({ code }) => code === 'CMR1009');
    expect(twice).toMatchObject({ line: 2, column: 1 });
    expect(twice?.says).toContain('in line 1');
  });
});
