import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';

import { findHint, readQuery } from '../ladder/find-query.ts';
import { ladderInputOf } from '../ladder/from-trace.ts';
import { lookFor } from '../store/find-edits.ts';
import { IconButton } from './icons.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** Looks for messages: Enter walks the hits, Escape ends it. */
export function FindBar(): ReactElement {
  const { actions, scene } = useParts();
  const edit = useEdit();
  const find = useRenderer((state) => state.find) ?? '';
  const selected = useRenderer((state) => state.selected);
  useRenderer((state) => state.arrangement);
  useTrace(ladderInputOf);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const query = readQuery(find);
  const hits = actions.hits();
  const arrow = selected === null ? undefined : scene.arranged().arrowOf(selected);
  const at = hits.indexOf(arrow ?? '');
  const problem = query.kind === 'problem' ? query.says : null;

  function key(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      actions.walkHits(event.shiftKey ? 'previous' : 'next');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  function close(): void {
    edit(lookFor(null));
    document.querySelector<SVGElement>('.ladder .arrow[tabindex="0"]')?.focus();
  }

  return (
    <div className="find-bar" role="search">
      <input
        ref={field}
        type="search"
        value={find}
        placeholder={findHint}
        aria-label={`Find in the ladder: ${findHint}`}
        aria-invalid={problem !== null}
        aria-describedby="find-count"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => edit(lookFor(event.target.value))}
        onKeyDown={key}
      />
      <span id="find-count" className="quiet" role="status">
        {problem ?? countOf(find, hits.length, at)}
      </span>
      <IconButton
        icon="up"
        says="Previous hit"
        keys="Shift Enter"
        className="small"
        disabled={hits.length === 0}
        onPress={() => actions.walkHits('previous')}
      />
      <IconButton
        icon="down"
        says="Next hit"
        keys="Enter"
        className="small"
        disabled={hits.length === 0}
        onPress={() => actions.walkHits('next')}
      />
      <IconButton icon="close" says="End the search" className="small" onPress={close} />
    </div>
  );
}

function countOf(find: string, count: number, at: number): string {
  if (find.trim() === '') return '';
  if (count === 0) return 'no message';
  return at < 0 ? `${count} found` : `${at + 1} of ${count}`;
}
