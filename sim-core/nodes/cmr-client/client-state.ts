import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import type { NodeId, Outbox, Span, UserAction } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { newJitterBuffer, type JitterBuffer } from '../../media/jitter-buffer.ts';
import { newMediaSession, type AddressBook, type MediaSession } from '../../media/media-session.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { UserAgent } from '../../sip/agent.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { hostPort, type Header, type Method } from '../../sip/message.ts';
import type { SessionTimerSetting } from '../../sip/session-timer.ts';
import type { SipTimers } from '../../sip/timers.ts';
import { newUserAgent } from '../../sip/user-agent.ts';

/** What a user does some time after something happened to them. */
export interface Reaction {
  readonly since: 'invited' | 'ringing' | 'answered';
  readonly after: Span;
  readonly does: UserAction;
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
  readonly contactParameters: string;
  readonly headers: {
    readonly invite: readonly Header[];
    readonly provisional: readonly Header[];
    readonly success: readonly Header[];
  };
  readonly sdp: SessionDescription;
  readonly alerting: {
    readonly after: Span;
    readonly reliable: boolean;
    readonly withAnswer: boolean;
  };
  /** How long what arrives waits before it is heard, in µs. */
  readonly jitterBuffer: Micros;
  /** Media travel packet by packet. */
  readonly packets: boolean;
  readonly reactions: readonly Reaction[];
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
  phase: CallPhase;
  /** This end dialled. */
  isCaller: boolean;
  /** Branch of the call's first INVITE; empty before it. */
  inviteBranch: string;
  /** Place of the call's dialog in `agent.dialogs`; −1 before it. */
  dialog: number;
  /** The last direction P-Early-Media authorised, or null where none was given (R-PEM-06). */
  earlyMediaAuthorised: string | null;
  /** The user has answered, but a reliable provisional response still waits for its PRACK. */
  answerWaits: boolean;
  /** The agreed descriptions its streams follow; null while it sends nothing. */
  speaksBy: { readonly local: SessionDescription; readonly remote: SessionDescription } | null;
  /** What the party hears and sees now, as last said in the trace. */
  readonly perceives: Record<Medium, readonly HeardSource[]>;
}

export function newCmrClient(self: NodeId, config: CmrClientConfig): CmrClientState {
  const { mark, address, port, timers, defects } = config;
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
    phase: 'idle',
    isCaller: false,
    inviteBranch: '',
    dialog: -1,
    earlyMediaAuthorised: null,
    answerWaits: false,
    speaksBy: null,
    perceives: { audio: [], video: [] },
  };
}

/** The call is over for the person at the terminal, who has no occasion for anything in it. */
export function endCall(client: CmrClientState, out: Outbox): void {
  client.phase = 'over';
  out.forgetUser();
}

/** The call's dialog, or null before it. */
export function dialogOfCall({ agent, dialog }: CmrClientState): Dialog | null {
  return agent.dialogs[dialog] ?? null;
}

/** Contact as this terminal prints it. */
export function contactOf({ config }: CmrClientState): string {
  const user = config.identity.replace(/^sips?:/, '').split('@')[0] ?? '';
  return `<sip:${user}@${hostPort(config.address, config.port)}>${config.contactParameters}`;
}

/** Allow and Supported, which an INVITE and its 2xx should list (R-MSG-17). */
export function capabilityHeaders({ config }: CmrClientState): Header[] {
  const headers: Header[] = [['Allow', config.allow.join(', ')]];
  if (config.supported.length > 0) headers.push(['Supported', config.supported.join(', ')]);
  return headers;
}
