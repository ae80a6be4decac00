import { z } from 'zod';

import { possibleValues, switchNames, switchTable } from '../base/switches.ts';
import { readYaml } from '../scenario/yaml-document.ts';

/** A reading that the authors have agreed on: its row of the register is closed. */
export interface AgreedReading {
  readonly switch: string;
  readonly reading: string;
  readonly why: string;
}

const schema = z.strictObject({
  apiVersion: z.literal('ringscope/readings/v1'),
  agreed: z.array(
    z.strictObject({ switch: z.enum(switchNames), reading: z.string(), why: z.string().min(1) }),
  ),
});

/** What a file of agreed readings says, or what is wrong with it, in sentences. */
export function readAgreedReadings(
  text: string,
): { readonly agreed: readonly AgreedReading[] } | { readonly says: readonly string[] } {
  const { document, findings } = readYaml(text);
  if (document === null) return { says: findings.map(({ says }) => says) };
  const read = schema.safeParse(document.value);
  if (!read.success) {
    return { says: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  }
  const says = read.data.agreed.flatMap(({ switch: name, reading }) => {
    const row = switchTable.find((one) => one.name === name);
    if (row === undefined || row.orTime === true || row.values.includes(reading)) return [];
    return [`${name} has no reading ${reading}: it has ${possibleValues(row).join(', ')}`];
  });
  return says.length > 0 ? { says } : { agreed: read.data.agreed };
}
