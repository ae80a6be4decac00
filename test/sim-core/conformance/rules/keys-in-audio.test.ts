import { keyLabel, type KeyPacket } from '../../../../sim-core/media/key-packet.ts';
import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { addresses } from '../../../support/trace-packets.ts';
import { continueCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';

const audio = { stream: 'voice', sources: ['client-a'], fromPort: 4_000, toPort: 50_000 };

/** Three updates and three ends, 50 ms apart, of a key in Client-A's voice. */
function key(
  change: (packet: KeyPacket, place: number) => KeyPacket = (same) => same,
): TraceBuilder {
  const trace = continueCall().rtp(
    'A',
    'R',
    'audio',
    { at: 1_000, arrives: 1_040, ...audio },
    'voice of A',
  );
  let ssrc = 0;
  trace.changePacket('voice of A', (packet) => {
    ssrc = 'ssrc' in packet && typeof packet.ssrc === 'number' ? packet.ssrc : 0;
    return packet;
  });
  for (let place = 0; place < 6; place += 1) {
    const packet: KeyPacket = {
      protocol: 'RTP packet',
      label: keyLabel,
      from: { address: addresses.A, port: 4_000 },
      to: { address: addresses.R, port: 50_000 },
      ssrc,
      payloadType: 101,
      sequence: (65_534 + place) & 0xffff,
      timestamp: 8_000,
      marker: place === 0,
      digit: '#',
      duration: place < 3 ? 400 * (place + 1) : 1_280,
      end: place >= 3,
    };
    const at = 2_000 + 50 * place;
    trace.packet('A', 'R', change(packet, place), { at, arrives: at + 40 }, `key ${place}`);
  }
  return trace;
}

const cases: readonly RuleCase[] = [
  {
    rule: 'R-DTMF-01',
    what: 'three updates, three ends',
    verdict: 'satisfied',
    trace: () => key(),
  },
  {
    rule: 'R-DTMF-01',
    what: 'no key',
    verdict: 'not exercised',
    trace: () => continueCall(),
  },
  {
    rule: 'R-DTMF-01',
    what: 'an SSRC of its own',
    verdict: 'violated',
    trace: () => key((packet) => ({ ...packet, ssrc: packet.ssrc ^ 1 })),
    says: 'has an SSRC that no audio of it has',
  },
  {
    rule: 'R-DTMF-01',
    what: 'a mark on every packet',
    verdict: 'violated',
    trace: () => key((packet) => ({ ...packet, marker: true })),
    says: 'is marked elsewhere',
  },
  {
    rule: 'R-DTMF-01',
    what: 'one number for all packets',
    verdict: 'violated',
    trace: () => key((packet) => ({ ...packet, sequence: 7 })),
    says: 'has packet 7 after a later one',
  },
  {
    rule: 'R-DTMF-01',
    what: 'one end',
    verdict: 'violated',
    trace: () => key().without('key 4', 'key 5'),
    says: 'has its end told 1 times, not three',
  },
  {
    rule: 'R-DTMF-01',
    what: 'a pause',
    verdict: 'violated',
    trace: () => key().without('key 1'),
    says: 'is silent for 100 ms',
  },
];

describeRules(['R-DTMF-01'], cases);
