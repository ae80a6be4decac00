import type { Medium } from '../../kernel/trace-record.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import { mediumOf, receives } from '../../media/media-session.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { dialogOfCall, type CmrClientState } from './client-state.ts';

/** A port that a terminal has moved away from, and where it listens from then on. */
export interface LeftPort {
  readonly medium: Medium;
  readonly old: number;
  readonly now: number;
}

/**
 * R-OA-17: whoever has moved its media goes on listening at the old port too, until some arrive at
 * the new one.
 */
export function noteMoves(client: CmrClientState): void {
  const local = dialogOfCall(client)?.offerAnswer.session.local ?? null;
  if (local !== client.agreed) {
    if (local !== null && client.agreed !== null) {
      client.leftPorts = portsLeft(client.agreed, local);
    }
    client.agreed = local;
  }
  if (client.leftPorts.length === 0) return;
  client.leftPorts = client.leftPorts.filter(
    ({ medium, now }) =>
      !client.media.arriving.some((packet) => packet.medium === medium && packet.to.port === now),
  );
}

function portsLeft(before: SessionDescription, after: SessionDescription): LeftPort[] {
  return before.media.flatMap((was, index) => {
    const is = after.media[index];
    const medium = mediumOf(was);
    if (is === undefined || medium === null || !isOn(was) || !isOn(is)) return [];
    if (was.port === is.port || !receives(was, before) || !receives(is, after)) return [];
    return [{ medium, old: was.port, now: is.port }];
  });
}

export function arrivesAtLeftPort({ leftPorts }: CmrClientState, packet: MediaPacket): boolean {
  return leftPorts.some(({ medium, old }) => packet.medium === medium && packet.to.port === old);
}
