import type {
  ClauseId,
  ClauseVerdict,
  NodeId,
  RecordNumber,
  TraceRecord,
} from '../../sim-core/reading.ts';
import type { Trace } from '../store/trace-store.ts';
import { millisWithUnit } from '../words/times.ts';
import type { EvidenceRing, EvidenceSpan, ExpectedArrow } from './draw/draw-evidence.ts';
import { heightAt } from './layout/height-map.ts';
import type { MessageId } from './layout/ladder-input.ts';
import type { LadderArrow, LadderLayout } from './layout/ladder-layout.ts';
import { lifelineId, type TraceArrows } from './trace-arrows.ts';

/** The records that show how a clause fared. */
export function evidenceOf(trace: Trace, clause: ClauseId | null): readonly RecordNumber[] {
  if (clause === null) return [];
  return trace.end?.verdicts.find((verdict) => verdict.clause === clause)?.evidence ?? [];
}

/** The arrows that evidence lights, in the order of the evidence, each once. */
export function litArrows(
  evidence: readonly RecordNumber[],
  arrowOf: (record: RecordNumber) => MessageId | undefined,
): MessageId[] {
  const lit = new Set<MessageId>();
  for (const record of evidence) {
    const arrow = arrowOf(record);
    if (arrow !== undefined) lit.add(arrow);
  }
  return [...lit];
}

/** The clauses that have the selected message, or any of its records, as evidence. */
export function clausesShownBy(
  trace: Trace,
  arrows: TraceArrows,
  selected: RecordNumber | null,
): ReadonlySet<ClauseId> {
  const shown = new Set<ClauseId>();
  if (selected === null || trace.end === null) return shown;
  const arrow = arrows.arrowOf.get(selected);
  for (const { clause, evidence } of trace.end.verdicts) {
    const concerns = evidence.some(
      (record) =>
        record === selected || (arrow !== undefined && arrows.arrowOf.get(record) === arrow),
    );
    if (concerns) shown.add(clause);
  }
  return shown;
}

/** A ring around every event of the evidence, on the lifeline where it happened. */
export function evidenceRings(
  evidence: readonly RecordNumber[],
  records: readonly TraceRecord[],
  arrowOf: (record: RecordNumber) => MessageId | undefined,
  layout: LadderLayout,
  fails: boolean,
): EvidenceRing[] {
  const rings = new Map<string, EvidenceRing>();
  const arrows = new Map(layout.arrows.map((arrow) => [arrow.id, arrow]));
  for (const number of evidence) {
    const record = records[number - 1];
    if (record === undefined) continue;
    const lifeline = layout.lifelines.find(({ id }) => id === lifelineId(record.node));
    if (lifeline === undefined) continue;
    const y = touchOf(record, arrows.get(arrowOf(number) ?? ''), layout);
    const ring = { x: lifeline.x, y, fails };
    rings.set(`${ring.x} ${Math.round(ring.y)}`, ring);
  }
  return [...rings.values()];
}

/** A sending or an arrival is where its arrow touches the lifeline. */
function touchOf(
  { kind, at }: TraceRecord,
  arrow: LadderArrow | undefined,
  { heights }: LadderLayout,
): number {
  const touches = kind === 'received' ? arrow?.headY : arrow?.y1;
  return touches ?? heightAt(heights, at);
}

/** A span of evidence that is lower than this is not drawn, px. */
const spanLeast = 10;

/**
 * From the first to the last of the evidence at the lifeline of its first event; null where that is
 * one instant, or too short to be seen.
 */
export function evidenceSpan(
  evidence: readonly RecordNumber[],
  records: readonly TraceRecord[],
  layout: LadderLayout,
  rings: readonly EvidenceRing[],
): EvidenceSpan | null {
  const shown = evidence.flatMap((number) => records[number - 1] ?? []);
  const [first] = shown;
  if (first === undefined) return null;
  const last = shown.findLast(({ node }) => node === first.node) ?? first;
  const lifeline = layout.lifelines.find(({ id }) => id === lifelineId(first.node));
  const heights = rings.filter(({ x }) => x === lifeline?.x).map(({ y }) => y);
  const [y1, y2] = [Math.min(...heights), Math.max(...heights)];
  if (lifeline === undefined || heights.length < 2 || y2 - y1 < spanLeast) return null;
  const side = lifeline === layout.lifelines.at(-1) ? 'left' : 'right';
  return { x: lifeline.x, y1, y2, side, says: millisWithUnit(last.at - first.at) };
}

/** From its lifelines, at both ends, and down from tail to tip, px. */
const expectedInset = 8;
const expectedDrop = 3;

/**
 * Where the message stands that a clause missed: at the height of what it should have followed.
 * Null where the clause missed none, or where one of its nodes is not drawn.
 */
export function expectedArrow(
  { expected }: Pick<ClauseVerdict, 'expected'>,
  records: readonly TraceRecord[],
  arrowOf: (record: RecordNumber) => MessageId | undefined,
  layout: LadderLayout,
): ExpectedArrow | null {
  const since = expected === undefined ? undefined : records[expected.since - 1];
  if (expected === undefined || since === undefined) return null;
  const placeOf = (node: NodeId) => layout.lifelines.find(({ id }) => id === lifelineId(node))?.x;
  const [from, to] = [placeOf(expected.from), placeOf(expected.to)];
  if (from === undefined || to === undefined || from === to) return null;
  const way = from < to ? 1 : -1;
  const cause = arrowOf(expected.since);
  const arrow = layout.arrows.find(({ id }) => id === cause);
  const y1 = Math.round(touchOf(since, arrow, layout)) + 0.5;
  return {
    x1: from + way * expectedInset,
    y1,
    x2: to - way * expectedInset,
    y2: y1 + expectedDrop,
    says: `${expected.what} expected from here on`,
  };
}
