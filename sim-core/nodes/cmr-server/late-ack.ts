import type { Outbox } from '../../kernel/node.ts';
import type { BodyPart } from '../../sip/message.ts';
import { sendAck } from '../../sip/sending.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { dialogOn } from './legs.ts';

/** Acknowledges the 2xx whose offer waited for its answer; with nothing, where none came. */
export function acknowledgeLate(
  server: CmrServerState,
  call: CmrCall,
  bodies: readonly BodyPart[],
  out: Outbox,
): void {
  const { lateAck } = call;
  call.lateAck = null;
  const dialog = lateAck === null ? null : dialogOn(server, call, lateAck.leg);
  if (lateAck === null || dialog === null || dialog.state === 'terminated') return;
  sendAck(server.agent, dialog, lateAck.sequence, out, bodies);
}
