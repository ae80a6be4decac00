import type { ReactElement } from 'react';

import { counted } from '../words/parties.ts';
import type { MapFacts } from './timing-map.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** How far the sweep is, or what came of it, in a line. */
export function TimingMapStrip({ facts }: { readonly facts: MapFacts }): ReactElement {
  const { actions } = useParts();
  const phase = useRenderer((state) => state.timingMap.phase);
  const runs = facts.sweep?.rows.length ?? 0;
  return (
    <section className="verdict-strip inset-focus" data-region="verdicts" aria-label="The sweep">
      {phase.kind === 'not run' ? (
        <p className="verdict-sum">
          Choose two axes, then run the scenario at every place of the grid.
        </p>
      ) : null}
      {phase.kind === 'refused' ? (
        <p className="verdict-sum" role="alert">
          <b>The map cannot be run</b> {phase.says}
        </p>
      ) : null}
      {phase.kind === 'running' || phase.kind === 'stopped' ? (
        <p className="verdict-sum">
          <b>
            {phase.done} of {phase.of} runs
          </b>
          <progress max={phase.of} value={phase.done} aria-label="Runs that are finished" />
        </p>
      ) : null}
      {phase.kind === 'running' ? (
        <button type="button" className="outlined-button small" onClick={() => actions.map.stop()}>
          Stop
        </button>
      ) : null}
      {phase.kind === 'stopped' ? (
        <span className="hint">Stopped; what is there stays.</span>
      ) : null}
      {phase.kind === 'finished' ? (
        <p className="verdict-sum">
          <b>{counted(facts.classes.length, 'outcome', 'outcomes')}</b> in{' '}
          {counted(runs, 'run', 'runs')}
          <span className="hint">{(phase.ms / 1000).toFixed(1)} s</span>
        </p>
      ) : null}
    </section>
  );
}
