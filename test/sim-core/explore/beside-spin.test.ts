import { describe, expect, it } from 'vitest';

import { explorerOf, frontierOf } from '../../../sim-core/experimenting.ts';
import { alternatingBit } from '../../bench/alternating-bit.ts';
import { hasSpin, searchBySpin } from '../../bench/spin.ts';

/** Messages, losses, and what SPIN 6.5.2 counts: distinct states, and all that were generated. */
const counted = [
  [1, 0, 17, 26],
  [2, 1, 255, 485],
  [4, 3, 5_455, 12_276],
] as const;

describe('an alternating bit over links that lose and delay', () => {
  it.each(counted)('%i messages, %i losses: as many states as SPIN finds', (...sizes) => {
    const [messages, losses, distinct, generated] = sizes;
    const { places, bounds } = alternatingBit(messages, losses);
    const explorer = explorerOf(places, bounds);
    const frontier = frontierOf(places, true);
    for (let asks = explorer.ask(); asks !== null; asks = explorer.ask()) {
      explorer.take(asks.map((ask) => frontier.answer(ask)));
    }
    expect(explorer.counts()).toMatchObject({ complete: true, distinct, generated });
  });

  it('and SPIN, where it is installed, still finds them', async ({ skip }) => {
    if (!hasSpin()) skip('there is no spin here, or no gcc');
    const [messages, losses, distinct, generated] = counted[2];
    expect(await searchBySpin(messages, losses)).toMatchObject({ distinct, generated });
  }, 60_000);
});
