import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import { newHttpClient, type HttpClient } from '../../http/fetching.ts';
import type { NodeId, Outbox, Renegotiation, Span, UserAction } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { newJitterBuffer, type JitterBuffer } from '../../media/jitter-buffer.ts';
import { newMediaSession, type AddressBook, type MediaSession } from '../../media/media-session.ts';
import { makeSession } from '../../sdp/make-description.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { UserAgent } from '../../sip/agent.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hostPort, type Disposition, type Header, type Method } from '../../sip/message.ts';
import type { SessionTimerSetting } from '../../sip/session-timer.ts';
import type { SipTimers } from '../../sip/timers.ts';
import { newUserAgent } from '../../sip/user-agent.ts';
import type { EarlyMediaAuthorisation } from './early-media.ts';
import type { EarlySessionHabit } from './early-session.ts';
import type { HeldKey } from './key-events.ts';
import type { LeftPort } from './moved-media.ts';
import {
  newReservation,
  reserving,
  type Reservation,
  type ReservationSetting,
} from './reservation.ts';
import type { DelayedResponse, ResponseRule } from './responding.ts';

/** A terminal changes the session by itself: RFC 3261 §14.1, RFC 3311 §5.1. */
export type RenegotiatingAct = Extract<
  UserAction,
  { kind: 'hold' | 'resume' | 're-invite' | 'update' }
>;

/** What a user does some time after something happened to them. */
export interface Reaction {
  readonly since: 'invited' | 'ringing' | 'answered';
  readonly after: Span;
  readonly does: UserAction;
}

/** One provisional response: when after the INVITE, and how. */
export interface Progress {
  readonly after: Span;
  /** Sent reliably where the INVITE allows it (RFC 3262). */
  readonly reliable: boolean;
  /** With the answer, or a preview of it where it is not reliable (R-OA-05). */
  readonly withAnswer: boolean;
}

/** How a called terminal rings: its 180, and what comes before and after it. */
export interface Alerting extends Progress {
  /** A 183 before the 180; null for none. */
  readonly progress: Progress | null;
  /** When a second 183 follows the INVITE, as the first in all else; null for none. */
  readonly progressAgain: Span | null;
  /** Answers in place of ringing. */
  readonly autoAnswer: boolean;
  /** Says again that it rings (R-TX-20). */
  readonly repeats: boolean;
  /** Supported in its provisional responses, where that differs. */
  readonly supported: readonly string[] | null;
  /** Plays what reaches its regular ports while it rings (SW-GW-CMRT). */
  readonly playsMedia: boolean;
}

/** How a terminal calls. */
export interface Calling {
  /** The INVITE has the offer; otherwise the other end makes it (R-OA-20). */
  readonly offer: boolean;
  /** Of its media, those it offers there; null: all of them. */
  readonly media: readonly Medium[] | null;
  /** What the PRACK of a response with the answer offers anew (RFC 3262 §5). */
  readonly prackOffer: Renegotiation;
}

/** A terminal: what it is, what it can do, what its user will do. Never changes in a run. */
export interface CmrClientConfig {
  readonly name: string;
  /** Leads its tags and branches. */
  readonly mark: string;
  readonly identity: string;
  readonly address: string;
  readonly port: number;
  readonly timers: SipTimers;
  readonly supported: readonly string[];
  readonly allow: readonly Method[];
  readonly earlyMedia: boolean;
  readonly earlyMediaGate: 'open' | 'closed';
  readonly contactParameters: string;
  readonly headers: {
    readonly invite: readonly Header[];
    readonly provisional: readonly Header[];
    readonly success: readonly Header[];
  };
  readonly sdp: SessionDescription;
  /** How it takes an early-session offer, and what it can do there, at ports of its own. */
  readonly earlySession: { readonly answers: EarlySessionHabit; readonly sdp: SessionDescription };
  /** GAP-17: whether a caller lets the early session live on after the answer. */
  readonly earlyTail: 'rfc' | 'until-first-regular-rtp';
  readonly alerting: Alerting;
  readonly calling: Calling;
  /** R-EM-04: whether an early session alone keeps a caller from ringing by itself. */
  readonly ringback: 'until-media' | 'until-early-session';
  /** SW-A-SOURCE-FILTER: whether it takes media from whoever sends them, or from its peer only. */
  readonly sourceFilter: 'none' | 'sdp-remote';
  /** How long what arrives waits before it is heard, in µs. */
  readonly jitterBuffer: Micros;
  /** Media travel packet by packet. */
  readonly packets: boolean;
  /** Whether it fetches and plays what Alert-Info names. */
  readonly alertInfo: 'play' | 'ignore';
  /** SW-HTTP-PLAY: from the last octet on, or from the first. */
  readonly httpPlay: 'complete' | 'progressive';
  /** SW-PRECOND: what it needs reserved before anybody is disturbed; null: nothing. */
  readonly reservation: ReservationSetting | null;
  readonly reactions: readonly Reaction[];
  /** How it answers against its habit. */
  readonly responds: readonly ResponseRule[];
  /** Where its requests go: its CMR Server. */
  readonly nextHop: NodeId;
  /** What it wants of session timers (RFC 4028); null: it does not support them. */
  readonly sessionTimer: SessionTimerSetting | null;
  /** Neighbours it reaches over TCP. */
  readonly streamPeers: readonly NodeId[];
  readonly addresses: AddressBook;
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
}

/** Where the call stands for the person at the terminal. */
export type CallPhase =
  'idle' | 'calling' | 'hearing ringback' | 'invited' | 'alerting' | 'in call' | 'over';

export interface CmrClientState {
  readonly config: CmrClientConfig;
  readonly self: NodeId;
  readonly agent: UserAgent;
  readonly media: MediaSession;
  readonly buffer: JitterBuffer;
  readonly http: HttpClient;
  phase: CallPhase;
  /** This end dialled. */
  isCaller: boolean;
  /** Branch of the call's first INVITE; empty before it. */
  inviteBranch: string;
  /** Place of the call's dialog in `agent.dialogs`; −1 before it. */
  dialog: number;
  /** What P-Early-Media has authorised last, dialog by dialog (R-PEM-06). */
  readonly authorised: EarlyMediaAuthorisation[];
  /** Keys that are told by telephone-event now. */
  readonly keys: HeldKey[];
  /** The user has turned the ringer off. */
  silenced: boolean;
  /** The user has answered, but a reliable provisional response still waits for its PRACK. */
  answerWaits: boolean;
  /** What its reliable provisional responses have described already. */
  readonly said: Disposition[];
  /** What it is able to do now: its capability, at the ports it has moved to. */
  able: SessionDescription;
  onHold: boolean;
  /** Changes of the session that the user wants and that have to wait, the first before others. */
  wishes: RenegotiatingAct[];
  /** What is reserved in the networks of both ends; null where nothing needs to be. */
  readonly reservation: Reservation | null;
  /** How often each of `config.responds` has matched. */
  readonly ruleUses: number[];
  readonly delayed: DelayedResponse[];
  /** The call is answered, and the early session is rendered all the same (SW-ES-TAIL). */
  earlyTail: boolean;
  /** What it said of its media in the last agreement; null before there is one. */
  agreed: SessionDescription | null;
  /** Where it listened before that, and still does. */
  leftPorts: readonly LeftPort[];
  /** The agreed descriptions its streams follow, local before remote; none while it is silent. */
  speaksBy: readonly SessionDescription[];
  /** P-Early-Media had a say in what it sends. */
  wasGated: boolean;
  /** What the party hears and sees now, as last said in the trace. */
  readonly perceives: Record<Medium, readonly HeardSource[]>;
}

export function newCmrClient(self: NodeId, config: CmrClientConfig): CmrClientState {
  const { mark, address, port, timers, defects } = config;
  const reservation = newReservation(config.reservation);
  return {
    config,
    self,
    agent: newUserAgent(mark, address, port, timers, defects, {
      understands: config.supported.map((tag) => tag.toLowerCase()),
      streamPeers: config.streamPeers,
      ...(config.sessionTimer === null ? {} : { sessionTimer: config.sessionTimer }),
    }),
    media: newMediaSession(config.packets),
    buffer: newJitterBuffer(config.jitterBuffer, config.packets),
    http: newHttpClient(self, config.address, config.addresses),
    phase: 'idle',
    isCaller: false,
    inviteBranch: '',
    dialog: -1,
    authorised: [],
    keys: [],
    silenced: false,
    answerWaits: false,
    said: [],
    able: reserving(config.sdp, config.reservation, reservation),
    onHold: false,
    wishes: [],
    reservation,
    ruleUses: config.responds.map(() => 0),
    delayed: [],
    earlyTail: false,
    agreed: null,
    leftPorts: [],
    speaksBy: [],
    wasGated: false,
    perceives: { audio: [], video: [] },
  };
}

/** The call is over for the person at the terminal, who has no occasion for anything in it. */
export function endCall(client: CmrClientState, out: Outbox): void {
  client.phase = 'over';
  client.wishes = [];
  out.forgetUser();
  stopRingingTimers(out);
}

export const ringingTimers = {
  progress: 'own progress',
  progressAgain: 'own progress again',
  alert: 'own alert',
  again: 'own ringing again',
} as const;

export function stopRingingTimers(out: Outbox): void {
  for (const timer of Object.values(ringingTimers)) out.stopTimer(timer);
}

/** The call's dialog, or null before it. */
export function dialogOfCall({ agent, dialog }: CmrClientState): Dialog | null {
  return agent.dialogs[dialog] ?? null;
}

/** What its INVITE offers; null where it leaves the offer to the other end. */
export function firstOffer({ able, config }: CmrClientState): SessionDescription | null {
  const { offer, media } = config.calling;
  if (!offer || media === null) return offer ? able : null;
  const lines = able.media.filter((line) => media.some((medium) => line.media === medium));
  return makeSession(able.origin, able.sessionName, able.lines, Object.freeze(lines));
}

/** Contact as this terminal prints it. */
export function contactOf({ config }: CmrClientState): string {
  const user = config.identity.replace(/^sips?:/, '').split('@')[0] ?? '';
  return `<sip:${user}@${hostPort(config.address, config.port)}>${config.contactParameters}`;
}

/** Allow and Supported, which an INVITE and its 2xx should list (R-MSG-17). */
export function capabilityHeaders(
  { config }: CmrClientState,
  supported: readonly string[] = config.supported,
): Header[] {
  const headers: Header[] = [['Allow', config.allow.join(', ')]];
  if (supported.length > 0) headers.push(['Supported', supported.join(', ')]);
  return headers;
}

/** Supported in the first message of a call; with the defect it lacks early-session. */
export function firstSupported({ config }: CmrClientState): readonly string[] {
  if (!config.defects.includes('forgets-early-session')) return config.supported;
  return config.supported.filter((tag) => tag.toLowerCase() !== 'early-session');
}
