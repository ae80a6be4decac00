import { exactLog } from '../base/exact-math.ts';

/** A gain as people who mix say it: `'0 dB'`, `'−12 dB'`; silence has no number. */
export function printGain(gainPercent: number): string {
  if (gainPercent <= 0) return 'silent';
  const decibels = Math.round((20 * exactLog(gainPercent / 100)) / exactLog(10));
  if (decibels === 0) return '0 dB';
  return decibels < 0 ? `−${-decibels} dB` : `+${decibels} dB`;
}
