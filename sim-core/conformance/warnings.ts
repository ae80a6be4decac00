import type { RecordNumber } from '../kernel/trace-record.ts';

/** Legal, and still worth a reviewer's eye. */
export interface Warning {
  /** `'W-2XX-RETX'`, `'W-DUAL-SOURCE'`. */
  readonly code: string;
  readonly evidence: readonly RecordNumber[];
  readonly says: string;
}
