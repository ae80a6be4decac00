import { heightAt, type HeightMap } from '../../ladder/layout/height-map.ts';
import type { MediaSource } from '../../ladder/layout/ladder-input.ts';
import { millisText } from '../../ladder/layout/ruler-text.ts';
import type { Lane, LaneBar, LaneInput, LaneSilence } from './lane-input.ts';

/** What stands in a lane. */
export type LanePiece =
  | { readonly kind: 'bar'; readonly bar: LaneBar }
  | { readonly kind: 'silence'; readonly silence: LaneSilence }
  | { readonly kind: 'crowd'; readonly crowd: LaneCrowd };

/** Bars that are too narrow to be told from each other, as one; the silences between them too. */
export interface LaneCrowd extends Pick<LaneBar, 'id' | 'fromMicros' | 'toMicros' | 'medium'> {
  readonly lane: Lane;
  /** What is in them, each once; none where all are tones. */
  readonly sources: readonly MediaSource[];
  readonly says: string;
  readonly openedBy: number;
  readonly closedBy: number | null;
}

/** What is narrower than this, px, is gathered where there is more of it at one place. */
const narrow = 4;
/** A crowd is at most so wide, px, so that it can be pointed at about where something happened. */
const crowdMost = 16;
/** Fewer than this stand for themselves. */
const crowdLeast = 3;

type Single = Exclude<LanePiece, { kind: 'crowd' }>;

/**
 * The bars and silences of the lanes, in their order; where many of one lane would stand within a
 * few px, one crowd in their place. A lane so has no more pieces than there is room for.
 * @param places time to x, px
 */
export function gatherBars(
  { lanes, bars, silences }: Pick<LaneInput, 'lanes' | 'bars' | 'silences'>,
  places: HeightMap,
): readonly LanePiece[] {
  const singles: Single[] = [
    ...bars.map((bar): Single => ({ kind: 'bar', bar })),
    ...silences.map((silence): Single => ({ kind: 'silence', silence })),
  ];
  const standsFor = new Map<Single, LanePiece>();
  for (const lane of lanes) {
    const inLane = singles.filter((one) => spanOf(one).lane === lane.id);
    for (const crowded of crowdsIn(inLane, places)) {
      const piece: LanePiece = { kind: 'crowd', crowd: crowdOf(crowded, lane) };
      for (const one of crowded) standsFor.set(one, piece);
    }
  }
  return [...new Set(singles.map((one) => standsFor.get(one) ?? one))];
}

function spanOf(piece: Single): LaneBar | LaneSilence {
  return piece.kind === 'bar' ? piece.bar : piece.silence;
}

/** Runs of narrow pieces that stand beside each other. */
function crowdsIn(inLane: readonly Single[], places: HeightMap): Single[][] {
  const ascending = inLane.toSorted((a, b) => spanOf(a).fromMicros - spanOf(b).fromMicros);
  const runs: Single[][] = [];
  let run: Single[] = [];
  let [left, right] = [0, 0];
  for (const one of ascending) {
    const { fromMicros, toMicros } = spanOf(one);
    const [x1, x2] = [heightAt(places, fromMicros), heightAt(places, toMicros)];
    if (x2 - x1 >= narrow) {
      run = [];
      continue;
    }
    const joins = run.length > 0 && x1 - right < narrow && x2 - left <= crowdMost;
    if (joins) run.push(one);
    else {
      run = [one];
      runs.push(run);
      left = x1;
    }
    right = joins ? Math.max(right, x2) : x2;
  }
  return runs.filter(({ length }) => length >= crowdLeast);
}

function crowdOf(crowded: readonly Single[], lane: Lane): LaneCrowd {
  const spans = crowded.map(spanOf);
  const heard = crowded.flatMap((one) => (one.kind === 'bar' ? [one.bar] : []));
  const fromMicros = Math.min(...spans.map((one) => one.fromMicros));
  const toMicros = Math.max(...spans.map((one) => one.toMicros));
  const name = [lane.title, lane.subtitle ?? []].flat().join(' ');
  const times = `from ${millisText(fromMicros)} to ${millisText(toMicros)} ms`;
  return {
    id: `crowd ${lane.id} ${fromMicros}`,
    lane,
    fromMicros,
    toMicros,
    medium: lane.medium,
    sources: [...new Set(heard.flatMap(({ sources }) => sources))],
    says: `${name} ${heard.length} times ${times}: too close to be drawn apart.`,
    openedBy: spans[0]?.openedBy ?? 0,
    closedBy: spans.at(-1)?.closedBy ?? null,
  };
}
