import { milliseconds, micros } from '../../base/micros.ts';
import { breaks, holds, type Findings } from './findings.ts';
import type { Observation, SeenKeyPacket } from './observation.ts';
import { rule, type Rule } from './rule.ts';
import { counted, ms, Who } from './words.ts';

/** Keys of a telephone told within the audio: RFC 4733. */
export const keysInAudio: readonly Rule[] = [
  rule(
    'R-DTMF-01',
    keys,
    (count) => `${counted(count, 'key')} went with the audio, and its end three times.`,
    'Nobody told a key within the audio.',
  ),
];

/** RFC 4733 §2.5.1.2: the recommended pace of the packets of one key. */
const pace = milliseconds(50);
const endsDue = 3;

function keys(seen: Observation, found: Findings): void {
  const byKey = new Map<string, SeenKeyPacket[]>();
  for (const one of seen.keys) {
    const packets = byKey.get(keyOf(one));
    if (packets === undefined) byKey.set(keyOf(one), [one]);
    else packets.push(one);
  }
  for (const packets of byKey.values()) judgeKey(seen, packets, found);
}

function keyOf({ node, to, packet }: SeenKeyPacket): string {
  return `${node} ${to} ${packet.ssrc} ${packet.timestamp}`;
}

function judgeKey(seen: Observation, packets: readonly SeenKeyPacket[], found: Findings): void {
  const [first] = packets;
  if (first === undefined) return;
  const { node, packet } = first;
  const problem = problemOf(seen, packets);
  if (problem === null) holds(found, first, packets.at(-1) ?? null);
  else breaks(found, `${Who(seen, node)}'s key ${packet.digit} ${problem}.`, first);
}

/** What is wrong with the packets of one key, after its name; or null. */
function problemOf(seen: Observation, packets: readonly SeenKeyPacket[]): string | null {
  const [first] = packets;
  const audio = seen.streams.some(
    ({ from, changes }) =>
      from === first?.node && changes.some((one) => one.packet.ssrc === first.packet.ssrc),
  );
  if (!audio) return 'has an SSRC that no audio of it has';
  if (packets.some(({ packet }, place) => packet.marker !== (place === 0))) {
    return 'is marked elsewhere than at its first packet';
  }
  for (const [place, { at, packet }] of packets.entries()) {
    const before = packets[place - 1];
    if (before === undefined) continue;
    const step = (packet.sequence - before.packet.sequence) & 0xffff;
    if (step === 0 || step > 0x7fff) return `has packet ${packet.sequence} after a later one`;
    if (packet.duration < before.packet.duration) return 'becomes shorter while it is held';
    const gap = micros(at - before.at);
    if (gap > pace) return `is silent for ${ms(gap)} between two packets`;
  }
  const ends = packets.filter(({ packet }) => packet.end).length;
  if (ends === endsDue) return null;
  return seen.ended === 'quiet' ? `has its end told ${ends} times, not three` : null;
}
