import { useEffect, useId, useState, type KeyboardEvent, type ReactElement } from 'react';

import { arrowsOf } from '../ladder/from-trace.ts';
import { movePlayhead, openPalette, seekGap, showEvidence, showRunTab } from '../store/edits.ts';
import type { PaletteKind } from '../store/renderer-state.ts';
import {
  commandItems,
  foundItems,
  placeItems,
  type PaletteDeed,
  type PaletteItem,
} from './palette-items.ts';
import { useModal } from './use-modal.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** Goes to anything there is, or does any command, by a few letters of its name. */
export function Palette(): ReactElement | null {
  const kind = useRenderer((state) => state.palette);
  return kind === null ? null : <Sheet key={kind} kind={kind} />;
}

function Sheet({ kind }: { readonly kind: PaletteKind }): ReactElement {
  const edit = useEdit();
  const dialog = useModal();
  const [sought, setSought] = useState('');
  const [at, setAt] = useState(0);
  const [items] = useItems(kind);
  const perform = useDeeds();
  const list = useId();
  const found = foundItems(items, sought);
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    document.getElementById(`${list}-${chosen?.id ?? ''}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, chosen]);

  function choose(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    edit(openPalette(null));
    perform(item.deed);
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={kind === 'commands' ? 'Commands' : 'Go to anything'}
      onCancel={(event) => {
        event.preventDefault();
        edit(openPalette(null));
      }}
      onKeyDown={(event) => {
        keyIn(event, {
          close: () => edit(openPalette(null)),
          choose: () => choose(chosen),
          step: (by) =>
            setAt(Math.max(0, Math.min(found.length - 1, Math.min(at, found.length - 1) + by))),
        });
      }}
      onClick={(event) => {
        // A click beside it, on what is behind, closes it.
        if (event.target === dialog.current) edit(openPalette(null));
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
        aria-label={kind === 'commands' ? 'Command' : 'Message, clause, gap, switch or scenario'}
        placeholder={
          kind === 'commands' ? 'Command' : 'Message, clause, gap, switch, scenario, or 5.6s'
        }
        value={sought}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
      />
      <Found list={list} found={found} chosen={chosen} point={setAt} choose={choose} />
      {found.length === 0 ? <p className="empty">Nothing is called so.</p> : null}
    </dialog>
  );
}

/** What a key may do in the palette. */
interface Deeds {
  readonly close: () => void;
  readonly choose: () => void;
  readonly step: (by: number) => void;
}

function keyIn(event: KeyboardEvent, { close, choose, step }: Deeds): void {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
  const again = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'p';
  if (by !== undefined || again || event.key === 'Enter') event.preventDefault();
  if (by !== undefined) step(by);
  else if (again) close();
  else if (event.key === 'Enter') choose();
  // What is typed here is for nobody else; Escape is the dialog's own.
  event.stopPropagation();
}

/** What was found; the chosen one is what Enter does. */
function Found({
  list,
  found,
  chosen,
  point,
  choose,
}: {
  readonly list: string;
  readonly found: readonly PaletteItem[];
  readonly chosen: PaletteItem | undefined;
  readonly point: (place: number) => void;
  readonly choose: (item: PaletteItem) => void;
}): ReactElement {
  return (
    <ul id={list} role="listbox" aria-label="What was found" className="scrolls">
      {found.map((item, place) => (
        <li
          key={item.id}
          id={`${list}-${item.id}`}
          role="option"
          aria-selected={item === chosen}
          onPointerMove={() => point(place)}
          onClick={() => choose(item)}
        >
          <span className="palette-says">{item.says}</span>
          <span className="palette-hint">{item.hint}</span>
        </li>
      ))}
    </ul>
  );
}

/** What there was to choose from when the palette was opened. */
function useItems(kind: PaletteKind) {
  const { store, traces, library } = useParts();
  return useState((): readonly PaletteItem[] => {
    const commands = commandItems();
    if (kind === 'commands') return commands;
    const clauses = traces.trace.end?.verdicts.map(({ clause }) => clause) ?? [];
    const places = placeItems({
      header: traces.trace.header,
      arrows: traces.view(arrowsOf),
      clauses: [...new Set([...clauses, ...library.coverage().keys()])],
      scenarios: store.state.scenarios,
    });
    return [...places, ...commands];
  });
}

function useDeeds(): (deed: PaletteDeed) => void {
  const { store, actions } = useParts();
  const edit = useEdit();
  return (deed) => {
    switch (deed.kind) {
      case 'scenario':
        actions.openScenario(deed.key);
        return;
      case 'message':
        actions.select(deed.record);
        return;
      case 'clause':
        if (store.state.clause !== deed.clause) edit(showEvidence(deed.clause));
        return;
      case 'gap':
        edit(seekGap(deed.sought));
        edit(showRunTab('gaps'));
        return;
      case 'instant':
        edit(movePlayhead(deed.at));
        return;
      case 'command':
        actions.do(deed.action);
    }
  };
}
