import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { AddressBook } from '../../media/media-session.ts';
import type { UserAgent } from '../../sip/agent.ts';
import type { SipResponse } from '../../sip/message.ts';
import type { SipTimers } from '../../sip/timers.ts';
import { newUserAgent } from '../../sip/user-agent.ts';

/** Where a proxy sends a request that names a person and not yet a place. */
export interface ProxyTarget {
  readonly node: NodeId;
  /** The Request-URI on the way there; null: as it came. */
  readonly uri: string | null;
}

export interface ProxyConfig {
  readonly name: string;
  readonly mark: string;
  readonly address: string;
  readonly port: number;
  readonly timers: SipTimers;
  readonly targets: readonly ProxyTarget[];
  /** How long a target rings before the next is tried (§16.7 item 5); null: all at once. */
  readonly ringTime: Micros | null;
  /** Timer C: how long a branch may ring without a word (RFC 3261 §16.6 item 11). */
  readonly timerC: Micros;
  /** What it takes out of responses where they leave the trust domain (RFC 5009). */
  readonly strips: readonly string[];
  /** The neighbours it reaches over TCP. */
  readonly streamPeers: readonly NodeId[];
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
  readonly addresses: AddressBook;
}

/** One place a request was sent on to. */
export interface ProxyBranch {
  /** Of its client transaction. */
  readonly branch: string;
  /** Status of its final response; 0 before it. */
  status: number;
  /** To tags of the early dialogs its responses made, in order (RFC 6228 §6). */
  readonly earlyTags: string[];
}

/** RFC 3261 §16.7: what ties the branches of one request to the one who sent it. */
export interface ResponseContext {
  /** Branch of its server transaction. */
  readonly branch: string;
  readonly method: string;
  readonly branches: ProxyBranch[];
  /** Targets that were not tried yet. */
  waiting: ProxyTarget[];
  /** The best final response that was not sent back yet. */
  best: SipResponse | null;
  /** A final response has been sent back. */
  answered: boolean;
}

export interface ProxyState {
  readonly config: ProxyConfig;
  readonly agent: UserAgent;
  contexts: ResponseContext[];
}

export function newProxy(_self: NodeId, config: ProxyConfig): ProxyState {
  const { mark, address, port, timers, streamPeers, defects } = config;
  const agent = newUserAgent(mark, address, port, timers, defects, { streamPeers });
  return { config, agent, contexts: [] };
}
