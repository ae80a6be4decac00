import type { MediaPacket } from '../../../../sim-core/media/media-packet.ts';
import type { Packet } from '../../../../sim-core/kernel/node.ts';
import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, rejectedCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';

const ids = ['R-RTP-01', 'R-RTP-02', 'R-RTP-04', 'R-RTP-06'];

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

const cases: readonly RuleCase[] = [
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
