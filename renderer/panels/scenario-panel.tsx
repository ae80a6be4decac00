import { group } from 'd3';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';

import type { ScenarioEntry } from '../store/renderer-state.ts';
import { isAskedFor, titleUnder } from '../words/scenario-names.ts';
import { StandingGlyph } from './glyphs.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** The scenarios, by folder, each with how its last run stood; a word narrows them down. */
export function ScenarioPanel(): ReactElement {
  const scenarios = useRenderer((state) => state.scenarios);
  const [asked, setAsked] = useState('');
  const found = scenarios.filter((entry) => isAskedFor(entry, asked));
  const folders = group(found, ({ folder }) => folder);
  return (
    <section className="scenario-panel inset-focus" data-region="scenarios" aria-label="Scenarios">
      <h2 className="panel-heading">
        Scenarios{' '}
        <span className="beside" aria-live="polite">
          {asked === '' ? scenarios.length : `${found.length} of ${scenarios.length}`}
        </span>
      </h2>
      <div className="listing" onKeyDown={moveAmongItems}>
        <input
          type="search"
          className="narrow-down"
          placeholder="Words of a title or a file"
          aria-label="Find a scenario"
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || asked === '') return;
            event.preventDefault();
            setAsked('');
          }}
        />
        <div className="scrolls">
          {[...folders].map(([folder, entries]) => (
            <Folder key={folder} folder={folder} entries={entries} />
          ))}
          {found.length === 0 ? <p className="none-found">No scenario has these words.</p> : null}
        </div>
      </div>
    </section>
  );
}

function Folder({
  folder,
  entries,
}: {
  readonly folder: string;
  readonly entries: readonly ScenarioEntry[];
}): ReactElement {
  const { actions } = useParts();
  const open = useRenderer((state) => state.open);
  const [folded, setFolded] = useState(false);
  return (
    <div className="folder">
      <button
        type="button"
        className="folder-name"
        aria-expanded={!folded}
        onClick={() => setFolded(!folded)}
      >
        <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
          <path d={folded ? 'M2.5 1l3 3-3 3' : 'M1 2.5l3 3 3-3'} />
        </svg>
        {folder}
      </button>
      <ul hidden={folded} aria-label={folder}>
        {entries.map((entry) => (
          <Item
            key={entry.key}
            entry={entry}
            isOpen={entry.key === open}
            onOpen={() => actions.openScenario(entry.key)}
          />
        ))}
      </ul>
    </div>
  );
}

function Item({
  entry,
  isOpen,
  onOpen,
}: {
  readonly entry: ScenarioEntry;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}): ReactElement {
  const row = useRef<HTMLLIElement>(null);
  // A scenario opened from elsewhere, by a link or a command, shows where it stands in the list.
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li ref={row}>
      <button
        type="button"
        className="scenario"
        aria-current={isOpen ? 'true' : undefined}
        title={`${entry.title} (${entry.fileName})`}
        onClick={onOpen}
      >
        <span className="scenario-title">{titleUnder(entry.folder, entry.title)}</span>
        <StandingGlyph standing={entry.standing} />
      </button>
    </li>
  );
}

/** Up and down go through the list; nothing else hears of those keys then. */
export function moveAmongItems(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')].filter(
    (item) => item.getClientRects().length > 0,
  );
  const at = items.findIndex((item) => item === document.activeElement);
  const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)];
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}
