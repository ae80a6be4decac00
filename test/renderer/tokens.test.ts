import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { root } from '../architecture/source-files.ts';

const css = readFileSync(path.join(root, 'renderer/style/tokens.css'), 'utf8');

/** The colours of a theme as the style sheet has them, by token. */
function tokensOf(theme: string): ReadonlyMap<string, string> {
  const [, block = ''] = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css) ?? [];
  const lines = [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)];
  return new Map(lines.map(([, name = '', colour = '']) => [name, colour]));
}

/** WCAG 2.2: relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['dark', 4.5, 3],
  ['light', 4.5, 3],
  ['contrast', 7, 7],
])('the theme %s', (theme, textLeast, markLeast) => {
  const tokens = tokensOf(theme);
  const colour = (name: string): string => {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`${theme} has no --${name}`);
    return found;
  };
  const grounds = ['canvas', 'panel', 'raised'];

  test.each(['ink', 'ink-2', 'ink-3', 'a', 'b', 'r', 'fail'])('%s can be read', (name) => {
    for (const ground of grounds) {
      expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(textLeast);
    }
  });

  test('what stands on ink, on a pressed button and on a verdict can be read', () => {
    expect(contrast(colour('inv'), colour('ink'))).toBeGreaterThanOrEqual(textLeast);
    expect(contrast(colour('ink'), colour('press'))).toBeGreaterThanOrEqual(textLeast);
    expect(contrast(colour('on-fail'), colour('fail'))).toBeGreaterThanOrEqual(textLeast);
  });

  test('a lifeline can be seen', () => {
    expect(contrast(colour('line-3'), colour('canvas'))).toBeGreaterThanOrEqual(markLeast);
  });
});
