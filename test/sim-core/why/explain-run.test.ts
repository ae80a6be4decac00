import { describe, expect, test } from 'vitest';

import { addFault } from '../../../sim-core/authoring.ts';
import { runScenario, type Run, type Scenario } from '../../../sim-core/index.ts';
import {
  explainRun,
  isControl,
  isSip,
  micros,
  milliseconds,
  viewMessages,
  type ClauseId,
  type MessageView,
  type RecordNumber,
  type TraceRecord,
  type Why,
  type WhyStep,
} from '../../../sim-core/reading.ts';
import { figure, shipped } from '../../support/scenarios.ts';

const run = (scenario: Scenario): Run => runScenario(scenario, { engine: 'test' });

function nodeCalled({ header }: Run, name: string) {
  const node = header.nodes.find((one) => one.name === name);
  if (node === undefined) throw new Error(`there is no ${name}`);
  return node.id;
}

/** The call without one message: the fault names it by its kind, its way and its place. */
function without(scenario: Scenario, call: Run, message: MessageView): Scenario {
  const kind = ({ packet }: MessageView): string =>
    isSip(packet) && packet.kind === 'response'
      ? `${packet.label} (${packet.cseq.method})`
      : packet.label;
  const views = viewMessages(call.header, call.records);
  const place = views.filter(
    (one) =>
      one.from === message.from &&
      one.to === message.to &&
      one.record <= message.record &&
      kind(one) === kind(message),
  ).length;
  const name = (id: MessageView['from']) => call.header.nodes.find((one) => one.id === id)?.name;
  const ordinal = `${place}${place === 1 ? 'st' : place === 2 ? 'nd' : place === 3 ? 'rd' : 'th'}`;
  const way = `from ${name(message.from)} to ${name(message.to)}`;
  const addition = addFault(scenario, `drop the ${ordinal} ${kind(message)} ${way}`);
  if (addition.scenario === null) throw new Error(addition.problem.says);
  return addition.scenario;
}

/** The call in which this step is not as it was. */
function removed(scenario: Scenario, call: Run, step: WhyStep): Scenario {
  switch (step.kind) {
    case 'message': {
      const view = viewMessages(call.header, call.records).find(
        ({ record }) => record === step.record,
      );
      if (view === undefined) throw new Error('a message step names no message');
      return without(scenario, call, view);
    }
    case 'decision':
      return { ...scenario, switches: { ...scenario.switches, 'SW-CONT': 'stop' } };
    case 'act': {
      const late = milliseconds(1);
      const later = scenario.script.map((act) =>
        act.when.kind === 'at'
          ? { ...act, when: { kind: 'at' as const, at: micros(act.when.at + late) } }
          : {
              ...act,
              when: {
                ...act.when,
                after: {
                  least: micros(act.when.after.least + late),
                  most: micros(act.when.after.most + late),
                },
              },
            },
      );
      return { ...scenario, script: later };
    }
    case 'timer':
    case 'absence':
    case 'fact':
      throw new Error(`nothing takes a ${step.kind} away`);
  }
}

/** Whether all that is explained is there in another run, at its instants. */
function factIn(call: Run, why: Why): (other: Run) => boolean {
  const content = (one: TraceRecord): string =>
    JSON.stringify({ ...one, number: 0, cause: 0, ...('sent' in one ? { sent: 0 } : {}) });
  const facts = why.steps.flatMap(({ kind, record }) =>
    kind === 'fact' ? (call.records[record - 1] ?? []) : [],
  );
  if (facts.length === 0) throw new Error('nothing is explained');
  const wanted = facts.map(content);
  return (other) => {
    const there = new Set(other.records.map(content));
    return wanted.every((one) => there.has(one));
  };
}

/** The steps without which what is explained would be there all the same. */
function needless(scenario: Scenario, call: Run, why: Why): string[] {
  const still = factIn(call, why);
  expect(still(call)).toBe(true);
  return why.steps
    .filter(({ kind }) => kind === 'act' || kind === 'message' || kind === 'decision')
    .filter((step) => !isMediaStep(call, step) && still(run(removed(scenario, call, step))))
    .map(({ says }) => says);
}

describe('why somebody hears something', () => {
  const scenario = figure();
  const call = run(scenario);
  const why = explainRun(call).ofPerception(
    nodeCalled(call, 'client-a'),
    'audio',
    milliseconds(6_000),
  );

  test('goes back to the answer, by the eleven steps that led to it', () => {
    expect(why.answer).toBe('At 6000 ms CMR Client-A hears ringing-7 at 25 % and client-b.');
    expect(why.steps[0]).toMatchObject({ kind: 'act', says: 'CMR Client-B answers.' });
    const steps = why.steps.flatMap(({ says }) => /step (\d+),/.exec(says)?.[1] ?? []);
    // Step 2 and step 10 lead nowhere: nothing A hears waits for either.
    expect(steps).toEqual(['1', '3', '4', '5', '6', '7', '8', '9', '11']);
    expect(why.steps.filter(({ kind }) => kind === 'decision').map(({ says }) => says)).toEqual([
      'CMR Server decides to continue: the subscriber prefers to continue.',
    ]);
    expect(why.steps.find(({ says }) => says.includes('step 6,'))?.clause).toBe('FLOW-CON-06');
    expect(why.steps.at(-1)?.kind).toBe('fact');
  });

  test('each step is needed: without it, A does not hear that from then on', () => {
    expect(needless(scenario, call, why)).toEqual([]);
  });

  test.each([
    ['application-server-mode/n-05-client-b-answers-in-180', 'client-a', 2_000],
    ['application-server-mode/n-08-ring-tone-for-client-b', 'client-b', 2_000],
    ['gateway-mode/ring-stops-at-the-answer', 'client-a', 1_000],
    ['continue/c-04-application-server-mode', 'client-a', 7_000],
  ])('nor elsewhere is one needless: %s', (path, party, at) => {
    const other = shipped(path);
    const its = run(other);
    const heard = explainRun(its).ofPerception(nodeCalled(its, party), 'audio', milliseconds(at));
    expect(heard.steps.length).toBeGreaterThan(3);
    expect(needless(other, its, heard)).toEqual([]);
  });

  test('silence is explained by what ended the sound before it', () => {
    const silence = explainRun(call).ofPerception(
      nodeCalled(call, 'client-b'),
      'audio',
      milliseconds(5_400),
    );
    expect(silence.answer).toBe('At 5400 ms CMR Client-B hears nothing.');
    expect(silence.steps.map(({ says }) => says)).toEqual([
      'CMR Client-B answers.',
      'CMR Client-B hears nothing.',
    ]);
    const before = explainRun(call).ofPerception(nodeCalled(call, 'client-b'), 'audio', micros(0));
    expect(before.steps).toEqual([]);
  });
});

/** Media are streams: no fault rule takes one message of them away. */
function isMediaStep(call: Run, { record }: WhyStep): boolean {
  const found = call.records[record - 1];
  return (
    found !== undefined && 'packet' in found && !isSip(found.packet) && !isControl(found.packet)
  );
}

describe('why a copy is sent', () => {
  const scenario = shipped('continue/hundred-millisecond-hops');
  const call = run(scenario);
  const copy = viewMessages(call.header, call.records).find(
    ({ resent, packet }) => resent === 1 && packet.label === '200',
  );

  test('names the timer and the ACK that was not there', () => {
    const why = explainRun(call).ofRecord(copy?.record ?? (0 as RecordNumber));
    const says = why?.steps.map((step) => `${step.kind}: ${step.says}`) ?? [];
    expect(says).toContain('timer: The timer “2xx” of CMR Client-B fires.');
    expect(says.filter((one) => one.startsWith('absence'))).toEqual([
      expect.stringMatching(/^absence: ACK of CMR Server is (?:sent only at|on its way)/),
    ]);
  });

  test('with the ACK there at once, it is not sent', () => {
    const why = explainRun(call).ofRecord(copy?.record ?? (0 as RecordNumber));
    if (why === null) throw new Error('no copy was sent');
    const immediate = { ...scenario.switches, 'SW-REINV-ACK': 'immediate' };
    expect(factIn(call, why)(run({ ...scenario, switches: immediate }))).toBe(false);
  });

  test('a lost message is what did not come; without its loss there is no copy', () => {
    const intact = figure();
    const invite = viewMessages(run(intact).header, run(intact).records)[0];
    if (invite === undefined) throw new Error('the figure has no message');
    const broken = run(without(intact, run(intact), invite));
    const again = viewMessages(broken.header, broken.records).find(({ resent }) => resent === 1);
    const why = explainRun(broken).ofRecord(again?.record ?? (0 as RecordNumber));
    if (why === null) throw new Error('no copy was sent');
    expect(why.steps.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
      'act: CMR Client-A dials.',
      'absence: INVITE of CMR Client-A is lost on its way.',
      'timer: Timer A of CMR Client-A fires.',
      'fact: CMR Client-A sends INVITE again to CMR Server; it takes 40 ms.',
    ]);
    expect(factIn(broken, why)(run(intact))).toBe(false);
  });
});

describe('why a clause is judged so', () => {
  const call = run(figure());

  test('its evidence, with what led there', () => {
    const why = explainRun(call).ofClause('FLOW-CON-06' as ClauseId);
    expect(why?.answer).toMatch(/^FLOW-CON-06 is satisfied: /);
    const facts = why?.steps.filter(({ kind }) => kind === 'fact') ?? [];
    const verdict = call.verdicts.find(({ clause }) => clause === 'FLOW-CON-06');
    expect(facts.map(({ record }) => record)).toEqual(verdict?.evidence);
  });

  test.each(['FLOW-CON-06', 'DEL-GW-SRV-05', 'CON-SRV-09'])(
    'by steps of which each is needed: %s',
    (clause) => {
      const why = explainRun(call).ofClause(clause as ClauseId);
      if (why === null) throw new Error(`${clause} is not judged`);
      expect(needless(figure(), call, why)).toEqual([]);
    },
  );

  test('a clause that is not judged has no answer, nor has a record that is not there', () => {
    expect(explainRun(call).ofClause('GAP-01' as ClauseId)).toBeNull();
    expect(explainRun(call).ofRecord(99_999 as RecordNumber)).toBeNull();
  });
});
