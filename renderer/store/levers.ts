/** A value of the scenario that one can turn to see what happens. */
export interface Lever {
  /** Where it stands: `'links.a.latency'`. */
  readonly path: string;
  /** What it is: `'client-a to cmr-server'`, `'client-b answers, after ringing'`. */
  readonly says: string;
  /** As the scenario file writes it: `'40ms'`, `'20ms..60ms'`. */
  readonly value: string;
}

/** The levers of the scenario that has run. */
export interface Levers {
  /** How long links take, one way. */
  readonly latencies: readonly Lever[];
  /** When people act. */
  readonly acts: readonly Lever[];
}

export const noLevers: Levers = { latencies: [], acts: [] };
