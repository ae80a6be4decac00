/** How finely an envelope is drawn, px. */
const step = 3;

/**
 * The outline of a sound between `x1` and `x2` around `middle`, at most `half` to each side. It is
 * a picture of the kind of sound, not of its samples: a clip goes on and on, speech comes in
 * bursts. The same place always looks the same, so nothing moves when the bar grows.
 */
export function envelope(
  kind: 'clip' | 'speech',
  x1: number,
  x2: number,
  middle: number,
  half: number,
): (readonly [number, number])[] {
  const upper: (readonly [number, number])[] = [];
  const lower: (readonly [number, number])[] = [];
  const count = Math.max(1, Math.ceil((x2 - x1) / step));
  for (let index = 0; index <= count; index += 1) {
    const x = Math.min(x2, x1 + index * step);
    const loud = (kind === 'clip' ? clipLoudness(index) : speechLoudness(index)) * half;
    upper.push([x, middle - loud]);
    lower.push([x, middle + loud]);
  }
  return [...upper, ...lower.toReversed()];
}

function clipLoudness(index: number): number {
  return 0.55 + 0.3 * wave(index / 5) + 0.15 * noise(index);
}

function speechLoudness(index: number): number {
  const burst = wave(index / 11) > 0.32;
  return burst ? 0.35 + 0.65 * noise(index) : 0.08;
}

/** Between 0 and 1, slow and without a visible period. */
function wave(at: number): number {
  return (Math.sin(at * 2.1) + Math.sin(at * 3.37 + 1) + 2) / 4;
}

/** Between 0 and 1, the same for the same index. */
function noise(index: number): number {
  const value = Math.sin(index * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}
