import {
  isControl,
  isSip,
  printDuration,
  type MessageView,
  type Micros,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { nodeOf } from './parties.ts';
import { millisText } from './times.ts';

/** What may become of one message on its way. */
export type MessageFault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'delay'; readonly by: Micros }
  | { readonly kind: 'duplicate'; readonly after: Micros };

/** A fault of one message, for the simulator and for people. */
export interface FaultWords {
  /** As `--fault` takes it: `'drop the 2nd ACK from cmr-server to client-b'`. */
  readonly sentence: string;
  /** `'ACK 10 lost'`. */
  readonly says: string;
}

/**
 * The fault that hits this message and no other: named by its kind, its way and which of those it
 * is. Null for what no fault rule can name one of.
 */
export function faultOf(
  message: MessageView,
  messages: readonly MessageView[],
  header: TraceHeader,
  fault: MessageFault,
): FaultWords | null {
  const kind = kindOf(message);
  if (kind === null) return null;
  const which = messages.filter(
    (other) =>
      other.from === message.from &&
      other.to === message.to &&
      other.record <= message.record &&
      kindOf(other) === kind,
  ).length;
  const from = nodeOf(header, message.from).name;
  const to = nodeOf(header, message.to).name;
  const what = `the ${ordinal(which)} ${kind} from ${from} to ${to}`;
  const name = nameOf(message);
  switch (fault.kind) {
    case 'drop':
      return { sentence: `drop ${what}`, says: `${name} lost` };
    case 'delay': {
      const by = printDuration(fault.by);
      return { sentence: `delay ${what} by ${by}`, says: `${name} +${millisText(fault.by)} ms` };
    }
    case 'duplicate': {
      const after = printDuration(fault.after);
      return { sentence: `duplicate ${what} after ${after}`, says: `${name} twice` };
    }
  }
}

/** `'ACK 10'`, `'UPDATE 6'`, `'183'`; a copy says which. */
function nameOf({ text, shortText, step, resent }: MessageView): string {
  const copy = resent === 0 ? '' : ` R${resent}`;
  const name = step === null ? shortText : text;
  return `${name}${step === null ? '' : ` ${step}`}${copy}`;
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
