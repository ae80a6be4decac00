import type { KeptDraft } from './host-bridge.ts';

/** A file as it was when it was last opened or saved here. */
interface KnownText {
  readonly name: string;
  readonly text: string;
}

/** What a web page keeps for its next start: the last files and unsaved drafts. */
export interface BrowserShelf {
  remember(name: string, text: string): void;
  recent(): readonly KnownText[];
  /** @throws Error with a sentence to show, where the browser keeps nothing more */
  keepDraft(id: string, text: string): void;
  dropDraft(id: string): void;
  drafts(): readonly KeptDraft[];
}

const recentKey = 'ringscope.recent';
const draftPrefix = 'ringscope.draft.';
const recentMost = 5;
/** A longer text is not kept for the list of recent files: the browser has little room. */
const recentCharactersMost = 200_000;

/** @param storage asked each time: a browser that keeps nothing refuses even to name it */
export function browserShelf(storage: () => Storage): BrowserShelf {
  function read(key: string): string | null {
    try {
      return storage().getItem(key);
    } catch {
      // A browser may refuse to keep anything for a page; then there is nothing kept.
      return null;
    }
  }

  function recent(): readonly KnownText[] {
    const value = parsed(read(recentKey));
    return Array.isArray(value) ? value.filter(isKnownText) : [];
  }

  return {
    recent,
    remember(name, text) {
      if (text.length > recentCharactersMost) return;
      const others = recent().filter((one) => one.name !== name);
      const list = [{ name, text }, ...others].slice(0, recentMost);
      try {
        storage().setItem(recentKey, JSON.stringify(list));
      } catch {
        // The list of recent files is a convenience; a full store leaves it as it was.
      }
    },
    keepDraft(id, text) {
      try {
        storage().setItem(`${draftPrefix}${id}`, text);
      } catch {
        throw new Error('This browser keeps no drafts: save the text before you leave the page.');
      }
    },
    dropDraft(id) {
      try {
        storage().removeItem(`${draftPrefix}${id}`);
      } catch {
        // Where nothing can be kept there is no draft to drop.
      }
    },
    drafts() {
      const keys = draftKeys(storage);
      return keys.flatMap((key) => {
        const text = read(key);
        return text === null ? [] : [{ id: key.slice(draftPrefix.length), text }];
      });
    },
  };
}

function draftKeys(storage: () => Storage): string[] {
  try {
    return Object.keys(storage()).filter((key) => key.startsWith(draftPrefix));
  } catch {
    // As above: no store, no drafts.
    return [];
  }
}

function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else wrote there; the next file that is opened replaces it.
    return null;
  }
}

function isKnownText(value: unknown): value is KnownText {
  if (typeof value !== 'object' || value === null) return false;
  const { name, text }: Partial<Record<keyof KnownText, unknown>> = value;
  return typeof name === 'string' && typeof text === 'string';
}
