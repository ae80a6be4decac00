import type { Micros } from '../base/micros.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import { isControl } from '../resource-control/control-message.ts';
import { isSip, type SipMessage } from '../sip/message.ts';
import type { MessageView } from '../trace/message-view.ts';
import type { TraceHeader } from '../trace/trace-header.ts';
import { ms, titleOf } from './sentences.ts';

/** A message that was lost, or on its way, or not yet sent when a timer fired that it stops. */
export interface Absence {
  /** Null where there is no such message in the whole run. */
  readonly view: MessageView | null;
  readonly says: string;
}

type Fired = Extract<TraceRecord, { kind: 'timer fired' }>;

/** What would have stopped this timer, and why it did not; the first reason that suffices. */
export function whatDidNotCome(
  header: TraceHeader,
  views: readonly MessageView[],
  fired: Fired,
  startedAt: Micros,
): Absence[] {
  const stops = stopperOf(views, fired);
  if (stops === null) return [];
  const near = views.filter((view) => stops(view) && view.arrivesAt >= startedAt);
  const lost = near.find(({ lost: gone, sentAt }) => gone && sentAt <= fired.at);
  if (lost !== undefined) {
    return [{ view: lost, says: `${naming(header, lost)} is lost on its way.` }];
  }
  const late = near.find(({ arrivesAt }) => arrivesAt > fired.at);
  if (late === undefined) return [{ view: null, says: 'Nothing that would stop it ever comes.' }];
  const { sentAt, arrivesAt } = late;
  const when =
    sentAt <= fired.at
      ? `is on its way and arrives only at ${ms(arrivesAt)}.`
      : `is sent only at ${ms(sentAt)}.`;
  return [{ view: late, says: `${naming(header, late)} ${when}` }];
}

/** Whether a message stops this timer, or is what its answer would answer; null: none does. */
function stopperOf(
  views: readonly MessageView[],
  { timer, node }: Fired,
): ((view: MessageView) => boolean) | null {
  const cut = timer.lastIndexOf(' ');
  const [name, owner] = [timer.slice(0, cut), timer.slice(cut + 1)];
  if (name === 'control') {
    return ({ packet, from, to }) =>
      isControl(packet) && String(packet.transaction) === owner && (from === node || to === node);
  }
  const isOwn = ({ packet }: MessageView): boolean =>
    isSip(packet) && packet.via[0]?.branch === owner;
  // A request is repeated until it is answered: it may itself be what is lost.
  if (/^[ABEF]$/.test(name)) return isOwn;
  const request = views.find(isOwn)?.packet;
  if (request === undefined || !isSip(request)) return null;
  if (/^(?:2xx|G|H)/.test(name)) return stopping(request, 'ACK', node, isOwn);
  return name.startsWith('1xx') ? stopping(request, 'PRACK', node, isOwn) : null;
}

/** The response that was repeated, or the request that confirms it. */
function stopping(
  invite: SipMessage,
  label: 'ACK' | 'PRACK',
  node: MessageView['from'],
  isOwn: (view: MessageView) => boolean,
): (view: MessageView) => boolean {
  return (view) => {
    const { packet } = view;
    if (!isSip(packet) || packet.callId !== invite.callId) return false;
    if (view.from === node) return packet.kind === 'response' && isOwn(view) && view.lost;
    if (view.to !== node || packet.label !== label) return false;
    return label === 'PRACK' || packet.cseq.number === invite.cseq.number;
  };
}

function naming(header: TraceHeader, { text, from }: MessageView): string {
  return `${text} of ${titleOf(header, from)}`;
}
