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
  lacking('R-MSG-15', 'scenario')('No node sends a status code that another does not know.'),
  lacking(
    'R-TX-07',
    'scenario',
  )('It takes a refusal that arrives twice at a client which has acknowledged it once.'),
  lacking('R-TX-12', 'scenario')('It takes an ACK for a refusal that arrives twice.'),
  lacking(
    'R-DLG-04',
    'scenario',
  )('No node sends a lower CSeq number; LS-20 falsifies one on the way, which is not its sender.'),
  lacking(
    'R-DLG-08',
    'scenario',
  )('It takes a request in a dialog that its receiver has never had.'),
  lacking(
    'R-REI-02',
    'scenario',
  )('No node sends a second INVITE before the first one is answered.'),
  lacking(
    'R-REI-09',
    'scenario',
  )('No 2xx of a shipped scenario carries an offer while another INVITE is wanted.'),
  lacking(
    'R-UPD-05',
    'scenario',
  )('No node sends a second UPDATE before the first one is answered.'),
  lacking(
    'R-UPD-07',
    'scenario',
  )('No node offers in an UPDATE while its own earlier offer is open.'),
  lacking(
    'R-SDP-06',
    'scenario',
  )('Streams last longer than the first interval of RTCP in no scenario that has packets.'),
  lacking('R-ES-10', 'scenario')('No scenario has P-Early-Media beside an early session.'),
  lacking('R-PEM-03', 'scenario')('No called party authorises one direction of early media alone.'),
  lacking('R-PEM-05', 'scenario')('No server gates early media behind its directions.'),
  lacking('R-PRE-08', 'scenario')('No scenario has a refused line beside preconditions.'),
  lacking('RFC3261 8.1.3.2', 'scenario')('Its one rule is R-MSG-15.'),
]);

function lacking(id: string, ...lacks: Tie[]): (why: string) => [string, Excuse] {
  return (why) => [id, { lacks, why }];
}
