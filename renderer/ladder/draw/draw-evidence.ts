import type { MeasureText } from '../layout/ladder-input.ts';
import type { LadderLabel } from '../layout/ladder-layout.ts';
import { keepUp } from './kept-layer.ts';
import type { LadderGroups } from './ladder-groups.ts';
import { circlePath, linePath } from './shapes.ts';

/** One event of the evidence: a ring on its lifeline. */
export interface EvidenceRing {
  readonly x: number;
  readonly y: number;
  /** Of a clause that does not hold. */
  readonly fails: boolean;
}

/** How long it was from the first to the last of the evidence at one lifeline. */
export interface EvidenceSpan {
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
  /** On which side of the lifeline it stands. */
  readonly side: 'left' | 'right';
  readonly says: string;
}

/** A message that was due and is absent. */
export interface ExpectedArrow {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly says: string;
}

/** What shows how the chosen clause fared. */
export interface Evidence {
  readonly rings: readonly EvidenceRing[];
  readonly span: EvidenceSpan | null;
  readonly expected: ExpectedArrow | null;
  readonly measure: MeasureText;
}

/** Draws it over everything that steps back; labels that its words would cover are silent. */
export function drawEvidence(
  groups: LadderGroups,
  { rings, span, expected, measure }: Evidence,
): void {
  if (!groups.memory.isNew('evidence', [rings, span, expected])) return;
  drawRings(groups, rings);
  drawEvidenceSpan(
    groups,
    span,
    rings.some(({ fails }) => fails),
  );
  const covered: Box[] =
    span === null ? [] : [boxOf(wordsOfSpan(span), measure(span.says, 13, 500))];
  let words: Words | null = null;
  if (expected !== null) {
    // What is lit has its place already.
    const lit = groups.labels.selectAll<SVGGElement, LadderLabel>('g.label.lit').data();
    const width = measure(expected.says, 12, 400);
    words = placeExpected(expected, width, [...lit, ...covered]);
    covered.push(boxOf(words, width), boxOfArrow(expected));
  }
  drawExpected(groups, expected, words);
  groups.labels
    .selectAll<SVGGElement, LadderLabel>('g.label.dim')
    .classed('silent', (label) => covered.some((box) => overlap(box, label)));
}

/** Where words stand: their baseline, and whether they begin or end there. */
interface Words {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

type Box = Pick<LadderLabel, 'x' | 'y' | 'width' | 'height'>;

/** What words take above their baseline, and with what is below it, px. */
const ascent = 11;
const wordsHeight = 15;

function boxOf({ x, y, anchor }: Words, width: number): Box {
  return { x: anchor === 'start' ? x : x - width, y: y - ascent, width, height: wordsHeight };
}

function overlap(one: Box, other: Box): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width;
  return across && one.y < other.y + other.height && other.y < one.y + one.height;
}

function drawRings({ evidence }: LadderGroups, rings: readonly EvidenceRing[]): void {
  keepUp(evidence, 'path.ring', rings, 'all')
    .attr('class', ({ fails }) => (fails ? 'ring fails' : 'ring'))
    .attr('d', ({ x, y }) => circlePath(x, y, 7));
}

/** A bracket stands so far beside its lifeline, and its text beside the bracket, px. */
const bracketBeside = 14;
const spanTextBeside = 8;

function drawEvidenceSpan(
  { evidence }: LadderGroups,
  span: EvidenceSpan | null,
  fails: boolean,
): void {
  const spans = span === null ? [] : [span];
  const out = ({ side }: EvidenceSpan): number => (side === 'left' ? -1 : 1);
  keepUp(evidence, 'path.evidence-span', spans, 'all')
    .classed('fails', fails)
    .attr('d', (one) => {
      const near = one.x + 7 * out(one);
      const far = one.x + bracketBeside * out(one);
      return `M${near} ${one.y1}H${far}V${one.y2}H${near}`;
    });
  keepUp(evidence, 'text.evidence-length', spans, 'all')
    .attr('text-anchor', (one) => wordsOfSpan(one).anchor)
    .attr('x', (one) => wordsOfSpan(one).x)
    .attr('y', (one) => wordsOfSpan(one).y)
    .text(({ says }) => says);
}

function wordsOfSpan({ x, y1, y2, side }: EvidenceSpan): Words {
  const away = bracketBeside + spanTextBeside;
  const y = (y1 + y2) / 2 + 4;
  return side === 'left' ? { x: x - away, y, anchor: 'end' } : { x: x + away, y, anchor: 'start' };
}

/** Length and half the width of its open head; how far its words are from its tail, px. */
const headLength = 8;
const headHalf = 4.5;
const wordsBeside = 6;
/** Where their baseline may be, from the tail, the best place first: what is measured is above. */
const wordsAt = [16, 31, -6, 46, -21];

function wayOf({ x1, x2 }: ExpectedArrow): number {
  return x1 < x2 ? 1 : -1;
}

/** The first place for its words that covers nothing of what is there. */
function placeExpected(arrow: ExpectedArrow, width: number, there: readonly Box[]): Words {
  const way = wayOf(arrow);
  const places = wordsAt.map((below): Words => {
    const x = arrow.x1 + way * wordsBeside;
    return { x, y: arrow.y1 + below, anchor: way > 0 ? 'start' : 'end' };
  });
  const isFree = (words: Words): boolean => !there.some((box) => overlap(boxOf(words, width), box));
  return places.find(isFree) ?? places[0] ?? { x: arrow.x1, y: arrow.y1, anchor: 'start' };
}

function boxOfArrow({ x1, y1, x2, y2 }: ExpectedArrow): Box {
  return { x: Math.min(x1, x2), y: y1 - 1, width: Math.abs(x2 - x1), height: y2 - y1 + 2 };
}

function drawExpected(
  { evidence, expected: layer }: LadderGroups,
  expected: ExpectedArrow | null,
  words: Words | null,
): void {
  const arrows = expected === null ? [] : [expected];
  keepUp(layer, 'path.expected', arrows, 'all').attr('d', linePath);
  keepUp(layer, 'path.expected-head', arrows, 'all').attr('d', (arrow) => {
    const back = arrow.x2 - wayOf(arrow) * headLength;
    return `M${back} ${arrow.y2 - headHalf}L${arrow.x2} ${arrow.y2}L${back} ${arrow.y2 + headHalf}`;
  });
  keepUp(evidence, 'text.expected-words', words === null ? [] : [words], 'all')
    .attr('text-anchor', ({ anchor }) => anchor)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .text(expected?.says ?? '');
}
