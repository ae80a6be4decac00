import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import type { Switches } from '../../base/switches.ts';
import type { NodeId } from '../../kernel/node.ts';
import type {
  CommandMessage,
  ConferencePorts,
  RingingLeg,
} from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { UserAgent } from '../../sip/agent.ts';
import type { BodyPart, Header } from '../../sip/message.ts';
import type { SipTimers } from '../../sip/timers.ts';
import { newUserAgent } from '../../sip/user-agent.ts';

/** A leg is named by the client at its end. */
export type Leg = RingingLeg;

export type ProcedureName = 'Gateway Mode, CMRBT' | 'Continue, CMRBT';

/** GAP-30: operator's rule, subscriber's preference, and what holds without either. */
export interface Policy {
  readonly operator: 'allow' | 'deny';
  readonly subscriber: 'continue' | 'stop' | 'no preference';
  readonly otherwise: 'continue' | 'stop';
}

/** A client this server serves. */
export interface Subscriber {
  readonly name: string;
  readonly identity: string;
  /** Where its INVITEs are sent: a URI with its address and port. */
  readonly contact: string;
  readonly node: NodeId;
}

export interface CmrServerConfig {
  readonly name: string;
  readonly mark: string;
  readonly address: string;
  readonly port: number;
  readonly timers: SipTimers;
  readonly mode: 'gateway' | 'none';
  readonly resource: string;
  /** How loud the resource is in the mixture. */
  readonly mixedGainPercent: number;
  readonly policy: Policy;
  readonly switches: Switches;
  /** The longest a provisional response waits for a reservation (GAP-47). */
  readonly reservationWait: Micros;
  readonly subscribers: readonly Subscriber[];
  readonly resourceServer: NodeId | null;
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
}

/** A message about to be forwarded to the other leg; a procedure may amend it, or hold it. */
export interface Onward {
  readonly towards: Leg;
  readonly status: number;
  headers: readonly Header[];
  bodies: readonly BodyPart[];
  reliably: boolean;
  held: boolean;
}

/** What is kept at the CMR Resource Server for one leg of this call. */
export interface Ring {
  /** The Resource Server's answer or offer for the client; null while only asked for. */
  description: SessionDescription | null;
  /** The command to play it has been sent. */
  ordered: boolean;
  /** …and was refused, or never answered. */
  refused: boolean;
}

/** One attempt as the CMR Server sees it: two legs, and the procedures it follows. */
export interface CmrCall {
  /** Call-ID of leg A. */
  readonly id: string;
  readonly nodes: Readonly<Record<Leg, NodeId>>;
  readonly names: Readonly<Record<Leg, string>>;
  readonly following: { readonly procedure: ProcedureName; step: string }[];
  /** Call-ID of each leg; empty before there is one. */
  readonly callIds: Record<Leg, string>;
  /** Branch of the first INVITE of each leg; empty before there is one. */
  readonly branches: Record<Leg, string>;
  /** Place of each leg's dialog in `agent.dialogs`; −1 before it. */
  readonly dialogs: Record<Leg, number>;
  /** Newest session offer of Client-A that was not rejected (GAP-38). */
  lastOfferOfClientA: SessionDescription | null;
  /** Of Client-A the ring-back tone (CMRBT), of Client-B the ring tone (CMRT); GAP-46. */
  readonly rings: Record<Leg, Ring | null>;
  conference: {
    readonly ports: ConferencePorts;
    readonly able: SessionDescription;
  } | null;
  /** What was decided when Client-B answered (CON-SRV-01); null before. */
  decision: 'continue' | 'stop' | null;
  /** CSeq numbers of INVITEs to Client-B whose 2xx is not acknowledged yet. */
  owedAcks: number[];
  /** The message kept back on its way to Client-A. */
  kept: Onward | null;
  /** Wait for the PRACK of Client-A (GAP-06): a session offer, and the kept message. */
  updateWaits: SessionDescription | null;
  forwardWaits: boolean;
  /** Indications that a procedure raised for the others, in order. */
  raised: 'Continue given up'[];
  /** Both legs are ended or ending: no procedure acts any more. */
  over: boolean;
}

export interface CmrServerState {
  readonly config: CmrServerConfig;
  readonly self: NodeId;
  readonly agent: UserAgent;
  readonly calls: CmrCall[];
  /** Commands that wait for their reply, and how often each was repeated. */
  readonly commands: { readonly message: CommandMessage; repeats: number }[];
  nextCommand: number;
}

export function newCmrServer(self: NodeId, config: CmrServerConfig): CmrServerState {
  const { mark, address, port, timers, defects } = config;
  return {
    config,
    self,
    agent: newUserAgent(mark, address, port, timers, defects),
    calls: [],
    commands: [],
    nextCommand: 1,
  };
}

/** Takes the Call-ID of leg A and the two ends. */
export function newCall(id: string, caller: Subscriber, called: Subscriber): CmrCall {
  return {
    id,
    nodes: { 'Client-A': caller.node, 'Client-B': called.node },
    names: { 'Client-A': caller.name, 'Client-B': called.name },
    following: [],
    callIds: { 'Client-A': id, 'Client-B': '' },
    branches: { 'Client-A': '', 'Client-B': '' },
    dialogs: { 'Client-A': -1, 'Client-B': -1 },
    lastOfferOfClientA: null,
    rings: { 'Client-A': null, 'Client-B': null },
    conference: null,
    decision: null,
    owedAcks: [],
    kept: null,
    updateWaits: null,
    forwardWaits: false,
    raised: [],
    over: false,
  };
}
