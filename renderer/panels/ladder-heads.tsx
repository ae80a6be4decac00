import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';

import type { NodeId } from '../../sim-core/reading.ts';
import { coreNodes } from '../ladder/arrange-ladder.ts';
import type { LadderLayout, PlacedLifeline } from '../ladder/layout/ladder-layout.ts';
import { foldLifeline } from '../store/arrangement-edits.ts';
import { chooseLifeline } from '../store/edits.ts';
import { Icon } from './icons.tsx';
import { useLayout } from './ladder-drawing.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** Moving a head less than this is still a click, px. */
const dragLeast = 6;

/**
 * The buttons over the names of the lifelines: a click shows a lifeline's state, dragging or
 * Alt with an arrow moves it, rings between two names open the hops they stand for.
 */
export function LadderHeads(): ReactElement | null {
  const { scene, traces } = useParts();
  const layout = useLayout();
  useRenderer((state) => state.ladder.scrollX);
  if (layout === null) return null;
  const { scrollX } = scene.scroll();
  const core = new Set(coreNodes(traces.trace.header));
  return (
    <div className="head-buttons" role="toolbar" aria-label="Lifelines">
      {layout.lifelines.map((lifeline, place) => (
        <Head
          key={lifeline.id}
          lifeline={lifeline}
          place={place}
          layout={layout}
          scrollX={scrollX}
          folds={core.has(nodeOfLine(lifeline.id))}
        />
      ))}
      {layout.foldedLifelines.map(({ id, title, x }) => (
        <Rings key={id} node={nodeOfLine(id)} title={title} x={x - scrollX} />
      ))}
    </div>
  );
}

function nodeOfLine(lifeline: string): NodeId {
  // A lifeline is named after its node (trace-arrows.ts).
  return Number(lifeline) as NodeId;
}

interface HeadProps {
  readonly lifeline: PlacedLifeline;
  readonly place: number;
  readonly layout: LadderLayout;
  readonly scrollX: number;
  /** Whether it is a hop that can be folded. */
  readonly folds: boolean;
}

function Head({ lifeline, place, layout, scrollX, folds }: HeadProps): ReactElement {
  const { store, actions } = useParts();
  const node = nodeOfLine(lifeline.id);
  const chosen = useRenderer((state) => state.lifeline === node);
  const { offset, pointing } = useDragging(lifeline, layout, node);

  function move(event: KeyboardEvent<HTMLButtonElement>): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) actions.moveLifeline(node, place + step);
    else {
      const heads =
        event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('.head-button');
      heads?.[place + step]?.focus();
    }
  }

  return (
    <>
      <button
        type="button"
        className={offset === 0 ? 'head-button' : 'head-button dragged'}
        style={{ left: lifeline.x - scrollX + offset }}
        aria-pressed={chosen}
        aria-label={`${lifeline.title}, ${lifeline.subtitle}`}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
        title={`State of ${lifeline.title}. Drag, or Alt with an arrow, to move it`}
        onClick={() => store.edit(chooseLifeline(node))}
        onKeyDown={move}
        {...pointing}
      />
      {folds ? (
        <button
          type="button"
          className="head-fold icon-button small"
          style={{ left: lifeline.x - scrollX + 34 }}
          aria-label={`Fold ${lifeline.title}`}
          title={`Fold ${lifeline.title}`}
          onClick={() => store.edit(foldLifeline(node, true))}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </>
  );
}

/** Drags a head along the row: it lands where its middle is nearest to a lifeline. */
function useDragging(lifeline: PlacedLifeline, layout: LadderLayout, node: NodeId) {
  const { actions } = useParts();
  const [offset, setOffset] = useState(0);
  const start = useRef<number | null>(null);
  const moved = useRef(false);
  return {
    offset,
    pointing: {
      onPointerDown(event: PointerEvent<HTMLButtonElement>) {
        if (event.button !== 0) return;
        start.current = event.clientX;
        moved.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLButtonElement>) {
        if (start.current === null) return;
        const by = event.clientX - start.current;
        moved.current ||= Math.abs(by) > dragLeast;
        if (moved.current) setOffset(by);
      },
      onPointerUp(event: PointerEvent<HTMLButtonElement>) {
        if (start.current === null) return;
        const x = lifeline.x + event.clientX - start.current;
        start.current = null;
        setOffset(0);
        if (moved.current) actions.moveLifeline(node, nearest(layout, x));
      },
      onPointerCancel() {
        start.current = null;
        setOffset(0);
      },
      onClickCapture(event: { stopPropagation(): void; preventDefault(): void }) {
        // The click that ends a drag asks for nothing.
        if (!moved.current) return;
        moved.current = false;
        event.stopPropagation();
        event.preventDefault();
      },
    },
  };
}

function nearest({ lifelines }: LadderLayout, x: number): number {
  const distances = lifelines.map((line) => Math.abs(line.x - x));
  return distances.indexOf(Math.min(...distances));
}

function Rings({
  node,
  title,
  x,
}: {
  readonly node: NodeId;
  readonly title: string;
  readonly x: number;
}): ReactElement {
  const { store } = useParts();
  return (
    <button
      type="button"
      className="head-rings"
      style={{ left: x }}
      aria-label={`Unfold ${title}`}
      title={`${title} is folded. Unfold it`}
      onClick={() => store.edit(foldLifeline(node, false))}
    />
  );
}
