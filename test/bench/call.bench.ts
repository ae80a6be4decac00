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
import { compare, printFigures, short } from './measure.ts';

const figure = 'scenarios/continue/as-in-the-figure.cmr.yaml';

/** One call as in the figure: bare, recorded, recorded and judged. */
export function printCallFigures(): void {
  const scenario = readFigure();
  const start = (observe: ((record: TraceRecord) => void) | null): LiveRun =>
    startRun(scenario, { engine: 'bench', observe });
  const events = finished(start(null)).events();
  const calls = 400;
  const figures = compare([
    contender('call, nothing recorded', calls, () => finished(start(null))),
    contender('call, every record kept', calls, () => {
      const records: TraceRecord[] = [];
      finished(start((record) => void records.push(record)));
    }),
    contender('call, recorded, fingerprinted and judged', calls, () => {
      runScenario(scenario, { engine: 'bench' });
    }),
  ]);
  printFigures(`Continue as in the figure, ${events} events a call`, figures);
  for (const { name, median } of figures) {
    console.log(`  ${name}: ${short(median * events)} events/s, ${short(1e6 / median)} µs a call`);
  }
  printMemory(scenario);
  printCopies(scenario);
}

/** What a kept record costs: growth of the heap after collection, over many kept runs. */
function printMemory(scenario: Scenario): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: TraceRecord[][] = [];
  const before = heapAfter(collect);
  for (let call = 0; call < 400; call += 1) {
    const records: TraceRecord[] = [];
    finished(startRun(scenario, { engine: 'bench', observe: (one) => void records.push(one) }));
    kept.push(records);
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
