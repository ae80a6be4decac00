import { clause, type ClauseId } from './clause-id.ts';

/**
 * One place where the source texts are silent or contradict SIP, and the readings of it that
 * this engine can run. The table grows with the engine: a switch that nothing obeys is not here.
 */
export interface Switch {
  readonly name: string;
  /** The gap this closes, or the clause that leaves it open. */
  readonly gap: ClauseId;
  /** The literal profile takes the first. */
  readonly values: readonly [string, ...string[]];
  /** What the clean profile takes, where it differs. */
  readonly clean: string | null;
  /** One sentence: what is chosen here. */
  readonly says: string;
}

const table = [
  {
    name: 'SW-CONT',
    gap: clause('GAP-01'),
    values: ['by-policy', 'stop', 'continue'],
    clean: null,
    says:
      'Whether the ring goes on after the answer: as operator and subscriber have it, ' +
      'or one way for every call.',
  },
  {
    name: 'SW-REINV-ACK',
    gap: clause('GAP-03'),
    values: ['deferred', 'immediate'],
    clean: 'immediate',
    says: "When Client-B's 200 to the re-INVITE is acknowledged: at step 10, or at once.",
  },
  {
    name: 'SW-ACK-B-STOP',
    gap: clause('GAP-44'),
    values: ['immediate', 'after-A-ack'],
    clean: null,
    says: "When the CMR Server acknowledges Client-B's 200 if the ring does not continue.",
  },
  {
    name: 'SW-CONT-SLOT',
    gap: clause('GAP-10'),
    values: ['reuse', 'append-only'],
    clean: null,
    says: 'Whether CMR media take an m-line that Client-B refused, or a new one below.',
  },
  {
    name: 'SW-PEM',
    gap: clause('GAP-16'),
    values: ['sendrecv', 'sendonly'],
    clean: 'sendonly',
    says: 'The direction P-Early-Media authorises towards Client-A.',
  },
  {
    name: 'SW-GW-SDP-DIR',
    gap: clause('GAP-16'),
    values: ['mirror', 'sendonly'],
    clean: 'sendonly',
    says: "The direction of the Resource Server's answer: the offer's, mirrored, or sendonly.",
  },
  {
    name: 'SW-GW-PLAY-AT',
    gap: clause('DEL-GW-SRV-05'),
    values: ['tx1xx', 'prack'],
    clean: 'prack',
    says: 'When the ring starts in Gateway Mode: with the provisional response, or at its PRACK.',
  },
  {
    name: 'SW-MIX-START',
    gap: clause('GAP-18'),
    values: ['on-ack', 'on-200-update', 'on-200-invite-tx'],
    clean: 'on-200-update',
    says: 'What starts the mixing: the ACK of step 9, or something earlier.',
  },
  {
    name: 'SW-TIMERS',
    gap: clause('GAP-39'),
    values: ['rfc3261', 'ims-ue'],
    clean: null,
    says: 'T1, T2 and T4: 0.5, 4 and 5 s, or the 2, 16 and 17 s of a 3GPP terminal.',
  },
] as const satisfies readonly Switch[];

export const switchTable: readonly Switch[] = table;

export type SwitchName = (typeof table)[number]['name'];
type Row<Name extends SwitchName> = Extract<(typeof table)[number], { name: Name }>;

/** A value for every switch. */
export type Switches = { readonly [Name in SwitchName]: Row<Name>['values'][number] };

export const profiles = ['literal', 'clean'] as const;
export type Profile = (typeof profiles)[number];

/** The profile's values, with those the scenario sets put over them. */
export function switchesOf(
  profile: Profile,
  set: Readonly<Partial<Record<SwitchName, string>>>,
): Switches {
  const chosen: Record<string, string> = {};
  for (const row of switchTable) {
    const value = set[row.name as SwitchName];
    const usual = profile === 'clean' && row.clean !== null ? row.clean : row.values[0];
    chosen[row.name] = value !== undefined && row.values.includes(value) ? value : usual;
  }
  return chosen as Switches;
}
