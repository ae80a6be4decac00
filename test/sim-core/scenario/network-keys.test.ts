import { describe, expect, it } from 'vitest';

import { readScenario } from '../../../sim-core/authoring.ts';
import type { Scenario } from '../../../sim-core/scenario/scenario.ts';
import { smallWith } from './small-scenario.ts';

function read(text: string): Scenario {
  const { scenario, problems } = readScenario(text, 'x');
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return scenario;
}

const link = (more: string) => smallWith('latency: 40ms, loss: 0.05', `latency: 40ms, ${more}`);
const server = (more: string) =>
  smallWith('    mode: gateway\n', `    mode: gateway\n    ${more}\n`);

describe('keys of a hostile network', () => {
  it('reads losses in bursts, with and without what may be left out', () => {
    const [one] = read(link('loss: { to-bad: 2%, to-good: 1/4, when-bad: 0.5 }')).links;
    expect(one?.loss.numerator).toBe(0);
    expect(one?.burst).toEqual({
      toBad: { numerator: 1, denominator: 50 },
      toGood: { numerator: 1, denominator: 4 },
      whenBad: { numerator: 1, denominator: 2 },
      whenGood: { numerator: 0, denominator: 1 },
    });
    const [other] = read(link('loss: { to-bad: 2%, to-good: 1/4 }')).links;
    expect(other?.burst?.whenBad).toEqual({ numerator: 1, denominator: 1 });
  });

  it('reads bandwidth and queue', () => {
    const [one] = read(link('bandwidth: 64kbit/s, queue: 200ms')).links;
    expect(one?.bandwidth).toEqual({ bitsPerSecond: 64_000, queue: 200_000 });
    expect(read(link('bandwidth: 1.5Mbit/s')).links[0]?.bandwidth).toEqual({
      bitsPerSecond: 1_500_000,
      queue: 1_000_000,
    });
  });

  it('reads processing by kind of message, and outages', () => {
    const text = server('processing: { default: 5ms, INVITE: 30ms, 200: 1ms }').replace(
      '    mode: gateway\n',
      '    mode: gateway\n    outages: [{ kind: crash, at: 3s, for: 2s }, { kind: freeze, at: 9s }]\n',
    );
    expect(read(text).nodes.find(({ role }) => role === 'cmr-server')).toMatchObject({
      processing: 5_000,
      processingOf: { INVITE: 30_000, '200': 1_000 },
      outages: [
        { kind: 'crash', at: 3_000_000, for: 2_000_000 },
        { kind: 'freeze', at: 9_000_000, for: null },
      ],
    });
    const bare = read(server('processing: { INVITE: 30ms }')).nodes;
    expect(bare.find(({ role }) => role === 'cmr-server')?.processing).toBe(10_000);
  });

  it.each([
    [link('loss: { to-bad: 2%, to-goof: 1/4 }'), 'CMR1004', 'to-good'],
    [link('loss: { to-bad: 2%, to-good: 12 }'), 'CMR1008', '12%'],
    [link('loss: { to-bad: 2% }'), 'CMR1005', null],
    [link('loss: [1%]'), 'CMR1006', null],
    [link('bandwidth: 64kbps'), 'CMR1008', '64kbit/s'],
    [link('bandwidth: 0bit/s'), 'CMR1008', null],
    [server('processing: { INVIT: 30ms }'), 'CMR1010', 'INVITE'],
    [server('processing: { INVITE: 30 }'), 'CMR1008', '30ms'],
    [server('processing: 30'), 'CMR1008', '30ms'],
    [server('outages: [{ kind: crsh, at: 3s }]'), 'CMR1007', 'crash'],
    [server('outages: [{ kind: crash }]'), 'CMR1005', null],
    [server('outages: [{ kind: crash, at: 3s }, { kind: freeze, at: 4s }]'), 'CMR1011', null],
    [server('outages: [{ kind: crash, at: 3s, for: 0s }]'), 'CMR1011', null],
    [server('outages: [{ kind: crash, at: 3s, by: 1s }]'), 'CMR1011', null],
    [server('outages: [{ kind: clock-jump, at: 3s }]'), 'CMR1005', null],
  ])('says what is wrong, %#', (text, code, near) => {
    const { problems } = readScenario(text, 'x');
    expect(problems.map((problem) => [problem.code, problem.nearest])).toContainEqual([code, near]);
  });
});
