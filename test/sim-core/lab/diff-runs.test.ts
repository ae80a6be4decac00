import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addFault, readScenario, setInScenario } from '../../../sim-core/authoring.ts';
import { diffRuns, type RunDifference } from '../../../sim-core/experimenting.ts';
import { runScenario, type Run } from '../../../sim-core/index.ts';
import { longestInOrder } from '../../../sim-core/compare/longest-in-order.ts';

const texts = {
  figure: readFileSync('scenarios/continue/as-in-the-figure.cmr.yaml', 'utf8'),
  stop: readFileSync('scenarios/gateway-mode/ring-stops-at-the-answer.cmr.yaml', 'utf8'),
};

interface Change {
  readonly call?: keyof typeof texts;
  readonly sets?: readonly (readonly [path: string, value: string])[];
  readonly faults?: readonly string[];
  readonly seed?: number;
}

function runOf({ call = 'figure', sets = [], faults = [], seed = 1 }: Change): Run {
  let text = texts[call];
  for (const [path, value] of sets) {
    const set = setInScenario(text, path, value);
    if (set.text === null) throw new Error(set.says);
    text = set.text;
  }
  let { scenario } = readScenario(text, call);
  for (const sentence of faults) {
    if (scenario === null) break;
    const addition = addFault(scenario, sentence);
    if (addition.scenario === null) throw new Error(addition.problem.says);
    scenario = addition.scenario;
  }
  if (scenario === null) throw new Error('the scenario can be read');
  return runScenario(scenario, { engine: 'test', seed });
}

/** The label that a person gave the pair: how it differs as a whole, and where to look. */
interface Pair {
  readonly says: string;
  readonly a?: Change;
  readonly b: Change;
  readonly kind: 'same' | 'timing only' | 'other messages' | 'other content';
  readonly shows?: readonly (readonly [change: string, meaning: RegExp])[];
}

const call = (name: keyof typeof texts): Change => ({ call: name });
const set = (path: string, value: string): Change => ({ sets: [[path, value]] });
const fault = (sentence: string): Change => ({ faults: [sentence] });

const pairs: readonly Pair[] = [
  { says: 'the same twice', b: {}, kind: 'same' },
  { says: 'another seed of a call without luck', b: { seed: 9 }, kind: 'same' },
  { says: 'everything a second later', b: set('script.0.at', '1s'), kind: 'timing only' },
  { says: 'a longer ring', b: set('script.1.after', '7s'), kind: 'timing only' },
  { says: 'a slower link B', b: set('links.b.latency', '55ms'), kind: 'timing only' },
  { says: 'a faster link A', b: set('links.a.latency', '5ms'), kind: 'timing only' },
  { says: 'a slower terminal', b: set('nodes.client-b.processing', '15ms'), kind: 'timing only' },
  {
    says: 'Client-B repeats its 200',
    b: set('links.a.latency', '100ms'),
    kind: 'other messages',
    shows: [['added', /client-b → cmr-server: 200 .*resent/]],
  },
  {
    says: 'the re-INVITE is acknowledged at once',
    b: set('switches.SW-REINV-ACK', 'immediate'),
    kind: 'other content',
    shows: [['moved', /cmr-server → client-b: ACK|cmr-server → client-a: (UPDATE|200)/]],
  },
  {
    says: 'the first 200 of Client-B is lost',
    b: fault('drop the 1st 200 of client-b'),
    kind: 'other messages',
    shows: [
      ['lost', /client-b → cmr-server: 200/],
      ['added', /client-b → cmr-server: 200.*resent/],
    ],
  },
  {
    says: 'the UPDATE is lost',
    b: fault('drop the 1st UPDATE'),
    kind: 'other messages',
    shows: [
      ['lost', /cmr-server → client-a: UPDATE/],
      ['added', /cmr-server → client-a: UPDATE, resent/],
    ],
  },
  {
    says: 'the INVITE arrives late, but in time',
    b: fault('delay the 1st INVITE of client-a by 100ms'),
    kind: 'timing only',
  },
  {
    says: 'P-Early-Media: sendonly',
    b: set('switches.SW-PEM', 'sendonly'),
    kind: 'other content',
    shows: [['header', /cmr-server → client-a: 180/]],
  },
  {
    says: 'a sendonly answer of the Resource Server',
    b: set('switches.SW-GW-SDP-DIR', 'sendonly'),
    kind: 'other content',
    shows: [['SDP', /cmr-server → client-a: 180/]],
  },
  {
    says: 'CMR video on a line of its own',
    b: set('switches.SW-CONT-SLOT', 'append-only'),
    kind: 'other content',
    shows: [['SDP', /cmr-server → client-a: UPDATE/]],
  },
  {
    says: 'the play waits for the PRACK',
    b: set('switches.SW-GW-PLAY-AT', 'prack'),
    kind: 'other content',
    shows: [['moved', /cmr-server → resource-server: play|cmr-server → client-a: 200 \(PRACK\)/]],
  },
  {
    says: 'the ring stops instead',
    b: set('nodes.cmr-server.policy.subscriber', 'stop'),
    kind: 'other messages',
    shows: [
      ['removed', /cmr-server → client-b: re-INVITE/],
      ['removed', /cmr-server → resource-server: allocate conference/],
      ['moved', /cmr-server → resource-server: stop/],
    ],
  },
  {
    says: 'the Resource Server refuses the conference',
    b: set('nodes.resource-server.refuses', '["allocate conference"]'),
    kind: 'other messages',
    shows: [['removed', /cmr-server → client-b: re-INVITE/]],
  },
  {
    says: 'a PRACK that arrives twice',
    b: fault('duplicate the 1st PRACK'),
    kind: 'other messages',
    shows: [['added', /200 \(PRACK\).*resent/]],
  },
  {
    says: 'no delivery at all',
    a: call('stop'),
    b: { call: 'stop', sets: [['nodes.cmr-server.mode', 'none']] },
    kind: 'other messages',
    shows: [['removed', /cmr-server → resource-server: (reserve|play)/]],
  },
];

function kindOf({ same, timingOnly, messages }: RunDifference): Pair['kind'] {
  if (same) return 'same';
  if (timingOnly) return 'timing only';
  const structure = ['added', 'removed', 'lost'];
  return messages.some(({ change }) => structure.includes(change))
    ? 'other messages'
    : 'other content';
}

describe('two runs compared by meaning', () => {
  it('are told apart as a person would, at least 19 times of 20', () => {
    const wrong: string[] = [];
    for (const { says, a = {}, b, kind, shows = [] } of pairs) {
      const difference = diffRuns(runOf(a), runOf(b));
      const found = kindOf(difference);
      if (found !== kind) wrong.push(`${says}: ${found}, not ${kind}`);
      for (const [change, meaning] of shows) {
        const seen = difference.messages.some(
          (one) => one.change === change && meaning.test(one.meaning),
        );
        if (!seen) wrong.push(`${says}: no ${change} ${String(meaning)}`);
      }
    }
    expect(pairs).toHaveLength(20);
    expect(wrong).toEqual([]);
  });

  it('names records, and by how much later each is', () => {
    const difference = diffRuns(runOf({}), runOf(set('script.0.at', '1s')));
    expect(difference.messages.length).toBeGreaterThan(30);
    for (const { later, records, says } of difference.messages) {
      expect(later).toBe(1_000_000);
      expect(records).not.toContain(null);
      expect(says).toBe('sent 1000 ms later');
    }
    expect(difference.metrics).toEqual([]);
  });

  it('tells which clauses are judged differently', () => {
    const stop = diffRuns(runOf({}), runOf(set('nodes.cmr-server.policy.subscriber', 'stop')));
    expect(stop.outcomes).toEqual(['ring continues', 'ring stopped']);
    expect(stop.verdicts.join('\n')).toContain('CON-SRV-09: satisfied in A, not exercised in B');
  });

  it('keeps as much in order as can be', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50), { maxLength: 9 }), (numbers) => {
        const kept = longestInOrder(numbers);
        const rising = numbers.filter((_, at) => kept.has(at));
        expect(rising).toEqual(rising.toSorted((x, y) => x - y));
        expect(rising).toHaveLength(longest(numbers));
      }),
    );
  });
});

/** By trying every subsequence. */
function longest(numbers: readonly number[]): number {
  let best = 0;
  for (let mask = 0; mask < 1 << numbers.length; mask += 1) {
    const chosen = numbers.filter((_, at) => ((mask >> at) & 1) === 1);
    const isRising = chosen.every((value, at) => at === 0 || value > (chosen[at - 1] ?? 0));
    if (isRising) best = Math.max(best, chosen.length);
  }
  return best;
}
