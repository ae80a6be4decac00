import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { defectTable } from '../../../sim-core/base/defects.ts';
import { diagnosticTable } from '../../../sim-core/base/diagnostics.ts';
import { readScenario, scenarioJsonSchema, type JsonSchema } from '../../../sim-core/authoring.ts';

const place = new URL('../../../docs/scenario-format.md', import.meta.url);
const page = readFileSync(fileURLToPath(place), 'utf8');
const example = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? '';

describe('docs/scenario-format.md', () => {
  it('gives an example that is a scenario', () => {
    expect(readScenario(example, 'scenario-format.md').problems).toEqual([]);
  });

  it('lists the defects: npx vitest run test/sim-core/scenario/format-page.test.ts -u', async () => {
    const columns = ['defect', 'of', 'breaks', 'what the node does'];
    const cells = defectTable.map(({ name, role, breaks, says }) => [
      `\`${name}\``,
      `\`${role}\``,
      breaks.join(', '),
      says,
    ]);
    const table = tableOf(columns, cells);
    const block = /<!-- defects -->[^]*<!-- \/defects -->/;
    expect(page).toMatch(block);
    const whole = page.replace(block, `<!-- defects -->\n\n${table}\n\n<!-- /defects -->`);
    await expect(whole).toMatchFileSnapshot(fileURLToPath(place));
  });

  it('lists the codes of warnings and remarks', async () => {
    const columns = ['code', 'about', 'told', 'what it says'];
    const cells = diagnosticTable.map(({ code, about, told, says }) => {
      return [`\`${code}\``, about.join(', '), told, says];
    });
    const block = /<!-- diagnostics -->[^]*<!-- \/diagnostics -->/;
    const page = readFileSync(fileURLToPath(place), 'utf8');
    expect(page).toMatch(block);
    const table = `<!-- diagnostics -->\n\n${tableOf(columns, cells)}\n\n<!-- /diagnostics -->`;
    await expect(page.replace(block, table)).toMatchFileSnapshot(fileURLToPath(place));
  });

  it('shows every key of the format', () => {
    const keys = new Set<string>();
    const collect = (schema: JsonSchema): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        keys.add(key);
        collect(inner);
      }
      const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
      for (const inner of [...alternatives, schema.additionalProperties, schema.items]) {
        if (typeof inner === 'object') collect(inner);
      }
    };
    collect(scenarioJsonSchema());
    // The switches and metrics are tables of their own: ringscope explain, ringscope run.
    const shown = [...keys].filter((key) => /^[a-z][a-zA-Z-]*$/.test(key));
    const metrics = Object.keys(
      scenarioJsonSchema().properties?.['expect']?.properties?.['metrics']?.properties ?? {},
    );
    const isShown = (key: string): boolean =>
      page.includes(`${key}:`) || page.includes(`\`${key}\``);
    const missing = shown.filter((key) => !metrics.includes(key) && !isShown(key));
    expect(missing).toEqual([]);
  });
});

/** A table as prettier has it. */
function tableOf(columns: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(columns), rule, ...cells.map(line)].join('\n');
}
