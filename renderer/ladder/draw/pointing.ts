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
  /** A press and release in one place; with Shift it is the second of two. */
  choose(hit: LadderHit, how: 'once' | 'twice' | 'second'): void;
  /** Asks for what can be done with what is there. */
  ask(hit: LadderHit): void;
  /** Drags an arrowhead to another instant; null: it is let go where it was. */
  aim(message: MessageId, micros: number | null): void;
  /** Lets an arrowhead go at another instant. */
  delay(message: MessageId, micros: number): void;
  /** Drags along the ruler. */
  scrub(micros: number): void;
  /** Drags along the map of the whole run. */
  lookAt(micros: number): void;
  /** Drags with Alt from one height of the window to another; null: it is over. */
  span(edges: { readonly y1: number; readonly y2: number } | null): void;
  /** Lets such a drag go. */
  zoomTo(fromMicros: number, toMicros: number): void;
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
  /** Whether it marks a span of time. */
  readonly spans: boolean;
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

function edgesOf(one: Point, other: Point): { readonly y1: number; readonly y2: number } {
  return { y1: Math.min(one.y, other.y), y2: Math.max(one.y, other.y) };
}

function follow(pointing: LadderPointing, { kind }: Scrubbed, micros: number): void {
  if (kind === 'ruler') pointing.scrub(micros);
  else pointing.lookAt(micros);
}

/** Ends a drag that marks a span of time. */
function letSpanGo(ladder: PointedLadder, pointing: LadderPointing, held: Press): void {
  pointing.span(null);
  const from = instantAt(ladder, held.start);
  const to = instantAt(ladder, held.last);
  if (!held.moved || from === null || to === null) return;
  pointing.zoomTo(Math.min(from, to), Math.max(from, to));
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
    if (held.spans) pointing.span(held.moved ? edgesOf(held.start, now) : null);
    else if (held.head !== null)
      pointing.aim(held.head, held.moved ? instantAt(ladder, now) : null);
    else if (scrubs(held.hit)) {
      const micros = scrubbedAt(ladder, held.hit, now.y);
      if (micros !== null) follow(pointing, held.hit, micros);
    } else if (held.moved) pointing.scrollBy(held.last.x - now.x, held.last.y - now.y);
    held.last = now;
  }

  const ends = [
    listen(element, 'pointerdown', (event) => {
      if (event.button !== 0) return;
      const start = pointOf(element, event);
      const hit = hitAt(ladder, start);
      const spans = event.altKey && !scrubs(hit);
      const head = spans ? null : headAt(ladder.layout(), start.x, start.y, ladder.scroll());
      press = { hit, head, spans, start, last: start, moved: false };
      element.setPointerCapture(event.pointerId);
      if (scrubs(hit)) follow(pointing, hit, hit.micros);
    }),
    listen(element, 'pointermove', (event) => {
      const now = pointOf(element, event);
      if (press === null) pointing.hover(hitAt(ladder, now));
      else drag(press, now);
    }),
    listen(element, 'pointerup', (event) => {
      const held = press;
      press = null;
      if (held === null) return;
      if (held.spans) letSpanGo(ladder, pointing, held);
      else if (!held.moved && !scrubs(held.hit)) {
        pointing.choose(held.hit, event.shiftKey ? 'second' : 'once');
      }
      if (held.head === null) return;
      pointing.aim(held.head, null);
      const at = held.moved ? instantAt(ladder, held.last) : null;
      if (at !== null) pointing.delay(held.head, at);
    }),
    listen(element, 'pointercancel', () => {
      if (press?.head !== undefined && press.head !== null) pointing.aim(press.head, null);
      if (press?.spans === true) pointing.span(null);
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
