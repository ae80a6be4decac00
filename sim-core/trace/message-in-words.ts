import { isControl } from '../resource-control/control-message.ts';
import { isSip } from '../sip/message.ts';
import type { MessageView } from './message-view.ts';
import type { TraceHeader } from './trace-header.ts';

/**
 * One message as a fault sentence names it and no other: by its kind, its way and which of those
 * it is, `'the 2nd ACK from cmr-server to client-b'`. Null for what no fault rule can name.
 */
export function messageInWords(
  message: MessageView,
  messages: readonly MessageView[],
  header: TraceHeader,
): string | null {
  const kind = kindOf(message);
  if (kind === null) return null;
  const which = messages.filter(
    (other) =>
      other.from === message.from &&
      other.to === message.to &&
      other.record <= message.record &&
      kindOf(other) === kind,
  ).length;
  const nameOf = (id: MessageView['from']): string =>
    header.nodes.find((node) => node.id === id)?.name ?? '';
  return `the ${ordinal(which)} ${kind} from ${nameOf(message.from)} to ${nameOf(message.to)}`;
}

/** What a fault rule calls it; a response with the method it answers. */
function kindOf({ packet }: MessageView): string | null {
  if (isSip(packet)) {
    return packet.kind === 'request' ? packet.label : `${packet.label} (${packet.cseq.method})`;
  }
  return isControl(packet) || fetched.test(packet.label) ? packet.label : null;
}

/** HTTP and the connection below it, by the names that fault rules know. */
const fetched = /^(?:SYN|SYN\+ACK|FIN\+ACK|RST|GET|body|[1-5][0-9][0-9])$/;

function ordinal(place: number): string {
  const teens = place % 100 >= 11 && place % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}
