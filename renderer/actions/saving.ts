import type { HostBridge } from '../host/host-bridge.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { addScenario, announce } from '../store/edits.ts';
import type { RendererState, ScenarioEntry } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import { markSaved, renameScenario, writeText } from '../store/writing-edits.ts';
import type { DraftKeeper } from './drafts.ts';
import { attemptIn, openEntry } from './open-entry.ts';

/** Brings the text of the open scenario into a file. */
export interface Saving {
  save(): void;
  saveAs(): void;
}

export function makeSaving(
  store: Store<RendererState>,
  runs: ScenarioRuns,
  host: HostBridge,
  keeper: DraftKeeper,
): Saving {
  const attempt = attemptIn(store);

  async function saveAs(entry: ScenarioEntry): Promise<void> {
    const saved = await host.saveScenarioAs(entry.fileName, entry.text);
    if (saved === null) return;
    const { key, text } = entry;
    const { name: fileName, handle } = saved;
    keeper.forget(key);
    if (entry.folder === 'Opened') {
      store.edit(renameScenario(key, { fileName, handle }));
      store.edit(markSaved(key));
    } else {
      // A shipped scenario stays as it came; what was made of it is a file of its own.
      const before = store.state.writing.saved[key];
      if (before !== undefined) store.edit(writeText(key, before));
      const own = { ...entry, key: `opened/${fileName}`, folder: 'Opened', fileName, handle, text };
      store.edit(addScenario({ ...own, standing: null }));
      runs.again();
    }
    store.edit(announce(`${fileName} is saved.`));
  }

  async function save(entry: ScenarioEntry): Promise<void> {
    if (entry.handle === null) {
      await saveAs(entry);
      return;
    }
    if ((await host.saveScenario(entry.handle, entry.text)) === 'changed on disk') {
      const deeds = 'Save it under another name, or open it again to see what it holds now';
      throw new Error(`${entry.fileName} was changed by somebody else. ${deeds}.`);
    }
    if (openEntry(store)?.text === entry.text) store.edit(markSaved(entry.key));
    keeper.forget(entry.key);
    store.edit(announce(`${entry.fileName} is saved.`));
  }

  return { save: () => attempt(save), saveAs: () => attempt(saveAs) };
}
