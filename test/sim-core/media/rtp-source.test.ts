import { describe, expect, it } from 'vitest';

import {
  isMedia,
  printSsrc,
  ssrcOf,
  type MediaPacket,
} from '../../../sim-core/media/media-packet.ts';
import { rtpFormatOf } from '../../../sim-core/media/rtp-format.ts';
import { figure, told } from '../../support/scenarios.ts';
import { mediaLine } from '../../support/trace-packets.ts';

describe('what the packets of a line look like', () => {
  const line = (formats: string[], more: string[] = []) => {
    const bare = mediaLine('audio', 4_000, 'sendrecv', formats);
    const attributes = more.map((value) => ['a', value] as const);
    return {
      ...bare,
      lines: [...bare.lines.filter(([, value]) => /undefined/.exec(value) === null), ...attributes],
    };
  };

  it('takes payload type and clock rate from its first format', () => {
    expect(rtpFormatOf(line(['96', '101']), 'audio')).toMatchObject({
      payloadType: 96,
      clockRate: 16_000,
    });
    expect(rtpFormatOf(line(['0']), 'audio')).toMatchObject({ payloadType: 0, clockRate: 8_000 });
  });

  it('20 ms a packet unless a=ptime names another length up to 200 ms', () => {
    const packetTime = (...more: string[]) => rtpFormatOf(line(['0'], more), 'audio').packetTime;
    expect(packetTime()).toBe(20_000);
    expect(packetTime('ptime:30')).toBe(30_000);
    expect(packetTime('ptime:2.5')).toBe(2_500);
    expect(packetTime('ptime:0')).toBe(20_000);
    expect(packetTime('ptime:201')).toBe(20_000);
    expect(packetTime('ptime:often')).toBe(20_000);
    expect(rtpFormatOf(mediaLine('video', 4_002), 'video').packetTime).toBe(33_333);
  });

  it('a format that is no payload type has none', () => {
    expect(rtpFormatOf(line(['wb']), 'audio').payloadType).toBeNull();
    expect(rtpFormatOf(line(['128']), 'audio').payloadType).toBeNull();
  });
});

describe('SSRC and CSRC in the call of the figure', () => {
  const { records, header } = told(figure());
  const idOf = (name: string) => header.nodes.find((node) => node.name === name)?.id;
  const streams = (from: string, to: string, medium: 'audio' | 'video'): MediaPacket[] =>
    records.flatMap((record) => {
      if (record.kind !== 'sent' || !isMedia(record.packet)) return [];
      const hop = record.node === idOf(from) && record.to === idOf(to);
      return hop && record.packet.medium === medium ? [record.packet] : [];
    });
  const carrying = (packets: readonly MediaPacket[], ...sources: string[]) =>
    packets.find((one) => one.sources.map(({ source }) => source).join() === sources.join());
  const voiceOfA = carrying(streams('client-a', 'resource-server', 'audio'), 'client-a');
  const voiceOfB = carrying(streams('client-b', 'resource-server', 'audio'), 'client-b');
  const ring = carrying(streams('resource-server', 'client-a', 'audio'), 'ringing-7');
  const mixture = carrying(
    streams('resource-server', 'client-a', 'audio'),
    'ringing-7',
    'client-b',
  );

  it('the mixer sends under its own SSRC and lists ring and voice (R-RTP-01)', () => {
    expect(mixture?.csrc).toEqual([ring?.ssrc, voiceOfB?.ssrc]);
    expect(new Set([mixture?.ssrc, ring?.ssrc, voiceOfB?.ssrc, voiceOfA?.ssrc]).size).toBe(4);
    expect(ring?.csrc).toEqual([]);
  });

  it('what is merely forwarded to Client-B keeps the SSRC of Client-A (R-RTP-02)', () => {
    const forwarded = carrying(streams('resource-server', 'client-b', 'audio'), 'client-a');
    expect(forwarded?.ssrc).toBe(voiceOfA?.ssrc);
    expect(forwarded?.csrc).toEqual([]);
  });

  it("the ring's picture, alone on its line, stays the same source through the mixing", () => {
    const pictures = streams('resource-server', 'client-a', 'video');
    const shown = pictures.filter((one) => one.sources.length > 0);
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map(({ ssrc }) => ssrc)).size).toBe(1);
  });

  it('a terminal keeps its SSRC wherever it sends', () => {
    const direct = carrying(streams('client-b', 'client-a', 'audio'), 'client-b');
    expect(direct?.ssrc).toBe(voiceOfB?.ssrc);
  });

  it('payload type, clock rate and packet time follow the receiver', () => {
    expect(ring).toMatchObject({ payloadType: 104, clockRate: 16_000, packetTime: 20_000 });
  });
});

it('an SSRC has 32 bits, is never 0 and prints as captures do', () => {
  const one = ssrcOf({ address: '192.0.2.17', port: 50_056 });
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThan(2 ** 32);
  expect(ssrcOf({ address: '192.0.2.17', port: 50_058 })).not.toBe(one);
  expect(printSsrc(0xc2a7)).toBe('0x0000c2a7');
});
