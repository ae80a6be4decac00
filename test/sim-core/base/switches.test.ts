import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { explain } from '../../../cli/explain.ts';
import { findClause } from '../../../sim-core/conformance/catalogue.ts';
import {
  switchesOf,
  switchTable,
  withheldSwitches,
  type Switch,
  type SwitchName,
} from '../../../sim-core/index.ts';
import { describeWithData } from '../../support/shared-data.ts';

/** Where the usual value is another than the digest's first. */
const otherDefaults: Readonly<Partial<Record<SwitchName, string>>> = {
  'SW-MODE': 'as-configured: a scenario names the mode of its CMR Server',
  'SW-CONT': 'by-policy: operator and subscriber decide, as CON-SRV-01 has it',
};

interface Written {
  readonly name: string;
  readonly values: readonly string[];
  readonly gap: string;
}

/** The rows of the digest's table; one row may be about several switches, with slashes between. */
function rowsOf(page: string): Written[] {
  const table = page.slice(page.indexOf('### 1.5'), page.indexOf('### 1.6'));
  const lines = table.split('\n').filter((line) => line.startsWith('| SW-'));
  return lines.flatMap((line) => {
    const [names = '', values = '', gap = ''] = line
      .split(' | ')
      .map((cell) => cell.replace(/^\| | \|$/g, ''));
    const each = values.split(' / ');
    return names.split(' / ').map((name, at): Written => {
      const all = (each[at] ?? values).replace(/\s*\([^)]*\)/g, '');
      const parts =
        name.startsWith('SW-SE') || name === 'SW-TIMERS' ? all : all.replace(/→.*$/, '');
      return {
        name: name.replace(/ .*$/, ''),
        values: parts.split(',').map((value) => value.trim()),
        gap,
      };
    });
  });
}

/** SW-SE has a handful of them; the others take any. */
function takesLength({ name, orTime }: Switch): boolean {
  return orTime === true || name === 'SW-SE';
}

/** What the digest writes for any length of time, or for none. */
const anyLength = /^(?:∞|seconds.*|\d+ m?s)$/;

describeWithData('the switches of the digest', '../spec/standards.md', (file) => {
  const page = readFileSync(file, 'utf8');
  const written = rowsOf(page).filter(
    ({ name }) => name !== 'SW-POLICY' && name !== 'SW-RETRY-MAX',
  );
  const built = written.flatMap((one) => {
    const row = switchTable.find(({ name }) => name === one.name);
    return row === undefined ? [] : [{ one, row }];
  });

  it('are all in the table, or there is a reason', () => {
    const missing = rowsOf(page).filter(
      ({ name }) => ![...switchTable, ...withheldSwitches].some((row) => row.name === name),
    );
    expect(missing).toEqual([]);
    expect(written.length).toBeGreaterThan(35);
  });

  it('have their readings there, the usual one first', () => {
    const wrong = built.flatMap(({ one, row }) => {
      const values: readonly string[] = row.values;
      const lacks = one.values.filter(
        (value) => !values.includes(value) && !(anyLength.test(value) && takesLength(row)),
      );
      const [first = ''] = one.values;
      const usual = values[0] === first || anyLength.test(first) || row.name in otherDefaults;
      return [
        ...lacks.map((value) => `${row.name} lacks ${value}`),
        ...(usual ? [] : [`${row.name} begins with ${values[0]}`]),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('close the gap that the digest names', () => {
    const wrong = built.filter(({ one, row }) => {
      const number = /^GAP-0?(\d+)$/.exec(row.gap)?.[1];
      return !one.gap.includes('§') && !one.gap.includes(number ?? row.gap);
    });
    expect(wrong.map(({ row }) => `${row.name}: ${row.gap}`)).toEqual([]);
  });

  it('differ in the clean profile exactly as the digest has it', () => {
    const sentence =
      /Profile `clean` differs from `literal` in: ([^`]*?)\. Nothing else/.exec(page)?.[1] ?? '';
    const said = [...sentence.matchAll(/(SW-[A-Z0-9-]+)=([\w-]+(?: s)?)/g)].map(
      ([, name = '', value = '']) => [name, value.replace(' ', '')] as const,
    );
    const ours = switchTable
      .filter(({ clean }) => clean !== null)
      .map(({ name, clean }) => [name, clean] as const);
    expect(new Map(ours)).toEqual(new Map(said));
  });
});

describe('a switch that is withheld', () => {
  it.each(withheldSwitches)('$name is explained, and in no table', ({ name, gap, never, why }) => {
    expect(switchTable.some((row) => row.name === name)).toBe(false);
    expect(findClause(gap)?.id).toBe(gap);
    const told = explain(name).join(' ').replace(/\s+/g, ' ');
    for (const words of [why, gap, never]) expect(told).toContain(words);
  });
});

describe('every switch', () => {
  it.each(switchTable)('$name says what it is, where it comes from and how it is set', (row) => {
    expect(row.says).toMatch(/^[A-Z][^]*[.]$/);
    expect(row.source.length).toBeGreaterThan(5);
    expect(findClause(row.gap), row.gap).not.toBeNull();
    const told = explain(row.name).join('\n');
    for (const word of [
      ...row.values,
      row.gap,
      row.source.split(';')[0] ?? '',
      `--set switches.${row.name}=`,
    ]) {
      expect(told.replace(/\s+/g, ' ')).toContain(word);
    }
  });

  it('has a value in either profile, and the one that is set', () => {
    for (const row of switchTable) {
      const other = row.values.at(-1) ?? '';
      expect(switchesOf('literal', {})[row.name as SwitchName]).toBe(row.values[0]);
      expect(switchesOf('clean', {})[row.name as SwitchName]).toBe(row.clean ?? row.values[0]);
      expect(switchesOf('clean', { [row.name]: other })[row.name as SwitchName]).toBe(other);
    }
  });
});
