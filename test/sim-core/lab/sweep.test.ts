import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import {
  bisect,
  boundaryBetween,
  changesIn,
  classesOf,
  csvHeader,
  csvLine,
  readAxis,
  rowOfCsv,
  rowsOf,
  runRow,
  sweepColumns,
  sweepMap,
  sweepMapAsSvg,
  sweepMapAsText,
  variantsOf,
  type Axis,
  type SweepPlan,
  type SweepRow,
} from '../../../sim-core/experimenting.ts';

const figure = readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8');

function axis(text: string): Axis {
  const read = readAxis(text);
  if (read.axis === null) throw new Error(read.says);
  return read.axis;
}

function planFor(axes: readonly string[], more: Partial<SweepPlan> = {}, text = figure): SweepPlan {
  const read = variantsOf(text, 'figure.cmr.yaml', axes.map(axis));
  if (read.variants === null) throw new Error('says' in read ? read.says : 'no scenario');
  const seeds = { from: 1, to: 1 };
  return {
    variants: read.variants,
    seeds,
    measures: ['answerLag', 'wasted2xx'],
    by: 'outcome',
    engine: 'test',
    ...more,
  };
}

function rowsIn(plan: SweepPlan): SweepRow[] {
  return Array.from({ length: rowsOf(plan) }, (_, row) => runRow(plan, row));
}

describe('the variants of a scenario', () => {
  it('are what the file would say with the values written into it', () => {
    const { variants } = planFor([
      'links.a.latency=1ms,90ms',
      'switches.SW-REINV-ACK=deferred,immediate',
      'nodes.client-b.alerting.after=70ms,10ms',
    ]);
    expect(variants.count).toBe(8);
    for (let cell = 0; cell < variants.count; cell += 1) {
      const values = variants.placesOf(cell).map((place, at) => variants.axes[at]?.values[place]);
      expect(variants.scenarioOf(cell)).toEqual(variants.scenarioAt(values.map(String)));
    }
  });

  it('are the same where a time was put in without reading the file', () => {
    const { variants } = planFor(['links.b.latency=10ms..80ms:7ms', 'until=50s..60s:2s']);
    for (const cell of [0, 7, 23, 30, 44, 65]) {
      const values = variants.placesOf(cell).map((place, at) => variants.axes[at]?.values[place]);
      expect(variants.scenarioOf(cell)).toEqual(variants.scenarioAt(values.map(String)));
    }
  });

  it('are read anew where two axes change the same place', () => {
    const { variants } = planFor([
      'until=60s',
      'nodes.client-b.alerting.after=70ms..71ms:1ms',
      'nodes.client-b.alerting.after=80ms',
    ]);
    expect(variants.scenarioOf(1)).toEqual(variants.scenarioAt(['60s', '71ms', '80ms']));
  });

  it('say what is wrong with a path or a value', () => {
    const wrong = variantsOf(figure, 'figure', [axis('links.a.latancy=1ms')]);
    expect('says' in wrong ? wrong.says : '').toContain('did you mean links.a.latency?');
    const bad = variantsOf(figure, 'figure', [axis('links.a.latency=5')]);
    expect('reading' in bad ? bad.reading.problems[0]?.path : '').toBe('links.a.latency');
  });
});

describe('a sweep', () => {
  const plan = planFor(['links.a.latency=60ms,100ms', 'links.b.latency=20ms,160ms']);
  const rows = rowsIn(plan);

  it('sorts runs into classes that do not know times', () => {
    const classes = classesOf(rows);
    expect(classes.map(({ letter, count }) => [letter, count])).toEqual([
      ['A', 2],
      ['B', 2],
    ]);
    expect(classes[0]?.says).toContain('ring continues');
    expect(classes[1]?.says).toContain('W-2XX-RETX');
    expect(rows[0]?.fingerprint).not.toBe(rows[1]?.fingerprint);
  });

  it('gives the same rows in whatever order they are computed', () => {
    const backwards = rows.map((_, at) => runRow(plan, rows.length - 1 - at)).reverse();
    expect(backwards).toEqual(rows);
    expect(classesOf(rows.toReversed())).toEqual(classesOf(rows));
  });

  it('is a map in letters, with what the letters mean', () => {
    expect(sweepMapAsText(sweepMap(plan, rows)).slice(0, 4)).toEqual([
      'links.a.latency ↓   links.b.latency →',
      '       20ms … 160ms',
      ' 60ms  A B',
      '100ms  A B',
    ]);
    const empty = sweepMap(plan, rows.slice(0, 1));
    expect(empty.letters).toEqual([
      ['A', '·'],
      ['·', '·'],
    ]);
  });

  it('is drawn without markup of its own', () => {
    const svg = sweepMapAsSvg(sweepMap(plan, rows));
    expect(svg.match(/<rect [^>]*fill="#4477aa"/g)).toHaveLength(3);
    const hostile = sweepMapAsSvg({
      ...sweepMap(plan, rows),
      across: { path: '<script>"&', values: ['a', '</svg>'] },
    });
    expect(hostile).not.toContain('<script');
    expect(hostile.match(/<\/svg>/g)).toHaveLength(1);
  });

  it('comes back from its lines', () => {
    expect(csvHeader(plan)).toBe(
      'row,links.a.latency,links.b.latency,seed,class,says,fingerprint,answerLag ms,wasted2xx\r\n',
    );
    for (const row of rows) expect(rowOfCsv(plan, csvLine(plan, row).trimEnd())).toEqual(row);
    expect(rowOfCsv(plan, '1,2,3')).toBeNull();
  });

  it('is columns of one type each, without holes', () => {
    const mixed = planFor(
      [
        'until=60s,1500us',
        'nodes.client-b.alerting.reliable=true,false',
        'switches.SW-PEM=sendrecv',
      ],
      { measures: ['contGap', 'SRD', 'wasted2xx'] },
    );
    const columns = sweepColumns(mixed, rowsIn(mixed));
    expect(columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['row', 'integer', null],
      ['until', 'integer', 'us'],
      ['nodes.client-b.alerting.reliable', 'bool', null],
      ['switches.SW-PEM', 'text', null],
      ['seed', 'integer', null],
      ['class', 'text', null],
      ['says', 'text', null],
      ['fingerprint', 'text', null],
      ['contGap', 'integer', 'us'],
      ['SRD', 'integer', 'us'],
      ['wasted2xx', 'integer', null],
    ]);
    const typeOf = { integer: 'number', text: 'string', bool: 'boolean' } as const;
    for (const { name, type, values, present } of columns) {
      expect([values.length, present.length], name).toEqual([4, 4]);
      expect(new Set(values.map((value) => typeof value)), name).toEqual(new Set([typeOf[type]]));
      expect(type !== 'integer' || values.every(Number.isSafeInteger), name).toBe(true);
      expect(new Set(present.map((is) => typeof is)), name).toEqual(new Set(['boolean']));
    }
    expect(columns[1]?.values).toEqual([60_000_000, 60_000_000, 1_500, 1_500]);
    expect(columns[2]?.values).toEqual([true, false, true, false]);
    const presence = (name: string) => columns.find((column) => column.name === name)?.present;
    expect(presence('contGap')).toEqual([true, true, false, false]);
    expect(presence('wasted2xx')).toEqual([true, true, true, true]);
  });

  it('quotes what a spreadsheet would take for a formula', () => {
    const [first] = rows;
    if (first === undefined) throw new Error('there is a row');
    const line = csvLine(plan, { ...first, outcomeClass: { key: 'k', says: '=1+1,"x"' } });
    expect(line).toContain(`"'=1+1,""x"""`);
  });
});

describe('the boundary of the needless 200s', () => {
  /** Spec §5.3: the ACK of the re-INVITE reaches Client-B 2·dB + 4·dA + 5p after its 200. */
  const ackDelay = (dA: number, dB: number, p: number): number => 2 * dB + 4 * dA + 5 * p;

  it.each([
    ['20ms', '10ms', 500_000],
    ['40ms', '10ms', 500_000],
    ['60ms', '10ms', 500_000],
    ['40ms', '0ms', 500_000],
    ['40ms', '3333us', 500_000],
    ['40ms', '25ms', 500_000],
    ['20ms', '10ms', 1_500_000],
    ['33333us', '10ms', 1_500_000],
    ['33333us', '41ms', 1_500_000],
  ])(
    'at %s to Client-B and %s in every node, for an ACK after %i µs, lies where the formula says',
    (latency, processing, T1) => {
      const text = figure.replaceAll('processing: 10ms', `processing: ${processing}`);
      const axes = ['links.a.latency=1ms..400ms:399ms', `links.b.latency=${latency}`];
      const plan = planFor(axes, { by: 'wasted2xx' }, text);
      const dB = microsOf(latency);
      const p = microsOf(processing);
      const atMost = Math.floor((T1 - 5 * p - 2 * dB) / 4);
      expect(ackDelay(atMost, dB, p)).toBeLessThanOrEqual(T1);
      expect(ackDelay(atMost + 1, dB, p)).toBeGreaterThan(T1);
      // From below, the first change; from above, the last one.
      const lower = T1 === 500_000 ? '1ms' : '130ms';
      const upper = T1 === 500_000 ? '130ms' : '400ms';
      const found = bisect(plan, 0, [lower, latency], [upper, latency], 1);
      expect(found?.below[0]).toBe(printed(atMost));
      expect(found?.above[0]).toBe(printed(atMost + 1));
    },
  );

  it('is found for every change of a grid', () => {
    const plan = planFor(['links.a.latency=60ms..100ms:20ms', 'links.b.latency=20ms,60ms']);
    const found = changesIn(plan, rowsIn(plan)).map((one) => boundaryBetween(plan, one));
    expect(found.map((one) => [one?.path, one?.below, one?.above])).toEqual([
      ['links.a.latency', ['82500us', '60ms'], ['82501us', '60ms']],
      ['links.b.latency', ['0.1s', '25ms'], ['0.1s', '25001us']],
    ]);
  });
});

function microsOf(length: string): number {
  return parseInt(length, 10) * (length.endsWith('us') ? 1 : 1_000);
}

function printed(length: number): string {
  return length % 1_000 === 0 ? `${length / 1_000}ms` : `${length}us`;
}
