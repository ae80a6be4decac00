import type { DefectName } from '../base/defects.ts';
import type { Input, Outbox, TimerKey } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import { giveUpCancelled } from './hanging-up.ts';
import { hostPort, isSip } from './message.ts';
import { receiveRequest, sayTrying } from './receiving-requests.ts';
import { receiveResponse } from './receiving-responses.ts';
import { repeatProvisional } from './reliable-provisional.ts';
import { repeatSuccess } from './success-response.ts';
import { fireTransactionTimer } from './transaction/running.ts';
import type { SipTimers } from './timers.ts';

/** Takes the node's mark, IP address, port, timers and defects. */
export function newUserAgent(
  mark: string,
  address: string,
  port: number,
  timers: SipTimers,
  defects: readonly DefectName[],
): UserAgent {
  return {
    mark,
    host: address,
    sentBy: hostPort(address, port),
    timers,
    defects,
    transactions: [],
    dialogs: [],
    provisionals: [],
    successes: [],
    nextBranch: 1,
    nextTag: 1,
    nextCallId: 1,
  };
}

/** Takes a SIP packet, or a timer of this layer, up through transaction and dialog. */
export function receive(agent: UserAgent, input: Input, out: Outbox): SipIndication | null {
  if (input.kind === 'packet') {
    if (!isSip(input.packet)) return null;
    return input.packet.kind === 'request'
      ? receiveRequest(agent, input.packet, input.from, out)
      : receiveResponse(agent, input.packet, out);
  }
  return input.kind === 'timer' ? fire(agent, input.timer, out) : null;
}

function fire(agent: UserAgent, timer: TimerKey, out: Outbox): SipIndication | null {
  if (timer.startsWith('1xx ')) return repeatProvisional(agent, timer, out);
  if (timer.startsWith('100 ')) {
    sayTrying(agent, timer, out);
    return null;
  }
  if (timer.startsWith('cancel ')) return giveUpCancelled(agent, timer, out);
  if (timer.startsWith('2xx ')) return repeatSuccess(agent, timer, out);
  return timer.charAt(1) === ' ' ? fireTransactionTimer(agent, timer, out) : null;
}
