import { readScenarioFile } from '../host/browser-host.ts';
import type { HostBridge } from '../host/host-bridge.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { addScenario, announce, notify } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';

/** What brings files in and links out. */
export interface Opening {
  /** Lets the person choose a scenario file. */
  open(): void;
  openDropped(file: File): void;
  copyLink(): void;
}

export function makeOpening(
  store: Store<RendererState>,
  runs: ScenarioRuns,
  host: HostBridge,
  window: Window,
): Opening {
  function show(name: string, text: string, handle: string | null): void {
    const key = `opened/${name}`;
    const folder = 'Opened';
    store.edit(
      addScenario({ key, folder, fileName: name, title: name, text, handle, standing: null }),
    );
    runs.open(key);
  }

  /** What a person should read of a failure, as it stands. */
  async function sayFailure(deed: Promise<void>): Promise<void> {
    try {
      await deed;
    } catch (error) {
      store.edit(notify(error instanceof Error ? error.message : String(error)));
    }
  }

  async function open(): Promise<void> {
    const opened = await host.openScenario();
    if (opened !== null) show(opened.name, opened.text, opened.handle);
  }

  async function openDropped(file: File): Promise<void> {
    const { name, text } = await readScenarioFile(file, '');
    show(name, text, null);
  }

  async function copyLink(): Promise<void> {
    const { href } = window.location;
    try {
      await window.navigator.clipboard.writeText(href);
    } catch {
      throw new Error(`The link could not be copied. It is ${href}`);
    }
    store.edit(announce('The link is copied.'));
  }

  return {
    open: () => void sayFailure(open()),
    openDropped: (file) => void sayFailure(openDropped(file)),
    copyLink: () => void sayFailure(copyLink()),
  };
}
