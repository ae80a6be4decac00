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
