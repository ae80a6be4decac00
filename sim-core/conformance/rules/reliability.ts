import { once } from '../../base/worked-out.ts';
import { headerValue, reliableSequence } from '../../sip/message.ts';
import { decidedAt, inOrderOfDecision } from './negotiation.ts';
import type { DialogEvent, Observation, SeenDialog } from './observation.ts';

/** RFC 3262: reliable provisional responses and their PRACKs, as one end of a dialog sees them. */

/** A provisional response sent reliably, at the end that sent it or at the one that got it. */
export interface ReliableResponse {
  readonly event: DialogEvent;
  readonly sequence: number;
  /** The PRACKs that name it, in the order in which this end sent or received them. */
  readonly pracks: DialogEvent[];
}

export interface Reliability {
  readonly dialog: SeenDialog;
  readonly responses: readonly ReliableResponse[];
  /** PRACKs that name no response this end knows of. */
  readonly strays: readonly DialogEvent[];
}

/** Every end of a dialog with a reliable provisional response or a PRACK. */
export const reliabilityOf = /* @__PURE__ */ once(gatherReliability);

function gatherReliability(seen: Observation): readonly Reliability[] {
  const all: Reliability[] = [];
  for (const dialog of seen.dialogs) {
    const one = reliabilityIn(dialog);
    if (one.responses.length > 0 || one.strays.length > 0) all.push(one);
  }
  return all;
}

/** Those in which this end answers the INVITE; or those in which it sent it. */
export function reliabilityAt(seen: Observation, end: 'server' | 'client'): Reliability[] {
  return reliabilityOf(seen).filter(({ dialog }) => dialog.caller === (end === 'client'));
}

function reliabilityIn(dialog: SeenDialog): Reliability {
  const responses: ReliableResponse[] = [];
  const strays: DialogEvent[] = [];
  for (const event of inOrderOfDecision(dialog)) {
    const { packet } = event.message;
    if (packet.kind === 'response') {
      const sequence = packet.cseq.method === 'INVITE' ? reliableSequence(packet) : null;
      if (sequence !== null) responses.push({ event, sequence, pracks: [] });
    } else if (packet.method === 'PRACK') {
      const named = acknowledgedBy(responses, event);
      if (named === null) strays.push(event);
      else named.pracks.push(event);
    }
  }
  return { dialog, responses, strays };
}

/** RFC 3262 §7.2: RAck names RSeq, CSeq number and method. */
function acknowledgedBy(
  responses: readonly ReliableResponse[],
  { message }: DialogEvent,
): ReliableResponse | null {
  const [sequence, number, method] = (headerValue(message.packet, 'RAck') ?? '').split(/\s+/);
  for (const one of responses) {
    if (String(one.sequence) !== sequence || method !== 'INVITE') continue;
    if (String(one.event.message.packet.cseq.number) === number) return one;
  }
  return null;
}

/** Whether the response had its PRACK when that event was decided on. */
export function acknowledgedBefore({ pracks }: ReliableResponse, event: DialogEvent): boolean {
  const [first] = pracks;
  return first !== undefined && decidedAt(first) <= decidedAt(event);
}

/** The final response to the INVITE of that response, in this dialog, or null. */
export function finalIn(dialog: SeenDialog, response: DialogEvent): DialogEvent | null {
  const { transaction } = response.message;
  for (const event of inOrderOfDecision(dialog)) {
    const { packet, transaction: other } = event.message;
    if (packet.kind === 'response' && packet.status >= 200 && other === transaction) return event;
  }
  return null;
}

/** The final response to the INVITE that made the dialog, as this end sent or received it. */
export function finalOf({ opening, events }: SeenDialog): DialogEvent | null {
  for (const event of events) {
    const { packet, transaction } = event.message;
    if (packet.kind !== 'response' || packet.status < 200) continue;
    if (packet.cseq.method === 'INVITE' && transaction === opening) return event;
  }
  return null;
}
