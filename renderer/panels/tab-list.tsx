import type { ReactElement, ReactNode } from 'react';

/** One tab: its id, its name and, where there is something to count, how many. */
export interface TabOf<Id extends string> {
  readonly id: Id;
  readonly says: string;
  readonly count?: number;
  readonly keys?: string;
}

/** The row of tabs; arrows go along it. The panel below is a `TabPanel` of the shown one. */
export function TabList<Id extends string>({
  says,
  tabs,
  shown,
  show,
}: {
  readonly says: string;
  readonly tabs: readonly TabOf<Id>[];
  readonly shown: Id;
  readonly show: (id: Id) => void;
}): ReactElement {
  return (
    <div className="tabs" role="tablist" aria-label={says}>
      {tabs.map((tab, place) => (
        <button
          key={tab.id}
          id={`tab-${nameOf(tab.id)}`}
          type="button"
          role="tab"
          aria-selected={shown === tab.id}
          aria-controls={`panel-${nameOf(tab.id)}`}
          tabIndex={shown === tab.id ? 0 : -1}
          title={tab.keys === undefined ? undefined : `${tab.says} (${tab.keys})`}
          onClick={() => show(tab.id)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            event.stopPropagation();
            event.preventDefault();
            const step = event.key === 'ArrowRight' ? 1 : -1;
            const other = tabs.at((place + step) % tabs.length);
            if (other === undefined) return;
            show(other.id);
            document.getElementById(`tab-${nameOf(other.id)}`)?.focus();
          }}
        >
          {tab.says}
          {tab.count === undefined ? null : <span className="tab-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

/** What the shown tab stands for. */
export function TabPanel({
  id,
  children,
}: {
  readonly id: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div
      className="inspector-body scrolls"
      role="tabpanel"
      id={`panel-${nameOf(id)}`}
      aria-labelledby={`tab-${nameOf(id)}`}
      tabIndex={0}
    >
      {children}
    </div>
  );
}

/** As the page knows it: a name without spaces. */
function nameOf(id: string): string {
  return id.replaceAll(' ', '-');
}
