import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { readScenario } from '../../sim-core/authoring.ts';
import {
  runScenario,
  startRun,
  type LiveRun,
  type Scenario,
  type TraceRecord,
} from '../../sim-core/index.ts';
import { copyWorld } from '../../sim-core/world/world.ts';
import { callIn } from '../../sim-core/conformance/oracles/call-picture.ts';
import { judgeCall } from '../../sim-core/conformance/oracles/index.ts';
import { judgeRules } from '../../sim-core/conformance/rules/index.ts';
import { observeTrace } from '../../sim-core/conformance/rules/observe-trace.ts';
import { judgeRecords } from '../../sim-core/run/judge-records.ts';
import { observers } from '../../sim-core/trace/recorder.ts';
import { runFingerprint } from '../../sim-core/trace/run-fingerprint.ts';
import { packetHold } from './kernel.bench.ts';
import { compare, printFigures, short, type Contender } from './measure.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';

/** One call as in the figure: what each layer above the kernel costs, each with those before. */
export function printCallFigures(): void {
  const scenario = readFigure();
  const events = finished(startRun(scenario, { engine: 'bench', observe: null })).events();
  const figures = compare([
    packetHold(100, 1_000_000),
    layer('call, nothing recorded', events, () => {
      finished(startRun(scenario, { engine: 'bench', observe: null }));
    }),
    layer('and its records', events, () => void recorded(scenario)),
    layer('and their fingerprint', events, () => {
      const print = runFingerprint();
      const records: TraceRecord[] = [];
      const observe = observers([(record) => void records.push(record), print.observe]);
      finished(startRun(scenario, { engine: 'bench', observe }));
    }),
    layer('its records, judged by every clause', events, () => {
      const { live, records } = recorded(scenario);
      judgeCall(callIn(live.header, records, 'quiet'));
    }),
    layer('its records, judged by every rule', events, () => {
      const { live, records } = recorded(scenario);
      judgeRules(observeTrace(live.header, records, 'quiet', live.now()));
    }),
    layer('judged by every oracle, recording nothing else', events, () => {
      const { live, records } = recorded(scenario);
      judgeRecords(live.header, { records, ended: 'quiet', endedAt: live.now() });
    }),
    layer('all of it, with metrics and warnings', events, () => {
      runScenario(scenario, { engine: 'bench' });
    }),
  ]);
  printFigures(`Continue as in the figure, ${events} events a call`, figures);
  for (const { name, median } of figures.slice(1)) {
    console.log(`  ${name}: ${short(median / events)} calls/s`);
  }
  printMemory(scenario);
  printCopies(scenario);
}

/** A contender that is timed by the events of its calls, to be held against the kernel's. */
function layer(name: string, events: number, call: () => void): Contender {
  return {
    name,
    unit: 'events/s',
    count: 300 * events,
    run(times) {
      for (let done = 0; done < times; done += events) call();
    },
  };
}

function recorded(scenario: Scenario) {
  const records: TraceRecord[] = [];
  const observe = (record: TraceRecord) => void records.push(record);
  const live = finished(startRun(scenario, { engine: 'bench', observe }));
  return { live, records };
}

/** What a kept record costs: growth of the heap after collection, over many kept runs. */
function printMemory(scenario: Scenario): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: TraceRecord[][] = [];
  const before = heapAfter(collect);
  for (let call = 0; call < 400; call += 1) {
    kept.push(recorded(scenario).records);
  }
  const grown = heapAfter(collect) - before;
  const count = kept.reduce((sum, records) => sum + records.length, 0);
  const perCall = short(grown / kept.length);
  console.log(`\nMemory: ${short(grown / count)} bytes a record, ${perCall} bytes a call`);
}

/** A checkpoint against the platform's own deep copy of the same nodes. */
function printCopies(scenario: Scenario): void {
  const live = startRun(scenario, { engine: 'bench', observe: null });
  live.advance(60);
  const { world } = live;
  const plain = { nodes: world.nodes, links: world.links, ruleUses: world.ruleUses };
  printFigures(
    'Copying the world in mid-call',
    compare([
      contender('structuredClone (yardstick)', 400, () => void structuredClone(plain)),
      contender('copyWorld: frozen values shared, queue included', 4_000, () => {
        copyWorld(world);
      }),
    ]),
  );
}

function contender(name: string, count: number, once: () => void) {
  return {
    name,
    unit: '/s',
    count,
    run(times: number) {
      for (let done = 0; done < times; done += 1) once();
    },
  };
}

function finished(live: LiveRun): LiveRun {
  live.advance(Infinity);
  return live;
}

function heapAfter(collect: () => void): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function readFigure(): Scenario {
  const read = readScenario(readFileSync(figure, 'utf8'), figure);
  if (read.scenario === null) throw new Error(`${figure} cannot be read`);
  return read.scenario;
}
