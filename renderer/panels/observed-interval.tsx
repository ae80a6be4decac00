import type { ReactElement } from 'react';

import type { Micros } from '../../sim-core/reading.ts';
import { millisText, millisWithUnit } from '../words/times.ts';

const width = 320;
const inset = 10;

/** The instants of some evidence on one line, to scale, with the length from first to last. */
export function ObservedInterval({
  instants,
  fails,
}: {
  readonly instants: readonly Micros[];
  readonly fails: boolean;
}): ReactElement | null {
  const [first] = instants;
  const last = instants.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const x = (at: number): number => inset + ((at - first) / (last - first)) * (width - 2 * inset);
  const length = millisWithUnit(last - first);
  return (
    <svg
      className={fails ? 'observed fails' : 'observed'}
      viewBox={`0 0 ${width} 44`}
      role="img"
      aria-label={`From ${millisText(first)} to ${millisWithUnit(last)}: ${length}`}
    >
      <path className="observed-line" d={`M0 12H${width}`} />
      <path className="observed-span" d={`M${x(first)} 12H${x(last)}`} />
      {[...new Set(instants)].map((at) => (
        <path key={at} className="observed-tick" d={`M${x(at)} 6v12`} />
      ))}
      <text x={x(first)} y={34}>
        {millisText(first)}
      </text>
      <text className="length" x={width / 2} y={34} textAnchor="middle">
        {length}
      </text>
      <text x={x(last)} y={34} textAnchor="end">
        {millisText(last)}
      </text>
    </svg>
  );
}
