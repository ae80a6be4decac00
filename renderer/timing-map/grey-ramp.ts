type Colour = readonly [number, number, number];

/** From least to most in the dark theme; the light theme reads it backwards. */
const stops: readonly Colour[] = [
  [0x17, 0x1b, 0x20],
  [0x2f, 0x39, 0x44],
  [0x5a, 0x66, 0x72],
  [0x9a, 0xa3, 0xab],
  [0xe3, 0xe5, 0xe4],
];

/** A grey, and the ink that stands out from it more. */
export interface Shade {
  readonly fill: string;
  readonly ink: '#ffffff' | '#000000';
  /** Contrast of the two, as WCAG 2 reckons it. */
  readonly contrast: number;
}

/** @param level 0 for the least, 1 for the most of a map. */
export function shadeAt(level: number, theme: 'dark' | 'light'): Shade {
  const place = (theme === 'dark' ? level : 1 - level) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.max(0, Math.floor(place)));
  const low = stops[below] ?? black;
  const high = stops[below + 1] ?? low;
  const mixed = (part: 0 | 1 | 2): number =>
    Math.round(low[part] + (high[part] - low[part]) * (place - below));
  const colour: Colour = [mixed(0), mixed(1), mixed(2)];
  const light = luminance(colour);
  const onBlack = (light + 0.05) / 0.05;
  const onWhite = 1.05 / (light + 0.05);
  return {
    fill: `rgb(${colour.join(' ')})`,
    ink: onWhite >= onBlack ? '#ffffff' : '#000000',
    contrast: Math.max(onWhite, onBlack),
  };
}

const black: Colour = [0, 0, 0];

/** Relative luminance of a colour in sRGB. */
function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
