// Shapes that ladder and lanes share, as SVG paths.

/** A wavy line along a cut, level or upright. */
export function wavePath(from: number, to: number, at: number, upright = false): string {
  const half = 10;
  const bend = 3.4;
  const count = Math.ceil((to - from) / half);
  let path = upright ? `M${at} ${from}` : `M${from} ${at}`;
  for (let index = 0; index < count; index += 1) {
    const swing = index % 2 === 0 ? -bend : bend;
    path += upright ? `q${swing} ${half / 2} 0 ${half}` : `q${half / 2} ${swing} ${half} 0`;
  }
  return path;
}

/** A closed shape through its corners. */
export function polygonPath(corners: readonly (readonly [number, number])[]): string {
  return `M${corners.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
