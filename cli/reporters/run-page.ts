import { visible } from '../../sim-core/authoring.ts';
import {
  lanesAsText,
  metricTable,
  printMetric,
  printSeconds,
  switchesOf,
  switchTable,
  textLadder,
  wrapText,
} from '../../sim-core/index.ts';
import type { Report } from '../run-files.ts';
import { endingWords, toned, verdictSigns, type PageStyle } from './page.ts';
import { printEvidence, verdictTable, type VerdictsShown } from './verdict-table.ts';

export interface RunPageStyle extends PageStyle {
  /** All timers and the procedures' steps too. */
  readonly verbose: boolean;
  readonly verdicts: VerdictsShown;
}

/** All that is to be read of one run, a line each element; the closing line comes after. */
export function runPage(report: Report, style: RunPageStyle): string[] {
  const { run } = report;
  const { width, colour, ascii, verbose } = style;
  const ladder = textLadder(run.header, run.records, {
    width,
    colour,
    ascii,
    steps: verbose,
    timers: verbose ? 'all' : 'with effect',
  });
  const lanes = lanesAsText(run.header, run.hears, { width, colour, ascii, until: run.endedAt });
  return [
    ...head(report, style),
    '',
    ...ladder,
    '',
    toned('Who hears and sees what', 'strong', colour) + '  in ms, bars not to scale',
    ...lanes,
    '',
    ...verdictTable(run.verdicts, style, style.verdicts),
    ...warnings(report, style),
    ...metrics(report, style),
    ...expectations(report, style),
    '',
  ];
}

function head({ file, scenario, run }: Report, style: PageStyle): string[] {
  const { header } = run;
  const fields: [string, string[]][] = [
    ['scenario', [visible(file)]],
    ['seed', [String(header.seed)]],
    ['profile', [header.profile]],
    ['switches', switchesInForce(header.switches, scenario.profile)],
    ['engine', [header.engine]],
  ];
  const rows = fields.flatMap(([name, values]) =>
    values
      .flatMap((value) => wrapText(value, style.width - 12))
      .map((line, index) => {
        const label = (index === 0 ? name : '').padEnd(10);
        return `  ${toned(label, 'faint', style.colour)}${line}`;
      }),
  );
  return [toned(visible(header.title), 'strong', style.colour), ...rows];
}

/** Those that differ from the profile's, with both values, and then the rest of all there are. */
function switchesInForce(
  inForce: Readonly<Record<string, string>>,
  profile: Report['scenario']['profile'],
): string[] {
  const usual = new Map<string, string>(Object.entries(switchesOf(profile, {})));
  const rows = switchTable.map(({ name }) => ({
    name,
    value: inForce[name],
    usual: usual.get(name),
  }));
  const differing = rows.filter((row) => row.value !== row.usual);
  const same = rows.filter((row) => row.value === row.usual);
  const rest = differing.length === 0 ? 'all' : 'the rest';
  const settings = same.map(({ name, value }) => `${name}=${value}`).join(', ');
  return [
    ...differing.map(
      ({ name, value, usual: before }) => `${name}=${value} (${profile}: ${before})`,
    ),
    `${rest} as the profile has them: ${settings}`,
  ];
}

function section(title: string, style: PageStyle): string[] {
  return ['', toned(title, 'strong', style.colour)];
}

function warnings({ run }: Report, style: PageStyle): string[] {
  if (run.warnings.length === 0) return [];
  return [
    ...section('Warnings', style),
    ...run.warnings.flatMap(({ code, evidence, says }) => {
      const text = `${printEvidence(evidence)}  ${says}`.trim();
      const [first = '', ...more] = wrapText(text, style.width - 20);
      const label = toned(code.padEnd(16), 'doubtful', style.colour);
      return [`  ${label}  ${first}`, ...more.map((line) => ' '.repeat(20) + line)];
    }),
  ];
}

/** Those that apply, with their units; the others by name. */
function metrics({ run }: Report, style: PageStyle): string[] {
  const entries = Object.entries(run.metrics);
  const table = new Map(Object.entries(metricTable));
  const rows = entries
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => {
      const figure = `  ${name.padEnd(23)}${printMetric(name, value).padStart(12)}  `;
      const says = wrapText(table.get(name)?.says ?? '', style.width - figure.length);
      return says.map((line, index) => {
        const before = index === 0 ? figure : ' '.repeat(figure.length);
        return (before + toned(line, 'faint', style.colour)).trimEnd();
      });
    });
  const without = entries.filter(([, value]) => value === null).map(([name]) => name);
  const others = wrapText(`do not apply: ${without.join(', ')}`, style.width - 2);
  if (without.length > 0) rows.push(...others.map((line) => `  ${line}`));
  return [...section('Metrics', style), ...rows];
}

function expectations({ run }: Report, style: PageStyle): string[] {
  if (run.expectations.length === 0) return [];
  return [
    ...section('Expectations', style),
    ...run.expectations.map(({ says, met, found }) => expectationRow(says, met, found, style)),
  ];
}

export function expectationRow(
  says: string,
  met: boolean,
  found: string,
  style: PageStyle,
): string {
  const sign = verdictSigns[met ? 'satisfied' : 'violated'];
  const shown = toned(style.ascii ? sign.ascii : sign.unicode, sign.tone, style.colour);
  return met ? `  ${shown} ${says}` : `  ${shown} ${says}, but found ${found}`;
}

/** `PASS title  N events  5.214 s virtual  seed 7  fp 9f3c…  engine 0.1.0`. */
export function closingLine({ run, judgement }: Report, style: PageStyle): string {
  const { word, tone } = endingWords[judgement.ending];
  const parts = [
    `${toned(word, tone, style.colour)} ${visible(run.header.title)}`,
    `${run.events} events`,
    `${printSeconds(run.endedAt)} s virtual`,
    `seed ${run.header.seed}`,
    `fp ${run.fingerprint}`,
    `engine ${run.header.engine}`,
  ];
  return parts.join('  ');
}
