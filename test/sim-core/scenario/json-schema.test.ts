import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import {
  publishedJsonSchema,
  scenarioJsonSchema,
  type JsonSchema,
} from '../../../sim-core/authoring.ts';
import { settablePaths } from '../../../sim-core/scenario/schema-paths.ts';
import { readYaml } from '../../../sim-core/scenario/yaml-document.ts';
import { smallScenario } from './small-scenario.ts';

const published = fileURLToPath(
  new URL('../../../scenarios/scenario.schema.json', import.meta.url),
);

/** Every property of the schema, with its path. */
function* properties(schema: JsonSchema, path: string): Generator<[string, JsonSchema]> {
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    yield [`${path}.${key}`, inner];
    yield* properties(inner, `${path}.${key}`);
  }
  for (const [index, option] of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].entries()) {
    yield* properties(option, `${path}(${index})`);
  }
  for (const inner of [schema.additionalProperties, schema.items]) {
    if (typeof inner === 'object') yield* properties(inner, `${path}.*`);
  }
}

describe('the JSON Schema of scenario files', () => {
  it('is published as it is: npx vitest run test/sim-core/scenario/json-schema.test.ts -u', async () => {
    await expect(`${JSON.stringify(publishedJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      published,
    );
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(publishedJsonSchema());
  });

  it('asks nothing of a file that stands on a baseline but to say which', () => {
    const part = publishedJsonSchema()['$defs'] as Record<string, JsonSchema>;
    const over = part['over-baseline'];
    expect(over?.required).toEqual(['apiVersion', 'baseline', 'title']);
    expect(over?.properties?.['nodes']?.required).toBeUndefined();
    expect(part['whole']?.required).toContain('nodes');
  });

  it('describes every key', () => {
    const all = [...properties(scenarioJsonSchema(), '')];
    expect(all.length).toBeGreaterThan(80);
    const mute = all.filter(([, { description }]) => (description ?? '').length < 3);
    expect(mute.map(([path]) => path)).toEqual([]);
  });

  it('allows no key that it does not name, but where keys are names', () => {
    const open: string[] = [];
    const visit = (schema: JsonSchema, path: string): void => {
      if (schema.type === 'object' && schema.additionalProperties === undefined) open.push(path);
      for (const [key, inner] of Object.entries(schema.properties ?? {}))
        visit(inner, `${path}.${key}`);
      for (const option of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
        visit(option, `${path}?`);
      for (const inner of [schema.additionalProperties, schema.items]) {
        if (typeof inner === 'object') visit(inner, `${path}.*`);
      }
    };
    visit(scenarioJsonSchema(), '');
    expect(open).toEqual([]);
  });

  it('knows every path of a scenario', () => {
    const { document } = readYaml(smallScenario);
    const paths = settablePaths(document?.value ?? null);
    for (const path of [
      'seed',
      'links.a.latency',
      'switches.SW-PEM',
      'nodes.client-b.alerting.with-answer',
      'nodes.resource-server.resources.ringing-7.duration',
      'faults.1.delay.by',
      'script.0.target',
      'expect.metrics.answerLag',
    ]) {
      expect(paths).toContain(path);
    }
  });
});
