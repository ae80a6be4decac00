import type { ClauseId } from '../base/clause-id.ts';
import type { DefectName } from '../base/defects.ts';
import type { Micros } from '../base/micros.ts';
import type { Ratio } from '../base/ratio.ts';
import type { Profile, SwitchName } from '../base/switches.ts';
import type { CallOutcome } from '../conformance/call-outcome.ts';
import type { ServedFile } from '../http/serving.ts';
import type { Span, UserAction } from '../kernel/node.ts';
import type { Medium } from '../kernel/trace-record.ts';
import type { Alerting, Calling } from '../nodes/cmr-client/client-state.ts';
import type { EarlySessionHabit } from '../nodes/cmr-client/early-session.ts';
import type { ResponseRule } from '../nodes/cmr-client/responding.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import type { Header, Method } from '../sip/message.ts';
import type { SessionTimerSetting } from '../sip/session-timer.ts';

/** A time in which a node is not there: docs/scenario-format.md says what it loses. */
export type OutageSetting =
  | {
      readonly kind: 'crash' | 'freeze';
      readonly at: Micros;
      /** Null: for the rest of the run. */
      readonly for: Micros | null;
    }
  | { readonly kind: 'clock-jump'; readonly at: Micros; readonly by: Micros };

/** What holds of any node. */
interface AnyNode {
  readonly name: string;
  /** IP address. */
  readonly address: string;
  readonly port: number;
  /** Between the arrival of a message and the reaction's departure. */
  readonly processing: Micros;
  /** Other times for some kinds of message, by label. */
  readonly processingOf?: Readonly<Record<string, Micros>>;
  readonly outages?: readonly OutageSetting[];
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
}

/** What a terminal can do and says of itself. */
export interface ClientSetting extends AnyNode {
  readonly role: 'cmr-client';
  readonly party: 'A' | 'B';
  /** Address of record: `'sip:alice@home1.example'`. */
  readonly identity: string;
  /** Option tags of its Supported header field. */
  readonly supported: readonly string[];
  readonly allow: readonly Method[];
  /** Puts `P-Early-Media: supported` into its INVITE and obeys the header field (RFC 5009). */
  readonly earlyMedia: boolean;
  /** Its gate for early media while no P-Early-Media has come (R-PEM-08: a local matter). */
  readonly earlyMediaGate: 'open' | 'closed';
  /** Parameters after its Contact URI, as printed, `;`-led; empty for none. */
  readonly contactParameters: string;
  /** More header fields, as printed, by the message that carries them. */
  readonly headers: {
    readonly invite: readonly Header[];
    readonly provisional: readonly Header[];
    readonly success: readonly Header[];
  };
  /** Its full capability, as it would offer it: ports, formats and attributes in its own order. */
  readonly sdp: SessionDescription;
  /** Whole seconds; null where it does not support session timers. */
  readonly sessionTimer: SessionTimerSetting | null;
  /** How it takes an early-session offer, and its capability there, at other ports. */
  readonly earlySession: { readonly answers: EarlySessionHabit; readonly sdp: SessionDescription };
  readonly alerting: Alerting;
  readonly calling: Calling;
  /** With SW-PRECOND: how long its network takes to reserve, and whether it can. */
  readonly reservation: {
    readonly after: Span;
    readonly earlySession: Span;
    readonly fails: boolean;
  };
  /** R-EM-04: whether an early session alone keeps a caller from ringing by itself. */
  readonly ringback: 'until-media' | 'until-early-session';
  /** How long what arrives waits before it is heard. */
  readonly jitterBuffer: Micros;
  /** Whether it fetches and plays what Alert-Info names. */
  readonly alertInfo: 'play' | 'ignore';
  /** How it answers against its habit. */
  readonly responds: readonly ResponseRule[];
}

/** GAP-30: the operator's rule, the subscriber's preference, and what holds without either. */
export interface Policy {
  readonly operator: 'allow' | 'deny';
  readonly subscriber: 'continue' | 'stop' | 'no preference';
  readonly otherwise: 'continue' | 'stop';
}

export interface CmrServerSetting extends AnyNode {
  readonly role: 'cmr-server';
  /** How resources are delivered; `'none'`: the call is relayed as it is. */
  readonly mode: 'application-server' | 'gateway' | 'http' | 'auto' | 'none';
  /** Whom it rings: the caller by ring-back tones, the called party by ring tones. */
  readonly services: readonly ('cmrbt' | 'cmrt')[];
  /** The CMR Resource the called party's subscriber chose as ring-back tone. */
  readonly resource: string;
  /** …and the one that is to be the ring tone. */
  readonly ringTone: string;
  readonly policy: Policy;
  /** With SW-PRECOND: whether early sessions offered to a caller wait for its network. */
  readonly earlyPreconditions: boolean;
  /** The key by which the caller stops the ring; null: none does. */
  readonly stopDigit: string | null;
  /** How often it asks the Resource Server for a sign of life while it mixes; null: never. */
  readonly auditEvery: Micros | null;
}

export interface CmrResource {
  readonly name: string;
  readonly media: readonly Medium[];
  /** It is played again from the start for as long as it is wanted. */
  readonly duration: Micros;
  /** How loud it is under the voices while it is mixed. */
  readonly mixedGainPercent: number;
  /** Whether its picture is put into the other party's, or gives way to it. */
  readonly mixedPicture: 'gives way' | 'corner';
  readonly url: string;
  /** How it is handed out over HTTP. */
  readonly file: ServedFile;
}

export interface ResourceServerSetting extends AnyNode {
  readonly role: 'cmr-resource-server';
  readonly resources: readonly CmrResource[];
  /** Its full capability, as it would offer it; its ports are counted on from the first. */
  readonly sdp: SessionDescription;
  /** Commands it refuses, to see what the CMR Server does then. */
  readonly refuses: readonly ('reserve' | 'renegotiate' | 'play' | 'allocate conference' | 'mix')[];
  /** How many rings and conferences it keeps at once; null: as many as come. */
  readonly capacity: number | null;
}

export interface ProxySetting extends AnyNode {
  readonly role: 'proxy';
  /** Names of the nodes an INVITE to a person goes to. */
  readonly targets: readonly string[];
  readonly timerC: Micros;
  /** Null: all targets at once. */
  readonly ringTime: Micros | null;
  /** Names of header fields it takes out of responses. */
  readonly strips: readonly string[];
}

export type NodeSetting = ClientSetting | CmrServerSetting | ResourceServerSetting | ProxySetting;

export interface LinkSetting {
  readonly name: string;
  readonly between: readonly [string, string];
  /** One way. */
  readonly latency: Span;
  readonly loss: Ratio;
  /** Instead of `loss`, where losses come in bursts. */
  readonly burst?: {
    readonly toBad: Ratio;
    readonly toGood: Ratio;
    readonly whenBad: Ratio;
    readonly whenGood: Ratio;
  };
  /** Bits per second each way, and how long a datagram may wait; without limit when left out. */
  readonly bandwidth?: { readonly bitsPerSecond: number; readonly queue: Micros };
  /** What carries SIP; UDP when left out. */
  readonly transport?: 'udp' | 'tcp';
  readonly duplicate: Ratio;
  /** A packet may overtake an earlier one. */
  readonly mayReorder: boolean;
}

/** A rule for people: "drop the 1st 200 of client-b". The first rule that matches decides. */
export interface FaultSetting {
  readonly does:
    | { readonly kind: 'drop' }
    /** It arrives as octets that nobody can read. */
    | { readonly kind: 'corrupt' }
    | { readonly kind: 'delay'; readonly by: Micros }
    | { readonly kind: 'duplicate'; readonly after: Micros }
    /** A part of it is falsified on the way; a key of `changeableParts`. */
    | { readonly kind: 'change'; readonly part: string };
  /** Method, status code with or without the method it answers, command, medium, or a class. */
  readonly message: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Whatever passes between the two. */
  readonly eitherWay?: boolean;
  /** Counted from 1 over matching packets; empty: every one. */
  readonly occurrences: readonly number[];
  /** Only what is sent in this time; at any time when left out. */
  readonly during?: { readonly from: Micros; readonly until: Micros };
}

/** When a scripted user acts: at an instant, or some time after something happened to them. */
export type Moment =
  | { readonly kind: 'at'; readonly at: Micros }
  | {
      readonly kind: 'after';
      readonly after: Span;
      /** `invited`: the INVITE arrived; `ringing`: 180 sent or received; `answered`: confirmed. */
      readonly since: 'invited' | 'ringing' | 'answered';
    };

export interface ScriptedAct {
  readonly who: string;
  readonly does: UserAction;
  readonly when: Moment;
}

export type { CallOutcome };

/** What the author expects; the run is compared with it. */
export interface ExpectedRange {
  readonly least: number;
  readonly most: number;
}

export interface Expectations {
  readonly outcome: CallOutcome | null;
  /** Expected verdicts other than the usual "not violated". */
  readonly verdicts: Readonly<Record<string, 'satisfied' | 'violated' | 'not exercised'>>;
  /** Exact values: µs for times, counts for counts; null: the metric must not apply. */
  /** By name, in the metric's own unit: exactly where both ends are equal. */
  readonly metrics: Readonly<Record<string, ExpectedRange | null>>;
  /** Exactly these warning codes, when given. */
  readonly warnings: readonly string[] | null;
}

/** A scenario file, read: inputs only. Every arrow is computed. */
export interface Scenario {
  readonly title: string;
  readonly description: string;
  /** The clauses this scenario is meant to show. */
  readonly shows: readonly ClauseId[];
  readonly seed: number;
  /** The run ends here at the latest. */
  readonly until: Micros;
  /** Whether media travel as beginnings, changes and ends only, or in packets as well. */
  readonly media: 'streams' | 'packets';
  readonly profile: Profile;
  readonly switches: Readonly<Partial<Record<SwitchName, string>>>;
  readonly nodes: readonly NodeSetting[];
  readonly links: readonly LinkSetting[];
  readonly faults: readonly FaultSetting[];
  readonly script: readonly ScriptedAct[];
  readonly expect: Expectations;
}
