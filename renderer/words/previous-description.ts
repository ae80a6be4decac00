import { isSip, type Disposition, type MessageView } from '../../sim-core/reading.ts';

/**
 * The message whose description the one in `message` follows: the last its sender sent before in
 * the same dialog and disposition (RFC 3264 §8). Copies of the same message do not count.
 */
export function previousDescription(
  message: MessageView,
  disposition: Disposition,
  views: readonly MessageView[],
): MessageView | null {
  if (!isSip(message.packet)) return null;
  const { callId } = message.packet;
  return (
    views.findLast(
      ({ packet, from, to, record, first }) =>
        record < message.record &&
        first !== message.first &&
        from === message.from &&
        to === message.to &&
        isSip(packet) &&
        packet.callId === callId &&
        packet.bodies.some((body) => body.disposition === disposition),
    ) ?? null
  );
}
