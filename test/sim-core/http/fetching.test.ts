import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { micros, milliseconds, seconds, zeroMicros } from '../../../sim-core/base/micros.ts';
import { printHttpHead } from '../../../sim-core/http/http-message.ts';
import { sequenceAfter } from '../../../sim-core/http/tcp-packet.ts';
import { transferTime } from '../../../sim-core/http/tcp-timing.ts';
import { fetched, melody, type Crossing } from './two-machines.ts';

const url = 'http://198.51.100.6/melody';
const labels = (crossings: readonly Crossing[]) => crossings.map(({ label }) => label);

describe('a fetch over TCP', () => {
  it('is a handshake, a GET, a response and its body, each in its time', () => {
    const { fetch, crossings, wholeAt } = fetched(url);
    expect(labels(crossings)).toEqual([
      'SYN',
      'SYN+ACK',
      'GET',
      '200',
      'ACK',
      'body',
      'FIN+ACK',
      'ACK',
    ]);
    expect(fetch).toMatchObject({ state: 'whole', resource: { name: 'melody' } });
    // Spec §5.3: two round trips of 50 ms, and 300 kB at 2 Mbit/s.
    expect(wholeAt).toBe(100_000 + 1_200_000);
  });

  it('is whole after connect RTT + GET RTT + 8·size/bandwidth, to the microsecond', () => {
    const time = fc.nat(2_000_000);
    fc.assert(
      fc.property(
        time,
        fc.nat(100_000),
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1_000, max: 50_000_000 }),
        (latency, processing, octets, bitsPerSecond) => {
          const transfer = { ...melody.transfer, octets, bitsPerSecond };
          const wire = { latency: micros(latency), processing: micros(processing) };
          const { wholeAt } = fetched(url, [{ ...melody, transfer }], wire);
          const roundTrips = 2 * latency + 2 * latency + processing;
          const body = Math.ceil((octets * 8_000_000) / bitsPerSecond);
          // From 500 ms one way on, the handshake is repeated; the first copy still counts.
          expect(wholeAt).toBe(roundTrips + body);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts octets so that every segment begins where the one before ended', () => {
    const { crossings } = fetched(url);
    for (const by of ['terminal', 'server'] as const) {
      let next = 0;
      for (const { packet } of crossings.filter((one) => one.by === by)) {
        expect(packet.sequence).toBe(next);
        next = sequenceAfter(packet);
      }
    }
    const get = crossings.find(({ label }) => label === 'GET')?.packet.carries;
    expect(get && printHttpHead(get)).toBe(
      'GET /melody HTTP/1.1\r\nHost: 198.51.100.6\r\nAccept: audio/*, video/*\r\n' +
        'Connection: close\r\n\r\n',
    );
  });
});

describe('what is lost is sent again', () => {
  it.each([
    ['SYN', 0, seconds(1)],
    ['SYN+ACK', 1, seconds(1)],
    ['GET', 2, seconds(1)],
    // The head comes again while the body is still being written.
    ['200', 3, zeroMicros],
    ['ACK', 4, zeroMicros],
    ['body', 5, seconds(1)],
    ['FIN+ACK', 6, zeroMicros],
  ] as const)('%s: once, and the whole is late by what that takes', (label, place, late) => {
    const { fetch, crossings, wholeAt } = fetched(url, [melody], { lost: [place] });
    expect(crossings[place]?.label).toBe(label);
    expect(fetch?.state).toBe('whole');
    expect(wholeAt).toBe(1_300_000 + late);
  });

  it('after three round trips where those are longer than a second (RFC 6298)', () => {
    const { crossings } = fetched(url, [melody], { latency: milliseconds(250), lost: [2] });
    const gets = crossings.filter(({ label }) => label === 'GET');
    expect((gets[1]?.at ?? 0) - (gets[0]?.at ?? 0)).toBe(1_500_000);
  });

  it('until patience ends', () => {
    const { fetch, crossings } = fetched('http://203.0.113.99/melody');
    expect(crossings).toEqual([]);
    expect(fetch).toMatchObject({ state: 'failed', why: 'no connection in time' });
  });
});

describe('what a terminal makes of other responses', () => {
  const serving = (change: Partial<typeof melody>, at = url) =>
    fetched(at, [{ ...melody, ...change }]);

  it.each([404, 500, 503] as const)('%i: nothing to play', (serves) => {
    const { fetch, crossings } = serving({ serves });
    expect(fetch).toMatchObject({ state: 'failed', why: `refused with ${serves}` });
    expect(labels(crossings)).toEqual(['SYN', 'SYN+ACK', 'GET', String(serves), 'FIN+ACK', 'ACK']);
  });

  it('404 where there is no such path', () => {
    expect(fetched('http://198.51.100.6/other').fetch?.why).toBe('refused with 404');
  });

  it('a type it does not know: the body is not waited for', () => {
    const { fetch, crossings } = serving({ contentType: 'application/zip' });
    expect(fetch?.why).toBe('nothing to play: application/zip');
    expect(labels(crossings).at(-1)).toBe('RST');
  });

  it('a connection that is reset, a port where nobody is, and silence', () => {
    expect(serving({ serves: 'reset' }).fetch?.why).toBe('the connection was reset');
    const elsewhere = fetched('http://198.51.100.6:8080/melody');
    expect(elsewhere.fetch?.why).toBe('the connection was reset');
    expect(serving({ serves: 'silence' }).fetch?.why).toBe('no response in time');
  });

  it('a redirection, which it follows on a connection of its own', () => {
    const here = { ...melody, target: '/here', movedTo: '/melody' };
    const { fetch, crossings } = fetched('http://198.51.100.6/here', [here, melody]);
    expect(fetch).toMatchObject({ state: 'whole', redirections: 1 });
    expect(
      new Set(crossings.map(({ packet, by }) => by === 'terminal' && packet.from.port)).size,
    ).toBe(3);
  });

  it('redirections in a circle: no further than five', () => {
    const round = { ...melody, movedTo: '/melody' };
    const { fetch, crossings } = fetched(url, [round]);
    expect(fetch?.why).toBe('sent round in circles');
    expect(labels(crossings).filter((label) => label === 'GET')).toHaveLength(6);
  });
});

describe('slow start (RFC 5681, RFC 6928)', () => {
  const transfer = {
    octets: 300_000,
    bitsPerSecond: 8_000_000,
    slowStart: true,
    pause: zeroMicros,
  };

  it('takes a round trip for every window that does not fill the wire', () => {
    // 14 600 + 29 200 + 58 400 octets take three round trips of 100 ms; the next window fills it.
    expect(transferTime(transfer, 100_000)).toBe(300_000 + 197_800);
  });

  it('costs nothing where the first window fills the wire', () => {
    expect(transferTime(transfer, 10_000)).toBe(300_000);
    expect(transferTime({ ...transfer, slowStart: false }, 100_000)).toBe(300_000);
  });
});
