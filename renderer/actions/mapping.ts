import type { Mapping } from '../panels/window-actions.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import type { SweepClient } from '../simulation/sweep-client.ts';
import type { FromSweep, SweepInputs } from '../simulation/sweep-protocol.ts';
import { noChanges } from '../store/changes.ts';
import { announce, notify, showCentre } from '../store/edits.ts';
import { commandOfMap } from '../store/map-command.ts';
import type { RendererState, ScenarioEntry } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { SweepStore, SweptRun } from '../store/sweep-store.ts';
import { beginMap, enterMapPhase, forgetMap, wishAxis } from '../store/timing-map-edits.ts';
import { finerRanges } from '../timing-map/below-map.ts';
import { valuesAt } from '../timing-map/classes.ts';

export interface MappingParts {
  readonly store: Store<RendererState>;
  readonly sweeps: SweepStore;
  readonly client: SweepClient;
  readonly runs: ScenarioRuns;
  readonly window: Window;
}

/** Which sweep is wanted: rises when another begins or this one is stopped. */
interface Turn {
  now: number;
}

/** Cells of one question: few enough that the map grows as one watches. */
const cellsAtOnce = 12;

export function makeMapping(parts: MappingParts): Mapping {
  const { store, sweeps, client } = parts;
  const turn: Turn = { now: 0 };
  return {
    show: () => show(parts, turn),
    run: () => void sweep(parts, turn),
    stop() {
      const { phase } = store.state.timingMap;
      if (phase.kind !== 'running') return;
      turn.now += 1;
      store.edit(enterMapPhase({ ...phase, kind: 'stopped' }));
    },
    refine(one, other) {
      const ranges = sweeps.sweep === null ? null : finerRanges(sweeps.sweep, one, other);
      if (ranges === null) return;
      store.edit(wishAxis('down', { range: ranges.down }));
      store.edit(wishAxis('across', { range: ranges.across }));
      void sweep(parts, turn);
    },
    runOf: (cell) => runOf(parts, cell),
    async boundary(between) {
      const base = baseOf(store.state);
      if (base === null) return null;
      const inputs = inputsSwept(parts, base);
      const answer = await client.ask({ kind: 'boundary', inputs, between });
      return answer.kind === 'boundary' ? answer.boundary : null;
    },
    replay: (cell) => replay(parts, cell),
    copyCommand: () => void copyCommand(parts),
  };
}

/** The scenario the map is of; before the first run, the one that is open. */
function baseOf({ scenarios, open, timingMap }: RendererState): ScenarioEntry | null {
  const key = timingMap.base ?? open;
  return scenarios.find((one) => one.key === key) ?? null;
}

/** Shows the map or the ladder; a map of another scenario than the open one is forgotten. */
function show({ store, sweeps }: MappingParts, turn: Turn): void {
  const { centre, open, timingMap } = store.state;
  const { base } = timingMap;
  if (centre !== 'timing map' && base !== null && base !== open) {
    turn.now += 1;
    sweeps.clear();
    store.edit(forgetMap());
  }
  store.edit(showCentre(centre === 'timing map' ? 'ladder' : 'timing map'));
}

/** Plans the grid of the fields, then lets every worker take cells until none is left. */
async function sweep(parts: MappingParts, turn: Turn): Promise<void> {
  const { store, sweeps, client, window } = parts;
  const base = baseOf(store.state);
  if (base === null) return;
  turn.now += 1;
  const mine = turn.now;
  const began = window.performance.now();
  const inputs = inputsWished(store.state, base);
  const planned = await client.ask({ kind: 'plan', inputs });
  if (mine !== turn.now) return;
  if (planned.kind !== 'planned') {
    sweeps.clear();
    store.edit(enterMapPhase({ kind: 'refused', says: whatWentWrong(planned) }));
    return;
  }
  const of = planned.plan.down.values.length * planned.plan.across.values.length;
  store.edit(beginMap(base.key, of));
  sweeps.begin(planned.plan);
  await takeCells(parts, turn, inputs, of);
  if (mine !== turn.now) return;
  store.edit(enterMapPhase({ kind: 'finished', ms: window.performance.now() - began }));
  store.edit(announce(`${of} runs are finished.`));
}

async function takeCells(
  { store, sweeps, client }: MappingParts,
  turn: Turn,
  inputs: SweepInputs,
  of: number,
): Promise<void> {
  const mine = turn.now;
  let next = 0;
  let done = 0;
  async function work(): Promise<void> {
    while (next < of && mine === turn.now) {
      const from = next;
      next = Math.min(of, from + cellsAtOnce);
      const answer = await client.ask({ kind: 'rows', inputs, from, to: next });
      if (mine !== turn.now) return;
      if (answer.kind !== 'rows') {
        turn.now += 1;
        store.edit(enterMapPhase({ kind: 'refused', says: whatWentWrong(answer) }));
        return;
      }
      done += answer.rows.length;
      sweeps.add(answer.rows);
      store.edit(enterMapPhase({ kind: 'running', done, of }));
    }
  }
  await Promise.all(Array.from({ length: client.width }, work));
}

async function runOf(parts: MappingParts, cell: number): Promise<SweptRun | null> {
  const { store, sweeps, client } = parts;
  const base = baseOf(store.state);
  if (base === null || sweeps.sweep === null) return null;
  const answer = await client.ask({ kind: 'run', inputs: inputsSwept(parts, base), cell });
  if (answer.kind === 'run') return answer.run;
  store.edit(notify(whatWentWrong(answer)));
  return null;
}

/** Opens a cell's run in the ladder: the scenario, with the values of its place as a fork. */
function replay({ store, sweeps, runs }: MappingParts, cell: number): void {
  const base = baseOf(store.state);
  const { sweep: shown } = sweeps;
  if (base === null || shown === null) return;
  const [low, right] = valuesAt(shown, cell);
  const settings = [
    { path: shown.across.path, value: right },
    { path: shown.down.path, value: low },
  ];
  runs.open(base.key, undefined, store.state.seed, { ...noChanges, settings });
}

async function copyCommand({ store, window }: MappingParts): Promise<void> {
  const base = baseOf(store.state);
  if (base === null) return;
  const command = commandOfMap(base.path ?? base.fileName, store.state.timingMap, store.state.seed);
  try {
    await window.navigator.clipboard.writeText(command);
    store.edit(announce('The command line is copied.'));
  } catch {
    store.edit(notify(`The command line could not be copied. It is: ${command}`));
  }
}

/** The axes of the fields. */
function inputsWished(
  { timingMap, seed }: RendererState,
  { fileName, text }: ScenarioEntry,
): SweepInputs {
  const { down, across } = timingMap;
  const axes = [`${down.path}=${down.range}`, `${across.path}=${across.range}`] as const;
  return { name: fileName, text, axes, seed };
}

/** The axes of the map that is shown: those of the fields may have been edited since. */
function inputsSwept({ store, sweeps }: MappingParts, base: ScenarioEntry): SweepInputs {
  const inputs = inputsWished(store.state, base);
  if (sweeps.sweep === null) return inputs;
  const { down, across } = sweeps.sweep;
  const axes = [
    `${down.path}=${down.values.join(',')}`,
    `${across.path}=${across.values.join(',')}`,
  ] as const;
  return { ...inputs, axes };
}

function whatWentWrong(answer: FromSweep): string {
  if (answer.kind === 'refused') return answer.says;
  if (answer.kind === 'failed') return `The sweep stopped with an error: ${answer.says}`;
  throw new Error(`an answer "${answer.kind}" came unasked`);
}
