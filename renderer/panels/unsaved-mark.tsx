import type { ReactElement } from 'react';

/** Beside a name: what it names is not saved. */
export function UnsavedMark(): ReactElement {
  return (
    <span className="unsaved" title="not saved">
      <span aria-hidden="true"> ●</span>
      <span className="only-heard">, not saved</span>
    </span>
  );
}
