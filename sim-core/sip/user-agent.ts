import type { DefectName } from '../base/defects.ts';
import type { Input, NodeId, Outbox, TimerKey } from '../kernel/node.ts';
import type { SipIndication, UserAgent } from './agent.ts';
import { giveUpCancelled } from './hanging-up.ts';
import { hostPort, isSip } from './message.ts';
import { receiveRequest, sayTrying } from './receiving-requests.ts';
import { receiveResponse } from './receiving-responses.ts';
import { repeatProvisional } from './reliable-provisional.ts';
import { fireSessionTimer, isRefresh } from './session-refresh.ts';
import type { SessionTimerSetting } from './session-timer.ts';
import { repeatSuccess } from './success-response.ts';
import { fireTransactionTimer } from './transaction/running.ts';
import { retryNow } from './retrying.ts';
import { overReliableTransport, type SipTimers } from './timers.ts';

/** What a user agent can beside RFC 3261, and how it reaches its neighbours. */
export interface Abilities {
  /** Option tags it understands, in lower case; without it, whatever is required of it. */
  readonly understands?: readonly string[];
  /** Neighbours it reaches over TCP; all others over UDP. */
  readonly streamPeers?: readonly NodeId[];
  /** What it wants of session timers; without it, it does not support them. */
  readonly sessionTimer?: SessionTimerSetting;
}

/** Takes the node's mark, IP address, port, timers and defects. */
export function newUserAgent(
  mark: string,
  address: string,
  port: number,
  timers: SipTimers,
  defects: readonly DefectName[],
  { understands, streamPeers = [], sessionTimer }: Abilities = {},
): UserAgent {
  return {
    mark,
    host: address,
    sentBy: hostPort(address, port),
    timers,
    defects,
    streamTimers: overReliableTransport(timers),
    streamPeers: Object.freeze([...streamPeers]),
    understands: understands === undefined ? null : Object.freeze([...understands]),
    sessionTimer: sessionTimer === undefined ? null : Object.freeze({ ...sessionTimer }),
    transactions: [],
    dialogs: [],
    provisionals: [],
    queued: [],
    successes: [],
    retries: [],
    refreshes: [],
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
      : receiveResponse(agent, input.packet, input.from, out);
  }
  return input.kind === 'timer' ? fire(agent, input.timer, out) : null;
}

function fire(agent: UserAgent, timer: TimerKey, out: Outbox): SipIndication | null {
  if (timer.startsWith('1xx ')) return repeatProvisional(agent, timer, out);
  if (timer.startsWith('100 ') || timer.startsWith('trying ')) {
    sayTrying(agent, timer, out);
    return null;
  }
  if (timer.startsWith('cancel ')) return giveUpCancelled(agent, timer, out);
  if (timer.startsWith('2xx ')) return repeatSuccess(agent, timer, out);
  if (timer.startsWith('retry ')) return retryNow(agent, timer);
  if (timer.startsWith('se ')) return fireSessionTimer(agent, timer, out);
  return timer.charAt(1) === ' ' ? fireInTransaction(agent, timer, out) : null;
}

/** A refresh that nobody answers ends the session, as its expiry would. */
function fireInTransaction(agent: UserAgent, timer: TimerKey, out: Outbox): SipIndication | null {
  const heard = fireTransactionTimer(agent, timer, out);
  if (heard?.kind !== 'no answer' || heard.dialog === null) return heard;
  return isRefresh(agent, heard.branch) ? { kind: 'session expired', dialog: heard.dialog } : heard;
}
