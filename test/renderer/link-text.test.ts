import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { departsAt, digestOf, packText, unpackText } from '../../renderer/link-text.ts';
import { runScenario } from '../../sim-core/index.ts';
import { figure } from '../support/scenarios.ts';

describe('a scenario in a link', () => {
  test('comes back as it was, and is much shorter', async () => {
    const text = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');
    const packed = await packText(text);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(packed.length).toBeLessThan(text.length);
    expect(await unpackText(packed)).toBe(text);
    expect(await unpackText(await packText('„ü“ \u{1F514}'))).toBe('„ü“ \u{1F514}');
  });

  test.each(['', 'AAAA', '%%%', 'not base64!', 'abc'])(
    '%j is told to be damaged',
    async (packed) => {
      if (packed === '') return expect(unpackText('%')).rejects.toThrow('damaged');
      return expect(unpackText(packed)).rejects.toThrow('damaged');
    },
  );

  test('that unpacks to too much is refused', async () => {
    await expect(unpackText(await packText('x'.repeat(8_100_000)))).rejects.toThrow('too long');
  });
});

describe('a digest of records', () => {
  const { records } = runScenario(figure(), { engine: 'test' });

  test('shows no difference from its own records', () => {
    expect(departsAt(records, digestOf(records))).toBeNull();
  });

  test('tells near which record another run departs', () => {
    const digest = digestOf(records);
    const stride = Number(digest.split('.')[0]);
    const changed = records.map((record, index) => (index < 99 ? record : { ...record, at: 0 }));
    const at = departsAt(changed as typeof records, digest) ?? 0;
    expect(Math.abs(at - 100)).toBeLessThanOrEqual(stride);
    expect(departsAt(records.slice(0, 50), digest)).toBeGreaterThan(40);
  });

  test('of another kind tells nothing', () => {
    expect(departsAt(records, '')).toBeNull();
    expect(departsAt(records, 'x.y')).toBeNull();
    expect(departsAt(records, '0.AA')).toBeNull();
  });
});
