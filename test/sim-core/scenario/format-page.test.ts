import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readScenario, scenarioJsonSchema, type JsonSchema } from '../../../sim-core/authoring.ts';

const page = readFileSync(
  fileURLToPath(new URL('../../../docs/scenario-format.md', import.meta.url)),
  'utf8',
);
const example = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? '';

describe('docs/scenario-format.md', () => {
  it('gives an example that is a scenario', () => {
    expect(readScenario(example, 'scenario-format.md').problems).toEqual([]);
  });

  it('shows every key of the format', () => {
    const keys = new Set<string>();
    const collect = (schema: JsonSchema): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        keys.add(key);
        collect(inner);
      }
      for (const inner of [...(schema.oneOf ?? []), schema.additionalProperties, schema.items]) {
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
