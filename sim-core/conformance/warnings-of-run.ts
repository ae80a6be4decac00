import { micros, type Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { RecordNumber, TraceRecord } from '../kernel/trace-record.ts';
import { isMedia, type MediaPacket } from '../media/media-packet.ts';
import { isReinvite } from '../trace/message-text.ts';
import { partiesOf, spokenName } from '../trace/call-parties.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import { latePackets } from './late-packets.ts';
import { inconsistentLegs } from './inconsistent-legs.ts';
import type { CallPicture } from './oracles/call-picture.ts';
import { ms, times } from './oracles/judgement.ts';
import { remarksOf } from './remarks-of-run.ts';
import { retransmissionsOf } from './retransmissions.ts';
import type { Warning } from './warnings.ts';

/** What is legal in this run and still worth a look. */
export function warningsOf(call: CallPicture, records: readonly TraceRecord[]): Warning[] {
  const { header } = call;
  return [
    ...repeatedAnswer(call),
    ...dualSources(header, records),
    ...latePackets(header, records),
    ...inconsistentLegs(call),
    ...remarksOf(call),
  ];
}

/** W-2XX-RETX: Client-B repeats its 200 to the re-INVITE because its ACK is kept back (GAP-03). */
function repeatedAnswer(call: CallPicture): Warning[] {
  const { watch } = call;
  const { B } = watch.parties;
  const reinvites = watch.legB.filter((one) => isReinvite(one.packet));
  const resent = retransmissionsOf(call).filter(
    ({ because, passage }) =>
      because === 'ACK held back' &&
      passage.from === B?.id &&
      reinvites.some((one) => one.packet.cseq.number === passage.packet.cseq.number),
  );
  const [first] = resent;
  if (first === undefined) return [];
  const { passage, ack } = first;
  const copies = resent.map(({ copy }) => copy.record);
  const shown = [passage.sent.record, ...copies, ...(ack === null ? [] : [ack.sent.record])];
  const arrivedAt = passage.received?.at ?? passage.sent.at;
  const left =
    ack === null
      ? 'the CMR Server sent no ACK for it'
      : `its ACK left ${ms(micros(ack.sent.at - arrivedAt))} after it had arrived`;
  const count = resent.length === 1 ? 'once more' : `${times(resent.length)} more`;
  return [
    {
      code: 'W-2XX-RETX',
      evidence: shown.sort((a, b) => a - b),
      says: `Client-B sent its 200 to the re-INVITE ${count}, because ${left}.`,
    },
  ];
}

interface Arriving {
  readonly from: NodeId;
  readonly source: string;
  readonly record: RecordNumber;
}

/** Two sources on one port of Client-A: how long so far, in µs, and since when again. */
interface Meeting {
  readonly shown: Set<RecordNumber>;
  readonly senders: Set<NodeId>;
  lasted: number;
  since: Micros | null;
}

/** W-DUAL-SOURCE: two sources arrive on one port of Client-A at the same time (GAP-28). */
function dualSources(header: TraceHeader, records: readonly TraceRecord[]): Warning[] {
  const { A } = partiesOf(header);
  const ports = new Map<string, { arriving: Map<string, Arriving>; meeting: Meeting | null }>();
  for (const record of records) {
    if (record.kind !== 'received' || record.node !== A?.id || !isMedia(record.packet)) continue;
    const { packet, from, number, at } = record;
    const key = `${packet.to.address} ${packet.to.port}`;
    const port = ports.get(key) ?? { arriving: new Map(), meeting: null };
    ports.set(key, port);
    const source = sourceOf(packet);
    const stream = `${from} ${packet.stream}`;
    if (packet.sources.length === 0) port.arriving.delete(stream);
    else if (!port.arriving.has(stream))
      port.arriving.set(stream, { from, source, record: number });
    port.meeting = meet([...port.arriving.values()], port.meeting, at);
  }
  const last = records.at(-1)?.at;
  const warnings: Warning[] = [];
  for (const [key, { meeting }] of ports) {
    if (meeting === null) continue;
    if (meeting.since !== null && last !== undefined) meeting.lasted += last - meeting.since;
    if (meeting.lasted <= 0) continue;
    const senders = [...meeting.senders].map((id) => spokenName(header, id)).join(' and ');
    const lasted = ms(micros(meeting.lasted));
    const port = key.split(' ')[1] ?? '';
    warnings.push({
      code: 'W-DUAL-SOURCE',
      evidence: [...meeting.shown].sort((a, b) => a - b),
      says: `RTP of ${senders} arrived on port ${port} of Client-A at once, for ${lasted}.`,
    });
  }
  return warnings;
}

function sourceOf(packet: MediaPacket): string {
  return `${packet.from.address} ${packet.from.port}`;
}

/** Brings the meeting of sources up to an instant at which something began or ended. */
function meet(arriving: readonly Arriving[], before: Meeting | null, at: Micros): Meeting | null {
  const meeting = new Set(arriving.map((one) => one.source)).size > 1;
  if (before !== null && before.since !== null) before.lasted += at - before.since;
  if (!meeting) {
    if (before !== null) before.since = null;
    return before;
  }
  const now = before ?? { shown: new Set(), senders: new Set(), lasted: 0, since: at };
  now.since = at;
  for (const { record, from } of arriving) {
    now.shown.add(record);
    now.senders.add(from);
  }
  return now;
}
