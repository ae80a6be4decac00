import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';

import type { Between, FoundBoundary, Sweep } from '../store/sweep-store.ts';
import { chooseCell } from '../store/timing-map-edits.ts';
import { profileOf, shareOf, stripsOf, type Profile } from '../timing-map/below-map.ts';
import { valueText } from '../timing-map/axis-values.ts';
import { valuesAt, wordsOfClass, type MapClass } from '../timing-map/classes.ts';
import { counted } from '../words/parties.ts';
import type { MapFacts } from './timing-map.tsx';
import { useSizeOf } from './use-size.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** Below the map: the runs of each outcome along the measure, and one line of the map. */
export function TimingMapBelow({ facts }: { readonly facts: MapFacts }): ReactElement {
  const { sweep } = facts;
  const values = sweep?.rows.flatMap((row) => row?.measured[facts.measure] ?? []) ?? [];
  if (sweep === null || values.length === 0) {
    return <div className="below" data-region="lanes" />;
  }
  const range = {
    least: values.reduce((a, b) => Math.min(a, b)),
    most: values.reduce((a, b) => Math.max(a, b)),
  };
  return (
    <div className="below" data-region="lanes">
      <Strips facts={facts} sweep={sweep} range={range} />
      <AlongTheLine facts={facts} sweep={sweep} range={range} />
    </div>
  );
}

interface Range {
  readonly least: number;
  readonly most: number;
}

interface PartProps {
  readonly facts: MapFacts;
  readonly sweep: Sweep;
  readonly range: Range;
}

const stripHeight = 24;
const stripsMost = 5;

function Strips({ facts, sweep, range }: PartProps): ReactElement {
  const strips = stripsOf(sweep, facts.classes, facts.measure, range, stripsMost);
  const unshown = facts.classes.length - strips.length;
  const chosen = useRenderer((state) => state.timingMap.chosen);
  const here = chosen === null ? undefined : sweep.rows[chosen];
  const value = here?.measured[facts.measure] ?? null;
  const tickHere = value === null ? '' : tickAt(shareOf(value, range));
  return (
    <section className="hears" aria-label="All runs by outcome">
      <h2 className="panel-heading">
        All runs by outcome<span className="beside">one tick per place, a ring at the median</span>
      </h2>
      <div className="scrolls map-strips">
        <p className="strip-range">
          <span>
            {facts.print(range.least)} {facts.unit}
          </span>
          {unshown > 0 ? <span>{counted(unshown, 'more outcome', 'more outcomes')}</span> : null}
          <span>
            {facts.print(range.most)} {facts.unit}
          </span>
        </p>
        {strips.map(({ key, letter, says, count, ticks, median }) => (
          <div key={key} className="map-strip">
            <span className="map-letter">{letter}</span>
            <span className="map-says" title={says}>
              {says}
            </span>
            <b>{count}</b>
            <svg viewBox={`0 0 1000 ${stripHeight}`} preserveAspectRatio="none" aria-hidden="true">
              <path className="strip-line" d="M0 12H1000" vectorEffect="non-scaling-stroke" />
              <path d={ticks.map(tickAt).join('')} vectorEffect="non-scaling-stroke" />
              {here?.key === key ? (
                <path className="here" d={tickHere} vectorEffect="non-scaling-stroke" />
              ) : null}
            </svg>
            {median === null ? null : (
              <span className="strip-median" style={{ left: medianAt(median) }} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function tickAt(share: number): string {
  return `M${Math.round(share * 996) + 2} 4V20`;
}

/** Beside the names, which take the left of a strip. */
function medianAt(share: number): string {
  return `calc(262px + ${share} * (100% - 276px))`;
}

/** Around the curve, px. */
const around = { left: 44, right: 12, top: 10, below: 22 };

function AlongTheLine({ facts, sweep, range }: PartProps): ReactElement {
  const chosen = useRenderer((state) => state.timingMap.chosen);
  const asWritten = sweep.rows.find((row) => row?.asWritten === true)?.cell ?? 0;
  const cell = chosen ?? asWritten;
  const columns = sweep.across.values.length;
  const line = Math.floor(cell / columns);
  const profile = useMemo(
    () => profileOf(sweep, line, facts.measure),
    [sweep, line, facts.measure],
  );
  const [down] = valuesAt(sweep, cell);
  const boundaries = useBoundaries(sweep, profile, down);
  return (
    <section className="media-path" aria-label="Along one line">
      <h2 className="panel-heading">
        Along {sweep.down.path} {valueText(down, 'with unit')}
      </h2>
      <Curve facts={facts} sweep={sweep} range={range} profile={profile} cell={cell} />
      <Boundaries facts={facts} boundaries={boundaries} changes={profile.changes.length} />
    </section>
  );
}

/** What is measured along the line, at its own size: what is stretched has letters of another. */
function Curve({
  facts,
  sweep,
  range,
  profile,
  cell,
}: PartProps & { readonly profile: Profile; readonly cell: number }): ReactElement {
  const edit = useEdit();
  const frame = useRef<HTMLDivElement>(null);
  const box = { ...around, ...useSizeOf(frame) };
  const columns = sweep.across.values.length;
  const x = (at: number): number =>
    box.left + (at / Math.max(1, columns - 1)) * (box.width - box.left - box.right);
  const y = (value: number): number =>
    box.height -
    box.below -
    ((value - range.least) / Math.max(1, range.most - range.least)) *
      (box.height - box.top - box.below);
  const here = profile.points.find((point) => point.cell === cell);
  return (
    <div ref={frame} className="profile">
      <svg width={box.width} height={box.height} aria-hidden="true">
        <text x={box.left - 6} y={y(range.most) + 4} textAnchor="end">
          {facts.print(range.most)}
        </text>
        <text x={box.left - 6} y={y(range.least) + 4} textAnchor="end">
          {facts.print(range.least)}
        </text>
        <text x={x(0)} y={box.height - 6} textAnchor="middle">
          {valueText(sweep.across.values[0] ?? '', 'with unit')}
        </text>
        <text x={x(columns - 1)} y={box.height - 6} textAnchor="end">
          {valueText(sweep.across.values.at(-1) ?? '', 'with unit')}
        </text>
        {profile.changes.map((at) => (
          <path
            key={at}
            className="class-boundary"
            d={`M${x(at + 0.5)} ${box.top}V${box.height - box.below}`}
          />
        ))}
        <path className="curve" d={curveOf(profile, x, y)} />
        {profile.points.map(({ cell: one, at, value }) =>
          value === null ? null : (
            <circle key={at} cx={x(at)} cy={y(value)} r="2" onClick={() => edit(chooseCell(one))} />
          ),
        )}
        {here === undefined || here.value === null ? null : (
          <circle className="here" cx={x(here.at)} cy={y(here.value)} r="4.5" />
        )}
      </svg>
    </div>
  );
}

function curveOf(
  { points }: Profile,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  let d = '';
  for (const { at, value } of points) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    d += `${pen}${x(at)} ${y(value)}`;
    pen = 'L';
  }
  return d;
}

/** Where the outcome changes on this line, to the microsecond. */
function Boundaries({
  facts,
  boundaries,
  changes,
}: {
  readonly facts: MapFacts;
  readonly boundaries: readonly FoundBoundary[];
  readonly changes: number;
}): ReactElement {
  if (boundaries.length === 0) {
    const says = changes === 0 ? 'One outcome all along.' : 'Where it changes is being found.';
    return <p className="no-boundary">{says}</p>;
  }
  return (
    <ul className="map-boundaries scrolls" aria-label="Where the outcome changes" tabIndex={0}>
      {boundaries.map((boundary) => (
        <BoundaryLine
          key={boundary.above}
          boundary={boundary}
          one={facts.classes.find(({ key }) => key === boundary.key)}
        />
      ))}
    </ul>
  );
}

/** By its letter where the class has cells of the map. */
function BoundaryLine({
  boundary: { below, above, says },
  one,
}: {
  readonly boundary: FoundBoundary;
  readonly one: MapClass | undefined;
}): ReactElement {
  const [last, first] = [valueText(below, 'with unit'), valueText(above, 'with unit')];
  return (
    <li title={says}>
      Up to <b>{last}</b>; from <b>{first}</b> on:{' '}
      {one === undefined ? says : `${one.letter} ${wordsOfClass(one)}`}
    </li>
  );
}

/** Changes of one line that are looked for: more of them are a picture, not a list. */
const changesMost = 8;

function useBoundaries(sweep: Sweep, profile: Profile, down: string): readonly FoundBoundary[] {
  const { actions } = useParts();
  const running = useRenderer((state) => state.timingMap.phase.kind === 'running');
  const { values } = sweep.across;
  const asked = useMemo((): readonly Between[] => {
    const changes = running ? [] : profile.changes.slice(0, changesMost);
    return changes.map((at) => ({
      axis: 1,
      lower: [down, values[at] ?? ''],
      upper: [down, values[at + 1] ?? ''],
    }));
  }, [running, profile, values, down]);
  const [found, setFound] = useState<{
    readonly of: readonly Between[];
    readonly boundaries: readonly FoundBoundary[];
  } | null>(null);
  useEffect(() => {
    let wanted = true;
    async function find(): Promise<void> {
      const boundaries: FoundBoundary[] = [];
      for (const between of asked) {
        const boundary = await actions.map.boundary(between);
        if (!wanted) return;
        if (boundary !== null) boundaries.push(boundary);
        setFound({ of: asked, boundaries: [...boundaries] });
      }
    }
    void find();
    return () => {
      wanted = false;
    };
  }, [actions, asked]);
  return found?.of === asked ? found.boundaries : [];
}
