import type { Micros } from './ladder-input.ts';

const THIN_SPACE = '\u2009';

/** Milliseconds with thin spaces between thousands and no more decimals than needed: 5 068.25. */
export function millisText(micros: Micros): string {
  const whole = Math.round(Math.abs(micros));
  const sign = micros < 0 && whole > 0 ? '−' : '';
  const digits = countText(Math.floor(whole / 1000));
  const thousandths = whole % 1000;
  if (thousandths === 0) return sign + digits;
  return `${sign}${digits}.${String(thousandths).padStart(3, '0').replace(/0+$/, '')}`;
}

/** A whole number with thin spaces between thousands: 53 905. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** So many characters of a time are what the ruler has room for. */
const RULER_CHARACTERS = 9;

/** A time on the ruler: exact where there is room, else with as many decimals as fit. */
export function rulerText(micros: Micros): string {
  const fits = [1, 100, 1000]
    .map((step) => millisText(Math.round(micros / step) * step))
    .find((text) => text.length <= RULER_CHARACTERS);
  return fits ?? millisText(Math.round(micros / 1000) * 1000);
}

/** The length of a pause, for a glance: 640 ms, 4.2 s, 180 s. */
export function pauseText(micros: Micros): string {
  if (micros < 1_000_000) return `${Math.round(micros / 1000)} ms`;
  const seconds = micros / 1_000_000;
  return `${seconds < 100 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
