import type { HostBridge, OpenedScenario } from './host-bridge.ts';
import { browserShelf } from './browser-shelf.ts';

/** The largest scenario file worth reading, bytes; the reader has limits of its own. */
export const scenarioBytesMost = 8_000_000;
/** The largest run bundle worth reading, bytes. */
const bundleBytesMost = 100_000_000;

const accepted = '.yaml,.yml,.json,.cmrrun';

/** File picker, downloads and storage: what a plain web page may do with files. */
export function browserHost(window: Window): HostBridge {
  const { document } = window;
  const names = new Map<string, string>();
  const shelf = browserShelf(() => window.localStorage);

  function known(opened: OpenedScenario): OpenedScenario {
    names.set(opened.handle, opened.name);
    if (opened.bundle === undefined) shelf.remember(opened.name, opened.text);
    return opened;
  }

  return {
    platform: 'browser',
    async openScenario() {
      const file = await pickFile(document);
      if (file === null) return null;
      return known(await readScenarioFile(file, `picked-${names.size + 1}`));
    },
    async saveScenario(handle, text) {
      const name = names.get(handle);
      if (name === undefined) throw new Error('This file was not opened in this window.');
      // A page cannot write to the file it was given, only offer the new text beside it.
      offerDownload(document, name, new Blob([text], { type: 'application/yaml' }));
      shelf.remember(name, text);
      return 'saved';
    },
    async saveScenarioAs(name, text) {
      offerDownload(document, name, new Blob([text], { type: 'application/yaml' }));
      return known({ handle: `saved-${names.size + 1}`, name, text });
    },
    async exportFile(suggestedName, contents) {
      offerDownload(document, suggestedName, new Blob([contents.slice()]));
      return 'saved';
    },
    async printPage() {
      window.print();
      return 'saved';
    },
    async recentFiles() {
      return shelf.recent().map(({ name }) => ({ id: name, name }));
    },
    async openRecent(id) {
      const found = shelf.recent().find(({ name }) => name === id);
      if (found === undefined)
        throw new Error(`${id} is no longer kept here; open the file again.`);
      return known({ handle: `recent-${names.size + 1}`, ...found });
    },
    async keepDraft(id, text) {
      shelf.keepDraft(id, text);
      return 'kept';
    },
    async dropDraft(id) {
      shelf.dropDraft(id);
      return 'dropped';
    },
    async drafts() {
      return shelf.drafts();
    },
    heed() {
      // Nothing outside a web page can open files in it or choose from a menu of its own.
    },
    async version() {
      return __RINGSCOPE_VERSION__;
    },
  };
}

/**
 * The text of a scenario file, or the bytes of a bundle.
 * @throws Error with a sentence to show, for a file that is too large or is not text
 */
export async function readScenarioFile(file: File, handle: string): Promise<OpenedScenario> {
  const { name } = file;
  const isBundle = name.endsWith('.cmrrun');
  const most = isBundle ? bundleBytesMost : scenarioBytesMost;
  if (file.size > most) {
    const found = Math.ceil(file.size / 1_000_000);
    const what = isBundle ? 'a run bundle' : 'a scenario';
    throw new Error(`${name} has ${found} MB; ${what} has at most ${most / 1_000_000} MB.`);
  }
  const bytes = await file.arrayBuffer();
  if (isBundle) return { handle, name, text: '', bundle: new Uint8Array(bytes) };
  try {
    return { handle, name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${name} is not a text file in UTF-8.`);
    throw error;
  }
}

function pickFile(document: Document): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accepted;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}

function offerDownload(document: Document, name: string, contents: Blob): void {
  const address = URL.createObjectURL(contents);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}
