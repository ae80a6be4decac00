import type { Outbox } from '../../kernel/node.ts';
import type { KeyPacket } from '../../media/key-packet.ts';
import type { MediaAddress } from '../../media/media-packet.ts';
import type { Notice, NoticeMessage } from '../../resource-control/control-message.ts';
import { endOf } from '../../media/media-session.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { CmrResourceServerState, ServedCall } from './server-state.ts';

/** A key of the caller reaches this server in its audio, and the CMR Server is told of it once. */
export function hearKey(server: CmrResourceServerState, packet: KeyPacket, out: Outbox): void {
  const heard = `${packet.ssrc} ${packet.timestamp}`;
  if (server.lastKey === heard) return;
  const served = server.calls.find((one) => one.leg === 'Client-A' && listens(one, packet.to));
  if (served === undefined) return;
  server.lastKey = heard;
  notify(server, served, { kind: 'key pressed', digit: packet.digit }, out);
}

/** Whether the caller's audio is agreed to go there: for its ring, or into the mixture. */
function listens({ reservation, conference }: ServedCall, to: MediaAddress): boolean {
  const mixing = conference?.mixing ?? null;
  const offered = mixing === null ? (reservation?.local ?? null) : mixing.offeredToA;
  return offered !== null && hasPort(offered, to);
}

function hasPort(description: SessionDescription, to: MediaAddress): boolean {
  return description.media.some((line) => {
    const end = endOf(line, description);
    return end?.address === to.address && end.port === to.port;
  });
}

/** Tells whoever asked for what is served, without being asked. */
export function notify(
  server: CmrResourceServerState,
  { call, leg, askedBy }: ServedCall,
  notice: Notice,
  out: Outbox,
): void {
  const message: NoticeMessage = Object.freeze({
    protocol: 'resource control',
    label: notice.kind,
    form: 'notice',
    call,
    leg,
    transaction: server.nextNotice,
    notice: Object.freeze(notice),
  });
  server.nextNotice += 1;
  out.send(message, askedBy);
}
