import { MINI, RULER } from '../layout/dimensions.ts';
import type { MessageId } from '../layout/ladder-input.ts';
import type { LadderArrow, LadderLayout } from '../layout/ladder-layout.ts';
import type { LadderGroups } from './ladder-groups.ts';

/** What a person keeps at arrows: bookmarks, and words. */
export interface Jotted {
  readonly bookmarks: readonly MessageId[];
  readonly notes: readonly { readonly message: MessageId; readonly text: string }[];
}

/** Notes stand this far to the right of the last lifeline, px. */
const notesBeside = 26;
/** So many px a letter takes at most; the whole note is in its tooltip. */
const letter = 6.4;
const lineHeight = 15;

/** Bookmarks as flags on the ruler; notes beside the ladder, each with a line to its arrow. */
export function drawJottings(groups: LadderGroups, layout: LadderLayout, jotted: Jotted): void {
  const isEmpty = jotted.bookmarks.length + jotted.notes.length === 0;
  const arrows = new Map((isEmpty ? [] : layout.arrows).map((arrow) => [arrow.id, arrow]));
  const flags = jotted.bookmarks.flatMap((id) => arrows.get(id) ?? []);
  groups.ruler
    .selectAll('path.bookmark')
    .data(flags)
    .join('path')
    .attr('class', 'bookmark')
    .attr('d', ({ y1 }) => `M${RULER - 4} ${y1 - 6}v12M${RULER - 4} ${y1 - 6}h-7l2 3l-2 3h7`);
  const x = (layout.lifelines.at(-1)?.x ?? RULER) + notesBeside;
  const room = Math.max(4, Math.floor((layout.width - MINI - 6 - x) / letter));
  const each = groups.notes
    .selectAll('g.note-pin')
    .data(placeNotes(jotted.notes, arrows))
    .join('g')
    .attr('class', 'note-pin');
  each
    .selectAll('path')
    .data((note) => [note])
    .join('path')
    .attr('class', 'note-leader')
    .attr('d', ({ arrow, y }) => {
      const right = Math.max(arrow.x1, arrow.headX);
      const from = arrow.x1 > arrow.headX ? arrow.y1 : arrow.headY;
      return `M${right} ${from}L${x - 4} ${y - 4}`;
    });
  each
    .selectAll('text')
    .data((note) => [note])
    .join('text')
    .attr('class', 'note-text')
    .attr('x', x)
    .attr('y', ({ y }) => y)
    .text(({ text }) => (text.length > room ? `${text.slice(0, room - 1)}…` : text))
    .append('title')
    .text(({ text }) => text);
}

interface PlacedNote {
  readonly arrow: LadderArrow;
  readonly text: string;
  readonly y: number;
}

/** One under the other: a note that would stand on another moves down. */
function placeNotes(
  notes: Jotted['notes'],
  arrows: ReadonlyMap<MessageId, LadderArrow>,
): PlacedNote[] {
  let lowest = -Infinity;
  return notes
    .flatMap(({ message, text }) => {
      const arrow = arrows.get(message);
      return arrow === undefined ? [] : [{ arrow, text }];
    })
    .toSorted((one, other) => one.arrow.y1 - other.arrow.y1)
    .map(({ arrow, text }) => {
      lowest = Math.max(lowest + lineHeight, arrow.y1 + 4);
      return { arrow, text, y: lowest };
    });
}
