import { placeArrows, rowShafts, timeShafts } from './arrows.ts';
import { placeBands } from './bands.ts';
import { type BusySpan, findBusySpans, pauseReason } from './busy-spans.ts';
import { type EventHeight, rowEventHeights, timeEventHeights } from './event-heights.ts';
import { type Flight, orderFlights } from './flights.ts';
import { findInstants } from './instants.ts';
import { placeLabels } from './labels.ts';
import type {
  LadderInput,
  LadderMessage,
  LadderSize,
  LadderView,
  LifelineId,
  MeasureText,
  PauseReason,
  StateBand,
} from './ladder-input.ts';
import type { LadderArrow, LadderLayout, PlacedLifeline, TimeCut } from './ladder-layout.ts';
import { indexLifelines, placeLifelines } from './lifelines.ts';
import { markLadder, type UnmarkedLayout } from './marks.ts';
import { findMediaSpans, placeRegions } from './media-regions.ts';
import { drawMinimap } from './minimap.ts';
import { placeRails } from './rails.ts';
import { layRowsAxis } from './rows-axis.ts';
import { pauseText } from './ruler-text.ts';
import { placeWords } from './side-words.ts';
import { layTimeAxis, type VerticalAxis } from './time-axis.ts';
import { placeActions, placeTimers, shownTimers } from './timers.ts';

/** An axis with the arrows that hang on it. */
interface Hung {
  readonly axis: VerticalAxis;
  readonly pxPerMs: number | null;
  readonly rowHeight: number | null;
  readonly arrows: readonly LadderArrow[];
  readonly eventHeight: EventHeight;
}

function hangArrows(
  flights: readonly Flight[],
  spans: readonly BusySpan[],
  lifelines: readonly PlacedLifeline[],
  input: LadderInput,
  view: LadderView,
  height: number,
): Hung {
  if (view.axis === 'time') {
    const axis = layTimeAxis(spans, height, view.pxPerMs);
    const arrows = placeArrows(flights, lifelines, timeShafts(axis.heights));
    const eventHeight = timeEventHeights(axis.heights);
    return { axis, pxPerMs: axis.pxPerMs, rowHeight: null, arrows, eventHeight };
  }
  const axis = layRowsAxis(flights, input.userActions, spans, height);
  const arrows = placeArrows(flights, lifelines, rowShafts(axis));
  const eventHeight = rowEventHeights(axis.heights, flights, arrows);
  return { axis, pxPerMs: null, rowHeight: axis.rowHeight, arrows, eventHeight };
}

function finishCuts(
  axis: VerticalAxis,
  lifelines: readonly PlacedLifeline[],
  pauses: readonly PauseReason[],
): readonly TimeCut[] {
  const first = lifelines[0]?.x ?? 0;
  const reasonX = (first + (lifelines[1]?.x ?? first)) / 2;
  return axis.cuts.map((cut) => ({
    fromMicros: cut.fromMicros,
    toMicros: cut.toMicros,
    y1: cut.y1,
    y2: cut.y2,
    waveY1: cut.waveY1,
    waveY2: cut.waveY2,
    length: pauseText(cut.pauseToMicros - cut.pauseFromMicros),
    reason: pauseReason(pauses, cut.pauseFromMicros, cut.pauseToMicros),
    reasonX,
  }));
}

/** The messages that have an arrow, place by place. */
function drawnMessages(
  flights: readonly Flight[],
  axis: LadderView['axis'],
): readonly LadderMessage[] {
  const drawn = axis === 'time' ? flights : flights.filter((flight) => !flight.answersCommand);
  return drawn.map(({ message }) => message);
}

/** What hangs on the lifelines: bands, timers, actions and the words beside them. */
function hangStates(
  hung: Hung,
  input: LadderInput,
  view: LadderView,
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  ends: { readonly micros: number; readonly height: number },
) {
  const { eventHeight } = hung;
  const bands: StateBand[] = [...input.bands].sort((a, b) => a.fromMicros - b.fromMicros);
  const timers = shownTimers(input.timers, view);
  const brackets = placeTimers(timers, lifelines, places, eventHeight, ends.micros);
  const userActions = placeActions(input.userActions, lifelines, places, eventHeight);
  const worded = view.narrow ? [] : bands;
  const contents = { bands: worded, actions: userActions, timers, brackets };
  return {
    bands: placeBands(bands, lifelines, places, eventHeight, ends.height),
    timers: brackets,
    userActions,
    words: placeWords(contents, lifelines, places, eventHeight),
  };
}

/**
 * The whole geometry of a ladder. Pure: the same arguments give the same numbers, whatever the
 * order of the messages.
 *
 * @param input a run, or the part of it that exists
 * @param view how it is looked at
 * @param size of the window, px
 * @param measure width of texts, px
 * @throws RangeError if the input contradicts itself, naming the message, timer or lifeline
 */
export function layoutLadder(
  input: LadderInput,
  view: LadderView,
  size: LadderSize,
  measure: MeasureText,
): LadderLayout {
  const { lifelines, width } = placeLifelines(input.lifelines, size.width, view.narrow);
  const places = indexLifelines(input.lifelines);
  const flights = orderFlights(input.messages, places);
  const spans = findBusySpans(flights, input);
  const hung = hangArrows(flights, spans, lifelines, input, view, size.height);
  const { axis, arrows } = hung;
  const height = Math.max(axis.height, size.height);
  const { zones, subNumbers } = findInstants(arrows, view.live);
  const page = { lifelines, arrows, subNumbers, width, height, pxPerMs: hung.pxPerMs };
  const messages = drawnMessages(flights, view.axis);
  const { labels, hidden } = placeLabels(messages, page, view, measure);
  const media = findMediaSpans(flights);
  const endMicros = spans.at(-1)?.toMicros ?? 0;
  const layout: UnmarkedLayout = {
    axis: view.axis,
    size,
    width,
    height,
    pxPerMs: hung.pxPerMs,
    rowHeight: hung.rowHeight,
    heights: axis.heights,
    endMicros,
    lifelines,
    cuts: finishCuts(axis, lifelines, input.pauses),
    ticks: axis.ticks,
    instants: zones,
    regions: placeRegions(media, arrows, lifelines, axis.heights, height),
    rails: placeRails(input.perceptions, lifelines, places, hung.eventHeight, width, height),
    arrows,
    labels,
    hiddenLabels: hidden,
    ...hangStates(hung, input, view, lifelines, places, { micros: endMicros, height }),
    minimap: drawMinimap(size, endMicros, lifelines, arrows, media, input.findings),
    dropMost: arrows.reduce((most, { y1, y2 }) => Math.max(most, y2 - y1), 0),
    flightMostMicros: arrows.reduce(
      (most, arrow) => Math.max(most, arrow.endMicros - arrow.sentMicros),
      0,
    ),
  };
  return { ...layout, marks: markLadder(layout, view) };
}
