import { describe, expect, test } from 'vitest';

import {
  asciiLadder,
  jsonReport,
  markdownTable,
  mermaidDiagram,
  ndjsonLines,
  plantumlDiagram,
  type Chosen,
} from '../../../../sim-core/exporting.ts';
import { runScenario, viewMessages, type Run } from '../../../../sim-core/index.ts';
import { figure } from '../../../support/scenarios.ts';

const run = runScenario(figure(), { engine: 'test' });
const views = viewMessages(run.header, run.records);

const documents: readonly (readonly [string, (run: Run, chosen?: Chosen) => string])[] = [
  ['Markdown', markdownTable],
  ['Mermaid', mermaidDiagram],
  ['PlantUML', plantumlDiagram],
];

/** Names that every one of these notations, HTML or a terminal could take for something else. */
const payloads = [
  `<img src=x onerror="alert(1)"><script>alert(1)</script>`,
  `</svg><svg onload=alert(1)>`,
  'a|b\n@enduml\n%% x\nend; participant evil',
  '#lt;img#gt; ~~<b>~~ [x](javascript:alert(1)) `code` %date()% "quoted" --strike--',
  '\u202Eturned\u200B \u0007bell',
];

function renamed(payload: string): Run {
  const nodes = run.header.nodes.map((node) => ({ ...node, title: `${payload} ${node.title}` }));
  return { ...run, header: { ...run.header, title: payload, nodes } };
}

describe.each(documents)('%s', (_name, write) => {
  test('tells every message once, in order, and where the run comes from', () => {
    const lines = write(run).split('\n');
    const arrows = lines.filter((line) => /^ *p\d+ ?-+|^\| \d/.test(line));
    expect(arrows).toHaveLength(views.length);
    for (const view of views.filter(({ step }) => step !== null)) {
      expect(arrows.some((line) => line.includes(String(view.step)))).toBe(true);
    }
    expect(write(run)).toContain(run.fingerprint);
    expect(write(run)).toContain('seed 1');
  });

  test('tells only what was chosen', () => {
    const chosen = new Set(views.slice(0, 1).map(({ record }) => record));
    const arrows = write(run, chosen)
      .split('\n')
      .filter((line) => /^ *p\d+ ?-+|^\| \d/.test(line));
    expect(arrows).toHaveLength(1);
  });

  test.each(payloads)('keeps %j as text on its line', (payload) => {
    const plain = write(run).split('\n');
    const hostile = write(renamed(payload)).split('\n');
    expect(hostile).toHaveLength(plain.length);
    const whole = hostile.join('\n');
    expect(whole.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(whole.replace(/<U\+[0-9A-F]+>/g, '')).not.toMatch(/<(?:img|script|svg|b)\b/i);
  });
});

test('Markdown cells keep their columns, whatever they hold', () => {
  const rows = markdownTable(renamed(payloads[2] ?? ''))
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const cells = rows.map((row) => row.replaceAll(String.raw`\|`, '').split('|').length);
  expect(new Set(cells)).toEqual(new Set([cells[0]]));
});

test('Mermaid entities decode to the text they stand for', () => {
  const payload = payloads[3] ?? '';
  const names = mermaidDiagram(renamed(payload))
    .split('\n')
    .filter((line) => line.startsWith('  participant'))
    .map((line) => line.replace(/#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code))));
  expect(names[0]).toContain(payload);
});

/** Text that neither tool reads as more than text: what it writes otherwise is named by number. */
const mermaidWords = String.raw`(?:[\p{L}\p{N} .,:()+/'’→–-]|#\d+;)*`;
const plantumlWords = String.raw`(?:[\p{L}\p{N} .,:()+'’→–-]|<U\+[0-9A-F]{4,6}>)*`;

/** What a line may be: forms that mermaid 11 and PlantUML 1.2020 have been seen to take. */
const forms: readonly (readonly [string, (run: Run) => string, readonly string[]])[] = [
  [
    'Mermaid',
    mermaidDiagram,
    [
      String.raw`---|title: "(?:[^"\\&<>]|\\.)*"|sequenceDiagram|  %% [^\n]*`,
      String.raw`  participant p\d as ${mermaidWords}`,
      String.raw`  p\d(?:--?>>|--?x|-\))p\d: ${mermaidWords}`,
      String.raw`  Note over p\d(?:,p\d)?: ${mermaidWords}`,
    ],
  ],
  [
    'PlantUML',
    plantumlDiagram,
    [
      String.raw`@startuml|@enduml|hide footbox|(?:title|footer) ${plantumlWords}`,
      String.raw`participant "${plantumlWords}" as p\d`,
      String.raw`p\d -\[#[0-9a-f]{6}\]-?>[>x]? p\d : ${plantumlWords}`,
      String.raw`note over p\d : ${plantumlWords}`,
      String.raw`\.\.\. ${plantumlWords} \.\.\.`,
    ],
  ],
];

test.each(forms)('every line of %s is one that the tool knows', (_name, write, lines) => {
  const form = new RegExp(`^(?:${lines.join('|')})$`, 'u');
  for (const text of [write(run), ...payloads.map((payload) => write(renamed(payload)))]) {
    const strange = text.split('\n').filter((line) => line !== '' && !form.test(line));
    expect(strange).toEqual([]);
  }
});

test('the ASCII ladder keeps to its width and to ASCII', () => {
  const lines = asciiLadder(run, 72).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
  expect(lines.join('\n')).toMatch(/^[\n\x20-\x7E]*$/);
});

test('the two JSON forms are JSON, and hold every record and verdict', () => {
  const report = JSON.parse(jsonReport(run, 'a.cmr.yaml')) as { runs: { verdicts: unknown[] }[] };
  expect(report.runs[0]?.verdicts).toHaveLength(run.verdicts.length);
  const lines = [...ndjsonLines(run, 'a.cmr.yaml')].map((line) => JSON.parse(line) as object);
  expect(lines).toHaveLength(run.records.length + 2);
});
