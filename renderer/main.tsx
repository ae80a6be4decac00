import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/latin-400.css';
import '@fontsource/ibm-plex-mono/latin-500.css';
import '@fontsource/ibm-plex-mono/latin-600.css';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/panels.css';
import './style/inspector.css';
import './style/ladder.css';
import './style/lanes.css';
import './style/what-if.css';
import './style/timing-map.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { makeActions } from './actions/make-actions.ts';
import { readAddress, writeAddress } from './address.ts';
import { runFrames } from './frame-loop.ts';
import { findHost } from './host/find-host.ts';
import { actionOf } from './words/keys.ts';
import { makeLadderScene } from './ladder/ladder-scene.ts';
import { measureOn, typefacesReady } from './ladder/measure-text.ts';
import { WindowFrame } from './panels/window-frame.tsx';
import { micros } from '../sim-core/reading.ts';
import { scenarioRuns, type ScenarioRuns } from './scenario-runs.ts';
import { firstScenario, shippedScenarios } from './shipped-scenarios.ts';
import { connectSimulation } from './simulation/client.ts';
import { hearOfGhost, hearOfTrace, reshape, whatIfOf } from './store/edits.ts';
import { startSweepWorker, startWorker } from './simulation/start-worker.ts';
import { connectSweeps } from './simulation/sweep-client.ts';
import { initialState, type RendererState } from './store/renderer-state.ts';
import { makeStore, type Store } from './store/store.ts';
import { makeSweepStore } from './store/sweep-store.ts';
import { hearOfSweep } from './store/timing-map-edits.ts';
import { makeTraceStore } from './store/trace-store.ts';
import { branchOf } from './store/what-if.ts';
import { shapeOf, type WindowShape } from './store/window-shape.ts';
import { PartsContext } from './panels/window-parts.ts';
import type { WindowActions } from './panels/window-actions.ts';

/** Puts the window together: host, stores, simulation, ladder, panels. */
async function start(root: HTMLElement): Promise<void> {
  const store = makeStore<RendererState>(initialState(shippedScenarios, micros(0), windowShape()));
  const traces = makeTraceStore((version) => store.edit(hearOfTrace(version)));
  const ghosts = makeTraceStore((version) => store.edit(hearOfGhost(version)));
  const sweeps = makeSweepStore((version) => store.edit(hearOfSweep(version)));
  const simulation = connectSimulation(startWorker());
  const sweepClient = connectSweeps(sweepWorkers(window), startSweepWorker);
  const runs = scenarioRuns(store, traces, ghosts, simulation);
  await typefacesReady(document);
  const measure = measureOn(document);
  const scene = makeLadderScene(store, traces, measure);
  const host = findHost(window);
  const actions = makeActions({ store, traces, scene, sweeps, sweepClient, runs, host, window });
  window.addEventListener('resize', () => store.edit(reshape(windowShape())));
  keepTheme(store);
  keepAddress(store, runs);
  listenToKeys(actions);
  runFrames(window, store, traces, scene);
  openFirst(store, runs);
  createRoot(root).render(
    <StrictMode>
      <PartsContext value={{ store, traces, ghosts, scene, sweeps, actions, measure }}>
        <WindowFrame />
      </PartsContext>
    </StrictMode>,
  );
}

/** One worker a core, but for the one that draws, and not so many that starting them takes long. */
function sweepWorkers({ navigator }: Window): number {
  return Math.min(8, Math.max(1, navigator.hardwareConcurrency - 1));
}

function windowShape(): WindowShape {
  return shapeOf(window.innerWidth, window.innerHeight);
}

/** Shows what the address asks for, or else the first call; then looks at the others. */
function openFirst(store: Store<RendererState>, runs: ScenarioRuns): void {
  const { scenario, playhead, selected, seed, changes } = readAddress(window.location.hash);
  const keys = new Set(store.state.scenarios.map(({ key }) => key));
  const wanted = [scenario, firstScenario, store.state.scenarios[0]?.key ?? null].find(
    (key) => key !== null && keys.has(key),
  );
  if (wanted === undefined || wanted === null) return;
  const asked = wanted === scenario;
  runs.open(wanted, asked ? { playhead, selected } : undefined, asked ? seed : null, changes);
  runs.judgeOthers();
}

/** The address follows the window, once it rests; a changed address is followed. */
function keepAddress(store: Store<RendererState>, runs: ScenarioRuns): void {
  let written = window.location.hash;
  let due: number | null = null;
  const write = (): void => {
    due = null;
    if (store.state.playing || store.state.run.kind !== 'ready') return;
    const { changes } = branchOf(whatIfOf(store.state));
    const fragment = writeAddress(store.state, changes);
    written = fragment === '' ? '' : `#${fragment}`;
    if (written !== window.location.hash) window.history.replaceState(null, '', written);
  };
  store.subscribe(() => {
    due ??= window.setTimeout(write, 150);
  });
  window.addEventListener('hashchange', () => {
    if (window.location.hash === written) return;
    const { scenario, playhead, selected, seed, changes } = readAddress(window.location.hash);
    if (scenario !== null) runs.open(scenario, { playhead, selected }, seed, changes);
  });
}

function keepTheme(store: Store<RendererState>): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { theme } = store.state;
    const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    document.documentElement.dataset['theme'] = shown;
  };
  store.subscribe(apply);
  dark.addEventListener('change', apply);
  apply();
}

function listenToKeys(actions: WindowActions): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const { target } = event;
    const typing =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input:not([type="range"]), textarea, select'));
    const action = actionOf(event, typing);
    if (action === null || ownsKey(event, target)) return;
    event.preventDefault();
    actions.do(action);
  });
}

/** Controls keep the keys they work with: Space presses a button, arrows move a slider. */
function ownsKey(event: KeyboardEvent, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (event.key === ' ') return target.matches('button, [role="button"], summary, input');
  return /^(Arrow|Home|End)/.test(event.key) && target.matches('input[type="range"]');
}

const root = document.getElementById('window');
if (root === null) throw new Error('the page has no place for the window');
void start(root);
