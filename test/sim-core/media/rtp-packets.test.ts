import { describe, expect, it } from 'vitest';

import { micros } from '../../../sim-core/base/micros.ts';
import { pcapngOf, runScenario, type Run, type TraceRecord } from '../../../sim-core/index.ts';
import {
  isRtcp,
  isRtpPacket,
  type RtcpPacket,
  type RtpPacket,
} from '../../../sim-core/media/rtp-packet.ts';
import type { FaultSetting, Scenario } from '../../../sim-core/scenario/scenario.ts';
import { drops, figure, shipped } from '../../support/scenarios.ts';
import { readDatagram, readPcapng } from '../export/pcapng/pcapng-reader.ts';

interface Sent<P> {
  readonly at: number;
  readonly node: number;
  readonly to: number;
  readonly packet: P;
}

function inPackets(scenario: Scenario, buffer = 0, ...faults: FaultSetting[]): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.role === 'cmr-client' ? { ...node, jitterBuffer: micros(buffer) } : node,
  );
  return { ...scenario, nodes, media: 'packets', faults: [...scenario.faults, ...faults] };
}

const ran = (scenario: Scenario) => runScenario(scenario, { engine: 'test' });

function sentOf<P>(run: Run, is: (record: TraceRecord) => P | null): Sent<P>[] {
  return run.records.flatMap((record) => {
    const packet = is(record);
    if (packet === null || (record.kind !== 'sent' && record.kind !== 'dropped')) return [];
    return [{ at: record.at, node: record.node, to: record.to, packet }];
  });
}

const packetsOf = (run: Run) =>
  sentOf<RtpPacket>(run, (record) =>
    'packet' in record && isRtpPacket(record.packet) ? record.packet : null,
  );
const reportsOf = (run: Run) =>
  sentOf<RtcpPacket>(run, (record) =>
    'packet' in record && isRtcp(record.packet) ? record.packet : null,
  );

/** Grouped by sender, way and SSRC, each in the order of sending. */
function groups(sent: readonly Sent<RtpPacket>[]): Sent<RtpPacket>[][] {
  const found = new Map<string, Sent<RtpPacket>[]>();
  for (const one of sent) {
    const { stream } = one.packet;
    const key = `${one.node} ${stream.stream} ${stream.ssrc}`;
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}

describe('the call of the figure, packet by packet', () => {
  const run = ran(inPackets(figure()));
  const streams = ran(figure());
  const sent = packetsOf(run);
  const idOf = (name: string) => run.header.nodes.find((node) => node.name === name)?.id;

  /** Rules that look at packets alone. */
  const packetRules = ['R-RTP-03', 'R-RTP-05'];

  it('keeps what RFC 3550 says of numbers and reports', () => {
    const judged = run.verdicts.filter(({ clause }) => packetRules.includes(String(clause)));
    expect(judged.map(({ verdict }) => verdict)).toEqual(['satisfied', 'satisfied']);
  });

  it('each stream counts on by one packet and the ticks of a packet (R-RTP-03)', () => {
    const each = groups(sent);
    expect(each.length).toBeGreaterThan(6);
    for (const group of each) {
      for (const [place, { packet, at }] of group.entries()) {
        const before = group[place - 1];
        const { stream } = packet;
        if (before === undefined) continue;
        expect((packet.sequence - before.packet.sequence) & 0xffff).toBe(1);
        const ticks = (packet.timestamp - before.packet.timestamp) | 0;
        expect(ticks).toBe(stream.medium === 'audio' ? 320 : 3_000);
        expect(at - before.at).toBe(stream.packetTime);
      }
    }
  });

  it('sound has its marker on the first packet after silence only', () => {
    for (const group of groups(sent)) {
      // What is forwarded may begin in the middle of what its source says.
      const isForwarded =
        group[0]?.node === idOf('resource-server') && group[0]?.to === idOf('client-b');
      if (isForwarded || group[0]?.packet.stream.medium !== 'audio') continue;
      expect(group.map(({ packet }) => packet.marker).lastIndexOf(true)).toBe(0);
    }
  });

  it("what is forwarded keeps its source's numbers and goes on when it comes (R-RTP-02)", () => {
    const toB = sent.filter(
      ({ node, to }) => node === idOf('resource-server') && to === idOf('client-b'),
    );
    const ofA = new Map(
      sent
        .filter(({ node, to }) => node === idOf('client-a') && to === idOf('resource-server'))
        .map((one) => [one.packet.sequence, one]),
    );
    expect(toB.length).toBeGreaterThan(100);
    for (const { packet, at } of toB) {
      const original = ofA.get(packet.sequence);
      expect(packet.timestamp).toBe(original?.packet.timestamp);
      expect(packet.stream.ssrc).toBe(original?.packet.stream.ssrc);
      expect(at).toBe((original?.at ?? NaN) + 40_000);
    }
  });

  it('the mixer counts under its own SSRC and lists its contributors (R-RTP-01)', () => {
    const mixed = sent.filter(({ packet }) => packet.stream.csrc.length > 0);
    expect(mixed.length).toBeGreaterThan(100);
    expect(new Set(mixed.map(({ packet }) => packet.stream.ssrc)).size).toBe(1);
  });

  it('nobody hears anything else than without packets, but for the phase of a packet', () => {
    const heard = ({ hears }: Run) =>
      hears.map(({ listener, medium, sources }) =>
        [listener, medium, ...sources.map(({ source }) => source)].join(' '),
      );
    expect(heard(run)).toEqual(heard(streams));
    for (const [place, { fromMicros, toMicros }] of run.hears.entries()) {
      const plain = streams.hears[place];
      const frame = 33_333;
      expect(Math.abs(fromMicros - (plain?.fromMicros ?? NaN))).toBeLessThanOrEqual(frame);
      expect(Math.abs(toMicros - (plain?.toMicros ?? NaN))).toBeLessThanOrEqual(frame);
    }
  });

  it('changes nothing of the signalling, and no verdict on it', () => {
    const messages = (of: Run) =>
      of.records.flatMap((record) =>
        record.kind === 'sent' && record.packet.protocol === 'SIP'
          ? [`${record.at} ${record.packet.label}`]
          : [],
      );
    expect(messages(run)).toEqual(messages(streams));
    const verdicts = ({ verdicts: each }: Run) =>
      each
        .filter(({ clause }) => !packetRules.includes(String(clause)))
        .map(({ clause, verdict }) => `${clause} ${verdict}`);
    expect(verdicts(run)).toEqual(verdicts(streams));
    expect(run.outcome).toBe(streams.outcome);
  });

  it('reports at RTCP intervals: 5 s, the first half of it, by half to three halves', () => {
    const reports = reportsOf(run);
    expect(reports.length).toBeGreaterThan(4);
    const last = new Map<number, number>();
    for (const { node, at } of reports) {
      const since = at - (last.get(node) ?? at);
      if (since > 0) {
        expect(since).toBeGreaterThanOrEqual(2_500_000);
        expect(since).toBeLessThanOrEqual(7_500_000);
      }
      last.set(node, at);
    }
    for (const { at, packet, node } of reports) {
      const before = sent.filter(
        (one) => one.node === node && one.packet.stream.ssrc === packet.ssrc && one.at <= at,
      );
      expect(packet.packets).toBe(before.length);
      expect(packet.octets).toBeGreaterThanOrEqual(packet.packets * 33);
      expect(packet.at).toBe(at);
    }
  });

  it('without the key there is none, and no timer for one', () => {
    expect(packetsOf(streams)).toEqual([]);
    const timers = streams.records.flatMap((one) =>
      one.kind === 'timer fired' ? [one.timer] : [],
    );
    expect(timers.filter((timer) => /RTP|RTCP|playout/.test(timer))).toEqual([]);
  });
});

describe('packets that are lost or late', () => {
  const stopped = shipped('gateway-mode/ring-stops-at-the-answer');
  const ofA = (run: Run) =>
    run.hears.filter(({ listener, medium }) => listener === 'client-a' && medium === 'audio');

  it.each([0, 60_000])('one lost packet is one packet time of silence (buffer %d µs)', (buffer) => {
    const whole = ofA(ran(inPackets(stopped, buffer)));
    const lost = drops('audio packet', 'resource-server', 'client-a', [20, 21, 40]);
    const broken = ofA(ran(inPackets(stopped, buffer, lost)));
    expect(broken).toHaveLength(whole.length + 2);
    const gaps = broken.slice(1, 3).map((one, place) => {
      return one.fromMicros - (broken[place]?.toMicros ?? NaN);
    });
    expect(gaps).toEqual([40_000, 20_000]);
    const began = broken[0]?.fromMicros ?? NaN;
    expect((broken[0]?.toMicros ?? NaN) - began).toBe(19 * 20_000);
  });

  it('a packet that comes after its turn is not heard, and counted', () => {
    const late: FaultSetting = {
      ...drops('audio packet', 'resource-server', 'client-a', [10]),
      does: { kind: 'delay', by: micros(61_000) },
    };
    const inTime: FaultSetting = { ...late, does: { kind: 'delay', by: micros(59_000) } };
    const [missed, caught] = [late, inTime].map((fault) => ran(inPackets(stopped, 60_000, fault)));
    const codes = (run: Run | undefined) => run?.warnings.map(({ code }) => code) ?? [];
    expect(codes(missed)).toContain('W-LATE-LOSS');
    expect(codes(caught)).not.toContain('W-LATE-LOSS');
    const says = missed?.warnings.find(({ code }) => code === 'W-LATE-LOSS')?.says;
    expect(says).toMatch(
      /^1 of \d+ RTP packets reached Client-A too late for its jitter buffer of 60 ms\.$/,
    );
  });
});

describe('the capture of a call in packets', () => {
  const scenario = shipped('loss/ls-25-rtp-jitter');
  const run = ran(scenario);
  const read = readPcapng(pcapngOf(run, 'keep').bytes);

  /** Payloads of the UDP datagrams that a media port sent; the port above it sends RTCP. */
  const payloads = read.packets.flatMap(({ bytes }) => {
    const { sourcePort } = readDatagram(bytes);
    const isMedia = sourcePort >= 30_000 && sourcePort % 2 === 0;
    return isMedia ? [bytes.subarray(28)] : [];
  });

  it('has the header of every RTP packet', () => {
    const sent = packetsOf(run);
    expect(payloads).toHaveLength(sent.length);
    for (const [place, { packet }] of sent.entries()) {
      const payload = payloads[place] ?? Buffer.alloc(12);
      const { stream, marker, sequence, timestamp } = packet;
      expect(payload.readUInt8(0)).toBe(0x80 + stream.csrc.length);
      expect(payload.readUInt8(1)).toBe((marker ? 128 : 0) + (stream.payloadType ?? NaN));
      expect(payload.readUInt16BE(2)).toBe(sequence);
      expect(payload.readUInt32BE(4)).toBe(timestamp);
      expect(payload.readUInt32BE(8)).toBe(stream.ssrc);
      expect(payload.length).toBe(12 + 4 * stream.csrc.length + 160);
    }
  });

  it('has sound in the payloads of PCMU, and reports beside it', () => {
    const loud = payloads.filter((payload) => new Set(payload.subarray(12)).size > 20);
    expect(loud.length).toBeGreaterThan(200);
    const reports = read.packets.filter(({ bytes }) => readDatagram(bytes).sourcePort % 2 === 1);
    const media = reports.map(({ bytes }) => bytes.subarray(28)).filter((one) => one[1] === 200);
    expect(media).toHaveLength(reportsOf(run).length);
  });
});
