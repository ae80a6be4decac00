import { switchRows, type Switch } from './switch-table.ts';

export type { Switch };

export const switchTable: readonly Switch[] = switchRows;

export type SwitchName = (typeof switchRows)[number]['name'];

export const switchNames: readonly SwitchName[] = switchRows.map(({ name }) => name);
type Row<Name extends SwitchName> = Extract<(typeof switchRows)[number], { name: Name }>;

/** A value for every switch. */
export type Switches = {
  readonly [Name in SwitchName]: Row<Name> extends { readonly orTime: true }
    ? string
    : Row<Name>['values'][number];
};

export const profiles = ['literal', 'clean'] as const;
export type Profile = (typeof profiles)[number];

/** Every value it can have, for people: the literal profile's first. */
export function possibleValues({ values, orTime }: Switch): string[] {
  return orTime === true ? [...values, 'a length of time'] : [...values];
}

/** A value other than the usual one, to show how it is set. */
export function exampleValue({ values, orTime }: Switch): string {
  return orTime === true ? '3s' : (values[1] ?? values[0]);
}

/** The profile's values, with those the scenario sets put over them. */
export function switchesOf(
  profile: Profile,
  set: Readonly<Partial<Record<SwitchName, string>>>,
): Switches {
  const chosen: Record<string, string> = {};
  for (const row of switchTable) {
    const value = set[row.name as SwitchName];
    const usual = profile === 'clean' && row.clean !== null ? row.clean : row.values[0];
    const known = value !== undefined && (row.orTime === true || row.values.includes(value));
    chosen[row.name] = known ? value : usual;
  }
  return chosen as Switches;
}
