import { describe, expect, it } from 'vitest';

import type { Micros } from '../../../sim-core/base/micros.ts';
import type { Medium, RecordNumber } from '../../../sim-core/kernel/trace-record.ts';
import type { HearsInterval } from '../../../sim-core/trace/hears.ts';
import { lanesAsText } from '../../../sim-core/trace/lanes-as-text.ts';
import { header, ids, withoutColour } from './written-views.ts';

function heard(
  party: keyof typeof ids,
  medium: Medium,
  from: number,
  to: number,
  ...sources: readonly (readonly [string, number])[]
): HearsInterval {
  return {
    listener: `client-${party.toLowerCase()}`,
    node: ids[party],
    medium,
    sources: sources.map(([source, gainPercent]) => ({ source, gainPercent })),
    fromMicros: (from * 1_000) as Micros,
    toMicros: (to * 1_000) as Micros,
    openedBy: 1 as RecordNumber,
    closedBy: to === 9_000 ? null : (2 as RecordNumber),
  };
}

const hears = [
  heard('B', 'audio', 200, 5_200, ['ring tone', 100]),
  heard('A', 'audio', 350, 5_260, ['ringing-7', 100]),
  heard('A', 'video', 350, 9_000, ['ringing-7', 100]),
  heard('A', 'audio', 5_650, 9_000, ['ringing-7', 25], ['client-b', 100]),
  heard('B', 'audio', 5_650, 9_000, ['client-a', 100]),
];

const options = { width: 72, colour: false, ascii: true, until: 9_000_000 as Micros };

describe('who hears what, as text', () => {
  const lines = lanesAsText(header, hears, options);
  const bars = lines.filter((line) => /hears|sees/.test(line));

  it('is a bar a party and medium, callers first', () => {
    expect(bars.map((line) => line.split('  ')[0])).toEqual([
      'client-a hears',
      'client-a sees',
      'client-b hears',
    ]);
    expect(bars[0]).toMatch(/^client-a hears {2}\.+i+\.+(?:ib)+i?$/);
    expect(bars[1]).toMatch(/^client-a sees {3}\.+i+$/);
    expect(bars[2]).toMatch(/^client-b hears {2}\.+r+\.+a+$/);
    expect(new Set(bars.map((line) => line.length)).size).toBe(1);
  });

  it('has every interval with its times in ms and its gains', () => {
    expect(lines.join('\n')).toContain('350-5260 i  5650-9000... i@25%+b');
    expect(lines.join('\n')).toContain('200-5200 r  5650-9000... a');
    expect(lines.at(-1)?.trim()).toBe('r ring tone  i ringing-7  b client-b  a client-a');
  });

  it('shows the shortest change, and stays within the width', () => {
    const short = [...hears, heard('B', 'video', 5_200, 5_201, ['client-a', 100])];
    const shown = lanesAsText(header, short, options);
    expect(shown.find((line) => line.startsWith('client-b sees'))).toMatch(/\.a+\./);
    for (const width of [60, 72, 100, 160]) {
      const widths = lanesAsText(header, short, { ...options, width }).map((line) => line.length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });

  it('says so when there is nothing to hear', () => {
    expect(lanesAsText(header, [], options)).toEqual(['nobody hears or sees anything']);
  });

  it('is ASCII when asked, and coloured when asked', () => {
    expect(lines.join('')).toMatch(/^[\x20-\x7E]*$/);
    const coloured = lanesAsText(header, hears, { ...options, colour: true });
    expect(coloured).not.toEqual(lines);
    expect(coloured.map(withoutColour)).toEqual(lines);
  });
});
