/** A place in a plain value, and what stands there instead. */
export interface Difference {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Where two plain values differ, as deep down as both have the same keys. Lists of other length
 * and maps with other keys differ as a whole.
 */
export function differencesBetween(one: unknown, other: unknown): Difference[] {
  const found: Difference[] = [];
  collect(one, other, [], found);
  return found;
}

function collect(one: unknown, other: unknown, path: readonly string[], into: Difference[]): void {
  if (Object.is(one, other)) return;
  if (isBranch(one) && isBranch(other) && Array.isArray(one) === Array.isArray(other)) {
    const keys = Object.keys(other);
    const same = keys.length === Object.keys(one).length && keys.every((key) => key in one);
    if (same) {
      for (const key of keys) collect(one[key], other[key], [...path, key], into);
      return;
    }
  }
  into.push({ path, value: other });
}

type Branch = Readonly<Record<string, unknown>>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

/** Whether one of the two places is in, or is, the other. */
export function overlap(a: Difference, b: Difference): boolean {
  const depth = Math.min(a.path.length, b.path.length);
  for (let at = 0; at < depth; at += 1) if (a.path[at] !== b.path[at]) return false;
  return true;
}

/** The value with other values at those places; it shares everything else with the original. */
export function patched<Value>(value: Value, differences: readonly Difference[]): Value {
  let result = value;
  for (const { path, value: instead } of differences) result = put(result, path, 0, instead);
  return result;
}

function put<Value>(value: Value, path: readonly string[], depth: number, instead: unknown): Value;
function put(value: unknown, path: readonly string[], depth: number, instead: unknown): unknown {
  const key = path[depth];
  if (key === undefined) return instead;
  if (Array.isArray(value)) {
    const copy: unknown[] = value.slice();
    copy[Number(key)] = put(copy[Number(key)], path, depth + 1, instead);
    return copy;
  }
  if (!isBranch(value)) return instead;
  return { ...value, [key]: put(value[key], path, depth + 1, instead) };
}
