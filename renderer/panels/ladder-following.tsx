import { useRef, type ReactElement } from 'react';

import { instantsOf } from '../ladder/from-trace.ts';
import { countUpTo } from '../ladder/layout/height-map.ts';
import { follow } from '../store/edits.ts';
import { useEdit, useRenderer, useTrace } from './window-parts.ts';

/**
 * Says that the ladder moves with the clock. Who scrolls leaves the clock, is told how much has
 * happened since, and takes it up again.
 */
export function Following(): ReactElement | null {
  const edit = useEdit();
  const playing = useRenderer((state) => state.playing);
  const following = useRenderer((state) => state.following);
  const instants = useTrace(instantsOf);
  const passed = useRenderer((state) =>
    state.playing && !state.following ? countUpTo(instants, state.playhead) : 0,
  );
  const left = useRef(0);
  if (following || !playing) left.current = 0;
  else if (left.current === 0) left.current = passed;
  if (!playing) return null;
  const fresh = passed - left.current;
  const words = following ? 'Following the clock' : fresh > 0 ? `${fresh} new` : 'Follow the clock';
  return (
    <button
      type="button"
      className="following"
      title={following ? 'Stop following' : 'Follow the clock again'}
      onClick={() => edit(follow(!following))}
    >
      {words}
    </button>
  );
}
