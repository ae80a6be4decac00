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
import './style/requirements.css';
import './style/editor.css';
import './style/welcome.css';

import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { findDrafts } from './actions/drafts.ts';
import { makeActions } from './actions/make-actions.ts';
import { addressBar } from './address-bar.ts';
import { connectAuthoring } from './authoring/client.ts';
import { runFrames } from './frame-loop.ts';
import { goOffline } from './go-offline.ts';
import { keepKeys } from './keep-keys.ts';
import { findHost } from './host/find-host.ts';
import { actionOf } from './words/keys.ts';
import { listenAlong } from './lanes/listening.ts';
import { makeLadderScene } from './ladder/ladder-scene.ts';
import { measureOn, typefacesReady } from './ladder/measure-text.ts';
import { WindowFrame } from './panels/window-frame.tsx';
import { micros } from '../sim-core/reading.ts';
import { scenarioRuns } from './scenario-runs.ts';
import { shippedScenarios } from './shipped-scenarios.ts';
import { connectSimulation } from './simulation/client.ts';
import { hearOfGhost, hearOfLibrary, hearOfTrace, reshape, type Edit } from './store/edits.ts';
import { connectSweeps } from './simulation/sweep-client.ts';
import { startAuthoring, startSimulation, startSweep } from './start-workers.ts';
import { initialState, type RendererState } from './store/renderer-state.ts';
import { heedSystemTheme, shownTheme } from './store/shown-theme.ts';
import { makeStore, type Store } from './store/store.ts';
import { makeSweepStore } from './store/sweep-store.ts';
import { hearOfSweep } from './store/timing-map-edits.ts';
import { makeTraceStore } from './store/trace-store.ts';
import { makeLibraryStore } from './store/library-store.ts';
import { shapeOf, type WindowShape } from './store/window-shape.ts';
import { PartsContext } from './panels/window-parts.ts';
import type { WindowActions } from './panels/window-actions.ts';

/** Puts the window together: host, stores, simulation, ladder, panels. */
async function start(root: HTMLElement): Promise<void> {
  const store = makeStore<RendererState>(initialState(shippedScenarios, micros(0), windowShape()));
  const traces = makeTraceStore((version) => store.edit(hearOfTrace(version)));
  const ghosts = makeTraceStore((version) => store.edit(hearOfGhost(version)));
  const sweeps = makeSweepStore((version) => store.edit(hearOfSweep(version)));
  const library = makeLibraryStore((version) => store.edit(hearOfLibrary(version)));
  const simulation = connectSimulation(startSimulation());
  const sweepClient = connectSweeps(sweepWorkers(window), startSweep);
  const authoring = connectAuthoring(startAuthoring);
  const runs = scenarioRuns(store, traces, ghosts, library, simulation);
  await typefacesReady(document);
  const measure = measureOn(document);
  const scene = makeLadderScene(store, traces, measure);
  const host = findHost(window);
  const redraw = (edit: Edit): void => flushSync(() => store.edit(edit));
  const asking = { runs, host, authoring, sweepClient };
  const actions = makeActions({ store, traces, scene, sweeps, ...asking, redraw, window });
  window.addEventListener('resize', () => store.edit(reshape(windowShape())));
  keepTheme(store);
  keepTitle(store);
  keepKeys(store, window);
  const address = addressBar(store, traces, runs, window);
  address.follow();
  listenToKeys(actions);
  runFrames(window, store, traces, scene);
  address.openFirst();
  goOffline(window);
  void findDrafts(store, host);
  listenAlong(store, traces, () => new AudioContext());
  createRoot(root).render(
    <StrictMode>
      <PartsContext
        value={{ store, traces, ghosts, library, scene, sweeps, actions, authoring, measure }}
      >
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

/** The window's title says what is not saved. */
function keepTitle(store: Store<RendererState>): void {
  store.subscribe(() => {
    const { scenarios, writing, open } = store.state;
    const unsaved = open !== null && writing.saved[open] !== undefined;
    const file = scenarios.find(({ key }) => key === open)?.fileName ?? '';
    const title = unsaved ? `● ${file} – Ringscope` : 'Ringscope';
    if (document.title !== title) document.title = title;
  });
}

function keepTheme(store: Store<RendererState>): void {
  const apply = (): void => {
    document.documentElement.dataset['theme'] = shownTheme(store.state.theme, window);
  };
  store.subscribe(apply);
  heedSystemTheme(window, apply);
  apply();
}

function listenToKeys(actions: WindowActions): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    // The editor has a shadow root, and what happens in there begins there.
    const [target] = event.composedPath();
    const typing = target instanceof HTMLElement && isTyping(target);
    const action = actionOf(event, typing);
    if (action === null || ownsKey(event, target ?? null)) return;
    // What lies behind an open dialog is left alone.
    const isCovered = document.querySelector('dialog[open]') !== null;
    if (isCovered && action !== 'leave' && action !== 'keys') return;
    event.preventDefault();
    actions.do(action);
  });
}

function isTyping(target: Element): boolean {
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  return target.matches('input:not([type="range"]), textarea, select');
}

/** Controls keep the keys they work with: Space presses a button, arrows move a slider. */
function ownsKey(event: KeyboardEvent, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  // What is marked on the page is copied by the browser.
  const isCopy = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'c';
  if (isCopy && (isTyping(target) || window.getSelection()?.isCollapsed === false)) return true;
  if (event.key === ' ') return target.matches('button, [role="button"], summary, input');
  return /^(Arrow|Home|End)/.test(event.key) && target.matches('input[type="range"]');
}

const root = document.getElementById('window');
if (root === null) throw new Error('the page has no place for the window');
void start(root);
