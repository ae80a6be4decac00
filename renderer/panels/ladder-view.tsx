import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';

import type { Micros } from '../../sim-core/reading.ts';
import { drawAim, drawGhosts } from '../ladder/draw/draw-ghosts.ts';
import { drawHeads, headsHeight } from '../ladder/draw/draw-heads.ts';
import { bandAround, drawLadder } from '../ladder/draw/draw-ladder.ts';
import { drawMarks } from '../ladder/draw/draw-marks.ts';
import { makeGroups, placeGroups, type LadderGroups } from '../ladder/draw/ladder-groups.ts';
import { pointAtLadder } from '../ladder/draw/pointing.ts';
import { evidenceOf, evidenceRings, litArrows } from '../ladder/evidence.ts';
import { arrowShowing, arrowsOf } from '../ladder/from-trace.ts';
import { recordOfArrow } from '../ladder/ladder-scene.ts';
import { ghostArrows } from '../ladder/layout/ghosts.ts';
import { markLadder } from '../ladder/layout/marks.ts';
import { clampScroll } from '../ladder/layout/zoom.ts';
import { messageNames } from '../ladder/message-names.ts';
import {
  follow,
  hoverRecord,
  movePlayhead,
  resizeLadder,
  scrollLadder,
  scrubTo,
  selectRecord,
} from '../store/edits.ts';
import { isRoomy } from '../store/window-shape.ts';
import { shortTitle } from '../words/parties.ts';
import { enterInspector } from './regions.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** The ladder with its heads: mounts the drawing, which knows nothing of React. */
export function Ladder(): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const heads = useRef<SVGSVGElement>(null);
  const [groups, setGroups] = useState<LadderGroups | null>(null);

  useLayoutEffect(() => {
    if (svg.current !== null) setGroups(makeGroups(svg.current, 'ladder'));
  }, []);
  useLadderSize(frame);
  useDrawing(groups, heads);
  useMarks(groups);
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
      <div ref={frame} className="ladder inset-focus">
        <svg
          ref={svg}
          role="graphics-document"
          aria-roledescription="ladder diagram"
          aria-label="Messages of the call, in the order of time"
        />
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
  const selected = useRenderer((state) => state.selected);
  const clause = useRenderer((state) => state.clause);
  const size = useRenderer((state) => state.ladderSize);
  const shape = useRenderer((state) => state.shape);

  useLayoutEffect(() => {
    if (groups === null || size.width === 0) return;
    const layout = scene.layout();
    const scroll = scene.scroll();
    const arrows = traces.view(arrowsOf);
    const names = traces.view(messageNames);
    const evidence = evidenceOf(traces.trace, clause);
    const arrow = arrowShowing(arrows, selected);
    placeGroups(groups, layout, scroll);
    drawLadder(groups, layout, bandAround(layout, scroll.scrollY), {
      selected: arrow,
      lit: clause === null ? null : new Set(litArrows(evidence, arrows)),
      reachable: arrow ?? layout.arrows[0]?.id ?? null,
      rows: layout.axis === 'rows',
      measure,
      nameOf: (message) => names.get(message) ?? message,
    });
    const behind = ghosts.trace.end === null ? [] : ghosts.view(arrowsOf).arrows;
    const band = bandAround(layout, scroll.scrollY);
    drawGhosts(groups, ghostArrows(layout, behind, arrows.arrows), band);
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
    selected,
    clause,
    size,
    shape,
  ]);
}

/** Draws what follows the playhead and the pointer: the cheap part, for every frame. */
function useMarks(groups: LadderGroups | null): void {
  const { store, scene, traces } = useParts();
  const version = useRenderer((state) => state.traceVersion);
  const choice = useRenderer((state) => state.ladder);
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
    const arrows = traces.view(arrowsOf);
    const verdict = traces.trace.end?.verdicts.find((one) => one.clause === clause);
    const { records, header } = traces.trace;
    const under = arrowShowing(arrows, hovered);
    const marks = markLadder(layout, {
      playheadMicros: header === null ? null : playhead,
      // The ruler tells the times of what is pointed at, or else of what is selected.
      selected: under ?? arrowShowing(arrows, selected),
      scrollY: scroll.scrollY,
      live: false,
    });
    const fails = verdict?.verdict === 'violated' && verdict.level === 'error';
    drawMarks(groups, layout, marks, {
      rings: evidenceRings(verdict?.evidence ?? [], records, arrows, layout, fails),
      hovered: under,
      freshMicros: store.state.playing ? null : playhead,
      scroll,
    });
  }, [
    groups,
    store,
    scene,
    traces,
    version,
    choice,
    selected,
    hovered,
    clause,
    playhead,
    size,
    shape,
  ]);
}

/** The focus stays with the selection while it moves along the arrows. */
function keepFocus(groups: LadderGroups, arrow: string | null): void {
  const svg = groups.svg.node();
  const focused = document.activeElement;
  if (svg === null || arrow === null || focused === null || !svg.contains(focused)) return;
  if (focused.getAttribute('data-message') === arrow) return;
  svg.querySelector<SVGElement>(`.arrow[data-message="${arrow}"]`)?.focus({ preventScroll: true });
}

function usePointing(
  svg: React.RefObject<SVGSVGElement | null>,
  groups: LadderGroups | null,
): void {
  const { store, scene, traces, actions } = useParts();
  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    const scrollTo = (x: number, y: number): void => {
      const { width, height } = scene.layout();
      const { size } = scene;
      store.edit(
        scrollLadder(clampScroll(x, width, size.width), clampScroll(y, height, size.height)),
      );
    };
    const end = pointAtLadder(element, scene, {
      hover: (hit) =>
        store.edit(hoverRecord(hit?.kind === 'message' ? recordOfArrow(hit.message) : null)),
      choose(hit, times) {
        if (hit.kind === 'message') {
          const record = recordOfArrow(hit.message);
          if (times === 'once') actions.select(record);
          else goToSending(record);
        } else if (hit.kind === 'empty' && times === 'once') store.edit(selectRecord(null));
      },
      ask(hit) {
        if (hit.kind !== 'message') return;
        actions.select(recordOfArrow(hit.message));
        actions.do('fork here');
      },
      aim(message, micros) {
        if (groups !== null) drawAim(groups, scene.layout(), message, micros);
      },
      delay(message, micros) {
        const shown = traces.view(arrowsOf).messageOf.get(message);
        // To whole milliseconds, for nobody drags finer; a message cannot come sooner.
        const by = Math.round((micros - (shown?.arrivesAt ?? micros)) / 1_000) * 1_000;
        if (by > 0) {
          actions.forkMessage(recordOfArrow(message), { kind: 'delay', by: by as Micros });
        }
      },
      scrub: (micros) => store.edit(scrubTo(micros)),
      scrollBy(x, y) {
        const { scrollX, scrollY } = scene.scroll();
        if (store.state.following) store.edit(follow(false));
        scrollTo(scrollX + x, scrollY + y);
      },
      zoom: (factor, y) => actions.zoomAbout(factor, y),
    });
    function goToSending(record: number): void {
      const arrow = scene.layout().arrows.find(({ id }) => id === String(record));
      if (arrow !== undefined) store.edit(movePlayhead(arrow.sentMicros as Micros));
    }
    function key(event: KeyboardEvent): void {
      const arrow = event.target instanceof Element ? event.target.closest('.arrow') : null;
      const message = arrow?.getAttribute('data-message');
      if (message === null || message === undefined || event.key !== 'Enter') return;
      event.preventDefault();
      actions.select(recordOfArrow(message));
      enterInspector(document);
    }
    element.addEventListener('keydown', key);
    return () => {
      end();
      element.removeEventListener('keydown', key);
    };
  }, [svg, groups, store, scene, traces, actions]);
}
