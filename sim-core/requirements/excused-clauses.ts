/** What ties a clause to the rest. */
export type Tie = 'code' | 'judge' | 'scenario';

export interface Excuse {
  readonly lacks: readonly Tie[];
  readonly why: string;
}

/**
 * MUST clauses that lack code, a judge or a scenario, and why. A test holds this list against the
 * matrix: what is on it and lacks nothing comes off, and nothing gets on it without a reason.
 */
export const excusedClauses: ReadonlyMap<string, Excuse> = /* @__PURE__ */ new Map([
  lacking(
    'R-SDP-06',
    'scenario',
  )('Streams last longer than the first interval of RTCP in no scenario that has packets.'),
  lacking('R-ES-10', 'scenario')('No scenario has P-Early-Media beside an early session.'),
  lacking('R-PEM-05', 'scenario')('No server gates early media behind its directions.'),
  lacking('R-PRE-08', 'scenario')('No scenario has a refused line beside preconditions.'),
]);

function lacking(id: string, ...lacks: Tie[]): (why: string) => [string, Excuse] {
  return (why) => [id, { lacks, why }];
}
