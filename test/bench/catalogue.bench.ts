import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readScenario } from '../../sim-core/authoring.ts';
import { runScenario, startRun, type Scenario } from '../../sim-core/index.ts';
import { packetHold } from './kernel.bench.ts';
import { compare, printFigures, short, type Contender } from './measure.ts';

const folder = 'scenarios';

/** Every shipped scenario: read, run bare, run and judged by every oracle. */
export function printCatalogueFigures(): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cmr.yaml'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  const scenarios = files.map(({ name, text }) => readOne(name, text));
  const events = scenarios.reduce((sum, scenario) => sum + bare(scenario), 0);
  const catalogue = (name: string, once: () => void): Contender => ({
    name,
    unit: 'events/s',
    count: events,
    // A warm-up asks for less than the whole, and gets the whole as well.
    run: once,
  });
  const figures = compare(
    [
      packetHold(100, 1_000_000),
      catalogue('catalogue, nothing recorded', () => scenarios.forEach(bare)),
      catalogue('catalogue, recorded, fingerprinted and judged', () => {
        for (const scenario of scenarios) runScenario(scenario, { engine: 'bench' });
      }),
      catalogue('catalogue, its files read besides', () => {
        for (const { name, text } of files) {
          runScenario(readOne(name, text), { engine: 'bench' });
        }
      }),
    ],
    3,
  );
  printFigures(`The ${scenarios.length} shipped scenarios, ${short(events)} events`, figures);
  for (const { name, median } of figures.slice(1)) {
    console.log(`  ${name}: ${short(events / median)} s`);
  }
}

/** Runs it to its end without keeping anything; gives the number of its events. */
function bare(scenario: Scenario): number {
  const live = startRun(scenario, { engine: 'bench', observe: null });
  live.advance(Infinity);
  return live.events();
}

function readOne(name: string, text: string): Scenario {
  const { scenario } = readScenario(text, name);
  if (scenario === null) throw new Error(`${name} cannot be read`);
  return scenario;
}
