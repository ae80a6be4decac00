import { hashNumber, hashText } from '../base/hash.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { isControl } from '../resource-control/control-message.ts';
import type { BriefRun } from '../run/brief-run.ts';
import { isSip } from '../sip/message.ts';
import { packetIdentity } from '../trace/packet-identity.ts';

/**
 * Which runs count as the same: equal outcome, warnings and violated clauses, and on every hop the
 * same messages in the same order, each first transmission, retransmission and loss alike. When
 * things happened, and how the hops interleaved, does not matter.
 */
export interface OutcomeClass {
  /** Equal for runs of one class: 16 hexadecimal digits. */
  readonly key: string;
  /** The class in a line: `'ring continues; W-2XX-RETX; 1 resent'`. */
  readonly says: string;
}

export function outcomeClassOf(run: BriefRun): OutcomeClass {
  const { shape, resent, lost } = shapeOf(run.records);
  const warnings = [...new Set(run.warned)].sort();
  const broken = run.violated.map((clause) => `${clause} violated`).sort();
  const words: string[] = [run.outcome, ...broken, ...warnings];
  if (run.ended !== 'quiet') words.push(`ended by ${run.ended}`);
  if (resent > 0) words.push(`${resent} resent`);
  if (lost > 0) words.push(`${lost} lost`);
  const says = words.join('; ');
  return { key: hex(hashText(says, shape.low)) + hex(hashText(says, shape.high)), says };
}

interface Shape {
  readonly low: number;
  readonly high: number;
}

/** What passed over each hop, as two hashes that do not depend on how hops interleave. */
function shapeOf(records: readonly TraceRecord[]) {
  const hops = new Map<number, number>();
  const seen = new Set<string>();
  let resent = 0;
  let lost = 0;
  for (const record of records) {
    if (record.kind !== 'sent' && record.kind !== 'dropped') continue;
    const { packet, node, to } = record;
    if (!isSip(packet) && !isControl(packet)) continue;
    const identity = packetIdentity(packet, node, to) ?? '';
    const again = seen.has(identity);
    seen.add(identity);
    if (again) resent += 1;
    if (record.kind === 'dropped') lost += 1;
    const hop = node * 1_000 + to;
    const how = (again ? 2 : 0) + (record.kind === 'dropped' ? 1 : 0);
    hops.set(hop, hashNumber(how, hashText(packet.label, hops.get(hop) ?? hop)));
  }
  let low = 0;
  let high = 0x9e3779b9;
  for (const hop of [...hops.keys()].sort((a, b) => a - b)) {
    low = hashNumber(hops.get(hop) ?? 0, low);
    high = hashNumber(low ^ hop, high);
  }
  const shape: Shape = { low, high };
  return { shape, resent, lost };
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
