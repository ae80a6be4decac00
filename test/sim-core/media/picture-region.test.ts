import { describe, expect, it } from 'vitest';

import { isMedia } from '../../../sim-core/media/media-packet.ts';
import { cornerRegion, printRegion, sameRegion } from '../../../sim-core/media/picture-region.ts';
import { shipped, told } from '../../support/scenarios.ts';

describe('a region of a picture', () => {
  it('is told by its size and its upper left corner, and lies within the picture', () => {
    const { left, top, width, height } = cornerRegion;
    expect(printRegion(cornerRegion)).toBe('33x33% at 66,66%');
    expect(left + width).toBeLessThanOrEqual(100);
    expect(top + height).toBeLessThanOrEqual(100);
  });

  it('is the same by its numbers; none is none', () => {
    expect(sameRegion({ ...cornerRegion }, cornerRegion)).toBe(true);
    expect(sameRegion({ ...cornerRegion, left: 0 }, cornerRegion)).toBe(false);
    expect(sameRegion(undefined, cornerRegion)).toBe(false);
    expect(sameRegion(undefined, undefined)).toBe(true);
  });
});

describe('a ring whose picture is put into a corner of the call', () => {
  const run = told(shipped('continue/ring-picture-in-a-corner'));
  const notes = run.records.flatMap((record) => (record.kind === 'note' ? [record.note] : []));

  it('has a region in the mixing matrix, for its picture only', () => {
    const mixing = notes.find((note) => note.kind === 'mixing');
    const cells = mixing?.kind === 'mixing' ? mixing.cells : [];
    const regions = cells.map(({ input, output, medium, region }) =>
      [input, output, medium, region === undefined ? 'whole' : 'corner'].join(' '),
    );
    expect(regions).toEqual([
      'film client-a audio whole',
      'client-b client-a audio whole',
      'client-a client-b audio whole',
      'film client-a video corner',
      'client-b client-a video whole',
      'client-a client-b video whole',
    ]);
  });

  it('is seen there by Client-A, at full strength', () => {
    const seen = notes.flatMap((note) =>
      note.kind === 'hears' && note.medium === 'video' ? [note.sources] : [],
    );
    expect(seen).toContainEqual([
      { source: 'film', gainPercent: 100, region: cornerRegion },
      { source: 'client-b', gainPercent: 100 },
    ]);
  });

  it('makes a mixture of the picture too: an SSRC of its own, two contributors', () => {
    const mixed = run.records
      .flatMap((record) =>
        record.kind === 'sent' && isMedia(record.packet) ? [record.packet] : [],
      )
      .filter(({ csrc, sources }) => csrc.length > 0 && sources.length > 0);
    expect(mixed.map(({ medium, csrc }) => [medium, csrc.length])).toEqual([
      ['audio', 2],
      ['video', 2],
    ]);
  });
});
