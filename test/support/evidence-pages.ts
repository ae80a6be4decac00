import { clauses, findGap, gaps } from '../../sim-core/conformance/catalogue.ts';
import { oracles } from '../../sim-core/conformance/oracles/index.ts';
import {
  switchTable,
  wrapText,
  type Scenario,
  type Switch,
  type SwitchName,
} from '../../sim-core/index.ts';
import type { AgreedReading } from '../../sim-core/requirements/agreed-readings.ts';
import {
  exampleOf,
  firstDifference,
  isObservable,
  readingsOfSwitch,
  underReading,
  type ReadingExample,
} from '../../sim-core/requirements/readings.ts';
import { recordCall } from '../../sim-core/requirements/recorded-call.ts';
import { whatARunAsks } from '../../sim-core/requirements/what-a-run-asks.ts';
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
  const names = nodes.flatMap(({ defects }) => defects);
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

/** What makes the register of gaps: which scenarios look at which switch. */
function askedSwitches(all: readonly Shipped[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(all.map(({ path, scenario }) => [path, whatARunAsks(scenario, 'pages').switches]));
}

/**
 * For each reading but the usual one, a scenario in which it makes a difference, of messages where
 * there is one; else null.
 */
function examplesOf(
  row: Switch,
  all: readonly Shipped[],
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly value: string; readonly example: ReadingExample | null }[] {
  const { usual, others } = readingsOfSwitch(row);
  const name = row.name as SwitchName;
  const candidates = all
    .filter(({ path }) => !path.startsWith('negative/') && asked.get(path)?.has(name) === true)
    .sort(
      (a, b) =>
        Number(b.scenario.shows.includes(row.gap)) - Number(a.scenario.shows.includes(row.gap)),
    );
  const print = (scenario: Scenario, value: string): string =>
    recordCall(underReading(scenario, name, value), 'pages').fingerprint;
  return others.map((value) => {
    let best: ReadingExample | null = null;
    for (const { path, scenario } of candidates) {
      if (print(scenario, usual) === print(scenario, value)) continue;
      const example = exampleOf(path, scenario, { switch: name, usual, value }, 'pages');
      if (example.difference.messages.length > 0) return { value, example };
      if (best === null || (isObservable(example) && !isObservable(best))) best = example;
    }
    return { value, example: best };
  });
}

export function gapsPage(all: readonly Shipped[], agreed: readonly AgreedReading[]): string {
  const asked = askedSwitches(all);
  const lines = [
    '# What each gap makes of a call',
    '',
    'Where the source texts are silent or contradict SIP, a switch chooses. Below each gap: a shipped scenario under the',
    'usual value and under each other one, the first message in which the two calls differ, and what changes in verdicts',
    'and measures. A reading that is agreed on in `agreed-readings.yaml` closes its row. `npm run pages` writes this page',
    'from runs; a test runs every pair again. `ringscope trace --readings --only GAP-03` shows both ladders.',
    '',
  ];
  const places = new Set(switchTable.map(({ gap }) => gap));
  const clausesLeftOpen = clauses.filter(({ id }) => places.has(id) && !id.startsWith('GAP-'));
  for (const { id, title, says } of [...gaps, ...clausesLeftOpen]) {
    const gap = findGap(id);
    lines.push(`## ${id} ${title}`, '', gap?.reading ?? says, '');
    const rows = switchTable.filter((row) => row.gap === id);
    if (rows.length === 0) {
      lines.push(`No other reading makes another call. ${gap?.only ?? ''}`, '');
    }
    for (const row of rows) {
      const closed = agreed.find((reading) => reading.switch === row.name);
      const [usual] = row.values;
      for (const { value, example } of examplesOf(row, all, asked)) {
        lines.push(...told(row.name, usual, value, example));
      }
      lines.push(
        closed === undefined
          ? `\`${row.name}\` is open.`
          : `\`${row.name}\` is agreed: \`${closed.reading}\`. ${closed.why}`,
        '',
      );
    }
  }
  return lines.join('\n');
}

function told(
  name: string,
  usual: string,
  value: string,
  example: ReadingExample | null,
): string[] {
  if (example === null)
    return [`\`${name}=${value}\`: no shipped scenario comes out differently.`, ''];
  const { path, difference } = example;
  const { verdicts, metrics } = difference;
  return [
    `\`${name}=${value}\` instead of \`${usual}\`, in \`${path}\`:`,
    '',
    '```text',
    `A: ${usual}; B: ${value}`,
    ...[firstDifference(example), ...verdicts.slice(0, 4), ...metrics].flatMap((line) =>
      wrapText(line, 110).map((part, at) => (at === 0 ? part : `  ${part}`)),
    ),
    ...(verdicts.length > 4 ? [`and ${verdicts.length - 4} more verdicts`] : []),
    '```',
    '',
  ];
}
