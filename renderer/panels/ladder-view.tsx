import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';

import { headsHeight } from '../ladder/draw/draw-heads.ts';
import { makeGroups, type LadderGroups } from '../ladder/draw/ladder-groups.ts';
import { resizeLadder } from '../store/edits.ts';
import { useDensity, useDrawing, useHeads, useMarks } from './ladder-drawing.ts';
import { LadderHeads } from './ladder-heads.tsx';
import { useJottings } from './ladder-jottings.ts';
import { usePointing } from './ladder-pointing.ts';
import { useParts } from './window-parts.ts';

/** The ladder with its heads: mounts the drawing, which knows nothing of React. */
export function Ladder(): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const heads = useRef<SVGSVGElement>(null);
  const density = useRef<HTMLCanvasElement>(null);
  const [groups, setGroups] = useState<LadderGroups | null>(null);

  useLayoutEffect(() => {
    if (svg.current !== null) setGroups(makeGroups(svg.current));
  }, []);
  useLadderSize(frame);
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
      <Drawing groups={groups} heads={heads} density={density} />
    </div>
  );
}

interface Surfaces {
  readonly groups: LadderGroups | null;
  readonly heads: React.RefObject<SVGSVGElement | null>;
  readonly density: React.RefObject<HTMLCanvasElement | null>;
}

/** Keeps the drawing as the state is, by itself: what it is drawn on is not rendered for it. */
function Drawing({ groups, heads, density }: Surfaces): null {
  useDrawing(groups);
  useHeads(heads);
  useDensity(density);
  useMarks(groups);
  useJottings(groups);
  return null;
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
