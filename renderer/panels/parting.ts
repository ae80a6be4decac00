import { useMemo } from 'react';

import { divergenceOf, type Divergence } from '../judgement/divergence.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** Where the shown branch parts from the one it was forked from; compared once a run. */
export function useParting(): Divergence | null {
  const { traces, ghosts } = useParts();
  useRenderer((state) => state.traceVersion + state.ghostVersion);
  const [before, now] = [ghosts.trace, traces.trace];
  return useMemo(() => divergenceOf(before, now), [before, now]);
}
