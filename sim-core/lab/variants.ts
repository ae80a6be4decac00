import { rememberingJudges, type Judging } from '../conformance/remembering-judges.ts';
import { readScenario, type ScenarioReading } from '../scenario/read-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { setInScenario } from '../scenario/set-in-scenario.ts';
import { readDuration } from '../scenario/units.ts';
import { remembering, type Behaving } from '../world/remembering.ts';
import type { Axis } from './axis.ts';
import { differencesBetween, overlap, patched, type Difference } from './differences.ts';

/** The scenarios of a sweep: one for each choice of a value on every axis. */
export interface Variants {
  readonly axes: readonly Axis[];
  /** What runs of them remember of each other. */
  readonly behaving: Behaving;
  /** And what their judges remember. */
  readonly judging: Judging;
  /** Cells of the grid. */
  readonly count: number;
  /** The scenario of a cell; cells are counted with the last axis fastest. */
  scenarioOf(cell: number): Scenario;
  /** The place on each axis of a cell. */
  placesOf(cell: number): number[];
  /** The scenario at any values whatever, as a file would write them. */
  scenarioAt(values: readonly string[]): Scenario;
}

/** The variants, or what is wrong: sentences ready to print. */
export type VariantsReading =
  | { readonly variants: Variants }
  | { readonly variants: null; readonly reading: ScenarioReading }
  | { readonly variants: null; readonly says: string };

/** Cells of one sweep. */
export const cellsMost = 10_000_000;

/**
 * Prepares a scenario text to be varied. The values of each axis are read through the file
 * format, as if it had been written there; what it changes is then put together with what the
 * values of the other axes change. Where two axes change the same place, the file is read anew.
 */
export function variantsOf(text: string, name: string, axes: readonly Axis[]): VariantsReading {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > cellsMost) return { variants: null, says: `${count} cells, at most ${cellsMost}` };
  const asWritten = readScenario(text, name);
  if (asWritten.scenario === null) return { variants: null, reading: asWritten };
  const base = asWritten.scenario;
  const changes: Difference[][][] = [];
  for (const axis of axes) {
    const ofAxis = changesAlong(text, name, base, axis);
    if (!Array.isArray(ofAxis)) return ofAxis;
    changes.push(ofAxis);
  }
  const paths = axes.map(({ path }) => path);
  const disjoint = areDisjoint(changes);
  const scenarioAt = (values: readonly string[]): Scenario => readKnown(text, name, paths, values);
  const placesOf = (cell: number): number[] => placesIn(axes, cell);
  return {
    variants: {
      axes,
      behaving: remembering(),
      judging: rememberingJudges(),
      count,
      placesOf,
      scenarioAt,
      scenarioOf(cell) {
        const places = placesOf(cell);
        if (!disjoint) {
          return scenarioAt(places.map((place, at) => axes[at]?.values[place] ?? ''));
        }
        return patched(
          base,
          places.flatMap((place, at) => changes[at]?.[place] ?? []),
        );
      },
    },
  };
}

/** What each value of an axis changes; or what is wrong with one of them. */
function changesAlong(
  text: string,
  name: string,
  base: Scenario,
  axis: Axis,
): Difference[][] | Extract<VariantsReading, { variants: null }> {
  const { path, values, measures } = axis;
  const known = new Map<number, Difference[]>();
  const read = (place: number) => {
    const found = readAt(text, name, [path], [values[place] ?? '']);
    if ('says' in found) return { variants: null, says: found.says };
    const { reading } = found;
    if (reading.scenario === null) return { variants: null, reading };
    known.set(place, differencesBetween(base, reading.scenario));
    return null;
  };
  const last = values.length - 1;
  // A time that was read at three places, and found there as it was written, is read nowhere else.
  const probes = measures === 'time' && last > 3 ? [0, 1, last] : [...values.keys()];
  for (const place of probes) {
    const wrong = read(place);
    if (wrong !== null) return wrong;
  }
  const times = values.map((value) => readDuration(value).value);
  const pattern = known.get(last) ?? [];
  const isTime = probes.every((place) => isTheTime(known.get(place), pattern, times[place]));
  for (const place of values.keys()) {
    if (known.has(place)) continue;
    const time = times[place];
    if (isTime && typeof time === 'number') {
      known.set(
        place,
        pattern.map((one) => ({ path: one.path, value: time })),
      );
      continue;
    }
    const wrong = read(place);
    if (wrong !== null) return wrong;
  }
  return [...values.keys()].map((place) => known.get(place) ?? []);
}

/** Whether a value changed just the places of the pattern, to itself; or is the base's own. */
function isTheTime(
  found: readonly Difference[] | undefined,
  pattern: readonly Difference[],
  time: number | null | undefined,
): boolean {
  if (found === undefined || pattern.length === 0) return false;
  if (!found.every(({ value }) => value === time)) return false;
  const places = new Set(pattern.map(({ path }) => path.join('.')));
  return (
    found.every(({ path }) => places.has(path.join('.'))) &&
    (found.length === pattern.length || found.length === 0)
  );
}

function placesIn(axes: readonly Axis[], cell: number): number[] {
  const places: number[] = [];
  let rest = cell;
  for (const { values } of axes.toReversed()) {
    places.unshift(rest % values.length);
    rest = Math.floor(rest / values.length);
  }
  return places;
}

/** Whether no two axes ever change the same place. */
function areDisjoint(changes: readonly (readonly (readonly Difference[])[])[]): boolean {
  const touched = changes.map((ofAxis) => ofAxis.flat());
  return touched.every((mine, at) =>
    touched.slice(at + 1).every((other) => !mine.some((a) => other.some((b) => overlap(a, b)))),
  );
}

type ReadingAt = { readonly reading: ScenarioReading } | { readonly says: string };

function readAt(
  text: string,
  name: string,
  paths: readonly string[],
  values: readonly string[],
): ReadingAt {
  let changed = text;
  for (const [at, path] of paths.entries()) {
    const set = setInScenario(changed, path, values[at] ?? '');
    if (set.text === null) {
      const hint = set.nearest === null ? '' : `; did you mean ${set.nearest}?`;
      return { says: `${set.says}${hint}` };
    }
    changed = set.text;
  }
  return { reading: readScenario(changed, `${name} (as changed)`) };
}

/** Values that lie between values that could be read can be read as well. */
function readKnown(
  text: string,
  name: string,
  paths: readonly string[],
  values: readonly string[],
): Scenario {
  const read = readAt(text, name, paths, values);
  if ('says' in read) throw new RangeError(read.says);
  const { scenario, problems } = read.reading;
  if (scenario === null) throw new RangeError(problems[0]?.says ?? 'the scenario cannot be read');
  return scenario;
}
