import { clauses, gaps } from '../../sim-core/conformance/catalogue.ts';
import { oracles } from '../../sim-core/conformance/oracles/index.ts';
import {
  runScenario,
  switchTable,
  textLadder,
  type Run,
  type Scenario,
  type Switch,
} from '../../sim-core/index.ts';
import type { Shipped } from './shipped-runs.ts';

/** docs/coverage.md and docs/gaps.md, from runs of the shipped scenarios. */

/** What a clause of the source texts says that no trace can show. */
const untestable: Readonly<Record<string, string>> = {
  'DEL-REF-01': 'Adds references; nothing happens in a call because of it.',
  'DEL-ABB-01': 'Adds abbreviations.',
  'DEL-GEN-EN-01': "An editor's note on a definition that is still to be written.",
  'DEL-AS-EN-01': "An editor's note; what preconditions ask for is judged as R-PRE-01 to 09.",
  'DEL-AS-NOTE-01': 'Points to RFC 3959, which is judged as R-ES-01 to 11.',
  'DEL-AS-EN-02': "An editor's note; GAP-17 and SW-ES-TAIL hold the two readings.",
  'DEL-GW-EN-01': "An editor's note; what preconditions ask for is judged as R-PRE-01 to 09.",
  'DEL-GW-NOTE-01': 'Points to RFC 3960, which is judged as R-EM-01 to 08.',
  'DEL-CS-01': 'A heading without text.',
  'CON-EMPTY-01': 'Headings without text.',
};

const judged: ReadonlySet<string> = new Set(oracles.flatMap((oracle) => oracle.clauses));

/** The clauses of the two source texts, in the order of the catalogue. */
export const seedClauses = clauses.filter(({ id }) => /^(?:DEL|CON|FLOW)-/.test(id));

const notShown = 'It is judged; no shipped scenario has it yet.';
const notJudged = 'No oracle judges it yet.';

export function coveragePage(all: readonly Shipped[]): string {
  const rows = seedClauses.map(({ id, title }) => {
    const shownIn = (verdict: string, negative: boolean) =>
      all.find(({ path, run }) => {
        if (path.startsWith('negative/') !== negative) return false;
        return run.verdicts.some((one) => one.clause === id && one.verdict === verdict);
      });
    const kept = shownIn('satisfied', false);
    const broken = shownIn('violated', true);
    const shown = kept !== undefined || broken !== undefined;
    const why = untestable[id] ?? (judged.has(id) ? (shown ? '' : notShown) : notJudged);
    return [
      id,
      title,
      kept === undefined ? '' : `\`${kept.path}\``,
      broken === undefined ? '' : `\`${broken.path}\` (${defectsOf(broken.scenario)})`,
      why,
    ];
  });
  const both = rows.filter(([, , kept, broken]) => kept !== '' && broken !== '').length;
  const testable = rows.filter(([id]) => untestable[id ?? ''] === undefined).length;
  return [
    '# Where each clause is shown',
    '',
    'Every clause of the two source texts: a shipped scenario in which its oracle is satisfied, and one in which a',
    'deliberate defect violates it; or why no trace can show it. `npm run pages` writes this page from runs, and',
    'a test holds every cell against a run.',
    '',
    `${both} of ${testable} clauses that a trace can show are shown both ways; ${rows.length} clauses in all.`,
    '',
    ...table(['Clause', 'What', 'Satisfied in', 'Violated in', 'Otherwise'], rows),
    '',
  ].join('\n');
}

function defectsOf({ nodes }: Scenario): string {
  const names = nodes.flatMap((node) => ('defects' in node ? node.defects : []));
  return names.length === 0 ? 'as configured' : names.join(', ');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [
    line(titles),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ];
}

/** A scenario that comes out differently under another value of a switch. */
export interface Difference {
  readonly path: string;
  readonly value: string;
  readonly usual: Run;
  readonly other: Run;
}

export function underReading(scenario: Scenario, name: string, value: string): Run {
  const switches = { ...scenario.switches, [name]: value };
  return runScenario({ ...scenario, switches }, { engine: 'pages' });
}

/** For each value but the usual one, the first scenario in which it makes a difference. */
function differencesOf(row: Switch, all: readonly Shipped[]): (Difference | string)[] {
  const [first, ...others] = row.values;
  const candidates = all
    .filter(({ path }) => !path.startsWith('negative/'))
    .sort(
      (a, b) =>
        Number(b.scenario.shows.includes(row.gap)) - Number(a.scenario.shows.includes(row.gap)),
    );
  return others.map((value) => {
    for (const { path, scenario } of candidates) {
      const usual = underReading(scenario, row.name, first);
      const other = underReading(scenario, row.name, value);
      if (usual.fingerprint !== other.fingerprint) return { path, value, usual, other };
    }
    return value;
  });
}

export function gapsPage(all: readonly Shipped[]): string {
  const lines = [
    '# What each gap makes of a call',
    '',
    'Where the source texts are silent or contradict SIP, a switch chooses. Below each gap: a shipped scenario under the',
    'usual value and under each other one, the first line in which the two ladders differ, and what changes in its',
    'measures. `npm run pages` writes this page from runs; a test runs every pair again.',
    '',
  ];
  for (const gap of gaps) {
    lines.push(`## ${gap.id} ${gap.title}`, '', gap.reading, '');
    const rows = switchTable.filter((row) => row.gap === gap.id);
    if (rows.length === 0) {
      lines.push(
        gap.otherwise === null
          ? 'There is one sensible reading, and so no switch.'
          : `Another reading would be: ${gap.otherwise} Nothing runs it yet.`,
        '',
      );
    }
    for (const row of rows) {
      for (const found of differencesOf(row, all)) lines.push(...told(row, found));
    }
  }
  return lines.join('\n');
}

function told(row: Switch, found: Difference | string): string[] {
  const [first] = row.values;
  if (typeof found === 'string') {
    return [`\`${row.name}=${found}\`: no shipped scenario comes out differently.`, ''];
  }
  const { path, value, usual, other } = found;
  const [before, after] = firstDifference(usual, other);
  const changes = changedMetrics(usual, other);
  return [
    `\`${row.name}=${value}\` instead of \`${first}\`, in \`${path}\`:`,
    '',
    '```text',
    `${first.padEnd(16)} ${before}`,
    `${value.padEnd(16)} ${after}`,
    '```',
    '',
    changes.length === 0 ? 'No measure changes.' : `Changed: ${changes.join('; ')}.`,
    '',
  ];
}

function firstDifference(usual: Run, other: Run): [string, string] {
  const [one, two] = [ladderOf(usual), ladderOf(other)];
  const bare = (line: string | undefined) => line?.replace(/([─╌] )\d+ (?=\w)/, '$1');
  const place = one.findIndex((line, index) => bare(line) !== bare(two[index]));
  return [one[place] ?? '(nothing more)', two[place] ?? '(nothing more)'];
}

/** The ladder without the numbers of its records, which shift with any difference. */
function ladderOf({ header, records }: Run): string[] {
  const options = { width: 110, colour: false, ascii: false, steps: false } as const;
  return textLadder(header, records, { ...options, timers: 'with effect' }).map((line) =>
    line.replace(/^\s*\d+ /, '').trimEnd(),
  );
}

function changedMetrics(usual: Run, other: Run): string[] {
  const after: Readonly<Record<string, number | null>> = { ...other.metrics };
  return Object.entries(usual.metrics).flatMap(([name, value]) => {
    const now = after[name] ?? null;
    return value === now ? [] : [`${name} ${measure(value)} → ${measure(now)}`];
  });
}

function measure(value: number | null): string {
  return value === null ? 'none' : value >= 1_000 ? `${value / 1_000} ms` : String(value);
}
