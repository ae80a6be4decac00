import type { LadderMessage, LadderView } from './ladder-input.ts';
import type { LadderArrow } from './ladder-layout.ts';

/** Ranks of the order of placement; lower is placed first. */
function rankOf(message: LadderMessage, selected: boolean, evidence: boolean): number {
  if (selected) return 0;
  if (evidence) return 1;
  if (message.retransmission !== null) return 7;
  if (message.kind === 'command') return 2;
  if (message.step !== null) return 3;
  if (message.kind === 'media') return 4;
  return message.kind === 'request' ? 5 : 6;
}

const STEP_RANK = 3;

/**
 * The places of the arrows that get a label (all but replies to commands), in the order of
 * placement: what matters most first, of steps those with the shorter span, then by time. In a
 * live run by time alone.
 */
export function labelOrder(
  messages: readonly LadderMessage[],
  arrows: readonly LadderArrow[],
  view: Pick<LadderView, 'live' | 'selected' | 'evidence'>,
): readonly number[] {
  const places: number[] = [];
  messages.forEach((message, place) => {
    if (message.kind !== 'reply') places.push(place);
  });
  if (view.live) return places;
  const evidence = new Set(view.evidence);
  const keys = messages.map((message, place) => {
    const rank = rankOf(message, message.id === view.selected, evidence.has(message.id));
    const { fromIndex, toIndex } = arrows[place] ?? { fromIndex: 0, toIndex: 0 };
    // Spans are fewer than a thousand, so that rank and span make one number.
    return rank * 1000 + (rank === STEP_RANK ? Math.abs(toIndex - fromIndex) : 0);
  });
  return places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
}
