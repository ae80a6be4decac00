import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import type { Switches } from '../../base/switches.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { Region } from '../../kernel/trace-record.ts';
import type {
  CommandMessage,
  ConferencePorts,
  RingingLeg,
} from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { UserAgent } from '../../sip/agent.ts';
import type { BodyPart, Header, OtherBody, SipRequest, SipResponse } from '../../sip/message.ts';
import type { SessionTimerSetting } from '../../sip/session-timer.ts';
import type { SipTimers } from '../../sip/timers.ts';
import { newUserAgent } from '../../sip/user-agent.ts';

/** A leg is named by the client at its end. */
export type Leg = RingingLeg;

export const legs: readonly Leg[] = ['Client-A', 'Client-B'];

export function otherLeg(leg: Leg): Leg {
  return leg === 'Client-A' ? 'Client-B' : 'Client-A';
}

/** How resources are delivered: source text 1.1.1.2 to 1.1.1.11. */
export type DeliveryMode = 'application-server' | 'gateway' | 'http';

/** Ring-back tones for Client-A, ring tones for Client-B. */
export type Service = 'cmrbt' | 'cmrt';

export type ProcedureName =
  | 'Application Server Mode, CMRBT'
  | 'Application Server Mode, CMRT'
  | 'Gateway Mode, CMRBT'
  | 'Gateway Mode, CMRT'
  | 'HTTP Mode, CMRBT'
  | 'HTTP Mode, CMRT'
  | 'Ring of another server'
  | 'Continue, CMRBT'
  | 'Continue, CMRT, derived'
  | 'Continue, CMRT, derived, media only';

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
  /** URI of the terminal's own address, as its Contact has it. */
  readonly place: string;
  readonly node: NodeId;
  /** Whether another operator's CMR Server is on the way to it. */
  readonly isBehindServer: boolean;
}

export interface CmrServerConfig {
  readonly name: string;
  readonly mark: string;
  readonly address: string;
  readonly port: number;
  readonly timers: SipTimers;
  readonly mode: DeliveryMode | 'auto' | 'none';
  readonly services: readonly Service[];
  /** What each client is to hear and see while Client-B rings. */
  readonly resources: Readonly<Record<Leg, string>>;
  /** How loud Client-A's resource is in the mixture. */
  readonly mixedGainPercent: number;
  /** Where its picture goes while the parties see each other; null: nowhere. */
  readonly mixedRegion: Region | null;
  readonly policy: Policy;
  readonly switches: Switches;
  /** The longest a provisional response waits for a reservation (GAP-47). */
  readonly reservationWait: Micros;
  /** R-ES-09: early sessions offered to Client-A wait for its network, where its call does. */
  readonly earlyPreconditions: boolean;
  /** The key by which Client-A stops the ring; null: none does. */
  readonly stopDigit: string | null;
  /** How long Continue may keep Client-A's 200 back (GAP-48); null: as long as it takes. */
  readonly continueBudget: Micros | null;
  /** How long the ring goes on in the call (GAP-27); null: until something else ends it. */
  readonly continueMost: Micros | null;
  /** How often the Resource Server is asked for a sign of life while it mixes; null: never. */
  readonly auditEvery: Micros | null;
  readonly subscribers: readonly Subscriber[];
  /** Neighbours it reaches over TCP. */
  readonly streamPeers: readonly NodeId[];
  readonly resourceServer: {
    readonly node: NodeId;
    /** Of each CMR Resource by its name, for HTTP Mode. */
    readonly urls: Readonly<Record<string, string>>;
  } | null;
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
}

/** A message about to be forwarded to the other leg; a procedure may amend it, or hold it. */
export interface Onward {
  readonly towards: Leg;
  readonly status: number;
  headers: readonly Header[];
  bodies: readonly BodyPart[];
  otherBodies?: readonly OtherBody[];
  reliably: boolean;
  held: boolean;
  /** It carries the Resource Server's answer, by which the ring is heard. */
  ring?: true;
}

/** The INVITE on its way to Client-B, and what procedures add to it. */
export interface OnwardInvite {
  readonly request: SipRequest;
  readonly called: Subscriber;
  headers: readonly Header[];
  bodies: readonly BodyPart[];
  otherBodies?: readonly OtherBody[];
  held: boolean;
}

/** What a procedure adds to a PRACK for Client-B. */
export interface PrackAddition {
  readonly headers: readonly Header[];
  readonly bodies: readonly BodyPart[];
}

export const nothingMore: PrackAddition = Object.freeze({
  headers: Object.freeze([]),
  bodies: Object.freeze([]),
});

/** What has become of an early-session offer of this server: its usable answer, or none. */
export type EarlySession = 'not offered' | 'refused' | { readonly answer: SessionDescription };

/** Where the regular media of one leg go, as far as this server has it in its hands. */
export type MediaPlace =
  /** To the other party, as it described itself. */
  | { readonly kind: 'other party' }
  /** To the port from which the ring is played (Gateway Mode). */
  | { readonly kind: 'ring' }
  /** To the conference; `able` is what this server can agree to there, at its ports. */
  | { readonly kind: 'conference'; readonly able: SessionDescription };

/** An offer of this server's own on one leg: there is one at a time (R-OA-01). */
export interface OwnOffer {
  readonly method: 'INVITE' | 'UPDATE';
  /**
   * As meant; its o= line and the lines it must keep are added when it leaves. Null: the other
   * end is to offer, in its 2xx.
   */
  readonly offer: SessionDescription | null;
  /** Where the media of that leg go once it is accepted. */
  readonly place: MediaPlace['kind'];
  /** It passes on an offer of the other leg, which waits for the answer. */
  readonly relayed: boolean;
  state: 'waits' | 'asked' | 'waits to be repeated';
  /** Of the request it left with last; empty before it leaves. */
  branch: string;
  /** How often it may be made again (GAP-26 b). */
  readonly repeatsMost: number;
}

/** An offer of one of the parties in its dialog that waits for its answer. */
export interface Asked {
  readonly method: 'INVITE' | 'UPDATE' | 'PRACK';
  readonly branch: string;
  /** Null for a re-INVITE that leaves the offer to this server. */
  readonly offer: SessionDescription | null;
}

/** A 2xx with an offer that waits for its answer from the other leg, in the ACK (R-2XX-05). */
export interface LateAck {
  readonly leg: Leg;
  readonly sequence: number;
  readonly offer: SessionDescription;
}

/** What is kept at the CMR Resource Server for one leg of this call. */
export interface Ring {
  /** The Resource Server's answer or offer for the client; null while only asked for. */
  description: SessionDescription | null;
  /** The command to play it has been sent. */
  ordered: boolean;
  /** …and was refused, or never answered. */
  refused: boolean;
  /** It has been played to its end. */
  ended: boolean;
  /** Its hearer has pressed the key that stops it; Continue may not have come so far yet. */
  unwanted: boolean;
}

/** One attempt as the CMR Server sees it: two legs, and the procedures it follows. */
export interface CmrCall {
  /** Call-ID of leg A. */
  readonly id: string;
  readonly nodes: Readonly<Record<Leg, NodeId>>;
  /** Of the clients; that of Client-B may change while several ring. */
  readonly names: Record<Leg, string>;
  readonly following: { readonly procedure: ProcedureName; step: string }[];
  /** Call-ID of each leg; empty before there is one. */
  readonly callIds: Record<Leg, string>;
  /** Branch of the first INVITE of each leg; empty before there is one. */
  readonly branches: Record<Leg, string>;
  /** Place of each leg's dialog in `agent.dialogs`; −1 before it. */
  readonly dialogs: Record<Leg, number>;
  /** With SW-FORK-A: early dialogs of leg B by their place, and their To tags on leg A. */
  readonly shown: { readonly dialog: number; readonly tag: string }[];
  /** Newest session offer of Client-A that was not rejected (GAP-38). */
  lastOfferOfClientA: SessionDescription | null;
  /** Of Client-A the ring-back tone (CMRBT), of Client-B the ring tone (CMRT); GAP-46. */
  readonly rings: Record<Leg, Ring | null>;
  conference: {
    /** The leg whose client hears the ring in it. */
    readonly leg: Leg;
    readonly ports: ConferencePorts;
    readonly able: SessionDescription;
  } | null;
  /** What the Resource Server was told to mix; null before, and when it has let go. */
  mixing: 'ring and voices' | 'voices' | null;
  /** What was decided when Client-B answered (CON-SRV-01); null before. */
  decision: 'continue' | 'stop' | null;
  /** The ring tone goes on as well, by SW-CMRT-CONT. */
  ringToneContinues: boolean;
  /** CSeq numbers of INVITEs to Client-B whose 2xx is not acknowledged yet. */
  owedAcks: number[];
  /** The message kept back on its way to Client-A. */
  kept: Onward | null;
  /** Client-B has said that it rings: its 180 has come. */
  alerted: boolean;
  /** The response that brings the Resource Server's answer has left for Client-A. */
  ringAnswered: boolean;
  /** Client-A has been told the URL of the ring. */
  urlNamed: boolean;
  /** On their way to Client-A behind the one that is kept. */
  behindKept: Onward[];
  /** The INVITE for Client-B; null once it has left. */
  invite: OnwardInvite | null;
  /**
   * Client-B's last reliable response, whether its PRACK is still due, whether a procedure keeps
   * that back, and what it adds to it.
   */
  readonly prack: {
    response: SipResponse | null;
    /** Place of its dialog in `agent.dialogs`: there are several where leg B forks. */
    dialog: number;
    due: boolean;
    held: boolean;
    says: PrackAddition;
  };
  /** What Client-A was told last while it waits, and whether it is time to say it again. */
  ringing: { readonly said: Onward; due: boolean } | null;
  /** Responses on their way that wait for the PRACK of Client-A. */
  responsesWait: Onward[];
  readonly places: Record<Leg, MediaPlace>;
  readonly offers: Record<Leg, OwnOffer | null>;
  /** Offers that wait until the one before them is answered (R-OA-01). */
  readonly offersBehind: Record<Leg, OwnOffer[]>;
  readonly asked: Record<Leg, Asked | null>;
  lateAck: LateAck | null;
  /** The first answer Client-A got, which a 200 may repeat (GAP-07); null before it. */
  firstAnswerToClientA: SessionDescription | null;
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
    agent: newUserAgent(mark, address, port, timers, defects, {
      understands: ['100rel', 'early-session', 'precondition', 'timer'],
      streamPeers: config.streamPeers,
      sessionTimer: sessionTimerOf(config.switches),
    }),
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
    shown: [],
    lastOfferOfClientA: null,
    rings: { 'Client-A': null, 'Client-B': null },
    conference: null,
    mixing: null,
    decision: null,
    ringToneContinues: false,
    owedAcks: [],
    kept: null,
    alerted: false,
    ringAnswered: false,
    urlNamed: false,
    behindKept: [],
    invite: null,
    prack: { response: null, dialog: -1, due: false, held: false, says: nothingMore },
    ringing: null,
    responsesWait: [],
    places: { 'Client-A': { kind: 'other party' }, 'Client-B': { kind: 'other party' } },
    offers: { 'Client-A': null, 'Client-B': null },
    offersBehind: { 'Client-A': [], 'Client-B': [] },
    asked: { 'Client-A': null, 'Client-B': null },
    lateAck: null,
    firstAnswerToClientA: null,
    raised: [],
    over: false,
  };
}

/** SW-SE: whether the CMR Server asks for a session timer on its legs (GAP-39). */
function sessionTimerOf(switches: Switches): SessionTimerSetting {
  const asked = switches['SW-SE'];
  return { expires: asked === 'off' ? null : Number(asked), least: 90 };
}
