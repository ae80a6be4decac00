import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactElement } from 'react';

import { arrowsOf } from '../ladder/from-trace.ts';
import { heightAt } from '../ladder/layout/height-map.ts';
import { keepNote, writeNote } from '../store/marking-edits.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** Longer than this nobody reads beside a ladder. */
const lettersMost = 200;

/** Where one writes a note, at the height of the message it is pinned to. */
export function NoteField(): ReactElement | null {
  const { scene, traces } = useParts();
  const edit = useEdit();
  const noting = useRenderer((state) => state.noting);
  const open = useRenderer((state) => state.open);
  const before = useRenderer(
    (state) =>
      state.jottings[state.open ?? '']?.notes.find(({ record }) => record === state.noting)?.text,
  );
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [noting]);
  if (noting === null || open === null) return null;

  const { messageOf, arrowOf } = traces.view(arrowsOf);
  const message = messageOf.get(arrowOf.get(noting) ?? '');
  const y = message === undefined ? 0 : heightAt(scene.layout().heights, message.sentAt);
  const top = Math.max(0, Math.min(scene.size.height - 40, y - scene.scroll().scrollY));

  function keep(event: FormEvent): void {
    event.preventDefault();
    if (noting !== null && open !== null) {
      edit(keepNote(open, noting, field.current?.value ?? ''));
    }
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    edit(writeNote(null));
  }

  return (
    <form className="note-field" style={{ top: top + 50 }} onSubmit={keep}>
      <input
        key={noting}
        ref={field}
        defaultValue={before ?? ''}
        maxLength={lettersMost}
        aria-label={`Note at ${message?.text ?? 'the selection'}; Enter keeps it`}
        placeholder="Note, Enter keeps it"
        onKeyDown={key}
        onBlur={() => edit(writeNote(null))}
      />
    </form>
  );
}
