import type { NodeId, RecordNumber, TraceHeader } from '../../sim-core/reading.ts';
import type { Arrangement } from '../store/arrangement.ts';
import type { Trace, TraceStore } from '../store/trace-store.ts';
import { findFolds, setUpOf, type Foldable } from './find-folds.ts';
import { foldCore } from './fold-core.ts';
import { arrowsOf, ladderInputOf } from './from-trace.ts';
import { findBusySpans } from './layout/busy-spans.ts';
import { takeApart } from './layout/folding.ts';
import type { LadderInput, Lifeline, MessageId } from './layout/ladder-input.ts';
import { scaleThatFits } from './layout/time-axis.ts';
import { blameOf, classesOf, groupsOf } from './message-groups.ts';
import { lifelineId } from './trace-arrows.ts';

/** What the ladder draws of a run: arranged, folded and without what is hidden. */
export interface ArrangedLadder {
  readonly input: LadderInput;
  /** The arrow that stands for a record, folded or not; undefined where none does. */
  readonly arrowOf: (record: RecordNumber) => MessageId | undefined;
  /** The fold that holds an arrow. */
  readonly foldOf: ReadonlyMap<MessageId, string>;
  /** Messages that are drawn or folded, and all there are; a reply counts with its command. */
  readonly shown: number;
  readonly total: number;
  /** Whether there is a set-up to fold, and whether it is. */
  readonly setUp: 'none' | 'open' | 'folded';
}

/** Below this a whole call is too small to read: its set-up is folded, px per ms. */
const scaleLeast = 0.25;

/** What decides about a set-up that nobody has folded or opened. */
export interface Room {
  readonly axis: 'time' | 'rows';
  readonly height: number;
}

export function arrangeLadder(
  traces: TraceStore,
  arrangement: Arrangement,
  room: Room,
): ArrangedLadder {
  const whole = traces.view(ladderInputOf);
  const arrows = traces.view(arrowsOf);
  const { header, records } = traces.trace;
  const lifelines = arrangeLifelines(whole.lifelines, arrangement, header);
  const folded = new Set(lifelines.filter((line) => line.folded).map(({ id }) => id));
  const { messages, standsFor } = foldCore(
    { arrows: whole.messages, messageOf: arrows.messageOf },
    records,
    folded,
  );
  const hidden = new Set(arrangement.hidden);
  const shown = messages.filter((one) => !classesOf(one).some((kind) => hidden.has(kind)));
  const shownIds = new Set(shown.map(({ id }) => id));
  const input: LadderInput = {
    ...whole,
    lifelines,
    messages: shown,
    timers: whole.timers.flatMap((timer) => {
      if (timer.message === null) return [timer];
      const message = standsFor.get(timer.message) ?? timer.message;
      return shownIds.has(message) ? [{ ...timer, message }] : [];
    }),
  };
  const foldable: Foldable = {
    messageOf: arrows.messageOf,
    groups: traces.view(groupsOf),
    blames: traces.view(blameOf),
  };
  const setUp = decideSetUp(input, arrangement, room, foldable);
  const folds = findFolds(input, { ...arrangement.folds, setUp: setUp === 'folded' }, foldable);
  const foldOf = new Map<MessageId, string>();
  for (const { id, messages: held } of folds) for (const one of held) foldOf.set(one, id);
  const counted = (list: LadderInput['messages']): number =>
    list.filter(({ kind }) => kind !== 'reply').length;
  return {
    input: { ...input, folds },
    arrowOf: (record) => {
      const arrow = arrows.arrowOf.get(record);
      return arrow === undefined ? undefined : (standsFor.get(arrow) ?? arrow);
    },
    foldOf,
    shown: counted(shown),
    total: counted(messages),
    setUp,
  };
}

function decideSetUp(
  input: LadderInput,
  { folds }: Arrangement,
  { axis, height }: Room,
  foldable: Foldable,
): ArrangedLadder['setUp'] {
  if (setUpOf(input, foldable) === null) return 'none';
  if (folds.setUp !== null) return folds.setUp ? 'folded' : 'open';
  if (axis === 'rows' || height === 0) return 'open';
  const spans = findBusySpans(takeApart(input), input.endsAtMicros);
  return scaleThatFits(spans, height) < scaleLeast ? 'folded' : 'open';
}

/** In the person's order, with the hops of the core folded that they have not opened. */
function arrangeLifelines(
  lifelines: readonly Lifeline[],
  { order, unfolded }: Arrangement,
  header: Trace['header'],
): readonly Lifeline[] {
  const place = new Map(order.map((node, index) => [lifelineId(node), index]));
  const opened = new Set(unfolded.map(lifelineId));
  const core = new Set(coreNodes(header).map(lifelineId));
  return lifelines
    .toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
    .map((line) => ({ ...line, folded: core.has(line.id) && !opened.has(line.id) }));
}

/** The proxies of a run: hops at which nothing of the ring happens. */
export function coreNodes(header: TraceHeader | null): readonly NodeId[] {
  return (header?.nodes ?? []).filter(({ role }) => role === 'proxy').map(({ id }) => id);
}
