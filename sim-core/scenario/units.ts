import { micros, printDuration, type Micros } from '../base/micros.ts';
import { ratio, type Ratio } from '../base/ratio.ts';
import type { Span } from '../kernel/node.ts';
import { nearest } from './nearest.ts';
import { readingLimits } from './reading-limits.ts';

/** A quantity as people write it, read; or what is wrong with it, and what was likely meant. */
export type Reading<Value> =
  | { readonly value: Value }
  | { readonly value: null; readonly says: string; readonly nearest: string | null };

/** Microseconds of each unit. */
const units: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
  ['min', 60_000_000],
]);

/** Spellings people try, and the unit they mean. */
const otherSpellings: ReadonlyMap<string, string> = new Map([
  ['µs', 'us'],
  ['μs', 'us'],
  ['usec', 'us'],
  ['micros', 'us'],
  ['msec', 'ms'],
  ['millis', 'ms'],
  ['milliseconds', 'ms'],
  ['sec', 's'],
  ['secs', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['m', 'min'],
  ['mins', 'min'],
  ['minute', 'min'],
  ['minutes', 'min'],
]);

/** The forms, for JSON Schema and for the sentences: what each reader below accepts. */
export const durationPattern = '^[0-9]+(\\.[0-9]+)?(us|ms|s|min)$';
export const spanPattern =
  '^[0-9]+(\\.[0-9]+)?(us|ms|s|min)(\\.\\.[0-9]+(\\.[0-9]+)?(us|ms|s|min))?$';
export const likelihoodPattern = '^([0-9]+/[0-9]+|[0-9]+(\\.[0-9]+)?%?)$';
export const percentPattern = '^[0-9]+%$';

const decimal = /^([0-9]{1,12})(?:\.([0-9]{1,12}))?$/;

/** `40ms`, `5s`, `250us`, `1.5s`, `2min`: exact, at most a day. */
export function readDuration(text: string): Reading<Micros> {
  const match = /^([0-9.]*)(.*)$/su.exec(text);
  const number = match?.[1] ?? '';
  const unit = match?.[2] ?? '';
  const size = units.get(unit);
  if (size === undefined) return wrongUnit(text, number, unit.trim());
  const parts = decimal.exec(number);
  if (parts === null) return wrong('a length of time is a number and its unit, as in 40ms', null);
  const fraction = parts[2] ?? '';
  const scaled = BigInt(`${parts[1] ?? '0'}${fraction}`) * BigInt(size);
  const divisor = powerOfTen(fraction.length);
  if (scaled % divisor !== 0n) {
    return wrong('the clock counts whole microseconds, and this is finer', null);
  }
  const count = scaled / divisor;
  if (count > BigInt(readingLimits.durationMost)) {
    return wrong('no length of time may be longer than a day, 1440min', null);
  }
  return { value: micros(Number(count)) };
}

function wrongUnit(text: string, number: string, unit: string): Reading<never> {
  const allowed = 'us, ms, s and min';
  if (!decimal.test(number)) {
    return wrong('a length of time is a number and its unit, as in 40ms, 5s or 250us', null);
  }
  if (unit === '') {
    return wrong(`a length of time needs its unit: ${allowed} are known`, `${number}ms`);
  }
  const lower = unit.toLowerCase();
  const meant = units.has(lower) ? lower : otherSpellings.get(lower);
  const near = meant ?? nearest(lower, [...units.keys(), ...otherSpellings.keys()]);
  const known = near === null ? null : (otherSpellings.get(near) ?? near);
  if (known === unit && text.includes(' ')) {
    return wrong('number and unit of a length of time stand without a space', number + known);
  }
  const says = `"${unit}" is no unit of time: ${allowed} are known`;
  return wrong(says, known === null ? null : number + known);
}

/** A duration, or two with `..` between them: `20ms..60ms`. */
export function readSpan(text: string): Reading<Span> {
  const dots = text.indexOf('..');
  if (dots < 0) {
    const fixed = readDuration(text);
    if (fixed.value === null) return fixed;
    return { value: { least: fixed.value, most: fixed.value } };
  }
  const ends = [text.slice(0, dots), text.slice(dots + 2)] as const;
  const least = readDuration(ends[0].trim());
  const most = readDuration(ends[1].trim());
  if (least.value === null) return { ...least, nearest: rangeOf(least.nearest, ends[1]) };
  if (most.value === null) return { ...most, nearest: rangeOf(ends[0], most.nearest) };
  const [first, last] = [printDuration(least.value), printDuration(most.value)];
  if (ends[0].trim() !== ends[0] || ends[1].trim() !== ends[1]) {
    return wrong('a range stands without spaces', `${ends[0].trim()}..${ends[1].trim()}`);
  }
  if (least.value > most.value) {
    return wrong('a range runs from the least to the most', `${last}..${first}`);
  }
  return { value: { least: least.value, most: most.value } };
}

function rangeOf(least: string | null, most: string | null): string | null {
  return least === null || most === null ? null : `${least.trim()}..${most.trim()}`;
}

const ratioSays = 'a likelihood is a ratio from 0 to 1, as in 1/20, 5% or 0.05';
const denominatorMost = 0x80000000n;

/** `1/20`, `5%`, `0.05`: an exact ratio, never a floating-point number. */
export function readLikelihood(text: string): Reading<Ratio> {
  const slash = /^([0-9]{1,12})\/([0-9]{1,12})$/.exec(text);
  if (slash !== null) return exactRatio(BigInt(slash[1] ?? '0'), BigInt(slash[2] ?? '0'));
  const percent = text.endsWith('%');
  const parts = decimal.exec(percent ? text.slice(0, -1) : text);
  if (parts === null) return wrong(ratioSays, null);
  if (!percent && /^[1-9][0-9]?$/.test(text) && text !== '1') return wrong(ratioSays, `${text}%`);
  const fraction = parts[2] ?? '';
  const digits = BigInt(`${parts[1] ?? '0'}${fraction}`);
  return exactRatio(digits, powerOfTen(fraction.length + (percent ? 2 : 0)));
}

function exactRatio(numerator: bigint, denominator: bigint): Reading<Ratio> {
  if (denominator === 0n) return wrong(`${ratioSays}; nothing is divided by 0`, null);
  if (numerator > denominator) return wrong(ratioSays, null);
  const shared = commonDivisor(numerator, denominator);
  if (denominator / shared > denominatorMost) {
    return wrong(
      'a likelihood this fine cannot be drawn: the ratio needs a number above 2³¹',
      null,
    );
  }
  return { value: ratio(Number(numerator / shared), Number(denominator / shared)) };
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${'0'.repeat(exponent)}`);
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

/** `25%`: whole percent, 0 to 100. */
export function readPercent(text: string): Reading<number> {
  const match = /^([0-9]{1,6})%$/.exec(text);
  if (match === null) {
    const bare = /^[0-9]{1,3}$/.test(text) ? `${text}%` : null;
    return wrong('a gain is whole percent with its sign, as in 25%', bare);
  }
  const percent = Number(match[1]);
  if (percent > 100) return wrong('a gain is at most 100%', '100%');
  return { value: percent };
}

const bandwidthSays = 'a bandwidth is a number and its unit, as in 64kbit/s';
export const bandwidthPattern = '^[0-9]+(\\.[0-9]+)?(bit/s|kbit/s|Mbit/s)$';

/** `9600bit/s`, `64kbit/s`, `1.5Mbit/s`: whole bits per second, at most 10 Gbit/s. */
export function readBandwidth(text: string): Reading<number> {
  const match = /^([0-9.]+)(bit\/s|kbit\/s|Mbit\/s)$/.exec(text);
  const parts = decimal.exec(match?.[1] ?? '');
  if (match === null || parts === null) {
    const near = /^([0-9]+) ?(bit|k|kbit|kb|kbps|M|Mbit|Mb|Mbps)(?:\/s)?$/i.exec(text);
    const size = near?.[2]?.toLowerCase()[0] ?? '';
    const unit = size === 'k' ? 'kbit/s' : size === 'm' ? 'Mbit/s' : 'bit/s';
    return wrong(bandwidthSays, near === null ? null : `${near[1]}${unit}`);
  }
  const fraction = parts[2] ?? '';
  const size = match[2] === 'Mbit/s' ? 1_000_000n : match[2] === 'kbit/s' ? 1_000n : 1n;
  const scaled = BigInt(`${parts[1] ?? '0'}${fraction}`) * size;
  const divisor = powerOfTen(fraction.length);
  const bits = scaled / divisor;
  if (scaled % divisor !== 0n || bits < 1n || bits > 10_000_000_000n) {
    return wrong(`${bandwidthSays}: whole bits per second, from 1 to 10 000 000 000`, null);
  }
  return { value: Number(bits) };
}

const octetsSays = 'a size is a number and its unit, as in 300kB';
export const octetsPattern = '^[0-9]{1,9}(B|kB|MB)$';

/** `1460B`, `300kB`, `2MB`: whole octets, thousands of them and millions, at most 1000 MB. */
export function readOctets(text: string): Reading<number> {
  const match = /^([0-9]{1,9})(B|kB|MB)$/.exec(text);
  if (match === null) {
    const near = /^([0-9]{1,9}) ?([kKmM]?)(?:i?[bB])?$/.exec(text);
    const size = near?.[2]?.toLowerCase() ?? '';
    const unit = size === 'm' ? 'MB' : size === 'k' ? 'kB' : 'B';
    return wrong(octetsSays, near === null ? null : `${near[1]}${unit}`);
  }
  const octets = Number(match[1]) * (match[2] === 'MB' ? 1_000_000 : match[2] === 'kB' ? 1_000 : 1);
  if (octets < 1 || octets > 1_000_000_000) return wrong(`${octetsSays}: from 1B to 1000MB`, null);
  return { value: octets };
}

function wrong(says: string, near: string | null): Reading<never> {
  return { value: null, says, nearest: near };
}
