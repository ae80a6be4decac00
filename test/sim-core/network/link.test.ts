import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros, type Micros } from '../../../sim-core/base/micros.ts';
import { never, ratio, type Ratio } from '../../../sim-core/base/ratio.ts';
import type { Packet } from '../../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../../sim-core/kernel/seeded-chooser.ts';
import { decideVerdict, linkModel, newLinkState } from '../../../sim-core/network/link.ts';

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
    const state = newLinkState();
    const verdict = decideVerdict(model(40, 40), state, sip, micros(5), chooser);
    expect(verdict).toEqual({ kind: 'deliver', after: 40 });
    expect(chooser.log).toEqual([]);
  });

  it('draws a latency from its range, and keeps the order unless told otherwise', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, reorder) => {
        const chooser = new SeededChooser(seed);
        const state = newLinkState();
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
    const state = newLinkState();
    const lossy = model(10, 10, { loss: ratio(1, 1) });
    expect(decideVerdict(lossy, state, sip, micros(0), chooser).kind).toBe('drop');
    expect(decideVerdict(lossy, state, rtp, micros(0), chooser).kind).toBe('deliver');
  });

  it('loses in bursts where it is told to: no loss while good, every datagram while bad', () => {
    const burst = {
      toBad: ratio(1, 50),
      toGood: ratio(1, 4),
      whenBad: ratio(1, 1),
      whenGood: never,
    };
    const link = linkModel({
      site: 1,
      latency: { least: micros(10), most: micros(10) },
      loss: never,
      burst,
      duplicate: never,
      mayReorder: false,
    });
    const state = newLinkState();
    const chooser = new SeededChooser(5);
    const runs: number[] = [];
    let run = 0;
    let lost = 0;
    for (let count = 0; count < 20_000; count += 1) {
      if (decideVerdict(link, state, sip, micros(count), chooser).kind === 'drop') {
        run += 1;
        lost += 1;
      } else {
        if (run > 0) runs.push(run);
        run = 0;
      }
    }
    // In the long run 2 % / (2 % + 25 %) of the time is bad, four datagrams at a stretch.
    expect(lost / 20_000).toBeCloseTo(0.02 / 0.27, 2);
    expect(runs.reduce((sum, length) => sum + length, 0) / runs.length).toBeCloseTo(4, 0);
  });

  it('takes its time over octets, has datagrams wait, and loses what would wait too long', () => {
    const link = linkModel({
      site: 1,
      latency: { least: micros(10_000), most: micros(10_000) },
      loss: never,
      bandwidth: { bitsPerSecond: 64_000, queue: micros(250_000), octetsOf: () => 1_000 },
      duplicate: never,
      mayReorder: false,
    });
    const state = newLinkState();
    const verdicts = [0, 0, 0, 0].map(() =>
      decideVerdict(link, state, sip, micros(0), new SeededChooser(1)),
    );
    // 1000 octets take 125 ms; the fourth would wait 375 ms.
    expect(verdicts).toEqual([
      { kind: 'deliver', after: 135_000 },
      { kind: 'deliver', after: 260_000 },
      { kind: 'deliver', after: 385_000 },
      { kind: 'drop', after: 0, why: 'queue full' },
    ]);
    const later = decideVerdict(link, state, sip, micros(400_000), new SeededChooser(1));
    expect(later).toEqual({ kind: 'deliver', after: 135_000 });
    const busy = { ...newLinkState(), busyUntil: micros(200_000) };
    const media = decideVerdict(link, busy, rtp, micros(0), new SeededChooser(1));
    expect(media.after).toBe(10_000);
  });
});
