import { useCallback, useLayoutEffect, useMemo } from 'react';

import type { Micros, RecordNumber } from '../../sim-core/reading.ts';
import { colouringOf } from '../ladder/colouring.ts';
import { paintDensity } from '../ladder/draw/draw-density.ts';
import { drawGhosts } from '../ladder/draw/draw-ghosts.ts';
import { drawHeads } from '../ladder/draw/draw-heads.ts';
import { bandAround, drawLadder, type LadderLook } from '../ladder/draw/draw-ladder.ts';
import type { Evidence } from '../ladder/draw/draw-evidence.ts';
import { drawMarks } from '../ladder/draw/draw-marks.ts';
import { placeGroups, type LadderGroups } from '../ladder/draw/ladder-groups.ts';
import {
  evidenceOf,
  evidenceRings,
  evidenceSpan,
  expectedArrow,
  litArrows,
} from '../ladder/evidence.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { kinOf, type Kin } from '../ladder/kin-of-message.ts';
import { ghostArrows } from '../ladder/layout/ghosts.ts';
import type { MessageId } from '../ladder/layout/ladder-input.ts';
import type { LadderLayout } from '../ladder/layout/ladder-layout.ts';
import { markLadder } from '../ladder/layout/marks.ts';
import { messageNames } from '../ladder/message-names.ts';
import type { TraceArrows } from '../ladder/trace-arrows.ts';
import { shortTitle } from '../words/parties.ts';
import { millisText, millisWithUnit } from '../words/times.ts';
import { useParts, useRenderer, useTrace } from './window-parts.ts';

/** The geometry of the ladder, or null before it has a size; scrolling does not change it. */
export function useLayout(): LadderLayout | null {
  const { scene } = useParts();
  useRenderer((state) => state.traceVersion);
  useRenderer((state) => state.ladder.axis);
  useRenderer((state) => state.ladder.pxPerMs);
  useRenderer((state) => state.ladder.timers);
  useRenderer((state) => state.arrangement);
  useRenderer((state) => state.selected);
  useRenderer((state) => state.clause);
  useRenderer((state) => state.shape);
  const width = useRenderer((state) => state.ladderSize.width);
  useRenderer((state) => state.ladderSize.height);
  return width === 0 ? null : scene.layout();
}

/** What of the layout is seen, px. */
function useScroll(): { readonly scrollX: number; readonly scrollY: number } {
  const { scene } = useParts();
  useRenderer((state) => state.ladder.scrollX);
  useRenderer((state) => state.ladder.scrollY);
  return scene.size.width === 0 ? unscrolled : scene.scroll();
}

const unscrolled = { scrollX: 0, scrollY: 0 };

/** Draws the ladder when anything it shows has changed, but for the playhead. */
export function useDrawing(groups: LadderGroups | null): void {
  const layout = useLayout();
  const { scrollX, scrollY } = useScroll();
  const look = useLook(layout);
  const behind = useBehind(layout);

  useLayoutEffect(() => {
    if (groups === null || layout === null) return;
    const band = bandAround(layout, scrollY);
    placeGroups(groups, layout, { scrollX, scrollY });
    drawLadder(groups, layout, band, look);
    drawGhosts(groups, behind, band);
    keepFocus(groups, look.selected);
  }, [groups, layout, look, behind, scrollX, scrollY]);
}

/** How the arrows of a layout look; the same value until one of them looks otherwise. */
function useLook(layout: LadderLayout | null): LadderLook {
  const { scene, traces, measure } = useParts();
  const colour = useRenderer((state) => state.arrangement.colour);
  const selected = useRenderer((state) => state.selected);
  const clause = useRenderer((state) => state.clause);
  return useMemo(() => {
    const { arrowOf } = scene.arranged();
    const arrow = selected === null ? null : (arrowOf(selected) ?? null);
    return {
      selected: arrow,
      lit: clause === null ? null : new Set(litArrows(evidenceOf(traces.trace, clause), arrowOf)),
      reachable: arrow ?? layout?.arrows[0]?.id ?? null,
      rows: layout?.axis === 'rows',
      measure,
      colouring: colouringOf(colour, traces.view),
      nameOf: traces.view(messageNames),
    };
  }, [scene, traces, measure, layout, colour, selected, clause]);
}

/** What another run did, on the heights of this one. */
function useBehind(layout: LadderLayout | null): ReturnType<typeof ghostArrows> {
  const { ghosts } = useParts();
  const version = useRenderer((state) => state.ghostVersion);
  const { arrows } = useTrace(arrowsOf);
  return useMemo(() => {
    const known = version > 0 && ghosts.trace.end !== null;
    if (layout === null || !known) return [];
    return ghostArrows(layout, ghosts.view(arrowsOf).arrows, arrows);
  }, [ghosts, version, layout, arrows]);
}

/** Draws the names above the ladder. */
export function useHeads(heads: React.RefObject<SVGSVGElement | null>): void {
  const layout = useLayout();
  const { scrollX } = useScroll();
  const { scene } = useParts();
  const narrow = scene.isNarrow();
  useLayoutEffect(() => {
    if (heads.current === null || layout === null) return;
    const person = (subtitle: string): string =>
      narrow ? (subtitle.split(', ')[0] ?? subtitle) : subtitle;
    drawHeads(heads.current, layout, scrollX, narrow ? shortTitle : String, person);
  }, [heads, layout, scrollX, narrow]);
}

/** Paints the map of a run that has too much in it to be drawn node by node. */
export function useDensity(canvas: React.RefObject<HTMLCanvasElement | null>): void {
  const layout = useLayout();
  const theme = useRenderer((state) => state.theme);
  useLayoutEffect(() => {
    if (canvas.current === null || layout === null) return;
    paintDensity(canvas.current, layout, window.devicePixelRatio);
  }, [canvas, layout, theme]);
}

/** Draws what follows the playhead and the pointer: the cheap part, for every frame. */
export function useMarks(groups: LadderGroups | null): void {
  const { scene, traces } = useParts();
  const layout = useLayout();
  const scroll = useScroll();
  const evidence = useEvidence(layout);
  const hits = useHits();
  const selected = useRenderer((state) => state.selected);
  const kin = useKin(layout);
  const playhead = useRenderer((state) => state.playhead);
  const playing = useRenderer((state) => state.playing);
  const isComing = useRenderer((state) => state.run.kind === 'computing');
  const { scrollX, scrollY } = scroll;
  const sayFlying = useFlying(playhead);

  useLayoutEffect(() => {
    if (groups === null || layout === null) return;
    const { arrowOf } = scene.arranged();
    const arrowAt = (record: RecordNumber | null): MessageId | null =>
      record === null ? null : (arrowOf(record) ?? null);
    const marks = markLadder(layout, {
      playheadMicros: traces.trace.header === null ? null : playhead,
      // The ruler tells the times of what is pointed at, or else of what is selected.
      selected: kin?.arrow ?? arrowAt(selected),
      scrollY,
      live: isComing,
    });
    drawMarks(groups, layout, marks, {
      ...evidence,
      hovered: kin,
      hits,
      sayFlying,
      freshMicros: playing ? null : playhead,
      scroll: { scrollX, scrollY },
    });
  }, [
    groups,
    scene,
    traces,
    layout,
    kin,
    evidence,
    hits,
    sayFlying,
    selected,
    playhead,
    playing,
    isComing,
    scrollX,
    scrollY,
  ]);
}

/** What is said of a message on its way: its sentence, and how much of the way lies behind it. */
function useFlying(playhead: Micros): (message: MessageId) => string {
  const nameOf = useTrace(messageNames);
  const { messageOf } = useTrace(arrowsOf);
  return useCallback(
    (id) => {
      const message = messageOf.get(id);
      if (message === undefined) return nameOf(id);
      const gone = millisText(playhead - message.sentAt);
      const whole = millisWithUnit(message.arrivesAt - message.sentAt);
      return `${nameOf(id)}\nOn its way for ${gone} of ${whole}.`;
    },
    [nameOf, messageOf, playhead],
  );
}

/** What is pointed at, and what has to do with it. */
function useKin(layout: LadderLayout | null): Kin | null {
  const { scene, traces } = useParts();
  const hovered = useRenderer((state) => state.hovered);
  return useMemo(() => {
    if (hovered === null || layout === null) return null;
    return kinOf(hovered, traces, scene.arranged().arrowOf);
  }, [scene, traces, layout, hovered]);
}

/** The rings around the evidence of the chosen clause, how long it took, and what it missed. */
function useEvidence(layout: LadderLayout | null): Evidence {
  const { scene, measure } = useParts();
  const clause = useRenderer((state) => state.clause);
  const { end, records } = useTrace((trace) => trace);
  return useMemo(() => {
    const verdict = end?.verdicts.find((one) => one.clause === clause);
    if (layout === null || verdict === undefined) {
      return { rings: [], span: null, expected: null, measure };
    }
    const { evidence } = verdict;
    const fails = verdict.verdict === 'violated' && verdict.level === 'error';
    const { arrowOf } = scene.arranged();
    const rings = evidenceRings(evidence, records, arrowOf, layout, fails);
    return {
      rings,
      span: evidenceSpan(evidence, records, layout, rings),
      expected: expectedArrow(verdict, records, arrowOf, layout),
      measure,
    };
  }, [scene, measure, layout, clause, end, records]);
}

/** When what is looked for is sent. */
function useHits(): readonly number[] {
  const { actions } = useParts();
  const arrows = useTrace(arrowsOf);
  useRenderer((state) => state.find);
  useRenderer((state) => state.arrangement);
  const hits = actions.hits();
  return useMemo(() => hitInstants(hits, arrows), [hits, arrows]);
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
