import { ZIGZAG } from '../layout/dimensions.ts';
import type { ArrowHead, PlacedAction, PlacedTimer, Segment } from '../layout/ladder-layout.ts';

/** The path of an arrow's end, from its tip backwards. */
export function headPath(head: ArrowHead): string {
  const { shape, x, y, ux, uy, size } = head;
  if (shape === 'circle') return circlePath(x, y, size);
  if (shape === 'cross') {
    const reach = size / 2;
    return `M${x - reach} ${y - reach}l${size} ${size}m0 ${-size}l${-size} ${size}`;
  }
  const length = shape === 'filled' ? size - 0.5 : size * 0.92;
  const half = shape === 'filled' ? size * 0.36 : size * 0.4;
  const [backX, backY] = [x - ux * length, y - uy * length];
  const one = `${round(backX - uy * half)} ${round(backY + ux * half)}`;
  const other = `${round(backX + uy * half)} ${round(backY - ux * half)}`;
  const tip = `${round(x)} ${round(y)}`;
  return `M${one}L${tip}L${other}${shape === 'filled' ? 'Z' : ''}`;
}

export function circlePath(x: number, y: number, radius: number): string {
  const half = `a${radius} ${radius} 0 1 0`;
  return `M${x - radius} ${y}${half} ${2 * radius} 0${half} ${-2 * radius} 0Z`;
}

export function linePath({ x1, y1, x2, y2 }: Segment): string {
  return `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
}

/** The bar across the sender's end of a stream that stops. */
export function stopPath({ x1, y1, x2, y2 }: Segment): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [acrossX, acrossY] = [(-(y2 - y1) / length) * 5, ((x2 - x1) / length) * 5];
  return linePath({
    x1: x1 - acrossX,
    y1: y1 - acrossY,
    x2: x1 + acrossX,
    y2: y1 + acrossY,
  });
}

/** A message to oneself: out, down and back. */
export function loopPath({ x1, y1, x2, y2 }: Segment, loop: number): string {
  return `M${x1} ${y1}h${loop}V${y2}H${x2}`;
}

/** The bracket of a timer beside its lifeline. */
export function timerPath({ x1, y1, x2, y2, outcome }: PlacedTimer): string {
  const end = outcome === 'fired' ? y2 - 3 : y2;
  const close = outcome === 'stopped' ? `H${x1}` : '';
  return `M${x1} ${round(y1)}H${x2}V${round(end)}${close}`;
}

/** How the timer ended: a triangle when it fired, a square when it was stopped. */
export function timerEndPath({ x2, y2, outcome }: PlacedTimer): string {
  if (outcome === 'fired') return `M${x2 - 3.5} ${round(y2 - 6)}h7l-3.5 6z`;
  if (outcome === 'stopped') return `M${x2 - 2} ${round(y2 - 2)}h4v4h-4z`;
  return '';
}

/** A triangle that touches the lifeline from outside. */
export function actionPath({ x, y, side }: PlacedAction): string {
  const out = side === 'left' ? -7 : 7;
  return `M${x} ${round(y)}l${out} -4v8z`;
}

/** The pill on the ruler that carries the playhead's time. */
export function pillPath(y: number, ruler: number): string {
  const right = ruler - 8;
  return (
    `M4 ${y - 9}H${right}a3 3 0 0 1 2 1l5 8l-5 8a3 3 0 0 1 -2 1H4` +
    `a3 3 0 0 1 -3 -3v-12a3 3 0 0 1 3 -3z`
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A shaft with a zig-zag wherever it passes a hop that is not drawn. */
export function zigzagPath(
  shaft: Segment,
  hops: readonly { readonly x: number; readonly y: number }[],
): string {
  const length = Math.hypot(shaft.x2 - shaft.x1, shaft.y2 - shaft.y1);
  const [ux, uy] = [(shaft.x2 - shaft.x1) / length, (shaft.y2 - shaft.y1) / length];
  const along = (one: { readonly x: number }): number => Math.abs(one.x - shaft.x1);
  const turns = hops
    .toSorted((one, other) => along(one) - along(other))
    .map(({ x, y }) => {
      const at = (forth: number, aside: number): string =>
        `${x + forth * ux - aside * uy} ${y + forth * uy + aside * ux}`;
      const half = ZIGZAG / 2;
      return `L${at(-2 * half, 0)}L${at(-half, -half)}L${at(half, half)}L${at(2 * half, 0)}`;
    });
  return `M${shaft.x1} ${shaft.y1}${turns.join('')}L${shaft.x2} ${shaft.y2}`;
}
