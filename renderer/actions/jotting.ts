import {
  isSip,
  printMessage,
  type MessageView,
  type RecordNumber,
} from '../../sim-core/reading.ts';
import { dimensionOf } from '../ladder/dimension.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { announce, notify } from '../store/edits.ts';
import { toggleBookmark, writeNote } from '../store/marking-edits.ts';
import type { RendererState } from '../store/renderer-state.ts';
import type { Store } from '../store/store.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { arrowName } from '../words/message-sentence.ts';

/** What a person puts on the ladder, and takes from it. */
export interface Jotting {
  bookmark(): void;
  note(): void;
  /** Copies the measured distance, or else the selected message as it goes over the wire. */
  copy(): void;
}

export function makeJotting(
  store: Store<RendererState>,
  traces: TraceStore,
  window: Window,
): Jotting {
  function messageOf(record: RecordNumber | null): MessageView | undefined {
    const arrows = traces.view(arrowsOf);
    return record === null ? undefined : arrows.messageOf.get(arrows.arrowOf.get(record) ?? '');
  }

  /** Does something with the selected record of the open scenario, or says that there is none. */
  function withSelection(deed: (scenario: string, record: RecordNumber) => void): void {
    const { open, selected } = store.state;
    if (open === null || selected === null) store.edit(announce('Select a message first.'));
    else deed(open, selected);
  }

  function wordsToCopy(): string | null {
    const { header } = traces.trace;
    const message = messageOf(store.state.selected);
    if (message === undefined || header === null) return null;
    const other = messageOf(store.state.measuredTo);
    if (other !== undefined) return dimensionOf(message, other, header)?.says ?? null;
    return isSip(message.packet) ? printMessage(message.packet) : arrowName(message, header);
  }

  async function copy(words: string): Promise<void> {
    try {
      await window.navigator.clipboard.writeText(words);
      store.edit(announce('Copied.'));
    } catch {
      store.edit(notify(`It could not be copied. It is: ${words}`));
    }
  }

  return {
    bookmark: () =>
      withSelection((scenario, record) => {
        store.edit(toggleBookmark(scenario, record));
        const kept = store.state.jottings[scenario]?.bookmarks.includes(record) ?? false;
        store.edit(announce(kept ? 'Bookmarked.' : 'The bookmark is gone.'));
      }),
    note: () => withSelection((_scenario, record) => store.edit(writeNote(record))),
    copy() {
      const words = wordsToCopy();
      if (words !== null) void copy(words);
    },
  };
}
