import type { MeasureText } from './layout/ladder-input.ts';

/**
 * Measures texts in the window's own typeface, each once. The typeface has to be there already:
 * a width that changed afterwards would move labels.
 */
export function measureOn(document: Document): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('this browser cannot measure text');
  const known = new Map<string, number>();
  return (text, px, weight) => {
    const key = `${px} ${weight} ${text}`;
    const width = known.get(key);
    if (width !== undefined) return width;
    context.font = `${weight} ${px}px "IBM Plex Sans Variable", system-ui, sans-serif`;
    const measured = context.measureText(text).width;
    known.set(key, measured);
    return measured;
  };
}

/** Resolves when the window's typefaces can be drawn, or when it is clear that they cannot. */
export async function typefacesReady(document: Document): Promise<void> {
  const faces = [
    '400 12px "IBM Plex Sans Variable"',
    '500 12px "IBM Plex Sans Variable"',
    '400 12px "IBM Plex Mono"',
  ];
  await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
}
