import type { NodeId } from '../kernel/node.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { isSip } from '../sip/message.ts';
import type { TraceHeader } from '../trace/trace-header.ts';

/** What no run may show, whatever the network, the nodes and the users do. In words. */
export function brokenInvariants(header: TraceHeader, records: readonly TraceRecord[]): string[] {
  return [...timeAndCauses(records), ...mediaWithoutAgreement(header, records)];
}

/** Time, numbers and causes; a packet arrives when it was sent to arrive, and at most twice. */
function timeAndCauses(records: readonly TraceRecord[]): string[] {
  const found: string[] = [];
  let now = 0;
  for (const [index, record] of records.entries()) {
    if (record.at < now) found.push(`time goes back at record ${record.number}`);
    now = record.at;
    if (record.number !== index + 1) found.push(`record ${index + 1} is missing`);
    if (record.cause >= record.number) found.push(`record ${record.number} before its cause`);
    if (record.kind !== 'received') continue;
    const sent = records[record.sent - 1];
    const due =
      sent?.kind === 'sent' && (sent.arrivesAt === record.at || sent.againAt === record.at);
    if (!due) found.push(`record ${record.number} was never sent so`);
  }
  return found;
}

/**
 * A terminal plays nothing from the network that nothing described: its own offer, ready from the
 * moment it has left (R-OA-12), a description it was sent, or the answer to a fetch.
 */
function mediaWithoutAgreement(header: TraceHeader, records: readonly TraceRecord[]): string[] {
  const found: string[] = [];
  const described = new Set<NodeId>();
  const tones = ['ringback tone', 'ring tone'];
  for (const record of records) {
    if (record.kind === 'received' || record.kind === 'sent' || record.kind === 'dropped') {
      const { packet } = record;
      const describes = isSip(packet) ? packet.bodies.length > 0 : packet.protocol === 'HTTP';
      if (describes) described.add(record.node);
    }
    if (record.kind !== 'note' || record.note.kind !== 'hears') continue;
    const foreign = record.note.sources.find(({ source }) => !tones.includes(source));
    if (foreign === undefined || described.has(record.node)) continue;
    const who = header.nodes.find(({ id }) => id === record.node)?.name ?? '';
    found.push(`${who} plays ${foreign.source} before it has any description of it`);
  }
  return found;
}
