import { group } from 'd3';
import { useState, type KeyboardEvent, type ReactElement } from 'react';

import type { ScenarioEntry } from '../store/renderer-state.ts';
import { StandingGlyph } from './glyphs.tsx';
import { useParts, useRenderer } from './window-parts.ts';

/** The scenarios, by folder, each with how its last run stood. */
export function ScenarioPanel(): ReactElement {
  const scenarios = useRenderer((state) => state.scenarios);
  const folders = group(scenarios, ({ folder }) => folder);
  return (
    <section className="scenario-panel inset-focus" data-region="scenarios" aria-label="Scenarios">
      <h2 className="panel-heading">Scenarios</h2>
      <div className="scrolls" onKeyDown={moveAmongItems}>
        {[...folders].map(([folder, entries]) => (
          <Folder key={folder} folder={folder} entries={entries} />
        ))}
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
          <li key={entry.key}>
            <button
              type="button"
              className="scenario"
              aria-current={entry.key === open ? 'true' : undefined}
              title={entry.fileName}
              onClick={() => actions.openScenario(entry.key)}
            >
              <span className="scenario-title">{entry.title}</span>
              <StandingGlyph standing={entry.standing} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Up and down go through the list; nothing else hears of those keys then. */
export function moveAmongItems(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button')].filter(
    (item) => item.getClientRects().length > 0,
  );
  const at = items.findIndex((item) => item === document.activeElement);
  const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)];
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}
