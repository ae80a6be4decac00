import { z } from 'zod';

import type { JsonSchema } from './json-schema.ts';

/**
 * A short form, and a map for whoever has more to say: `10ms` or `{ default: 10ms, INVITE: 30ms }`.
 * What is wrong in a map is told at the key concerned, which a plain union of schemas would not.
 */
export function shortOrMap<Short extends z.ZodType, Long extends z.ZodType>(
  short: Short,
  long: Long,
  description: string,
) {
  const options = { io: 'input', unrepresentable: 'any' } as const;
  const forms = [short, long].map((form): JsonSchema =>
    JSON.parse(JSON.stringify(z.toJSONSchema(form, options))),
  );
  const alternatives = forms.map(({ $schema: _version, ...form }) => form);
  return z
    .unknown()
    .transform((value, context): z.output<Short> | z.output<Long> => {
      const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
      const reading = isMap ? long.safeParse(value) : short.safeParse(value);
      if (reading.success) return reading.data;
      const issues: unknown[] = context.issues;
      for (const issue of reading.error.issues) issues.push({ ...issue, input: value });
      return z.NEVER;
    })
    .meta({ anyOf: alternatives, description });
}
