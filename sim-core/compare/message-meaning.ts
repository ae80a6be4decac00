import type { MessageView } from '../trace/message-view.ts';
import { isSip, type SipMessage } from '../sip/message.ts';
import { printMessage } from '../sip/print-message.ts';
import type { TraceHeader } from '../trace/trace-header.ts';

/**
 * What a message is for, in words that two runs share: who sends it to whom, which request or
 * response it is, and the how-manieth of its kind on that hop. Numbers that a run makes up as it
 * goes (tags, branches, Call-IDs, CSeq) are no part of it.
 */
export function meaningsOf(header: TraceHeader, views: readonly MessageView[]): string[] {
  const counts = new Map<string, number>();
  return views.map((view) => {
    const from = nameOf(header, view.from);
    const to = nameOf(header, view.to);
    const what = view.resent > 0 ? `${view.text}, resent` : view.text;
    const kind = `${from} → ${to}: ${what}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count === 1 ? kind : `${kind} (${count})`;
  });
}

function nameOf(header: TraceHeader, id: MessageView['from']): string {
  return header.nodes[id]?.name ?? String(id);
}

/** The two parts of a message that can differ on their own. */
export interface MessageContent {
  readonly headers: string;
  readonly body: string;
}

/** Made up anew in every run: what differs in these alone does not differ. */
const volatileHeaders = /^(?:Via|From|To|Call-ID|CSeq|RAck|Content-Length|Max-Forwards):.*$/gim;

/** The content of a SIP message without what every run makes up; of anything else, its label. */
export function contentOfView({ packet }: MessageView): MessageContent {
  if (!isSip(packet)) return { headers: packet.label, body: '' };
  const text = printMessage(packet);
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const body = end < 0 ? '' : text.slice(end + 4);
  return { headers: withoutVolatile(packet, head), body };
}

function withoutVolatile(message: SipMessage, head: string): string {
  const lines = head.split('\r\n');
  const [start = '', ...fields] = lines;
  const kept = fields.join('\n').replaceAll(volatileHeaders, '').split('\n').filter(Boolean);
  // A Request-URI in a dialog is the other end's Contact.
  const first = message.kind === 'request' && message.to.tag !== null ? message.method : start;
  return [first, ...kept].join('\n');
}
