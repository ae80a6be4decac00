import type { HostBridge, OpenedScenario } from './host-bridge.ts';

/** The largest scenario file worth reading, bytes; the reader has limits of its own. */
export const scenarioBytesMost = 8_000_000;

const accepted = '.yaml,.yml,.json';

/** File picker and downloads: what a plain web page may do with files. */
export function browserHost(document: Document): HostBridge {
  const taken = new Map<string, File>();
  return {
    platform: 'browser',
    async openScenario() {
      const file = await pickFile(document);
      if (file === null) return null;
      const opened = await readScenarioFile(file, `picked-${taken.size + 1}`);
      taken.set(opened.handle, file);
      return opened;
    },
    async saveScenario(handle, text) {
      const file = taken.get(handle);
      if (file === undefined) throw new Error('This file was not opened in this window.');
      // A page cannot write to the file it was given, only offer the new text beside it.
      offerDownload(document, file.name, new Blob([text], { type: 'application/yaml' }));
      return 'saved';
    },
    async saveScenarioAs(suggestedName, text) {
      offerDownload(document, suggestedName, new Blob([text], { type: 'application/yaml' }));
      return { handle: `saved-${suggestedName}`, name: suggestedName, text };
    },
    async exportFile(suggestedName, contents) {
      offerDownload(document, suggestedName, new Blob([contents.slice()]));
      return 'saved';
    },
    async version() {
      return __RINGSCOPE_VERSION__;
    },
  };
}

/**
 * The text of a scenario file.
 * @throws Error with a sentence to show, for a file that is too large or is not text
 */
export async function readScenarioFile(file: File, handle: string): Promise<OpenedScenario> {
  if (file.size > scenarioBytesMost) {
    throw new Error(
      `${file.name} has ${Math.ceil(file.size / 1_000_000)} MB; a scenario has at most 8 MB.`,
    );
  }
  const bytes = await file.arrayBuffer();
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { handle, name: file.name, text };
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${file.name} is not a text file in UTF-8.`);
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
