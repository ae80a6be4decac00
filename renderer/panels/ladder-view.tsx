import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';

import { paintDensity } from '../ladder/draw/draw-density.ts';
import { drawGhosts } from '../ladder/draw/draw-ghosts.ts';
import type { RecordNumber } from '../../sim-core/reading.ts';
import { drawHeads, headsHeight } from '../ladder/draw/draw-heads.ts';
import { bandAround, drawLadder } from '../ladder/draw/draw-ladder.ts';
import { drawMarks } from '../ladder/draw/draw-marks.ts';
import { makeGroups, placeGroups, type LadderGroups } from '../ladder/draw/ladder-groups.ts';
import { colouringOf } from '../ladder/colouring.ts';
import { evidenceOf, evidenceRings, litArrows } from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { ghostArrows } from '../ladder/layout/ghosts.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import { markLadder } from '../ladder/layout/marks.ts';
import type { TraceArrows } from '../ladder/trace-arrows.ts';
import { messageNames } from '../ladder/message-names.ts';
import { resizeLadder } from '../store/edits.ts';
import { isRoomy } from '../store/window-shape.ts';
import { shortTitle } from '../words/parties.ts';
import { LadderHeads } from './ladder-heads.tsx';
import { useJottings } from './ladder-jottings.ts';
import { usePointing } from './ladder-pointing.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** The ladder with its heads: mounts the drawing, which knows nothing of React. */
export function Ladder(): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const heads = useRef<SVGSVGElement>(null);
  const density = useRef<HTMLCanvasElement>(null);
  const [groups, setGroups] = useState<LadderGroups | null>(null);

  useLayoutEffect(() => {
    if (svg.current !== null) setGroups(makeGroups(svg.current, 'ladder'));
  }, []);
  useLadderSize(frame);
  useDrawing(groups, heads);
  useDensity(density);
  useMarks(groups);
  useJottings(groups);
  usePointing(svg, groups);

  return (
    <div className="ladder-frame">
      <svg ref={heads} className="ladder-heads" height={headsHeight} aria-hidden="true">
        <g className="names" />
        <g className="frame">
          <rect className="ruler-ground" />
          <text className="head-line" textAnchor="end">
            ms
          </text>
          <rect className="mini-ground" />
          <path className="mini-edge" />
        </g>
      </svg>
      <LadderHeads />
      <div ref={frame} className="ladder inset-focus">
        <svg
          ref={svg}
          role="graphics-document"
          aria-roledescription="ladder diagram"
          aria-label="Messages of the call, in the order of time"
        />
        <canvas ref={density} className="density" hidden aria-hidden="true" />
      </div>
    </div>
  );
}

/** Tells the state how large the ladder is. */
function useLadderSize(frame: React.RefObject<HTMLDivElement | null>): void {
  const { store } = useParts();
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const tell = (): void => store.edit(resizeLadder(element.clientWidth, element.clientHeight));
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    tell();
    return () => observer.disconnect();
  }, [frame, store]);
}

/** Draws the ladder anew when anything it shows has changed, but for the playhead. */
function useDrawing(
  groups: LadderGroups | null,
  heads: React.RefObject<SVGSVGElement | null>,
): void {
  const { scene, traces, ghosts, measure } = useParts();
  const version = useRenderer((state) => state.traceVersion);
  const ghostVersion = useRenderer((state) => state.ghostVersion);
  const choice = useRenderer((state) => state.ladder);
  const arrangement = useRenderer((state) => state.arrangement);
  const selected = useRenderer((state) => state.selected);
  const clause = useRenderer((state) => state.clause);
  const size = useRenderer((state) => state.ladderSize);
  const shape = useRenderer((state) => state.shape);

  useLayoutEffect(() => {
    if (groups === null || size.width === 0) return;
    const layout = scene.layout();
    const scroll = scene.scroll();
    const { arrowOf } = scene.arranged();
    const nameOf = traces.view(messageNames);
    const evidence = evidenceOf(traces.trace, clause);
    const arrow = selected === null ? null : (arrowOf(selected) ?? null);
    placeGroups(groups, layout, scroll);
    drawLadder(groups, layout, bandAround(layout, scroll.scrollY), {
      selected: arrow,
      lit: clause === null ? null : new Set(litArrows(evidence, arrowOf)),
      reachable: arrow ?? layout.arrows[0]?.id ?? null,
      rows: layout.axis === 'rows',
      measure,
      colouring: colouringOf(arrangement.colour, traces.view),
      nameOf,
    });
    const behind = ghosts.trace.end === null ? [] : ghosts.view(arrowsOf).arrows;
    const band = bandAround(layout, scroll.scrollY);
    drawGhosts(groups, ghostArrows(layout, behind, traces.view(arrowsOf).arrows), band);
    keepFocus(groups, arrow);
    if (heads.current !== null) {
      const narrow = !isRoomy(shape);
      const person = (subtitle: string): string =>
        narrow ? (subtitle.split(', ')[0] ?? subtitle) : subtitle;
      drawHeads(heads.current, layout, scroll.scrollX, narrow ? shortTitle : String, person);
    }
  }, [
    groups,
    heads,
    scene,
    traces,
    ghosts,
    measure,
    version,
    ghostVersion,
    choice,
    arrangement,
    selected,
    clause,
    size,
    shape,
  ]);
}

/** Paints the map of a run that has too much in it to be drawn node by node. */
function useDensity(canvas: React.RefObject<HTMLCanvasElement | null>): void {
  const { scene } = useParts();
  const width = useRenderer((state) => state.ladderSize.width);
  useRenderer((state) => state.traceVersion);
  useRenderer((state) => state.ladder);
  useRenderer((state) => state.arrangement);
  const theme = useRenderer((state) => state.theme);
  const layout = width === 0 ? null : scene.layout();
  // What is scrolled changes nothing of it.
  const map = layout?.minimap;
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || map === undefined) return;
    paintDensity(element, scene.layout(), window.devicePixelRatio);
  }, [canvas, scene, map, theme]);
}

/** Draws what follows the playhead and the pointer: the cheap part, for every frame. */
function useMarks(groups: LadderGroups | null): void {
  const { store, scene, traces, actions } = useParts();
  const find = useRenderer((state) => state.find);
  const version = useRenderer((state) => state.traceVersion);
  const choice = useRenderer((state) => state.ladder);
  const arrangement = useRenderer((state) => state.arrangement);
  const selected = useRenderer((state) => state.selected);
  const hovered = useRenderer((state) => state.hovered);
  const clause = useRenderer((state) => state.clause);
  const playhead = useRenderer((state) => state.playhead);
  const size = useRenderer((state) => state.ladderSize);
  const shape = useRenderer((state) => state.shape);

  useLayoutEffect(() => {
    if (groups === null || size.width === 0) return;
    const layout = scene.layout();
    const scroll = scene.scroll();
    const { arrowOf } = scene.arranged();
    const arrowAt = (record: RecordNumber | null): string | null =>
      record === null ? null : (arrowOf(record) ?? null);
    const verdict = traces.trace.end?.verdicts.find((one) => one.clause === clause);
    const { records, header } = traces.trace;
    const under = arrowAt(hovered);
    const marks = markLadder(layout, {
      playheadMicros: header === null ? null : playhead,
      // The ruler tells the times of what is pointed at, or else of what is selected.
      selected: under ?? arrowAt(selected),
      scrollY: scroll.scrollY,
      live: false,
    });
    const fails = verdict?.verdict === 'violated' && verdict.level === 'error';
    drawMarks(groups, layout, marks, {
      rings: evidenceRings(verdict?.evidence ?? [], records, arrowOf, layout, fails),
      hovered: under,
      hits: find === null ? [] : hitInstants(actions.hits(), traces.view(arrowsOf)),
      freshMicros: store.state.playing ? null : playhead,
      scroll,
    });
  }, [
    groups,
    store,
    scene,
    traces,
    actions,
    find,
    version,
    choice,
    arrangement,
    selected,
    hovered,
    clause,
    playhead,
    size,
    shape,
  ]);
}

function hitInstants(hits: readonly MessageId[], { messageOf }: TraceArrows): readonly number[] {
  return hits.flatMap((id) => messageOf.get(id)?.sentAt ?? []);
}

/** The focus stays with the selection while it moves along the arrows. */
function keepFocus(groups: LadderGroups, arrow: string | null): void {
  const svg = groups.svg.node();
  const focused = document.activeElement;
  if (svg === null || arrow === null || focused === null || !svg.contains(focused)) return;
  if (focused.getAttribute('data-message') === arrow) return;
  svg.querySelector<SVGElement>(`.arrow[data-message="${arrow}"]`)?.focus({ preventScroll: true });
}
