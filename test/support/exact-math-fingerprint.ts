import { exactExp, exactLog } from '../../sim-core/base/exact-math.ts';

/**
 * A hash over the bits of `count` logarithms and `count` exponentials of seeded values, in hex.
 * Every engine must give the same; it runs in a browser as it is.
 */
export function exactMathFingerprint(count: number): string {
  const float = new Float64Array(1);
  const bytes = new DataView(float.buffer);
  let first = 0x811c9dc5;
  let second = 0x01000193;
  const take = (value: number): void => {
    bytes.setFloat64(0, value);
    for (const word of [bytes.getUint32(0), bytes.getUint32(4)]) {
      first = Math.imul(first ^ word, 0x85ebca6b);
      first ^= first >>> 13;
      second = Math.imul(second ^ word, 0xc2b2ae35);
      second ^= second >>> 16;
    }
  };
  for (const { positive, any } of seededValues(count)) {
    take(exactLog(positive));
    take(exactExp(any));
  }
  return [first, second].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Arguments for a logarithm and an exponential, small and large, near 1 and near 0. */
export function* seededValues(
  count: number,
): Generator<{ readonly positive: number; readonly any: number }> {
  let state = 20240229;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  for (let index = 0; index < count; index += 1) {
    const unit = (draw() * 0x200000 + (draw() >>> 11)) / 0x20000000000000;
    switch (index % 4) {
      case 0:
        yield { positive: unit + 1e-300, any: unit * 2 - 1 };
        break;
      case 1:
        yield { positive: 1 + (unit - 0.5) / 64, any: (unit - 0.5) / 1024 };
        break;
      case 2:
        yield { positive: unit * 1e9 + 1, any: unit * -40 };
        break;
      default:
        yield { positive: anyPositive(draw(), draw()), any: unit * 1456 - 746 };
    }
  }
}

/** A finite positive number with these bits: every exponent is as likely. */
function anyPositive(upper: number, lower: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, (upper >>> 1) % 0x7ff00000);
  bits.setUint32(4, lower | 1);
  return bits.getFloat64(0);
}
