import { describe, expect, it } from 'vitest';

import { baselineNames, readScenario, setInScenario } from '../../../sim-core/authoring.ts';
import { runScenario } from '../../../sim-core/index.ts';

function over(...lines: readonly string[]): string {
  return ['apiVersion: ringscope/v1', 'baseline: voice-call', 'title: A part', ...lines].join('\n');
}

function read(text: string) {
  const { scenario, problems } = readScenario(text, 'part.cmr.yaml');
  expect(problems).toEqual([]);
  if (scenario === null) throw new Error('it was read without a problem');
  return scenario;
}

describe('a scenario over a baseline', () => {
  it.each(baselineNames)('%s is a whole call by itself: it rings and is answered', (baseline) => {
    const text = `apiVersion: ringscope/v1\nbaseline: ${baseline}\ntitle: By itself\n`;
    const run = runScenario(read(text), { engine: 'test' });
    expect(run.outcome).toBe('ring stopped');
    expect(run.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('says only what is different', () => {
    const scenario = read(over('links: { a: { latency: 35ms } }'));
    const latencies = scenario.links.map(({ name, latency }) => [name, latency.least]);
    expect(latencies.slice(0, 2)).toEqual([
      ['a', 35_000],
      ['b', 20_000],
    ]);
  });

  it('replaces lists, and nodes of another role, whole', () => {
    const script = 'script: [{ at: 1s, who: client-a, does: dial, target: client-b }]';
    expect(read(over(script)).script).toHaveLength(1);
    const { problems } = readScenario(
      over('nodes: { client-b: { role: cmr-server, address: 203.0.113.9 } }'),
      'part.cmr.yaml',
    );
    // Nothing is left over of the terminal that stood there.
    expect(problems.map(({ says }) => says).join()).not.toContain('unknown key');
    expect(problems.length).toBeGreaterThan(0);
  });

  it('takes away what null stands for', () => {
    const names = read(over('links: { media-ab: null }')).links.map(({ name }) => name);
    expect(names).toEqual(['a', 'b', 'r', 'media-a', 'media-b']);
  });

  it('points at the file, also where the baseline has what it contradicts', () => {
    const text = over('links:', '  a: { latency: 35 }', '  extra: { between: [client-a, nobody] }');
    const { problems } = readScenario(text, 'part.cmr.yaml');
    expect(problems.map(({ path, line }) => [path, line])).toEqual([
      ['links.a.latency', 5],
      ['links.extra', 6],
      ['links.extra.between.1', 6],
    ]);
  });

  it('knows no other baseline', () => {
    const text = over().replace('voice-call', 'voise-call');
    const { problems } = readScenario(text, 'part.cmr.yaml');
    expect(problems.map(({ path, nearest }) => [path, nearest])).toEqual([
      ['baseline', 'voice-call'],
    ]);
  });

  it('can be set where only the baseline has the place', () => {
    const set = setInScenario(over(), 'links.a.latency', '75ms');
    if (set.text === null) throw new Error(set.says);
    expect(read(set.text).links[0]?.latency.least).toBe(75_000);
    expect(set.text).toContain('title: A part');
    expect(setInScenario(over(), 'links.z.latency', '75ms').text).toBeNull();
  });

  it('expects metrics exactly or in a range', () => {
    const lines = ['expect:', '  metrics: { answerLag: 180ms..200ms, ringStart: 1ms..2ms }'];
    const run = runScenario(read(over(...lines)), { engine: 'test' });
    expect(run.expectations.map(({ met }) => met)).toEqual([false, false]);
    expect(run.expectations[1]?.says).toBe('answerLag is between 180 ms and 200 ms');
  });
});
