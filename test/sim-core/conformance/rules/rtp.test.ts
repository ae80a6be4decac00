import { micros } from '../../../../sim-core/base/micros.ts';
import type { MediaPacket } from '../../../../sim-core/media/media-packet.ts';
import type { RtcpPacket, RtpPacket } from '../../../../sim-core/media/rtp-packet.ts';
import type { Packet } from '../../../../sim-core/kernel/node.ts';
import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { mediaPacket } from '../../../support/trace-packets.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';

const ids = ['R-RTP-01', 'R-RTP-02', 'R-RTP-03', 'R-RTP-04', 'R-RTP-05', 'R-RTP-06'];

const rtp = (change: Partial<MediaPacket>) => (packet: Packet) => ({ ...packet, ...change });

/** Voices 1 (Client-A's) and 2 (Client-B's) reach the Resource Server, which mixes as 9. */
const mixed = (mixture: Partial<MediaPacket> = {}, forwarded: Partial<MediaPacket> = {}) =>
  continueCall()
    .changePacket('B voice', rtp({ ssrc: 2, csrc: [] }))
    .rtp(
      'A',
      'R',
      'audio',
      {
        at: 5_300,
        arrives: 5_340,
        stream: 'voice of A',
        sources: ['client-a'],
        fromPort: 4_000,
        toPort: 50_010,
      },
      'A voice',
    )
    .changePacket('A voice', rtp({ ssrc: 1, csrc: [] }))
    .changePacket('mixture', rtp({ ssrc: 9, csrc: [2, 7], ...mixture }))
    .changePacket('forwarded', rtp({ ssrc: 1, csrc: [], ...forwarded }));

/** Client-B goes on sending to Client-A as well. */
const twice = (): TraceBuilder => mixed().without('B voice direct ends');

/** Client-A's voice packet by packet: the numbers of its packets, and when it reports, in ms. */
const inPackets = (sequences: readonly number[], reports: readonly number[], timestamp = 77) => {
  const trace = continueCall();
  const from = { address: '192.0.2.17', port: 4_000 };
  const to = { address: '198.51.100.6', port: 50_010 };
  const stream: MediaPacket = mediaPacket('A', 'R', 'audio', {
    at: 5_300,
    arrives: 5_340,
    stream: 'voice of A',
    sources: ['client-a'],
    fromPort: 4_000,
    toPort: 50_010,
    ssrc: 5,
  });
  for (const [place, sequence] of sequences.entries()) {
    const packet: RtpPacket = {
      protocol: 'RTP packet',
      label: 'audio packet',
      stream,
      sequence,
      timestamp: timestamp + place * 320,
      marker: place === 0,
    };
    const at = 5_300 + place * 20;
    trace.packet('A', 'R', packet, { at, arrives: at + 40 }, `packet ${place}`);
  }
  for (const at of reports) {
    const packet: RtcpPacket = {
      protocol: 'RTCP',
      label: 'RTCP',
      from,
      to,
      ssrc: 5,
      at: micros(at * 1_000),
      timestamp: 0,
      packets: 1,
      octets: 1,
    };
    trace.packet('A', 'R', packet, { at, arrives: at + 40 }, `report at ${at}`);
  }
  return trace;
};

const cases: readonly RuleCase[] = [
  {
    rule: 'R-RTP-03',
    what: 'one by one, beyond the largest number',
    verdict: 'satisfied',
    trace: () => inPackets([65_535, 0, 1], []),
  },
  {
    rule: 'R-RTP-03',
    what: 'a number left out',
    verdict: 'violated',
    level: 'warning',
    trace: () => inPackets([7, 9], []),
    says: 'sends packet 9 after 7',
  },
  {
    rule: 'R-RTP-03',
    what: 'from 0',
    verdict: 'violated',
    trace: () => inPackets([0, 1], [], 0),
    says: 'begins to count at 0',
  },
  { rule: 'R-RTP-03', what: 'no packets', verdict: 'not exercised', trace: () => mixed() },
  {
    rule: 'R-RTP-05',
    what: 'at random distances',
    verdict: 'satisfied',
    trace: () => inPackets([1, 2], [7_000, 10_000, 16_500, 20_100]),
  },
  {
    rule: 'R-RTP-05',
    what: 'the first too soon',
    verdict: 'violated',
    level: 'warning',
    trace: () => inPackets([1, 2], [5_900]),
    says: 'reports 600 ms after it has begun',
  },
  {
    rule: 'R-RTP-05',
    what: 'the next too soon',
    verdict: 'violated',
    trace: () => inPackets([1, 2], [7_000, 9_000]),
    says: 'reports again within',
  },
  {
    rule: 'R-RTP-05',
    what: 'like clockwork',
    verdict: 'violated',
    trace: () => inPackets([1, 2], [8_000, 13_000, 18_000, 23_000]),
    says: 'at equal distances',
  },
  { rule: 'R-RTP-05', what: 'no reports', verdict: 'not exercised', trace: () => mixed() },
  { rule: 'R-RTP-01', what: 'an SSRC of its own', verdict: 'satisfied', trace: () => mixed() },
  {
    rule: 'R-RTP-01',
    what: "Client-B's SSRC",
    verdict: 'violated',
    level: 'error',
    trace: () => mixed({ ssrc: 2 }),
    says: 'under the SSRC of a stream it receives',
  },
  {
    rule: 'R-RTP-01',
    what: 'no contributors',
    verdict: 'violated',
    level: 'warning',
    trace: () => mixed({ csrc: [] }),
    says: 'does not list client-b as a contributor',
  },
  {
    rule: 'R-RTP-01',
    what: 'too many contributors',
    verdict: 'violated',
    level: 'error',
    trace: () => mixed({ csrc: Array.from({ length: 16 }, (_, n) => n) }),
    says: 'at most 15',
  },
  { rule: 'R-RTP-02', what: 'the SSRC it came with', verdict: 'satisfied', trace: () => mixed() },
  {
    rule: 'R-RTP-02',
    what: 'another SSRC',
    verdict: 'violated',
    trace: () => mixed({}, { ssrc: 9 }),
    says: 'forwards client-a under another SSRC',
  },
  {
    rule: 'R-RTP-02',
    what: 'the SSRC of what has arrived, while what comes from a new port is on its way',
    verdict: 'satisfied',
    trace: () =>
      mixed()
        .rtp(
          'A',
          'R',
          'audio',
          {
            at: 5_310,
            arrives: 9_000,
            stream: 'voice of A',
            sources: ['client-a'],
            fromPort: 4_010,
            toPort: 50_010,
          },
          'A voice moves',
        )
        .changePacket('A voice moves', rtp({ ssrc: 3, csrc: [] })),
  },
  { rule: 'R-RTP-04', what: '20 ms', verdict: 'satisfied', trace: () => mixed() },
  {
    rule: 'R-RTP-04',
    what: '300 ms',
    verdict: 'violated',
    level: 'warning',
    trace: () => mixed({ packetTime: 300_000 as MediaPacket['packetTime'] }),
    says: 'packets of 300 ms',
  },
  { rule: 'R-RTP-06', what: 'one way', verdict: 'satisfied', trace: () => mixed() },
  {
    rule: 'R-RTP-06',
    what: 'two ways',
    verdict: 'violated',
    trace: twice,
    says: 'client-b reached Client-A by itself and in the mixture',
  },
  { rule: 'R-RTP-06', what: 'no mixture', verdict: 'not exercised', trace: rejectedCall },
];

describeRules(ids, cases);
