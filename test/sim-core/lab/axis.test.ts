import { describe, expect, it } from 'vitest';

import { readAxes, readAxis } from '../../../sim-core/experimenting.ts';

function says(text: string): string {
  const read = readAxis(text);
  return read.axis === null ? read.says : 'it is an axis';
}

describe('an axis', () => {
  it('is a range of times with both ends', () => {
    expect(readAxis('links.a.latency=0ms..60ms:20ms')).toEqual({
      axis: { path: 'links.a.latency', values: ['0s', '20ms', '40ms', '60ms'], measures: 'time' },
    });
  });

  it('leaves out an upper end that no step reaches', () => {
    const { axis } = readAxis('x=1us..2us:0.7ms');
    expect(axis?.values).toEqual(['1us']);
  });

  it('is a range of whole numbers, or a list of words', () => {
    expect(readAxis('nodes.client-a.port=8..10:1').axis).toEqual({
      path: 'nodes.client-a.port',
      values: ['8', '9', '10'],
      measures: 'count',
    });
    const words = readAxis('switches.SW-PEM=sendrecv, sendonly').axis;
    expect(words).toEqual({
      path: 'switches.SW-PEM',
      values: ['sendrecv', 'sendonly'],
      measures: 'words',
    });
  });

  it.each([
    ['links.a.latency', 'an axis is a path, an equals sign and values'],
    ['links.a.latency=', 'the axis links.a.latency has no values'],
    ['a=1ms,,2ms', 'the axis a has an empty value'],
    ['a=5ms..1ms:1ms', 'the axis a goes from 5ms down to 1ms: lower end first'],
    ['a=1ms..5ms:0ms', 'the axis a has a step of nothing'],
    ['a=1ms..5m:1ms', '"5m" is neither a length of time, as in 20ms, nor a whole number'],
    ['a=0s..1h:1us', 'is neither a length of time'],
    ['a=0s..60min:1us', 'the axis a has more than 10000 values'],
  ])('%s is none', (text, expected) => {
    expect(says(text)).toContain(expected);
  });
});

describe('the axes of a sweep', () => {
  it('are paths of their own', () => {
    const axes = ['until=1s,2s', 'links.a.latency=1ms'];
    const read = readAxes(axes);
    expect(read).toEqual({ axes: axes.map((text) => readAxis(text).axis) });
  });

  it.each([
    [['until=1s', 'until=2s'], 'until is an axis already'],
    [['until=1s', 'seed=1..3:1'], 'seeds are no axis'],
    [['until=1s', 'until'], 'an axis is a path'],
  ])('%j are none', (texts, expected) => {
    expect(readAxes(texts)).toEqual({ axes: null, says: expect.stringContaining(expected) });
  });
});
