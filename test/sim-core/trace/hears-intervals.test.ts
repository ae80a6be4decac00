import { describe, expect, test } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import { hearsFollower, hearsIntervals } from '../../../sim-core/trace/hears-intervals.ts';
import { traceBuilder, type BuiltTrace } from '../../support/trace-builder.ts';

function lines({ header, records, endedAt }: BuiltTrace): string[] {
  return hearsIntervals(header, records, endedAt).map(
    ({ listener, medium, sources, fromMicros, toMicros }) =>
      `${listener} ${medium} ${sources.map(({ source }) => source).join('+')} ` +
      `${fromMicros / 1_000}-${toMicros / 1_000}`,
  );
}

describe('intervals', () => {
  test('run from one change to the next, per party and medium; silence has none', () => {
    const trace = traceBuilder()
      .hears('A', 'audio', ['ringback tone'], 100, '1')
      .hears('A', 'video', ['beach'], 150, '2')
      .hears('A', 'audio', ['beach'], 200, '3')
      .hears('B', 'audio', ['ring tone'], 210, '4')
      .hears('A', 'audio', [], 300, '5')
      .hears('A', 'audio', ['beach', 'client-b'], 400, '6')
      .build(500);
    expect(lines(trace)).toEqual([
      'client-a audio ringback tone 100-200',
      'client-a video beach 150-500',
      'client-a audio beach 200-300',
      'client-b audio ring tone 210-500',
      'client-a audio beach+client-b 400-500',
    ]);
  });

  test('name the records that opened and closed them', () => {
    const trace = traceBuilder()
      .hears('A', 'audio', ['beach'], 100, 'on')
      .hears('A', 'audio', [], 200, 'off')
      .hears('A', 'audio', ['client-b'], 300, 'again')
      .build(400);
    const found = hearsIntervals(trace.header, trace.records, trace.endedAt);
    expect(found.map(({ openedBy, closedBy }) => [openedBy, closedBy])).toEqual([
      [trace.record('on'), trace.record('off')],
      [trace.record('again'), null],
    ]);
  });

  test('go on where the same is said again', () => {
    const trace = traceBuilder()
      .hears('A', 'audio', ['beach'], 100, '1')
      .hears('A', 'audio', ['beach'], 200, '2')
      .build(300);
    expect(lines(trace)).toEqual(['client-a audio beach 100-300']);
  });

  test('begin anew where only the gain differs', () => {
    const built = traceBuilder().hears('A', 'audio', ['beach'], 100, '1').build(300);
    const quieter = built.records.map((record) => ({
      ...record,
      number: 2 as typeof record.number,
      at: micros(200_000),
      note: { kind: 'hears', medium: 'audio', sources: [{ source: 'beach', gainPercent: 30 }] },
    })) as typeof built.records;
    const all = [...built.records, ...quieter];
    expect(hearsIntervals(built.header, all, built.endedAt)).toHaveLength(2);
  });

  test('of no length are none', () => {
    const trace = traceBuilder()
      .hears('A', 'audio', ['ringback tone'], 100, '1')
      .hears('A', 'audio', ['beach'], 100, '2')
      .hears('B', 'audio', ['client-a'], 300, '3')
      .build(300);
    expect(lines(trace)).toEqual(['client-a audio beach 100-300']);
  });

  test('can be asked for while the run goes on', () => {
    const trace = traceBuilder()
      .hears('A', 'audio', ['beach'], 100, '1')
      .hears('A', 'audio', [], 200, '2')
      .build();
    const follower = hearsFollower(trace.header);
    const [first, second] = trace.records;
    if (first === undefined || second === undefined) throw new Error('two records');
    follower.observe(first);
    expect(follower.intervals(micros(150_000))).toMatchObject([
      { toMicros: 150_000, closedBy: null },
    ]);
    follower.observe(second);
    expect(follower.intervals(micros(250_000))).toMatchObject([{ toMicros: 200_000, closedBy: 2 }]);
  });
});
