import { metricTable } from '../conformance/metrics.ts';
import { readDuration } from '../scenario/units.ts';
import type { Axis } from './axis.ts';
import type { SweepPlan, SweepRow } from './sweep.ts';

/** All that is under one name in the rows of a sweep, in their order. Every array is as long. */
export type SweepColumn = {
  /** As in the header line of the CSV, without the unit; no two columns have the same. */
  readonly name: string;
  /** What an integer counts: µs as `'us'`; null where it is a bare number. */
  readonly unit: 'us' | null;
  /** Whether the row has a value; where it has none, `values` has a zero. */
  readonly present: readonly boolean[];
} & (
  | { readonly type: 'integer'; readonly values: readonly number[] }
  | { readonly type: 'text'; readonly values: readonly string[] }
  | { readonly type: 'bool'; readonly values: readonly boolean[] }
);

/** The rows of a sweep as columns that tools for tables can take over as they are. */
export function sweepColumns(plan: SweepPlan, rows: readonly SweepRow[]): SweepColumn[] {
  const { variants, measures } = plan;
  const axes = variants.axes.map((axis, at) =>
    axisColumn(rows, axis, ({ cell }) => variants.placesOf(cell)[at] ?? 0),
  );
  const measured = measures.map((name, at) => {
    const unit = metricTable[name].measures === 'time' ? 'us' : null;
    return integers(rows, name, unit, (row) => row.measured[at] ?? null);
  });
  return [
    integers(rows, 'row', null, ({ row }) => row),
    ...axes,
    integers(rows, 'seed', null, ({ seed }) => seed),
    texts(rows, 'class', ({ outcomeClass }) => outcomeClass.key),
    texts(rows, 'says', ({ outcomeClass }) => outcomeClass.says),
    texts(rows, 'fingerprint', ({ fingerprint }) => fingerprint),
    ...measured,
  ];
}

function integers(
  rows: readonly SweepRow[],
  name: string,
  unit: SweepColumn['unit'],
  of: (row: SweepRow) => number | null,
): SweepColumn {
  const found = rows.map(of);
  const values = found.map((value) => value ?? 0);
  return { name, type: 'integer', unit, values, present: found.map((value) => value !== null) };
}

function texts(
  rows: readonly SweepRow[],
  name: string,
  of: (row: SweepRow) => string,
): SweepColumn {
  return { name, type: 'text', unit: null, values: rows.map(of), present: rows.map(() => true) };
}

function axisColumn(
  rows: readonly SweepRow[],
  { path, values, measures }: Axis,
  placeOf: (row: SweepRow) => number,
): SweepColumn {
  if (measures === 'words') {
    if (!values.every(isTruth)) return texts(rows, path, (row) => values[placeOf(row)] ?? '');
    const truths = rows.map((row) => values[placeOf(row)] === 'true');
    return { name: path, type: 'bool', unit: null, values: truths, present: rows.map(() => true) };
  }
  const isTime = measures === 'time';
  const numbers = values.map((value) => (isTime ? readDuration(value).value : Number(value)));
  return integers(rows, path, isTime ? 'us' : null, (row) => numbers[placeOf(row)] ?? null);
}

function isTruth(value: string): boolean {
  return value === 'true' || value === 'false';
}
