import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';

import { resizePanel } from '../store/edits.ts';
import type { PanelSizes } from '../store/renderer-state.ts';
import { useEdit, useRenderer } from './window-parts.ts';

/** Least, usual and most size of a panel, px. */
export interface SizeRange {
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

const keyStep = 16;

/** The edge of a panel: drag it, move it with the arrow keys, double-click for its usual place. */
export function Splitter({
  panel,
  says,
  range,
  grows,
}: {
  readonly panel: keyof PanelSizes;
  readonly says: string;
  readonly range: SizeRange;
  /** The way the pointer goes when the panel gets larger. */
  readonly grows: 'right' | 'left' | 'up';
}): ReactElement {
  const edit = useEdit();
  const size = useRenderer((state) => state.sizes[panel]) ?? range.usual;
  const drag = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const along = (event: PointerEvent): number => (grows === 'up' ? event.clientY : event.clientX);
  const sign = grows === 'right' ? 1 : -1;
  const resize = (to: number): void =>
    edit(resizePanel(panel, Math.round(Math.min(range.most, Math.max(range.least, to)))));

  function keys(event: KeyboardEvent): void {
    const larger = { right: 'ArrowRight', left: 'ArrowLeft', up: 'ArrowUp' }[grows];
    const smaller = { right: 'ArrowLeft', left: 'ArrowRight', up: 'ArrowDown' }[grows];
    if (event.key !== larger && event.key !== smaller) return;
    event.preventDefault();
    event.stopPropagation();
    resize(size + (event.key === larger ? keyStep : -keyStep));
  }

  return (
    <div
      className={`splitter ${grows === 'up' ? 'level' : 'upright'} of-${panel}`}
      role="separator"
      tabIndex={0}
      aria-label={says}
      aria-orientation={grows === 'up' ? 'horizontal' : 'vertical'}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      aria-valuenow={size}
      onKeyDown={keys}
      onDoubleClick={() => edit(resizePanel(panel, null))}
      onPointerDown={(event) => {
        drag.current = { at: along(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (drag.current === null) return;
        resize(drag.current.size + sign * (along(event) - drag.current.at));
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
