import type { RecordNumber, TraceRecord } from '../../kernel/trace-record.ts';
import { isPacketOfStream } from '../../media/rtp-packet.ts';
import type { MessageView } from '../../trace/message-view.ts';

/** The packets of media as the capture shows them; no ladder does. In the order of sending. */
export function packetViews(records: readonly TraceRecord[]): MessageView[] {
  const views = new Map<RecordNumber, MessageView>();
  for (const record of records) {
    if (record.kind === 'received') {
      const view = views.get(record.sent);
      if (view === undefined) continue;
      views.set(record.sent, { ...view, received: [...view.received, record.number] });
      continue;
    }
    if (record.kind !== 'sent' && record.kind !== 'dropped') continue;
    const { packet, number, cause, node: from, to, at } = record;
    if (!isPacketOfStream(packet)) continue;
    const lost = record.kind === 'dropped';
    views.set(number, {
      record: number,
      cause,
      packet,
      from,
      to,
      sentAt: at,
      arrivesAt: lost ? record.wouldArriveAt : record.arrivesAt,
      lost,
      againAt: lost ? null : record.againAt,
      received: [],
      leg: 'media',
      text: packet.label,
      shortText: packet.label,
      isRequest: false,
      isReply: false,
      step: null,
      marks: [],
      resent: 0,
      first: number,
      absorbed: false,
      facts: [],
    });
  }
  return [...views.values()];
}
