import type { WarningCode } from '../base/diagnostics.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';

/** Legal, and still worth a reviewer's eye. */
export interface Warning {
  readonly code: WarningCode;
  readonly evidence: readonly RecordNumber[];
  readonly says: string;
}
