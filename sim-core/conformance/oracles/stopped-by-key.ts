import { headerValue } from '../../sip/message.ts';
import { commandsOf, isRequest, promptness, type CallPicture } from './call-picture.ts';
import { hasArrived, type Happening } from './call-watch.ts';

/**
 * Whether Client-A's user had stopped the ring by then: a stop command that follows a key, told by
 * INFO or heard by the Resource Server. The beginning of a sentence, or null.
 */
export function stoppedByKey(call: CallPicture, by: Happening): string | null {
  const heard = call.watch.control.filter(
    ({ packet }) => packet.form === 'notice' && packet.notice.kind === 'key pressed',
  );
  const told = call.fromA.filter((one) => {
    const named = headerValue(one.packet, 'Info-Package')?.split(';')[0]?.trim().toLowerCase();
    return isRequest(one, 'INFO') && named === 'infodtmf';
  });
  const keys = [...told, ...heard];
  const stopped = commandsOf(call, 'stop').some(
    ({ sent }) =>
      sent.record <= by.record &&
      keys.some((one) => {
        if (!hasArrived(one) || one.received.record > sent.record) return false;
        return sent.at - one.received.at <= promptness(call.header);
      }),
  );
  return stopped ? 'Client-A stopped the ring by a key' : null;
}
