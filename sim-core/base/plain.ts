import { check, InternalError } from './check.ts';

/**
 * Plain values are null, booleans, numbers but NaN and -0, strings, arrays, objects and typed
 * arrays of them, without cycles. A frozen one is frozen all the way down: that is what lets
 * copies share it and fingerprints be kept.
 */

/** Freezes a plain value and all it holds, and gives it back. What is frozen is left as it is. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  check(!ArrayBuffer.isView(value), 'a typed array cannot be frozen');
  Object.freeze(value);
  for (const key in value) freezeDeep(value[key]);
  return value;
}

/** A copy to write into. It shares what is frozen, and copies objects, arrays and typed arrays. */
export function clonePlain<T>(value: T): T {
  return typeof value === 'object' && value !== null ? (cloneObject(value) as T) : value;
}

type Fields = Record<string, unknown>;

function cloneObject(value: object): object {
  if (Object.isFrozen(value)) return value;
  if (Array.isArray(value)) {
    const copy: unknown[] = value.slice();
    for (let index = 0; index < copy.length; index += 1) {
      const item = copy[index];
      if (typeof item === 'object' && item !== null) copy[index] = cloneObject(item);
    }
    return copy;
  }
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const copy: Fields = { ...(value as Fields) };
  for (const key in copy) {
    const field = copy[key];
    if (typeof field === 'object' && field !== null) copy[key] = cloneObject(field);
  }
  return copy;
}

/** Deeper than any state; a value that exceeds it is taken for a cycle. */
const depthMost = 200;

/**
 * A 32-bit hash of a plain value: the same for equal values, whatever the order of their keys; two
 * salts give 64 independent bits. Kept for frozen values. Throws an InternalError that names the
 * path of anything that is not plain.
 */
export function fingerprint(value: unknown, salt: number): number {
  const run: Hashing = { root: value, salt: salt | 0, kept: keptFor(salt | 0) };
  return finish(hashValue(value, run, 0, true)) >>> 0;
}

interface Hashing {
  readonly root: unknown;
  readonly salt: number;
  readonly kept: Kept;
}

/** What one salt makes of values that come again and again. */
interface Kept {
  readonly frozen: WeakMap<object, number>;
  /** A run says the same short texts over and over, and its objects have few names of fields. */
  readonly texts: Map<string, number>;
  readonly names: Map<string, number>;
}

const keptBySalt = new Map<number, Kept>();
const saltsMost = 16;

function keptFor(salt: number): Kept {
  let kept = keptBySalt.get(salt);
  if (kept === undefined) {
    kept = { frozen: new WeakMap(), texts: new Map(), names: new Map() };
    if (keptBySalt.size < saltsMost) keptBySalt.set(salt, kept);
  }
  return kept;
}

const textsMost = 4_096;
const keptLengthMost = 64;

function hashKept(text: string, start: number, kept: Map<string, number>): number {
  if (text.length > keptLengthMost) return hashText(text, start);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const hash = hashText(text, start);
  if (kept.size >= textsMost) kept.clear();
  kept.set(text, hash);
  return hash;
}

/** First words of what is hashed, so that `1`, `'1'`, `[1]` and `{1: …}` differ. */
const tag = {
  null: 0x1b873593,
  false: 0x2545f491,
  true: 0x4f6cdd1d,
  int32: 0x52dce729,
  number: 0x38495ab5,
  string: 0x6b43a9b5,
  array: 0x7feb352d,
  object: 0x165667b1,
  typed: 0x27d4eb2f,
} as const;

function hashValue(value: unknown, run: Hashing, depth: number, keep: boolean): number {
  switch (typeof value) {
    case 'string':
      return hashKept(value, tag.string ^ run.salt, run.kept.texts);
    case 'number':
      return hashNumber(value, run);
    case 'boolean':
      return mix(run.salt, value ? tag.true : tag.false);
    case 'object':
      if (value === null) return mix(run.salt, tag.null);
      return keep && Object.isFrozen(value)
        ? hashFrozen(value, run, depth)
        : hashObject(value, run, depth, keep);
    default:
      return refuse(run.root);
  }
}

/** Only the outermost frozen object is kept: keeping every line of a message would cost more. */
function hashFrozen(value: object, run: Hashing, depth: number): number {
  const known = run.kept.frozen.get(value);
  if (known !== undefined) return known;
  const hash = hashObject(value, run, depth, false);
  run.kept.frozen.set(value, hash);
  return hash;
}

function hashObject(value: object, run: Hashing, depth: number, keep: boolean): number {
  if (depth >= depthMost) refuse(run.root);
  if (Array.isArray(value)) {
    let hash = mix(tag.array ^ run.salt, value.length);
    for (let index = 0; index < value.length; index += 1) {
      hash = mix(hash, hashValue(value[index], run, depth + 1, keep));
    }
    return hash;
  }
  if (ArrayBuffer.isView(value)) return hashTypedArray(value, run);
  if (!isPlainObject(value)) refuse(run.root);
  // A sum of well mixed entries does not depend on the order of the keys, and spares sorting them.
  let sum = 0;
  let count = 0;
  for (const key in value) {
    const entry = hashKept(key, tag.object ^ run.salt, run.kept.names);
    sum = (sum + finish(mix(entry, hashValue(value[key], run, depth + 1, keep)))) | 0;
    count += 1;
  }
  return mix(mix(tag.object ^ run.salt, count), sum);
}

function isPlainObject(value: object): value is Fields {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function hashTypedArray(value: ArrayBufferView, run: Hashing): number {
  const numbers = numbersOf(value);
  if (numbers === null) return refuse(run.root);
  let hash = mix(hashText(kindOf(value), tag.typed ^ run.salt), numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    hash = mix(hash, hashNumber(numbers[index] ?? 0, run));
  }
  return hash;
}

/** The elements of a typed array; null for a DataView and for arrays of bigint. */
function numbersOf(value: ArrayBufferView): ArrayLike<number> | null {
  const kind = kindOf(value);
  return kind === 'DataView' || kind.startsWith('Big') ? null : (value as unknown as Float64Array);
}

function kindOf(value: ArrayBufferView): string {
  return String((value as Uint8Array)[Symbol.toStringTag]);
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

function hashNumber(value: number, run: Hashing): number {
  if ((value | 0) === value) {
    if (value === 0 && 1 / value < 0) refuse(run.root);
    return mix(tag.int32 ^ run.salt, value);
  }
  if (value !== value) refuse(run.root);
  float[0] = value;
  const low = words[0] ?? 0;
  const high = words[1] ?? 0;
  return mix(mix(tag.number ^ run.salt, low), high);
}

function hashText(text: string, start: number): number {
  let hash = start ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
  }
  return finish(hash);
}

/** One round of MurmurHash3. */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The finaliser of MurmurHash3. */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Finds what made the hash fail, to name it. */
function refuse(root: unknown): never {
  const found = firstRefused(root, '', []);
  throw new InternalError(`internal error: not plain data: ${found ?? 'nested too deeply'}`);
}

function firstRefused(value: unknown, path: string, above: readonly object[]): string | null {
  const place = path === '' ? 'the value itself' : path;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return `${place} is NaN`;
    return Object.is(value, -0) ? `${place} is -0` : null;
  }
  if (typeof value !== 'object') {
    const plain = typeof value === 'string' || typeof value === 'boolean';
    return plain ? null : `${place} is ${describe(value)}`;
  }
  if (value === null) return null;
  if (above.includes(value)) return `${place} contains itself`;
  if (above.length >= depthMost) return `${place} is more than ${depthMost} levels deep`;
  const plain = ArrayBuffer.isView(value)
    ? numbersOf(value) !== null
    : Array.isArray(value) || isPlainObject(value);
  if (!plain) return `${place} is ${describe(value)}`;
  const chain = [...above, value];
  for (const [step, field] of entriesOf(value)) {
    const found = firstRefused(field, path + step, chain);
    if (found !== null) return found.replace(/^\./, '');
  }
  return null;
}

function describe(value: unknown): string {
  if (value === undefined) return 'undefined';
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === 'Object' ? 'an object of a class' : `a ${name}`;
}

/** What a plain object, array or typed array holds, with the steps of the path to it. */
function entriesOf(value: object): readonly (readonly [step: string, field: unknown])[] {
  if (Array.isArray(value)) return Array.from(value, (item, index) => [`[${index}]`, item]);
  if (ArrayBuffer.isView(value)) {
    return Array.from(numbersOf(value) ?? [], (item, index) => [`[${index}]`, item]);
  }
  return Object.entries(value).map(([key, field]) => [`.${key}`, field]);
}

/** Whether two plain values are equal. What both share is not looked into. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) {
      if (!samePlain(a[index], b[index])) return false;
    }
    return true;
  }
  if (Array.isArray(b)) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return differences(a, b).length === 0;
  return sameFields(a as Fields, b as Fields);
}

function sameFields(a: Fields, b: Fields): boolean {
  let fields = 0;
  for (const key in a) {
    if (!(key in b) || !samePlain(a[key], b[key])) return false;
    fields += 1;
  }
  for (const _ in b) fields -= 1;
  return fields === 0;
}

/** The paths at which two plain values differ, in the order of `a`'s keys; empty when equal. */
export function differences(a: unknown, b: unknown): string[] {
  const found: string[] = [];
  compare(a, b, '', found);
  return found;
}

function compare(a: unknown, b: unknown, path: string, found: string[]): void {
  if (Object.is(a, b)) return;
  if (!isObject(a) || !isObject(b) || shapeOf(a) !== shapeOf(b)) {
    found.push(path === '' ? '.' : path.replace(/^\./, ''));
    return;
  }
  const fieldsOfA = new Map(entriesOf(a));
  const fieldsOfB = new Map(entriesOf(b));
  for (const step of new Set([...fieldsOfA.keys(), ...fieldsOfB.keys()])) {
    const both = fieldsOfA.has(step) && fieldsOfB.has(step);
    if (both) compare(fieldsOfA.get(step), fieldsOfB.get(step), path + step, found);
    else found.push((path + step).replace(/^\./, ''));
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function shapeOf(value: object): string {
  return Object.prototype.toString.call(value);
}
