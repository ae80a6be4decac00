import { linkTo } from '../address-bar.ts';
import type { Authoring } from '../authoring/client.ts';
import { readScenarioFile } from '../host/browser-host.ts';
import type { HostBridge, OpenedScenario } from '../host/host-bridge.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { compareWith } from '../store/comparing-edits.ts';
import { knowRecent, showWelcome } from '../store/door-edits.ts';
import { noChanges } from '../store/changes.ts';
import { addScenario, announce, notify } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { markSaved } from '../store/writing-edits.ts';
import { isKeyAction, type KeyAction } from '../words/keys.ts';

/** What brings files in and links out. */
export interface Opening {
  /** Lets the person choose a scenario file or a run bundle. */
  open(): void;
  openDropped(file: File): void;
  openRecent(id: string): void;
  copyLink(): void;
  /** Hears what comes from outside the page: files, and the menus of the host. */
  heedHost(choose: (action: KeyAction) => void): void;
}

export interface OpeningParts {
  readonly store: Store<RendererState>;
  readonly traces: TraceStore;
  readonly runs: ScenarioRuns;
  readonly host: HostBridge;
  readonly authoring: Authoring;
  readonly window: Window;
}

export function makeOpening(parts: OpeningParts): Opening {
  const { store, traces, host, window } = parts;

  /** What a person should read of a failure, as it stands. */
  async function sayFailure(deed: Promise<void>): Promise<void> {
    try {
      await deed;
    } catch (error) {
      store.edit(notify(error instanceof Error ? error.message : String(error)));
    }
  }

  async function listRecent(): Promise<void> {
    store.edit(knowRecent(await host.recentFiles()));
  }

  async function take(file: OpenedScenario | null, handle?: null): Promise<void> {
    if (file === null) return;
    if (file.bundle === undefined) {
      showFile(parts, file.name, file.text, handle === null ? null : file.handle);
    } else await showBundle(parts, file.name, file.bundle);
    await listRecent();
  }

  async function openDropped(file: File): Promise<void> {
    await take(await readScenarioFile(file, ''), null);
  }

  async function copyLink(): Promise<void> {
    const link = await linkTo(store.state, traces, window.location);
    try {
      await window.navigator.clipboard.writeText(link);
    } catch {
      throw new Error(`The link could not be copied. It is ${link}`);
    }
    store.edit(announce('The link is copied.'));
  }

  return {
    open: () => void sayFailure(host.openScenario().then((file) => take(file))),
    openDropped: (file) => void sayFailure(openDropped(file)),
    openRecent: (id) => void sayFailure(host.openRecent(id).then((file) => take(file))),
    copyLink: () => void sayFailure(copyLink()),
    heedHost(choose) {
      void sayFailure(listRecent());
      host.heed((event) => {
        if (event.kind === 'problem') store.edit(notify(event.says));
        else if (event.kind === 'open') void sayFailure(take(event.file));
        else if (isKeyAction(event.action)) choose(event.action);
      });
    },
  };
}

/** Where two runs are looked at, what comes in is the other one. */
function isComparing({ state }: OpeningParts['store']): boolean {
  return state.centre === 'two runs' && state.run.kind === 'ready';
}

function showFile(
  { store, runs }: OpeningParts,
  name: string,
  text: string,
  handle: string | null,
): void {
  if (isComparing(store)) {
    store.edit(compareWith({ name, text, seed: null, changes: noChanges }));
    runs.again();
    return;
  }
  const key = `opened/${name}`;
  const about = { key, folder: 'Opened', fileName: name, title: name } as const;
  store.edit(addScenario({ ...about, text, handle, standing: null }));
  store.edit(markSaved(key));
  store.edit(showWelcome(false));
  runs.open(key);
}

/** The run of a bundle, made again; says where it is another than the one that was kept. */
async function showBundle(
  { store, runs, authoring }: OpeningParts,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const bundle = await authoring.ask('unpack', { bytes });
  if (isComparing(store)) {
    const { text, seed, faults, choices } = bundle;
    const changes = { settings: [], faults, choices };
    store.edit(compareWith({ name, text, seed, changes }));
    runs.again();
    if (bundle.differs !== null) store.edit(notify(bundle.differs));
    return;
  }
  const key = `opened/${name}`;
  const about = { key, folder: 'Opened', fileName: bundle.name, title: name } as const;
  store.edit(addScenario({ ...about, text: bundle.text, handle: null, standing: null }));
  store.edit(markSaved(key));
  store.edit(showWelcome(false));
  const { seed, faults, choices } = bundle;
  runs.open(key, undefined, seed, { settings: [], faults, choices });
  if (bundle.differs === null) store.edit(announce('The run is the one that was recorded.'));
  else store.edit(notify(bundle.differs));
}
