import type { Region } from '../kernel/trace-record.ts';

/** Where a picture goes that is shown in another one: a third of it, in the lower right corner. */
export const cornerRegion: Region = Object.freeze({ left: 66, top: 66, width: 33, height: 33 });

export function sameRegion(a: Region | undefined, b: Region | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

/** `'33x33% at 66,66%'`: its size, and where its upper left corner is. */
export function printRegion({ left, top, width, height }: Region): string {
  return `${width}x${height}% at ${left},${top}%`;
}
