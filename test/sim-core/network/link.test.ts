import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros, type Micros } from '../../../sim-core/base/micros.ts';
import { never, ratio, type Ratio } from '../../../sim-core/base/ratio.ts';
import type { Packet } from '../../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../../sim-core/kernel/seeded-chooser.ts';
import { decideVerdict, linkModel } from '../../../sim-core/network/link.ts';

const sip: Packet = { protocol: 'SIP', label: 'INVITE' };
const rtp: Packet = { protocol: 'RTP', label: 'audio' };

function model(least: number, most: number, rest: { loss?: Ratio; reorder?: boolean } = {}) {
  return linkModel({
    site: 1,
    latency: { least: micros(least), most: micros(most) },
    loss: rest.loss ?? never,
    duplicate: never,
    mayReorder: rest.reorder ?? false,
  });
}

describe('link', () => {
  it('with a fixed latency leaves nothing to chance', () => {
    const chooser = new SeededChooser(1);
    const state = { lastArrival: micros(0) };
    const verdict = decideVerdict(model(40, 40), state, sip, micros(5), chooser);
    expect(verdict).toEqual({ kind: 'deliver', after: 40 });
    expect(chooser.log).toEqual([]);
  });

  it('draws a latency from its range, and keeps the order unless told otherwise', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, reorder) => {
        const chooser = new SeededChooser(seed);
        const state = { lastArrival: micros(0) };
        let last = 0;
        let overtakes = false;
        for (let now = 0; now < 60; now += 1) {
          const link = model(20, 60, { reorder });
          const verdict = decideVerdict(link, state, sip, now as Micros, chooser);
          const arrival = now + verdict.after;
          expect(verdict.after).toBeGreaterThanOrEqual(20);
          if (arrival < last) overtakes = true;
          last = Math.max(last, arrival);
          if (!reorder) expect(arrival).toBe(last);
        }
        if (!reorder) expect(overtakes).toBe(false);
      }),
    );
  });

  it('loses datagrams, but never a stream’s changes', () => {
    const chooser = new SeededChooser(3);
    const state = { lastArrival: micros(0) };
    const lossy = model(10, 10, { loss: ratio(1, 1) });
    expect(decideVerdict(lossy, state, sip, micros(0), chooser).kind).toBe('drop');
    expect(decideVerdict(lossy, state, rtp, micros(0), chooser).kind).toBe('deliver');
  });
});
