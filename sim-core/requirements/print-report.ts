import { markupText } from '../base/markup-text.ts';
import { wrapText } from '../trace/text-ladder-row.ts';
import type { ReportFormat, ReportTable, RequirementReport } from './report.ts';

/** Raised when a reader of the old shape could not read the new one. */
const reportSchemaVersion = 1;

/** The report in that format, with a line break at its end. `width` is for text alone. */
export function printReport(
  report: RequirementReport,
  format: ReportFormat,
  width: number,
): string {
  switch (format) {
    case 'text':
      return asText(report, width);
    case 'json': {
      const { name, data } = report;
      return `${JSON.stringify({ schemaVersion: reportSchemaVersion, report: name, ...data })}\n`;
    }
    case 'csv':
      return asCsv(report);
    case 'markdown':
      return asMarkdown(report);
    case 'html':
      return asHtml(report);
  }
}

/** A column of text is no wider than this; what is longer goes on below. */
const columnMost = 44;

function asText({ title, notes, tables }: RequirementReport, width: number): string {
  const lines = [title, ...notes.flatMap((note) => wrapText(note, width))];
  for (const table of tables) {
    lines.push('');
    if (table.title !== '') lines.push(table.title);
    lines.push(...textTable(table, width), ...(table.listing ?? []));
  }
  return `${lines.join('\n')}\n`;
}

function textTable({ columns, rows }: ReportTable, width: number): string[] {
  const widths = columns.map((name, at) =>
    Math.min(columnMost, Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0))),
  );
  // The last column takes what is left of the line.
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  widths[widths.length - 1] = Math.max(20, width - before);
  const line = (row: readonly string[]): string[] => {
    const cells = widths.map((columnsMost, at) => wrapText(row[at] ?? '', columnsMost));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, y) =>
      cells
        .map((cell, at) => (cell[y] ?? '').padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  };
  return [...line(columns), ...rows.flatMap(line)];
}

/** RFC 4180; a report of several tables has the title of each row's own in front. */
function asCsv({ tables, facts }: RequirementReport): string {
  const told = facts === undefined ? tables : [facts];
  const several = told.length > 1;
  const lines: (readonly string[])[] = [];
  for (const { title, columns, rows } of told) {
    lines.push(several ? ['table', ...columns] : columns);
    for (const row of rows) lines.push(several ? [title, ...row] : row);
  }
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function asMarkdown({ title, notes, tables }: RequirementReport): string {
  const lines = [`# ${title}`, ''];
  for (const note of notes) lines.push(note, '');
  for (const table of tables) {
    if (table.title !== '') lines.push(`## ${table.title}`, '');
    if (table.rows.length > 0) lines.push(...markdownTable(table), '');
    const { listing } = table;
    if (listing !== undefined) lines.push('```text', ...listing, '```', '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Rows of a table, not aligned: a row then stays what it is when another one grows. */
export function markdownTable({ columns, rows }: ReportTable): string[] {
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(columns), `| ${columns.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

const policy = "default-src 'none'; style-src 'unsafe-inline'";

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  padding: .25rem .5rem; text-align: left; vertical-align: top }
td:first-child { white-space: nowrap }
pre { font: 12px/1.35 ui-monospace, monospace; overflow: auto }
`;

/** A page of its own, that loads and runs nothing. */
function asHtml({ title, notes, tables }: RequirementReport): string {
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${markupText(cell)}`).join('')}</tr>`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${markupText(title)}</title>`,
    `<style>${style}</style>`,
    `<h1>${markupText(title)}</h1>`,
    ...notes.map((note) => `<p>${markupText(note)}</p>`),
    ...tables.flatMap((table) => [
      ...(table.title === '' ? [] : [`<h2>${markupText(table.title)}</h2>`]),
      `<table>${cells(table.columns, 'th')}`,
      ...table.rows.map((row) => cells(row, 'td')),
      '</table>',
      ...(table.listing === undefined
        ? []
        : [`<pre>${markupText(table.listing.join('\n'))}</pre>`]),
    ]),
    '</html>',
    '',
  ].join('\n');
}
