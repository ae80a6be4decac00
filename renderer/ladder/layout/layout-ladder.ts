import { placeArrows, rowShafts, type Standing, timeShafts } from './arrows.ts';
import { placeBands } from './bands.ts';
import { type BusySpan, findBusySpans, pauseReason } from './busy-spans.ts';
import { type EventHeight, rowEventHeights, timeEventHeights } from './event-heights.ts';
import type { Flight } from './flights.ts';
import { placeFolds } from './fold-rows.ts';
import { takeApart, type Unfolded } from './folding.ts';
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
  parts: Unfolded,
  spans: readonly BusySpan[],
  stand: Standing,
  view: LadderView,
  height: number,
): Hung {
  const { flights } = parts;
  if (view.axis === 'time') {
    const axis = layTimeAxis(spans, parts.anchors, height, view.pxPerMs);
    const arrows = placeArrows(flights, stand, timeShafts(axis.heights));
    const eventHeight = timeEventHeights(axis.heights);
    return { axis, pxPerMs: axis.pxPerMs, rowHeight: null, arrows, eventHeight };
  }
  const axis = layRowsAxis(parts, spans, height);
  const arrows = placeArrows(flights, stand, rowShafts(axis));
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
  shown: Pick<LadderInput, 'bands' | 'timers' | 'userActions'>,
  view: LadderView,
  lifelines: readonly PlacedLifeline[],
  places: ReadonlyMap<LifelineId, number>,
  ends: { readonly micros: number; readonly height: number },
  over: { readonly labels: LadderLayout['labels']; readonly measure: MeasureText },
) {
  const { eventHeight } = hung;
  const bands: StateBand[] = [...shown.bands].sort((a, b) => a.fromMicros - b.fromMicros);
  const timers = shownTimers(shown.timers, view);
  const brackets = placeTimers(timers, lifelines, places, eventHeight, ends.micros);
  const userActions = placeActions(shown.userActions, lifelines, places, eventHeight);
  const worded = view.narrow ? [] : bands;
  const contents = { bands: worded, actions: userActions, timers, brackets, labels: over.labels };
  return {
    bands: placeBands(bands, lifelines, places, eventHeight, ends.height),
    timers: brackets,
    userActions,
    words: placeWords(contents, lifelines, places, eventHeight, over.measure),
  };
}

function boundsOf(arrows: readonly LadderArrow[]) {
  return {
    dropMost: arrows.reduce((most, { y1, y2 }) => Math.max(most, y2 - y1), 0),
    flightMostMicros: arrows.reduce(
      (most, arrow) => Math.max(most, arrow.endMicros - arrow.sentMicros),
      0,
    ),
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
  const { lifelines, folded, width } = placeLifelines(input.lifelines, size.width, view.narrow);
  const places = indexLifelines(input.lifelines);
  const stand = { lifelines, folded: new Map(folded.map(({ id, x }) => [id, x])) };
  const parts = takeApart(input);
  const { flights } = parts;
  const spans = findBusySpans(parts, input.endsAtMicros);
  const hung = hangArrows(parts, spans, stand, view, size.height);
  const { axis, arrows } = hung;
  const folds = placeFolds(axis.folds, stand);
  const isDrawn = ({ lifeline }: { readonly lifeline: LifelineId }): boolean =>
    !stand.folded.has(lifeline);
  const height = Math.max(axis.height, size.height);
  const { zones, subNumbers } = findInstants(arrows, view.live);
  const page = { lifelines, arrows, subNumbers, width, height, pxPerMs: hung.pxPerMs, rows: folds };
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
    foldedLifelines: folded,
    folds,
    cuts: finishCuts(axis, lifelines, input.pauses),
    ticks: axis.ticks,
    instants: zones,
    regions: placeRegions(media, arrows, lifelines, axis.heights, height),
    rails: placeRails(
      input.perceptions.filter(isDrawn),
      lifelines,
      places,
      hung.eventHeight,
      width,
      height,
    ),
    arrows,
    labels,
    hiddenLabels: hidden,
    ...hangStates(
      hung,
      {
        bands: input.bands.filter(isDrawn),
        timers: parts.timers.filter(isDrawn),
        userActions: parts.userActions.filter(isDrawn),
      },
      view,
      lifelines,
      places,
      { micros: endMicros, height },
      { labels, measure },
    ),
    minimap: drawMinimap(size, endMicros, lifelines, arrows, media, input.findings),
    ...boundsOf(arrows),
  };
  return { ...layout, marks: markLadder(layout, view) };
}
