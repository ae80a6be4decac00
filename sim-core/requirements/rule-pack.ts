import { z } from 'zod';

import { possibleValues, switchNames, switchTable } from '../base/switches.ts';
import { findClause, nearestClauseIds } from '../conformance/catalogue.ts';
import type { Strength } from '../conformance/clause.ts';
import type { ClauseVerdict, Level } from '../conformance/verdict.ts';
import { judgeRecords } from '../run/judge-records.ts';
import { readYaml } from '../scenario/yaml-document.ts';
import type { RecordedCall } from './recorded-call.ts';

/** The version of the texts that the catalogue is made of; `rules/cmr-1.cmrrules.yaml`. */
export const builtInPack = { name: 'cmr', version: '1' } as const;

/** How a version of the texts differs from the catalogue that is built in. */
export interface RulePack {
  readonly name: string;
  readonly version: string;
  /** The readings by which calls are judged; what is not named is judged as it was run. */
  readonly readings: Readonly<Record<string, string>>;
  readonly clauses: Readonly<Record<string, PackedClause>>;
}

interface PackedClause {
  readonly strength?: Strength | undefined;
  /** Whether the clause is there at all. */
  readonly active?: boolean | undefined;
  readonly says?: string | undefined;
}

const schema = z.strictObject({
  apiVersion: z.literal('ringscope/rules/v1'),
  name: z.string().min(1),
  version: z.string().min(1),
  says: z.string().optional(),
  readings: z.partialRecord(z.enum(switchNames), z.string()).default({}),
  clauses: z
    .record(
      z.string(),
      z.strictObject({
        strength: z.enum(['MUST', 'SHOULD', 'MAY', 'NOTE']).optional(),
        active: z.boolean().optional(),
        says: z.string().optional(),
      }),
    )
    .default({}),
});

/** What a rule pack says, or what is wrong with it, in sentences. */
export function readRulePack(
  text: string,
): { readonly pack: RulePack } | { readonly says: readonly string[] } {
  const { document, findings } = readYaml(text);
  if (document === null) return { says: findings.map(({ says }) => says) };
  const read = schema.safeParse(document.value);
  if (!read.success) {
    return { says: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  }
  const pack = read.data;
  const says = [...unknownClauses(pack), ...unknownReadings(pack)];
  return says.length > 0 ? { says } : { pack };
}

function unknownClauses({ clauses }: RulePack): string[] {
  return Object.keys(clauses)
    .filter((id) => findClause(id) === null)
    .map((id) => {
      const [near] = nearestClauseIds(id);
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return `clauses.${id}: no clause is called so${hint}`;
    });
}

function unknownReadings({ readings }: RulePack): string[] {
  return Object.entries(readings).flatMap(([name, value]) => {
    const row = switchTable.find((one) => one.name === name);
    if (row === undefined || row.orTime === true || row.values.includes(value)) return [];
    return [`readings.${name}: ${value} is none of ${possibleValues(row).join(', ')}`];
  });
}

const levels: Readonly<Record<Strength, Level>> = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'info',
  NOTE: 'info',
};

/** The verdicts on a call by a pack: its readings, its strengths, and only the clauses it has. */
export function judgeByPack(call: RecordedCall, pack: RulePack): ClauseVerdict[] {
  const settled = Object.keys(pack.readings);
  const switches = { ...call.header.switches, ...pack.readings };
  const header = { ...call.header, switches, settled };
  const verdicts = settled.length > 0 ? judgeRecords(header, call) : call.verdicts();
  return verdicts.flatMap((one) => {
    const packed = pack.clauses[one.clause];
    if (packed === undefined) return [one];
    if (packed.active === false) return [];
    return [packed.strength === undefined ? one : { ...one, level: levels[packed.strength] }];
  });
}
