import { micros, printDuration } from '../base/micros.ts';
import { readDuration } from '../scenario/units.ts';

/** One thing that a sweep varies: a path as `--set` takes it, and the values it gets. */
export interface Axis {
  readonly path: string;
  /** As a scenario file would write them, at least one. */
  readonly values: readonly string[];
  /** Whether a value between two of its values means something. */
  readonly measures: 'time' | 'count' | 'words';
}

/** An axis, or one sentence that says what is wrong with it. */
export type AxisReading = { readonly axis: Axis } | { readonly axis: null; readonly says: string };

/** The axes of one sweep, or one sentence that says what is wrong with them. */
export type AxesReading =
  { readonly axes: readonly Axis[] } | { readonly axes: null; readonly says: string };

/** Reads every axis of a sweep: each path once, and the seed by none of them. */
export function readAxes(texts: readonly string[]): AxesReading {
  const axes: Axis[] = [];
  for (const text of texts) {
    const read = readAxis(text);
    if (read.axis === null) return { axes: null, says: read.says };
    const { path } = read.axis;
    if (axes.some((other) => other.path === path)) {
      return { axes: null, says: `${path} is an axis already` };
    }
    // A run is named by its place and its seed: the seed cannot be the place as well.
    if (path === 'seed') {
      return { axes: null, says: 'seeds are no axis: every place is run with each seed' };
    }
    axes.push(read.axis);
  }
  return { axes };
}

/** Values of one axis, and so cells along it. */
const valuesMost = 10_000;

/**
 * Reads `links.a.latency=0ms..280ms:20ms`, `until=10s,20s` or `nodes.client-a.port=5060..5069:1`.
 * Both ends belong to a range, the upper one where a step reaches it.
 */
export function readAxis(text: string): AxisReading {
  const equals = text.indexOf('=');
  if (equals <= 0) {
    return no('an axis is a path, an equals sign and values: links.a.latency=0ms..280ms:20ms');
  }
  const path = text.slice(0, equals);
  const written = text.slice(equals + 1).trim();
  if (written === '') return no(`the axis ${path} has no values`);
  const range = /^(.+?)\.\.(.+?):(.+)$/.exec(written);
  if (range === null) {
    const values = written.split(',').map((value) => value.trim());
    if (values.includes('')) return no(`the axis ${path} has an empty value`);
    if (values.length > valuesMost) return tooMany(path);
    return { axis: { path, values, measures: measureOf(values) } };
  }
  return rangeAxis(path, range[1] ?? '', range[2] ?? '', range[3] ?? '');
}

function rangeAxis(path: string, low: string, high: string, by: string): AxisReading {
  const whole = [low, high, by].every((part) => /^[0-9]{1,9}$/.test(part));
  const parts = [low, high, by].map((part) => (whole ? Number(part) : readDuration(part).value));
  const [least, most, step] = parts;
  const isNumber = (part: number | null | undefined): part is number => typeof part === 'number';
  if (!isNumber(least) || !isNumber(most) || !isNumber(step)) {
    const bad = [low, high, by][parts.findIndex((part) => part === null)] ?? '';
    return no(`${JSON.stringify(bad)} is neither a length of time, as in 20ms, nor a whole number`);
  }
  if (step <= 0) return no(`the axis ${path} has a step of nothing`);
  if (most < least) return no(`the axis ${path} goes from ${low} down to ${high}: lower end first`);
  if ((most - least) / step >= valuesMost) return tooMany(path);
  const values: string[] = [];
  for (let value = least; value <= most; value += step) {
    values.push(whole ? String(value) : printDuration(micros(value)));
  }
  return { axis: { path, values, measures: whole ? 'count' : 'time' } };
}

function measureOf(values: readonly string[]): Axis['measures'] {
  if (values.every((value) => /^[0-9]{1,9}$/.test(value))) return 'count';
  return values.every((value) => readDuration(value).value !== null) ? 'time' : 'words';
}

function no(says: string): AxisReading {
  return { axis: null, says };
}

function tooMany(path: string): AxisReading {
  return no(`the axis ${path} has more than ${valuesMost} values`);
}
