import type { HostBridge, KeptDraft } from '../host/host-bridge.ts';
import { notify } from '../store/edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { Draft } from '../store/writing.ts';
import { offerDrafts } from '../store/writing-edits.ts';

/** Keeps unsaved texts where a crash does not reach them. */
export interface DraftKeeper {
  /** A text changed: what is unsaved is kept, what is saved again is not. */
  changed(key: string): void;
  forget(key: string): void;
  /** Takes a draft of an earlier window off the list. */
  take(key: string): Draft | null;
}

/** How long a text rests before it is kept, ms: at most so much work is lost. */
const restsBeforeKeeping = 400;

export function draftKeeper(
  store: Store<RendererState>,
  host: HostBridge,
  window: Window,
): DraftKeeper {
  const due = new Map<string, number>();
  let complained = false;

  function keep(key: string): void {
    due.delete(key);
    const { scenarios, writing } = store.state;
    const entry = scenarios.find((scenario) => scenario.key === key);
    const saved = writing.saved[key];
    if (entry === undefined || saved === undefined) {
      settle(host.dropDraft(draftId(key)));
      return;
    }
    const { fileName, folder, text } = entry;
    const draft: Draft = { key, fileName, folder, text, saved };
    settle(host.keepDraft(draftId(key), JSON.stringify(draft)));
  }

  /** Says once that drafts cannot be kept: the text itself is not lost yet. */
  function settle(deed: Promise<unknown>): void {
    deed.catch((error: unknown) => {
      if (complained) return;
      complained = true;
      store.edit(notify(error instanceof Error ? error.message : String(error)));
    });
  }

  return {
    changed(key) {
      const waiting = due.get(key);
      if (waiting !== undefined) window.clearTimeout(waiting);
      due.set(
        key,
        window.setTimeout(() => keep(key), restsBeforeKeeping),
      );
    },
    forget(key) {
      const waiting = due.get(key);
      if (waiting !== undefined) window.clearTimeout(waiting);
      due.delete(key);
      settle(host.dropDraft(draftId(key)));
    },
    take(key) {
      const { drafts } = store.state.writing;
      const found = drafts.find((draft) => draft.key === key) ?? null;
      store.edit(offerDrafts(drafts.filter((draft) => draft !== found)));
      return found;
    },
  };
}

/** Offers what an earlier window left unsaved. */
export async function findDrafts(store: Store<RendererState>, host: HostBridge): Promise<void> {
  const drafts = (await host.drafts()).flatMap((kept) => draftIn(kept) ?? []);
  if (drafts.length > 0) store.edit(offerDrafts(drafts));
}

/** A draft as it was kept; null for what nobody of ours wrote. */
export function draftIn({ text }: KeptDraft): Draft | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A draft that is no JSON was cut off or is somebody else's.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields: Partial<Record<keyof Draft, unknown>> = value;
  const { key, fileName, folder, text: written, saved } = fields;
  if (typeof key !== 'string' || typeof fileName !== 'string' || typeof folder !== 'string') {
    return null;
  }
  if (typeof written !== 'string' || typeof saved !== 'string' || written === saved) return null;
  return { key, fileName, folder, text: written, saved };
}

/** A name that every host can keep a file under: letters and digits, the same for the same key. */
export function draftId(key: string): string {
  let hash = 0x811c9dc5;
  for (const character of key) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  const words = key.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${words.slice(-24).replace(/^-/, '')}-${hash.toString(36)}`;
}
