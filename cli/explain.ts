import { nearest, problemCodes, visible } from '../sim-core/authoring.ts';
import {
  clauses,
  defectTable,
  diagnosticTable,
  exampleValue,
  explainClause,
  nearestClauseIds,
  possibleValues,
  switchTable,
  withheldSwitches,
  wrapText,
} from '../sim-core/index.ts';
import { Refusal } from './refusal.ts';

const width = 90;

/** What is known of that id, in lines; letters may be written small. */
export function explain(id: string): string[] {
  const wanted = id.trim().toUpperCase();
  const known = [
    explainSwitch(wanted),
    explainWithheld(wanted),
    explainDefect(wanted),
    explainDiagnostic(wanted),
    explainProblem(wanted),
    explainClause(id),
  ];
  for (const lines of known) {
    if (lines.length > 0) return lines.flatMap(wrapped);
  }
  const others = [...switchTable.map(({ name }) => name), ...codesOfAll()];
  const defects = defectTable.map(({ name }) => name);
  const near =
    nearest(wanted, others) ?? nearestClauseIds(id)[0] ?? nearest(id.trim(), defects) ?? null;
  const hint = near === null ? 'ringscope explain lists all' : `did you mean ${near}?`;
  throw new Refusal(
    'refused',
    `error: no clause, gap, switch, defect or code is called "${visible(id)}"; ${hint}`,
  );
}

/** Wraps a line under the beginning of its text: behind a label, or behind its own spaces. */
function wrapped(line: string): string[] {
  const label = /^(?:\S+ {2,}| +)/.exec(line)?.[0] ?? '';
  const [first = '', ...more] = wrapText(line.slice(label.length), width - label.length);
  return [label + first, ...more.map((each) => ' '.repeat(label.length) + each)];
}

function explainSwitch(name: string): string[] {
  const row = switchTable.find((each) => each.name.toUpperCase() === name);
  if (row === undefined) return [];
  const [usual] = row.values;
  const clean = row.clean ?? usual;
  return [
    row.name,
    row.says,
    `Values    ${possibleValues(row).join(', ')}`,
    `Profiles  literal: ${usual}; clean: ${clean}`,
    `Closes    ${row.gap}`,
    `Source    ${row.source}`,
    `Use       switches: { ${row.name}: ${exampleValue(row)} }`,
    `          ringscope run … --set switches.${row.name}=${exampleValue(row)}`,
  ];
}

function explainWithheld(name: string): string[] {
  const row = withheldSwitches.find((each) => each.name.toUpperCase() === name);
  if (row === undefined) return [];
  return [
    row.name,
    `Every run has ${row.always}; ${row.never} cannot be chosen.`,
    `Closes    ${row.gap}`,
    `Why       ${row.why}`,
  ];
}

function explainDefect(name: string): string[] {
  const row = defectTable.find((each) => each.name.toUpperCase() === name);
  if (row === undefined) return [];
  return [
    row.name,
    row.says,
    `Node      ${row.role}`,
    `Breaks    ${row.breaks.join(', ')}`,
    `Use       defects: [${row.name}]`,
  ];
}

function explainDiagnostic(code: string): string[] {
  const row = diagnosticTable.find((each) => each.code === code);
  if (row === undefined) return [];
  const told = row.told === 'warning' ? 'among the warnings of a run' : `by ${row.about[0]}`;
  return [row.code, row.says, `About     ${row.about.join(', ')}`, `Told      ${told}`];
}

function codesOfAll(): string[] {
  return [...diagnosticTable.map(({ code }) => code), ...Object.keys(problemCodes)];
}

function explainProblem(code: string): string[] {
  const says = new Map<string, string>(Object.entries(problemCodes)).get(code);
  return says === undefined ? [] : [code, says];
}

/** Every id with its short name, family by family. */
export function listAll(): string[] {
  const ids = clauses.map(({ id, title }) => `  ${id.padEnd(18)} ${title}`);
  const switches = switchTable.map(
    (row) => `  ${row.name.padEnd(18)} ${possibleValues(row).join(', ')}`,
  );
  const withheld = withheldSwitches.map(
    ({ name, always, never }) => `  ${name.padEnd(18)} ${always}; never ${never}`,
  );
  const defects = defectTable.map(
    ({ name, breaks }) => `  ${name.padEnd(34)} ${breaks.join(', ')}`,
  );
  return [
    'Clauses and gaps:',
    ...ids,
    '',
    'Switches:',
    ...switches,
    ...withheld,
    '',
    'Defects:',
    ...defects,
    '',
    'Warnings and remarks:',
    ...diagnosticTable.flatMap(({ code, says }) => listed(code, says)),
    '',
    'Problem codes:',
    ...Object.entries(problemCodes).flatMap(([code, says]) => listed(code, says)),
  ];
}

function listed(code: string, says: string): string[] {
  const [first = '', ...more] = wrapText(`  ${code.padEnd(18)} ${says}`, width);
  return [first, ...more.map((each) => ' '.repeat(21) + each)];
}
