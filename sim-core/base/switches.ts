import { clause, type ClauseId } from './clause-id.ts';
import { switchRows, type Switch } from './switch-table.ts';

export type { Switch };

export const switchTable: readonly Switch[] = switchRows;

export type SwitchName = (typeof switchRows)[number]['name'];

export const switchNames: readonly SwitchName[] = switchRows.map(({ name }) => name);
/** A choice that the texts leave and this engine does not give, so no scenario can set it. */
export interface WithheldSwitch {
  readonly name: string;
  readonly gap: ClauseId;
  /** What every run has, and what none can have. */
  readonly always: string;
  readonly never: string;
  readonly why: string;
}

export const withheldSwitches: readonly WithheldSwitch[] = [
  {
    name: 'SW-RS-PROTO',
    gap: clause('GAP-31'),
    always: 'abstract',
    never: 'netann',
    why:
      'Every participant of a netann conference (RFC 4240 §5) hears the same sum. Step 11 wants ' +
      'the ring for Client-A alone, and lower than the voice (CON-SRV-09): a request URI can ' +
      'order neither, so the call would end where Continue begins. What a real protocol costs ' +
      'beside that is the latency, loss and refusal of a command, which every link and the ' +
      'CMR Resource Server give.',
  },
];

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
