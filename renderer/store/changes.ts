/** One value of a scenario, changed: as `--set links.a.latency=100ms`. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/** What a run differs by from its scenario as written. */
export interface Changes {
  readonly settings: readonly Setting[];
  /** As `--fault`; of two that match a packet the first decides. */
  readonly faults: readonly string[];
  /** As `--choice`: `'17=yes'`, `'3=23ms'`. */
  readonly choices: readonly string[];
}

export const noChanges: Changes = { settings: [], faults: [], choices: [] };
