import { useLayoutEffect } from 'react';

import type { RecordNumber } from '../../sim-core/reading.ts';
import { dimensionOf } from '../ladder/dimension.ts';
import { drawDimension } from '../ladder/draw/draw-dimension.ts';
import { drawJottings } from '../ladder/draw/draw-jottings.ts';
import type { LadderGroups } from '../ladder/draw/ladder-groups.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import type { Jottings } from '../store/renderer-state.ts';
import { useLayout } from './ladder-drawing.ts';
import { useParts, useRenderer } from './window-parts.ts';

const nothing: Jottings = { bookmarks: [], notes: [] };

/** Draws what a person puts on the ladder: bookmarks, notes, and the distance of two messages. */
export function useJottings(groups: LadderGroups | null): void {
  const { scene, traces } = useParts();
  const layout = useLayout();
  const selected = useRenderer((state) => state.selected);
  const measuredTo = useRenderer((state) => state.measuredTo);
  const jottings = useRenderer((state) => state.jottings[state.open ?? ''] ?? nothing);

  useLayoutEffect(() => {
    if (groups === null || layout === null) return;
    const { arrowOf } = scene.arranged();
    const arrows = traces.view(arrowsOf);
    const messageOf = (record: RecordNumber | null) =>
      record === null ? undefined : arrows.messageOf.get(arrows.arrowOf.get(record) ?? '');
    const [one, other] = [messageOf(selected), messageOf(measuredTo)];
    const measured = one !== undefined && other !== undefined;
    drawDimension(groups, layout, measured ? dimensionOf(one, other, traces.trace.header) : null);
    drawJottings(groups, layout, {
      bookmarks: jottings.bookmarks.flatMap((record) => arrowOf(record) ?? []),
      notes: jottings.notes.flatMap(({ record, text }) => {
        const message = arrowOf(record);
        return message === undefined ? [] : [{ message, text }];
      }),
    });
  }, [groups, scene, traces, layout, selected, measuredTo, jottings]);
}
