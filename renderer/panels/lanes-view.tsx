import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
} from 'react';

import type { NodeId, RecordNumber } from '../../sim-core/reading.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { heightAt, microsAt } from '../ladder/layout/height-map.ts';
import {
  drawLaneGhosts,
  drawLaneMarks,
  drawLanes,
  makeLaneGroups,
  type LaneGroups,
} from '../lanes/draw/draw-lanes.ts';
import { clampScroll } from '../ladder/layout/zoom.ts';
import { laneInputOf } from '../lanes/from-trace.ts';
import { laneGhosts } from '../lanes/layout/lane-ghosts.ts';
import type { LaneInput } from '../lanes/layout/lane-input.ts';
import type { LaneLayout } from '../lanes/layout/lane-layout.ts';
import { layoutLanes, type LaneRows } from '../lanes/layout/layout-lanes.ts';
import { hoverRecord, scrubTo } from '../store/edits.ts';
import { millisText } from '../words/times.ts';
import { Icon } from './icons.tsx';
import { useLayout } from './ladder-drawing.ts';
import { useParts, useRenderer, useTrace } from './window-parts.ts';

/** What each party hears and sees, across; the same clock as the ladder. */
export function Lanes({ rows }: { readonly rows: LaneRows }): ReactElement {
  const { measure } = useParts();
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const over = useRef<SVGSVGElement>(null);
  const [groups, setGroups] = useState<LaneGroups | null>(null);
  const [width, setWidth] = useState(0);
  const input = useTrace(laneInputOf);
  const layout = useMemo(
    () => layoutLanes(input, rows, width, measure),
    [input, rows, width, measure],
  );

  useLayoutEffect(() => {
    const element = frame.current;
    if (svg.current !== null && over.current !== null) {
      setGroups(makeLaneGroups(svg.current, over.current));
    }
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  const focused = useLaneDrawing(groups, layout);
  useGhosts(groups, layout, input);
  const pointing = useLanePointing(svg, layout, focused);

  return (
    <div ref={frame} className="lanes-frame scrolls">
      <div className="lanes">
        <svg ref={svg} role="group" aria-label="What each party hears and sees" {...pointing} />
        <svg ref={over} className="over-lanes" aria-hidden="true" />
      </div>
      {layout.lanes
        .filter(({ group, medium }) => group === 'party' && medium === 'audio')
        .map(({ id, title, y }) => (
          <Listen key={id} lane={id} title={title} y={y} />
        ))}
    </div>
  );
}

/** Lets one hear what a party hears, in step with the playhead. */
function Listen({
  lane,
  title,
  y,
}: {
  readonly lane: string;
  readonly title: string;
  readonly y: number;
}): ReactElement {
  const { actions } = useParts();
  // The lane of a party is named after its node.
  const node = Number(lane.split(' ')[0]) as NodeId;
  const pressed = useRenderer((state) => state.listening === node);
  const says = `Listen to what ${title}`;
  return (
    <button
      type="button"
      className="lane-listen"
      style={{ top: y }}
      aria-pressed={pressed}
      aria-label={says}
      title={`${says}, at the speed of life`}
      onClick={() => actions.listen(pressed ? null : node)}
    >
      <Icon name="listen" />
    </button>
  );
}

/** Draws what the run that is drawn behind let the parties hear. */
function useGhosts(groups: LaneGroups | null, layout: LaneLayout, { bars }: LaneInput): void {
  const { ghosts } = useParts();
  const version = useRenderer((state) => state.ghostVersion);
  useLayoutEffect(() => {
    if (groups === null) return;
    const known = version > 0 && ghosts.trace.end !== null;
    drawLaneGhosts(groups, known ? laneGhosts(layout, ghosts.view(laneInputOf).bars, bars) : []);
  }, [groups, layout, bars, ghosts, version]);
}

interface Reachable {
  readonly bar: string | null;
  set(bar: string): void;
}

function useLaneDrawing(groups: LaneGroups | null, layout: LaneLayout): Reachable {
  const { measure } = useParts();
  const playhead = useRenderer((state) => state.playhead);
  const hovered = useRenderer((state) => state.hovered);
  const seen = useLayout();
  // Only a zoomed ladder shows less than everything.
  const scrollY = useRenderer(({ ladder }) => (ladder.pxPerMs === null ? null : ladder.scrollY));
  const arrows = useTrace(arrowsOf);
  const [bar, set] = useState<string | null>(null);
  const reachable = useMemo(() => {
    const known = layout.bars.some(({ id }) => id === bar);
    return known ? bar : (layout.bars[0]?.id ?? null);
  }, [layout, bar]);
  const span = useMemo(() => {
    if (seen === null || scrollY === null) return null;
    const place = (y: number): number => placeOf(layout, microsAt(seen.heights, y));
    const top = clampScroll(scrollY, seen.height, seen.size.height);
    return { x1: place(top), x2: Math.min(layout.right, place(top + seen.size.height)) };
  }, [layout, seen, scrollY]);

  useLayoutEffect(() => {
    if (groups === null || layout.width === 0) return;
    drawLanes(groups, layout, reachable);
  }, [groups, layout, reachable]);

  useEffect(() => {
    if (groups === null || layout.width === 0) return;
    const message = arrows.messageOf.get(arrows.arrowOf.get(hovered ?? (0 as RecordNumber)) ?? '');
    const pointed = message === undefined ? [] : [message.sentAt, message.arrivesAt];
    const known = layout.bars.length > 0;
    const text = millisText(playhead);
    drawLaneMarks(groups, layout, {
      playhead: known
        ? { x: placeOf(layout, playhead), text, width: measure(text, 12, 500) }
        : null,
      span,
      hovered: pointed.map((at) => placeOf(layout, at)),
    });
  }, [groups, layout, playhead, hovered, span, arrows, measure]);
  return { bar: reachable, set };
}

/** Where an instant stands, px, in the middle of a pixel. */
function placeOf({ places }: LaneLayout, micros: number): number {
  return Math.round(heightAt(places, micros)) + 0.5;
}

/** Clicks and keys on bars select what opened or closed them; the axis scrubs. */
function useLanePointing(
  svg: React.RefObject<SVGSVGElement | null>,
  layout: LaneLayout,
  reachable: Reachable,
) {
  const { store, actions } = useParts();
  const scrubbing = useRef(false);
  const microsOf = (event: { clientX: number }): number => {
    const left = svg.current?.getBoundingClientRect().left ?? 0;
    const x = Math.min(layout.right, Math.max(layout.left, event.clientX - left));
    return microsAt(layout.places, x);
  };
  const barAt = (target: EventTarget) => {
    const id = target instanceof Element ? target.closest('.bar')?.getAttribute('data-bar') : null;
    return layout.bars.find((bar) => bar.id === id);
  };
  const choose = (target: EventTarget, closing: boolean): boolean => {
    const bar = barAt(target);
    if (bar === undefined) return false;
    reachable.set(bar.id);
    actions.selectShown((closing ? (bar.closedBy ?? bar.openedBy) : bar.openedBy) as RecordNumber);
    return true;
  };
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      if (event.button !== 0 || barAt(event.target) !== undefined) return;
      scrubbing.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      store.edit(scrubTo(microsOf(event)));
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      if (scrubbing.current) {
        store.edit(scrubTo(microsOf(event)));
        return;
      }
      // What opened an interval is lit where it is drawn.
      const bar = barAt(event.target);
      store.edit(hoverRecord(bar === undefined ? null : (bar.openedBy as RecordNumber)));
    },
    onPointerLeave() {
      if (!scrubbing.current) store.edit(hoverRecord(null));
    },
    onPointerUp() {
      scrubbing.current = false;
    },
    onClick(event: MouseEvent<SVGSVGElement>) {
      choose(event.target, event.shiftKey);
    },
    onKeyDown(event: KeyboardEvent<SVGSVGElement>) {
      const bar = barAt(event.target);
      if (bar === undefined) return;
      if (event.key === 'Enter') {
        event.preventDefault();
        choose(event.target, event.shiftKey);
      }
      const step =
        event.key === 'ArrowRight' || event.key === 'ArrowDown'
          ? 1
          : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
            ? -1
            : 0;
      const next = layout.bars[layout.bars.indexOf(bar) + step];
      if (step === 0 || next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      reachable.set(next.id);
      svg.current?.querySelector<SVGElement>(`[data-bar="${CSS.escape(next.id)}"]`)?.focus();
    },
  };
}
