import type { Micros } from '../../sim-core/reading.ts';
import type { Edit } from './edits.ts';

/**
 * More of a run has come in while it is computed. The playhead goes with what came last, unless
 * somebody has moved it.
 */
export function comeIn(came: number, front: Micros, before: Micros): Edit {
  return (draft) => {
    draft.run = { kind: 'computing', came };
    if (draft.playhead === before) draft.playhead = front;
  };
}
