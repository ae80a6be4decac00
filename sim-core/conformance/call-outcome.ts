/** How a call came out, as its people would tell it. */
export type CallOutcome =
  | 'ring continues'
  | 'ring stopped'
  | 'answered without ring'
  | 'rejected'
  | 'cancelled'
  | 'not answered'
  | 'failed';
