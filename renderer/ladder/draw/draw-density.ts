import { MINI } from '../layout/dimensions.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';
import type { Leg } from '../layout/ladder-input.ts';

/** So many nodes a page draws smoothly; what there is more of is painted. */
const nodesMost = 400;
/** Of this many shafts in a map as high as a window none is seen by itself. */
const crowd = 2_000;

/** Whether the map of the whole run has too much in it to be drawn node by node. */
export function isOnCanvas({ minimap }: LadderLayout): boolean {
  return minimap.shafts.length + minimap.tints.length > nodesMost;
}

const legs: readonly Leg[] = ['M', 'R', 'B', 'A'];
const hueOf: Readonly<Record<Leg, string>> = { A: '--a', B: '--b', R: '--r', M: '--r' };

/**
 * Paints the map of a long run: shafts so faint that where there are many it is seen how many.
 * @param scale device pixels a px
 */
export function paintDensity(canvas: HTMLCanvasElement, layout: LadderLayout, scale: number): void {
  const { minimap, size } = layout;
  canvas.hidden = !isOnCanvas(layout);
  if (canvas.hidden) return;
  canvas.width = Math.round(MINI * scale);
  canvas.height = Math.round(size.height * scale);
  canvas.style.width = `${MINI}px`;
  canvas.style.height = `${size.height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // Read once: what a style sheet says is dear to ask for.
  const style = getComputedStyle(canvas);
  const colours = new Map(legs.map((leg) => [leg, style.getPropertyValue(hueOf[leg])]));
  context.setTransform(scale, 0, 0, scale, -minimap.x * scale, 0);
  context.lineWidth = 1;
  for (const { sources, x, y, width, height } of minimap.tints) {
    for (const source of sources) {
      context.fillStyle = colours.get(source) ?? '';
      context.globalAlpha = 0.12;
      context.fillRect(x, y, width, height);
    }
  }
  context.globalAlpha = Math.max(0.12, Math.min(1, crowd / (4 * minimap.shafts.length)));
  for (const leg of legs) {
    context.strokeStyle = colours.get(leg) ?? '';
    context.beginPath();
    for (const shaft of minimap.shafts) {
      if (shaft.leg !== leg) continue;
      context.moveTo(shaft.x1, shaft.y1);
      context.lineTo(shaft.x2, shaft.y2);
    }
    context.stroke();
  }
}
