import { describe, expect, it } from 'vitest';

import { readAgreedReadings } from '../../../sim-core/requirements/agreed-readings.ts';
import { exampleOf, firstDifference, readingsIn } from '../../../sim-core/requirements/readings.ts';
import {
  exampleAmong,
  readingRows,
  readingsReport,
} from '../../../sim-core/requirements/readings-report.ts';
import { shipped } from '../../support/scenarios.ts';

const path = 'continue/c-03-hops-of-100-ms';
const scenario = shipped(path);
const wanted = (name: string): boolean => ['SW-REINV-ACK', 'SW-ES-TAIL'].includes(name);
const results = readingsIn(path, scenario, 'test', wanted);

describe('the register of readings', () => {
  it('runs every other reading of what the call touches, and says which is another call', () => {
    expect(results.find((one) => one.switch === 'SW-REINV-ACK')).toEqual({
      path,
      switch: 'SW-REINV-ACK',
      usual: 'deferred',
      value: 'immediate',
      differs: true,
    });
    expect(results.filter(({ differs }) => differs)).toHaveLength(1);
  });

  it('shows both calls: the first difference, the measures, the ladders', () => {
    const [row] = readingRows(results, []).filter(({ differs }) => differs.length > 0);
    if (row === undefined) throw new Error('no reading makes a difference');
    expect(exampleAmong(row, () => ['GAP-03'])).toBe(path);
    const example = exampleOf(path, scenario, row, 'test');
    expect(firstDifference(example)).toMatch(
      /^cmr-server → client-b: ACK \(2\): at 6130 ms in A, at 5690 ms in B/,
    );
    const { tables, notes } = readingsReport([row], () => example, true);
    expect(notes[0]).toContain('1 of them are open');
    expect(tables[1]?.rows).toContainEqual(['wasted2xx', '1', '0']);
    expect(tables[1]?.listing?.filter((line) => line.includes('UPDATE O2'))).toHaveLength(2);
  });

  it('closes a row that is agreed on', () => {
    const read = readAgreedReadings(
      'apiVersion: ringscope/readings/v1\nagreed:\n' +
        '  - switch: SW-REINV-ACK\n    reading: immediate\n    why: It is SIP.\n',
    );
    if ('says' in read) throw new Error(read.says.join('\n'));
    const rows = readingRows(results, read.agreed);
    const { tables } = readingsReport(rows, () => null, false);
    const states = tables[0]?.rows.map((cells) => cells.at(-1));
    expect(states).toContain('agreed: immediate');
    expect(states).not.toContain('open');
  });

  it('refuses a file that agrees on what there is not', () => {
    const read = readAgreedReadings(
      'apiVersion: ringscope/readings/v1\nagreed:\n' +
        '  - switch: SW-REINV-ACK\n    reading: never\n    why: It is SIP.\n',
    );
    expect(read).toEqual({
      says: ['SW-REINV-ACK has no reading never: it has deferred, immediate'],
    });
  });
});
