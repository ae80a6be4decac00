import { useMemo, type ReactElement } from 'react';

import { metricTable, printMetric } from '../../sim-core/reading.ts';
import type { Sweep } from '../store/sweep-store.ts';
import { classesOfSweep, type MapClass } from '../timing-map/classes.ts';
import { TimingMapBelow } from './timing-map-below.tsx';
import { TimingMapControls } from './timing-map-controls.tsx';
import { TimingMapGrid } from './timing-map-grid.tsx';
import { TimingMapRun } from './timing-map-run.tsx';
import { TimingMapStrip } from './timing-map-strip.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** What the parts of the map share: the sweep as it stands, and what is made of it. */
export interface MapFacts {
  readonly sweep: Sweep | null;
  readonly classes: readonly MapClass[];
  /** Place of the measure among the sweep's; −1 while there is no sweep. */
  readonly measure: number;
  /** A value of the measure without its unit. */
  readonly print: (value: number) => string;
  /** `'ms'`, or nothing for a count. */
  readonly unit: string;
}

/** The timing map: in place of ladder, lanes and inspector, in the same frame. */
export function TimingMap(): ReactElement {
  const facts = useMapFacts();
  return (
    <>
      <TimingMapStrip facts={facts} />
      <TimingMapControls facts={facts} />
      <TimingMapGrid facts={facts} />
      <TimingMapRun facts={facts} />
      <TimingMapBelow facts={facts} />
    </>
  );
}

function useMapFacts(): MapFacts {
  const { sweeps } = useParts();
  // The sweep is a new value whenever something came, of which the version tells.
  useRenderer((state) => state.timingMap.version);
  const measure = useRenderer((state) => state.timingMap.measure);
  const { sweep } = sweeps;
  return useMemo(() => {
    const known = Object.entries(metricTable).find(([name]) => name === measure);
    const unit = known?.[1].measures === 'count' ? '' : 'ms';
    return {
      sweep,
      classes: sweep === null ? [] : classesOfSweep(sweep),
      measure: sweep?.measures.indexOf(measure) ?? -1,
      print: (value) => printMetric(measure, value).replace(/ ms$/, ''),
      unit,
    };
  }, [sweep, measure]);
}
