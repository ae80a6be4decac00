import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';
import type { Edit } from './edits.ts';

/** Measures from the selection to another record; without a selection it is selected itself. */
export function measureTo(record: RecordNumber): Edit {
  return (draft) => {
    if (draft.selected === null) draft.selected = record;
    else draft.measuredTo = draft.selected === record ? null : record;
  };
}

/** Listens with the ear of a party, at the speed of life; null: with nobody's. */
export function listenAs(node: NodeId | null): Edit {
  return (draft) => {
    draft.listening = node;
    if (node !== null) draft.speed = 1;
  };
}

/** Puts a bookmark at a record, or takes it away. */
export function toggleBookmark(scenario: string, record: RecordNumber): Edit {
  return ({ jottings }) => {
    const before = jottings[scenario] ?? { bookmarks: [], notes: [] };
    const others = before.bookmarks.filter((one) => one !== record);
    const isNew = others.length === before.bookmarks.length;
    jottings[scenario] = { ...before, bookmarks: isNew ? [...others, record] : others };
  };
}

/** Begins to write a note at a record; null: nobody writes any more. */
export function writeNote(record: RecordNumber | null): Edit {
  return (draft) => {
    draft.noting = record;
  };
}

/** Keeps what was noted at a record; nothing noted takes the note away. */
export function keepNote(scenario: string, record: RecordNumber, text: string): Edit {
  return (draft) => {
    const before = draft.jottings[scenario] ?? { bookmarks: [], notes: [] };
    const others = before.notes.filter((note) => note.record !== record);
    const words = text.trim();
    const notes = words === '' ? others : [...others, { record, text: words }];
    draft.jottings[scenario] = { ...before, notes };
    draft.noting = null;
  };
}
