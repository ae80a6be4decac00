import { metricTable } from './metrics.ts';
import { micros, printMilliseconds } from '../base/micros.ts';

/** `'330 ms'` for a time, `'1'` for a count, `'does not apply'` for null. */
export function printMetric(name: string, value: number | null): string {
  if (value === null) return 'does not apply';
  return isCount(name) ? String(value) : `${printMilliseconds(micros(value))} ms`;
}

function isCount(name: string): boolean {
  return Object.entries(metricTable).some(
    ([metric, { measures }]) => metric === name && measures === 'count',
  );
}
