import { describe, expect, test } from 'vitest';

import { instantBeside, playFrom } from '../../renderer/playback.ts';
import { micros } from '../../sim-core/reading.ts';

const second = 1_000_000;
const quiet = [{ fromMicros: 1 * second, toMicros: 9 * second }];

describe('playing', () => {
  test('goes as fast as it is told while something is signalled', () => {
    expect(playFrom(0, 500, 1, [], 20 * second)).toBe(500_000);
    expect(playFrom(0, 500, 0.001, [], 20 * second)).toBe(500);
    expect(playFrom(0, 100, 100, [], 20 * second)).toBe(10 * second);
  });

  test('passes a quiet span in 0.8 seconds, wherever the frames fall', () => {
    const whole = playFrom(1 * second, 800, 0.2, quiet, 20 * second);
    let stepped = 1 * second;
    for (let frame = 0; frame < 50; frame += 1) {
      stepped = playFrom(stepped, 16, 0.2, quiet, 20 * second);
    }
    expect(whole).toBe(9 * second);
    expect(Math.abs(stepped - whole)).toBeLessThan(50);
  });

  test('crosses into and out of quiet within one frame without losing time', () => {
    // 0.5 s at 1×, 0.8 s of quiet, 0.2 s at 1×.
    expect(playFrom(500_000, 1_500, 1, quiet, 20 * second)).toBe(9_200_000);
  });

  test('a quiet span already shorter than that at this speed is not slowed', () => {
    expect(playFrom(1 * second, 80, 100, quiet, 20 * second)).toBe(9 * second);
  });

  test('never passes the end', () => {
    expect(playFrom(19 * second, 60_000, 1, [], 20 * second)).toBe(20 * second);
  });

  test('never goes back, and stays where no time passes', () => {
    expect(playFrom(5 * second, 0, 1, quiet, 20 * second)).toBe(5 * second);
    expect(playFrom(12 * second, 10, 1, quiet, 20 * second)).toBe(12_010_000);
  });
});

describe('stepping', () => {
  const instants = [0, 10, 20].map(micros);

  test('goes to the next and the previous instant', () => {
    expect(instantBeside(instants, micros(10), 'next')).toBe(20);
    expect(instantBeside(instants, micros(10), 'previous')).toBe(0);
    expect(instantBeside(instants, micros(15), 'previous')).toBe(10);
  });

  test('stays at either end', () => {
    expect(instantBeside(instants, micros(20), 'next')).toBeNull();
    expect(instantBeside(instants, micros(0), 'previous')).toBeNull();
    expect(instantBeside([], micros(0), 'next')).toBeNull();
  });
});
