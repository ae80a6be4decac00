/**
 * Logarithm and exponential with the same bits in every engine. `Math.log` and `Math.exp` differ by
 * one unit in the last place between Node and Chromium; what is used here does not: + − × ÷,
 * Math.floor and the bits of a number.
 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
float[0] = 1;
/** Which of the two words holds sign and exponent on this machine. */
const high = words[1] === 0x3ff00000 ? 1 : 0;
const low = 1 - high;

/** ln 2 in two parts: the first has 20 zero bits at its end, so that `k * ln2High` is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const twoTo54 = 18014398509481984;
/** The upper word of √2: from there up the next power of two is nearer. */
const sqrt2High = 0x3ff6a09e;

/** The natural logarithm, at most 1 unit in the last place from the true value. */
export function exactLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  float[0] = subnormal ? x * twoTo54 : x;
  const upper = words[high] ?? 0;
  const mantissa = (upper & 0xfffff) | 0x3ff00000;
  const halved = mantissa >= sqrt2High ? 1 : 0;
  words[high] = mantissa - halved * 0x100000;
  const exponent = (upper >>> 20) - 1023 + halved - (subnormal ? 54 : 0);
  // x = (1 + f) · 2^exponent with 1 + f in [√½, √2]; ln (1 + f) = 2 artanh s, s = f / (2 + f).
  const f = float[0] - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const tail = s * (half + artanhTail(s * s)) + exponent * ln2Low;
  return exponent * ln2High - (half - tail - f);
}

/** (2 artanh s − 2 s) / s for z = s² ≤ 0.0295: z (2/3 + z (2/5 + z (2/7 + …))). */
function artanhTail(z: number): number {
  const last = 2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25)));
  const middle = 2 / 11 + z * (2 / 13 + z * (2 / 15 + z * (2 / 17 + z * last)));
  return z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * middle))));
}

/** e to the power of x, at most 1 unit in the last place from the true value. */
export function exactExp(x: number): number {
  if (x !== x) return x;
  if (x === 1) return 2.718281828459045;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x / (ln2High + ln2Low) + 0.5);
  const upper = x - k * ln2High;
  const lower = k * ln2Low;
  const r = upper - lower;
  // e^r = 1 + 2r / (R − r) with R = r coth (r/2) · … expanded by Bernoulli numbers, |r| ≤ ½ ln 2.
  const z = r * r;
  const c =
    r -
    z *
      (1 / 6 +
        z *
          (-1 / 360 +
            z * (1 / 15120 + z * (-1 / 604800 + z * (1 / 23950080 + z * (-691 / 653837184000))))));
  const power = 1 - (lower - (r * c) / (2 - c) - upper);
  return k >= -1021 && k < 1024 ? power * powerOfTwo(k) : scaled(power, k);
}

/** Where 2^k itself is too large or too small for a normal number. */
function scaled(value: number, k: number): number {
  return k >= 1024 ? value * 2 * powerOfTwo(k - 1) : value * powerOfTwo(k + 54) * (1 / twoTo54);
}

/** 2^k for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  words[high] = (k + 1023) << 20;
  words[low] = 0;
  return float[0] ?? 1;
}
