import { switchTable, type SwitchName } from '../base/switches.ts';
import { findClause } from '../conformance/catalogue.ts';
import type { Run } from '../run/run.ts';
import { textLadder } from '../trace/text-ladder.ts';
import type { AgreedReading } from './agreed-readings.ts';
import {
  firstDifference,
  readingsOfSwitch,
  type ReadingExample,
  type ReadingResult,
} from './readings.ts';
import type { ReportTable, RequirementReport } from './report.ts';

/** One reading of one switch over all scenarios. */
export interface ReadingRow {
  readonly gap: string;
  readonly switch: SwitchName;
  readonly usual: string;
  readonly value: string;
  /** Scenarios whose nodes look at the switch, and those that come out differently. */
  readonly touches: readonly string[];
  readonly differs: readonly string[];
  readonly agreed: AgreedReading | null;
}

/** Every reading but the usual one of every switch, in their order. */
export function readingRows(
  results: readonly ReadingResult[],
  agreed: readonly AgreedReading[],
): ReadingRow[] {
  return switchTable.flatMap((row) => {
    const { usual, others } = readingsOfSwitch(row);
    return others.flatMap((value) => {
      const own = results.filter((one) => one.switch === row.name && one.value === value);
      const [first] = own;
      if (first === undefined) return [];
      return [
        {
          gap: row.gap,
          switch: first.switch,
          usual,
          value,
          touches: own.map(({ path }) => path),
          differs: own.filter(({ differs }) => differs).map(({ path }) => path),
          agreed: agreed.find((one) => one.switch === row.name) ?? null,
        },
      ];
    });
  });
}

/** Where a reading makes a difference: best a scenario that is about the gap. */
export function exampleAmong(
  { differs, gap }: ReadingRow,
  shows: (path: string) => readonly string[],
): string | null {
  return differs.find((path) => shows(path).includes(gap)) ?? differs[0] ?? null;
}

/**
 * `--readings`: the clauses whose readings give other calls. `exampleOf` runs both calls of a row;
 * with `ladders` they are shown, as well as told.
 */
export function readingsReport(
  rows: readonly ReadingRow[],
  exampleOf: (row: ReadingRow) => ReadingExample | null,
  ladders: boolean,
): RequirementReport {
  const told = rows.map((row) => ({ row, example: exampleOf(row) }));
  const telling = told.filter(({ example }) => example !== null);
  const open = telling.filter(({ row }) => row.agreed === null);
  return {
    name: 'readings',
    title: 'Readings that give other calls',
    notes: [
      `${telling.length} of ${rows.length} readings make a call another one than the usual ` +
        `reading does; ${open.length} of them are open, the others agreed.`,
    ],
    tables: [
      {
        title: '',
        columns: ['Clause', 'Switch', 'Reading', 'Instead of', 'Met in', 'Differs in', 'State'],
        rows: rows.map(({ gap, switch: name, value, usual, touches, differs, agreed }) => [
          gap,
          name,
          value,
          usual,
          String(touches.length),
          String(differs.length),
          stateOf(agreed, differs.length),
        ]),
      },
      ...telling.flatMap(({ row, example }) =>
        example === null ? [] : [exampleTable(row, example, ladders)],
      ),
    ],
    data: {
      readings: told.map(({ row, example }) => ({ ...row, ...exampleData(example, ladders) })),
    },
  };
}

function stateOf(agreed: AgreedReading | null, differs: number): string {
  if (agreed !== null) return `agreed: ${agreed.reading}`;
  return differs === 0 ? 'no difference seen' : 'open';
}

function exampleTable(row: ReadingRow, example: ReadingExample, ladders: boolean): ReportTable {
  const { gap, switch: name, value, usual, agreed } = row;
  const { path, difference } = example;
  const title = `${gap} ${findClause(gap)?.title ?? ''}: ${name}=${value}`;
  const state = agreed === null ? 'open' : `agreed: ${agreed.reading}. ${agreed.why}`;
  return {
    title,
    columns: ['What', `A: ${usual}`, `B: ${value}`],
    rows: [
      ['scenario', path, path],
      ['outcome', ...difference.outcomes],
      ...sideBySide(example).map(({ metric, one, other }) => [metric, one, other]),
      ['first difference', firstDifference(example), ''],
      ['verdicts', difference.verdicts.join('; ') || 'the same', ''],
      ['state', state, ''],
    ],
    ...(ladders ? { listing: bothLadders(example, usual, value) } : {}),
  };
}

/** The metrics that are not equal, as numbers: µs or counts. */
function sideBySide({ usual, other }: ReadingExample) {
  const after: Readonly<Record<string, number | null>> = { ...other.metrics };
  return Object.entries(usual.metrics).flatMap(([metric, value]) => {
    const now = after[metric] ?? null;
    if (now === value) return [];
    return [
      {
        metric,
        one: value === null ? 'none' : String(value),
        other: now === null ? 'none' : String(now),
      },
    ];
  });
}

function bothLadders({ usual, other }: ReadingExample, ...names: [string, string]): string[] {
  return [usual, other].flatMap((run, at) => [`${names[at] ?? ''}:`, '', ...ladderOf(run), '']);
}

function ladderOf({ header, records }: Run): string[] {
  const options = { width: 100, colour: false, ascii: false, steps: false } as const;
  return textLadder(header, records, { ...options, timers: 'with effect' });
}

function exampleData(example: ReadingExample | null, ladders: boolean) {
  if (example === null) return { example: null };
  const { path, usual, other, difference } = example;
  return {
    example: {
      path,
      firstDifference: firstDifference(example),
      outcomes: difference.outcomes,
      verdicts: difference.verdicts,
      metrics: { usual: usual.metrics, other: other.metrics },
      ...(ladders ? { ladders: [ladderOf(usual), ladderOf(other)] } : {}),
    },
  };
}
