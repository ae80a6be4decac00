import { useId, type ReactElement } from 'react';

import { metricTable } from '../../sim-core/reading.ts';
import { lightClass, measureBy, wishAxis } from '../store/timing-map-edits.ts';
import type { Sweep } from '../store/sweep-store.ts';
import { wordsOfClass, type MapClass } from '../timing-map/classes.ts';
import { keyHint } from '../words/keys.ts';
import { IconButton } from './icons.tsx';
import type { MapFacts } from './timing-map.tsx';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** What is varied, what is measured, and which outcomes were found. */
export function TimingMapControls({ facts }: { readonly facts: MapFacts }): ReactElement {
  const { actions } = useParts();
  return (
    <section className="left-panel map-controls" data-region="scenarios" aria-label="Timing map">
      <h2 className="panel-heading">
        Timing map
        <span className="far">
          <IconButton
            icon="close"
            says="Back to the ladder"
            keys={keyHint('timing map')}
            className="small"
            onPress={() => actions.map.show()}
          />
        </span>
      </h2>
      <div className="scrolls">
        <Axes />
        <Measures />
        <Outcomes facts={facts} />
      </div>
    </section>
  );
}

function Axes(): ReactElement {
  const { actions } = useParts();
  return (
    <form
      className="map-axes"
      onSubmit={(event) => {
        event.preventDefault();
        actions.map.run();
      }}
    >
      <AxisFields which="across" says="Across" />
      <AxisFields which="down" says="Upwards" />
      <p className="map-buttons">
        <button type="submit" className="solid-button">
          Run the map
        </button>
        <button type="button" className="outlined-button" onClick={() => actions.map.copyCommand()}>
          Copy command
        </button>
      </p>
    </form>
  );
}

function AxisFields({
  which,
  says,
}: {
  readonly which: 'across' | 'down';
  readonly says: string;
}): ReactElement {
  const edit = useEdit();
  const { path, range } = useRenderer((state) => state.timingMap[which]);
  const paths = usePaths();
  const id = useId();
  return (
    <fieldset className="map-axis">
      <legend>{says}</legend>
      <input
        className="text-field mono"
        aria-label={`${says}: what is varied`}
        list={id}
        spellCheck={false}
        value={path}
        onChange={(event) => edit(wishAxis(which, { path: event.target.value }))}
      />
      <datalist id={id}>
        {paths.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <input
        className="text-field mono"
        aria-label={`${says}: from, to and step, or a list of values`}
        spellCheck={false}
        value={range}
        onChange={(event) => edit(wishAxis(which, { range: event.target.value }))}
      />
    </fieldset>
  );
}

/** What of the open call can be varied, as far as its header names it. */
function usePaths(): readonly string[] {
  const { traces } = useParts();
  useRenderer((state) => state.traceVersion);
  const { header } = traces.trace;
  if (header === null) return [];
  return [
    ...header.links.map(({ name }) => `links.${name}.latency`),
    ...header.links.map(({ name }) => `links.${name}.loss`),
    ...header.nodes.map(({ name }) => `nodes.${name}.processing`),
  ];
}

function Measures(): ReactElement {
  const edit = useEdit();
  const measure = useRenderer((state) => state.timingMap.measure);
  return (
    <fieldset className="map-measures">
      <legend>Measure</legend>
      {Object.entries(metricTable).map(([name, { says }]) => (
        <label key={name} title={says}>
          <input
            type="radio"
            name="measure"
            checked={name === measure}
            onChange={() => edit(measureBy(name))}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Outcomes({ facts }: { readonly facts: MapFacts }): ReactElement | null {
  const edit = useEdit();
  const lit = useRenderer((state) => state.timingMap.lit);
  const { sweep, classes } = facts;
  if (sweep === null || classes.length === 0) return null;
  return (
    <section aria-label="Outcomes">
      <h3 className="map-heading">
        Outcomes<span>{sweep.rows.length} runs</span>
      </h3>
      {classes.map((one) => (
        <button
          key={one.key}
          type="button"
          className="map-class"
          aria-pressed={lit === one.key}
          title={one.says}
          onClick={() => edit(lightClass(one.key))}
        >
          <RegionMap sweep={sweep} one={one} />
          <span className="map-letter">{one.letter}</span>
          <span className="map-says">{wordsOfClass(one)}</span>
          <b>{one.cells.length}</b>
        </button>
      ))}
    </section>
  );
}

/** Where on the map a class lies, 30 px wide. */
function RegionMap({
  sweep,
  one,
}: {
  readonly sweep: Sweep;
  readonly one: MapClass;
}): ReactElement {
  const columns = sweep.across.values.length;
  const lines = sweep.down.values.length;
  const d = one.cells
    .map((cell) => `M${cell % columns} ${lines - 1 - Math.floor(cell / columns)}h1v1h-1z`)
    .join('');
  return (
    <svg
      className="region-map"
      width="30"
      height="30"
      viewBox={`0 0 ${columns} ${lines}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
