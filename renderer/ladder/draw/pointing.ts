import { headAt, hitTest, type LadderHit } from '../layout/hit-test.ts';
import type { MessageId } from '../layout/ladder-input.ts';
import type { LadderLayout } from '../layout/ladder-layout.ts';

/** What a pointer points at: the ladder as it is drawn now. */
export interface PointedLadder {
  layout(): LadderLayout;
  scroll(): { readonly scrollX: number; readonly scrollY: number };
}

/** What a pointer does in the ladder, in the ladder's terms. */
export interface LadderPointing {
  hover(hit: LadderHit | null): void;
  /** A press and release in one place. */
  choose(hit: LadderHit, times: 'once' | 'twice'): void;
  /** Asks for what can be done with what is there. */
  ask(hit: LadderHit): void;
  /** Drags an arrowhead to another instant; null: it is let go where it was. */
  aim(message: MessageId, micros: number | null): void;
  /** Lets an arrowhead go at another instant. */
  delay(message: MessageId, micros: number): void;
  /** Drags along the ruler or the minimap. */
  scrub(micros: number): void;
  /** Drags the empty ladder, or turns the wheel: by so many px. */
  scrollBy(x: number, y: number): void;
  /** Turns the wheel with Ctrl, or pinches: `y` from the upper edge. */
  zoom(factor: number, y: number): void;
}

/** Moving less than this is still a click, px. */
const clickReach = 4;
const wheelLine = 18;

type Point = { readonly x: number; readonly y: number };
type Scrubbed = Extract<LadderHit, { kind: 'ruler' | 'minimap' }>;

/** What has been pressed, and where the pointer was last. */
interface Press {
  readonly hit: LadderHit;
  /** The arrow whose head was taken hold of, or null. */
  readonly head: MessageId | null;
  readonly start: Point;
  last: Point;
  moved: boolean;
}

/** Listens to a ladder's element; returns the function that ends it. */
export function pointAtLadder(
  element: SVGSVGElement,
  ladder: PointedLadder,
  pointing: LadderPointing,
): () => void {
  const ends = [
    listenToPresses(element, ladder, pointing),
    listenToWheel(element, pointing),
    listen(element, 'contextmenu', (event) => {
      const hit = hitAt(ladder, pointOf(element, event));
      if (hit.kind !== 'message') return;
      event.preventDefault();
      pointing.ask(hit);
    }),
    listen(element, 'dblclick', (event) =>
      pointing.choose(hitAt(ladder, pointOf(element, event)), 'twice'),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function listen<Kind extends keyof SVGElementEventMap>(
  element: SVGSVGElement,
  kind: Kind,
  listener: (event: SVGElementEventMap[Kind]) => void,
): () => void {
  element.addEventListener(kind, listener, { passive: false });
  return () => element.removeEventListener(kind, listener);
}

function pointOf(element: SVGSVGElement, event: MouseEvent): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function hitAt(ladder: PointedLadder, { x, y }: Point): LadderHit {
  return hitTest(ladder.layout(), x, y, ladder.scroll());
}

function scrubs(hit: LadderHit): hit is Scrubbed {
  return hit.kind === 'ruler' || hit.kind === 'minimap';
}

/** The instant at a height of what is being scrubbed, however far the pointer strays from it. */
function scrubbedAt(ladder: PointedLadder, what: Scrubbed, y: number): number | null {
  const x = what.kind === 'ruler' ? 0 : ladder.layout().size.width;
  const hit = hitAt(ladder, { x, y });
  return scrubs(hit) ? hit.micros : null;
}

/** The instant at the pointer's height. */
function instantAt(ladder: PointedLadder, { y }: Point): number | null {
  const hit = hitAt(ladder, { x: 0, y });
  return hit.kind === 'ruler' ? hit.micros : null;
}

function listenToPresses(
  element: SVGSVGElement,
  ladder: PointedLadder,
  pointing: LadderPointing,
): () => void {
  let press: Press | null = null;

  function drag(held: Press, now: Point): void {
    const far = Math.abs(now.x - held.start.x) + Math.abs(now.y - held.start.y);
    held.moved ||= far > clickReach;
    if (held.head !== null) pointing.aim(held.head, held.moved ? instantAt(ladder, now) : null);
    else if (scrubs(held.hit)) {
      const micros = scrubbedAt(ladder, held.hit, now.y);
      if (micros !== null) pointing.scrub(micros);
    } else if (held.moved) pointing.scrollBy(held.last.x - now.x, held.last.y - now.y);
    held.last = now;
  }

  const ends = [
    listen(element, 'pointerdown', (event) => {
      if (event.button !== 0) return;
      const start = pointOf(element, event);
      const hit = hitAt(ladder, start);
      const head = headAt(ladder.layout(), start.x, start.y, ladder.scroll());
      press = { hit, head, start, last: start, moved: false };
      element.setPointerCapture(event.pointerId);
      if (scrubs(hit)) pointing.scrub(hit.micros);
    }),
    listen(element, 'pointermove', (event) => {
      const now = pointOf(element, event);
      if (press === null) pointing.hover(hitAt(ladder, now));
      else drag(press, now);
    }),
    listen(element, 'pointerup', () => {
      const held = press;
      press = null;
      if (held === null) return;
      if (!held.moved && !scrubs(held.hit)) pointing.choose(held.hit, 'once');
      if (held.head === null) return;
      pointing.aim(held.head, null);
      const at = held.moved ? instantAt(ladder, held.last) : null;
      if (at !== null) pointing.delay(held.head, at);
    }),
    listen(element, 'pointercancel', () => {
      if (press?.head !== undefined && press.head !== null) pointing.aim(press.head, null);
      press = null;
    }),
    listen(element, 'pointerleave', () => {
      if (press === null) pointing.hover(null);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function listenToWheel(element: SVGSVGElement, pointing: LadderPointing): () => void {
  return listen(element, 'wheel', (event) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLine : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      pointing.zoom(Math.exp(-y / 300), pointOf(element, event).y);
    } else if (event.shiftKey && x === 0) pointing.scrollBy(y, 0);
    else pointing.scrollBy(x, y);
  });
}
