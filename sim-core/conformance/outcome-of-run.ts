import type { CallOutcome } from './call-outcome.ts';
import {
  answers,
  commandsOf,
  firstArrived,
  isRequest,
  isSuccess,
  mixesOfRing,
  replyTo,
  statusOf,
  type CallPicture,
} from './oracles/call-picture.ts';
import { mixOfRingTone } from './oracles/continue-of-ring-tone.ts';

/** How the call ended, as the caller would tell it. */
export function outcomeOf(call: CallPicture): CallOutcome {
  const finals = call.toA.filter((one) => answers(one, call.inviteA) && statusOf(one) >= 200);
  const final = firstArrived(finals);
  const cancelled = call.fromA.some((one) => isRequest(one, 'CANCEL'));
  if (final === null) return withoutFinal(call, cancelled);
  if (isSuccess(final)) {
    return cancelled && hungUpByA(call) ? 'cancelled' : answered(call);
  }
  if (cancelled && statusOf(final) === 487) return 'cancelled';
  return refused(call, statusOf(final));
}

/** Client-A never learned how its call ended. */
function withoutFinal(call: CallPicture, cancelled: boolean): CallOutcome {
  if (cancelled) return 'cancelled';
  return isSuccess(call.finalB) ? 'failed' : 'not answered';
}

function answered(call: CallPicture): CallOutcome {
  const mixed = mixesOfRing(call).some((one) => wasDone(call, one));
  if (mixed || mixOfRingTone(call) !== null) return 'ring continues';
  const played = commandsOf(call, 'play').some((one) => wasDone(call, one));
  return played || clientBWasRung(call) || downloadWasHeard(call)
    ? 'ring stopped'
    : 'answered without ring';
}

/** The Resource Server played a ring tone to Client-B. */
function clientBWasRung({ watch }: CallPicture): boolean {
  const ofB = watch.control.map(({ packet }) => packet).filter(({ leg }) => leg === 'Client-B');
  const orders = ofB.filter((packet) => packet.form === 'command' && packet.label === 'play');
  return orders.some(({ transaction }) => {
    const reply = ofB.find((one) => one.form === 'reply' && one.transaction === transaction);
    return reply?.label !== 'refused';
  });
}

/** In HTTP Mode a client plays what it has downloaded. */
function downloadWasHeard({ watch, header }: CallPicture): boolean {
  if (watch.mode !== 'http') return false;
  const tones = ['ringback tone', 'ring tone', ...header.nodes.map(({ name }) => name)];
  return watch.hears.some(({ sources }) => sources.some(({ source }) => !tones.includes(source)));
}

/** Whether the Resource Server did not refuse; a reply still missing counts as done. */
function wasDone(call: CallPicture, command: CallPicture['commands'][number]): boolean {
  return replyTo(call, command)?.packet.reply.kind !== 'refused';
}

function refused(call: CallPicture, status: number): CallOutcome {
  if (call.finalB === null) {
    return status === 408 || status === 480 || status === 487 ? 'not answered' : 'failed';
  }
  const given = statusOf(call.finalB);
  // The server cancelled leg B by itself: nobody answered.
  if (given === 487) return 'not answered';
  const byUser = given >= 300 && Math.floor(given / 100) !== 5;
  return byUser ? 'rejected' : 'failed';
}

/** The CANCEL came too late, and the caller hung up instead (R-CAN-07). */
function hungUpByA(call: CallPicture): boolean {
  return call.fromA.some((one) => isRequest(one, 'BYE'));
}
