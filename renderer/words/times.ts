import { printMetric, type Micros } from '../../sim-core/reading.ts';
import { countText, millisText } from '../ladder/layout/ruler-text.ts';

/** An instant or a length in ms with thin spaces: `'5 068'`. */
export { millisText };
/** A whole number with thin spaces: `'53 905'`. */
export { countText };

/** A measure of a run as everybody prints it, with thin spaces: `'2 730 ms'`. */
export function metricText(name: string, value: number | null): string {
  return printMetric(name, value).replace(/^\d+/, (digits) => countText(Number(digits)));
}

/** `'185 ms'`. */
export function millisWithUnit(length: Micros | number): string {
  return `${millisText(length)} ms`;
}

/** The clock: seconds with three decimals, `'5.068'`. */
export function clockText(instant: Micros): string {
  const millis = Math.floor(instant / 1_000);
  return `${Math.floor(millis / 1_000)}.${String(millis % 1_000).padStart(3, '0')}`;
}

/** `'0.2×'`, `'5×'`, `'0.001×'`. */
export function speedText(speed: number): string {
  const digits = speed < 0.01 ? 3 : speed < 1 ? 2 : speed < 10 ? 1 : 0;
  return `${Number(speed.toFixed(digits))}×`;
}
