import { z } from 'zod';

import { scenarioSchema } from './scenario-schema.ts';

/** As much of JSON Schema (draft 2020-12) as the scenario schema is made of. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly title?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: boolean | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

let made: JsonSchema | null = null;

/** The published schema of scenario files, for editors: derived, never written by hand. */
export function scenarioJsonSchema(): JsonSchema {
  if (made !== null) return made;
  const options = { io: 'input', unrepresentable: 'any' } as const;
  const schema: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(scenarioSchema, options)));
  made = schema;
  return schema;
}

/**
 * The schema as published, for editors: a file that stands on a baseline may leave out whatever
 * that has, and take keys of it away with `null`. Derived, never written by hand.
 */
export function publishedJsonSchema(): JsonSchema {
  const { $schema, ...whole } = scenarioJsonSchema();
  return {
    $schema,
    anyOf: [{ $ref: '#/$defs/whole' }, { $ref: '#/$defs/over-baseline' }],
    $defs: { whole, 'over-baseline': relaxed(whole, ['apiVersion', 'baseline', 'title']) },
  };
}

/** The schema of a part of what it describes: nothing but `required` is required. */
function relaxed(schema: JsonSchema, required: readonly string[]): JsonSchema {
  const { required: _all, oneOf, properties, additionalProperties, ...rest } = schema;
  const result: Record<string, unknown> = { ...rest };
  if (required.length > 0) result['required'] = required;
  if (properties !== undefined) {
    // A list replaces the baseline's: its items are whole.
    const parts = Object.entries(properties).map(([key, inner]) => [key, relaxed(inner, [])]);
    result['properties'] = Object.fromEntries(parts);
  }
  if (typeof additionalProperties === 'object') {
    result['additionalProperties'] = {
      anyOf: [relaxed(additionalProperties, []), { type: 'null' }],
    };
  } else if (additionalProperties !== undefined) {
    result['additionalProperties'] = additionalProperties;
  }
  // Without its role a node may be of any.
  if (oneOf !== undefined) result['anyOf'] = oneOf.map((option) => relaxed(option, []));
  return result;
}
