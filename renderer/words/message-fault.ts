import {
  messageInWords,
  printDuration,
  type MessageView,
  type Micros,
  type TraceHeader,
} from '../../sim-core/reading.ts';
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
  const what = messageInWords(message, messages, header);
  if (what === null) return null;
  const name = forkName(message);
  switch (fault.kind) {
    case 'drop':
      return { sentence: `drop ${what}`, says: `${name} lost` };
    case 'delay': {
      const by = printDuration(fault.by);
      return { sentence: `delay ${what} by ${by}`, says: `${name} +${millisText(fault.by)} ms` };
    }
    case 'duplicate': {
      const after = printDuration(fault.after);
      return {
        sentence: `duplicate ${what} after ${after}`,
        says: `${name} twice, +${millisText(fault.after)} ms`,
      };
    }
  }
}

/** `'ACK 10'`, `'UPDATE 6'`, `'183'`; a copy says which. */
export function forkName({ text, shortText, step, resent }: MessageView): string {
  const copy = resent === 0 ? '' : ` R${resent}`;
  const name = step === null ? shortText : text;
  return `${name}${step === null ? '' : ` ${step}`}${copy}`;
}
