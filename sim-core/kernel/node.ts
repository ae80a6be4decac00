import type { Brand } from '../base/brand.ts';
import type { Micros } from '../base/micros.ts';
import type { Note } from './trace-record.ts';

export type NodeId = Brand<number, 'NodeId'>;

/** Names a node by its place in the world. */
export function nodeId(place: number): NodeId {
  return place as NodeId;
}

/**
 * Names one timer of one node: an RFC letter and its owner, `'A z9hG4bK-a-1'`. A key that begins
 * with `'own '` is no timer of a standard but the node's own pace.
 */
export type TimerKey = string;

export function isOwnPace(timer: TimerKey): boolean {
  return timer.startsWith('own ');
}

export type Protocol =
  | 'SIP'
  | 'HTTP'
  /** What two machines say to each other so that HTTP gets through; no program hears of it. */
  | 'TCP'
  | 'resource control'
  /** The beginning, change or end of a stream. */
  | 'RTP'
  /** One packet of a stream, where a scenario asks for packets. */
  | 'RTP packet'
  | 'RTCP';

/** Media pass a node at once and leave it in order. */
export function isMediaProtocol(protocol: Protocol): boolean {
  return protocol === 'RTP' || protocol === 'RTP packet' || protocol === 'RTCP';
}

/** What travels: links, fault rules and the ladder read no more of it than this. */
export interface Packet {
  readonly protocol: Protocol;
  /** `'INVITE'`, `'180'`, `'reserve'`, `'audio'`: what a fault rule can name. */
  readonly label: string;
}

/** What a person does at a terminal. */
export type UserAction =
  | { readonly kind: 'dial'; readonly target: string }
  | { readonly kind: 'answer' }
  | { readonly kind: 'reject'; readonly status: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'hang up' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume' }
  /** A key of the telephone, told by INFO (RFC 6086) or in the audio (RFC 4733). */
  | { readonly kind: 'press'; readonly digit: string; readonly by: DigitCarrier }
  /** Turns the ringer off: nobody else hears of it. */
  | { readonly kind: 'silence' }
  /** Has the terminal negotiate anew, by either method. */
  | { readonly kind: 're-invite'; readonly offer: Renegotiation }
  | { readonly kind: 'update'; readonly offer: Renegotiation };

/** What takes a digit to the other end. */
export type DigitCarrier = 'info' | 'telephone-event';

/** What such a request offers: the media as they are, the same at other ports, or nothing. */
export type Renegotiation = 'as-before' | 'new-ports' | 'none';

export type Input =
  | { readonly kind: 'start' }
  | { readonly kind: 'packet'; readonly from: NodeId; readonly packet: Packet }
  | { readonly kind: 'timer'; readonly timer: TimerKey }
  | { readonly kind: 'user'; readonly action: UserAction };

/** A length of time of which only the bounds are known; the kernel asks the chooser. */
export interface Span {
  readonly least: Micros;
  readonly most: Micros;
}

/** An instant of which only one thing can be told: whether another one is the same. */
export type Instant = Brand<unknown, 'Instant'>;

export function instant(at: unknown): Instant {
  return at as Instant;
}

/**
 * Where a node writes what follows from one input, and asks for what the input does not say. What
 * it sends, and the timers it starts, take effect when its processing time has passed; what it
 * stops, stops at once.
 */
export interface Outbox {
  /** What the clock says. Whoever asks is seen to depend on it: a node that need not, does not. */
  now(): Micros;
  /** The instant, for those that only want to know what came together. */
  instant(): Instant;
  send(packet: Packet, to: NodeId): void;
  /**
   * Restarting a running timer replaces it. With `atMost` the length is anything from `after` to
   * there, as the chooser has it.
   */
  startTimer(timer: TimerKey, after: Micros, atMost?: Micros): void;
  stopTimer(timer: TimerKey): void;
  /**
   * A whole number from `least` to `most`, as the chooser has it: for what a standard leaves to
   * chance between bounds, as a back-off (RFC 3261 §14.1). Nothing else in a node is by chance.
   */
  draw(least: number, most: number): number;
  /** Lets this node's user act later; a user never acts sooner than `after.least`. */
  expectUser(action: UserAction, after: Span): void;
  /** Lets the user do none of what was expected of them: there is no occasion any more. */
  forgetUser(): void;
  /** Says in the trace what this input led to. */
  note(note: Note): void;
}

/** One thing that a node's state says, for people. */
export interface StateFact {
  readonly name: string;
  readonly value: string;
  /**
   * What names it in the trace: the subject of a note about a state, a timer's key, or
   * `'hears audio'`, `'mixing'`, `'procedure …'` after the kind of note; `'session of …'` with a
   * Call-ID, `'stream …'`, `'player of …'` after what packets carry; null where nothing does.
   */
  readonly subject: string | null;
}

/** Facts that belong together. */
export interface StateGroup {
  /** `'leg'`, `'call'`, `'media'`: what they are about. */
  readonly title: string;
  /** The neighbour they are about; null where they are about the node itself. */
  readonly peer: NodeId | null;
  readonly facts: readonly StateFact[];
}

/** The sans-IO contract of a node: inputs in, outputs out, time is asked for. */
export interface NodeBehaviour<State, Config> {
  readonly role: string;
  init(self: NodeId, config: Config): State;
  /**
   * Brings the lent state one input further. Reads nothing but its arguments, writes nothing
   * but `state` and `out`.
   */
  handle(state: State, input: Input, out: Outbox): void;
  /**
   * The node dies, and its memory with it: ends what the world would notice by itself, streams
   * that break off and sounds that end. Sends no message any more.
   */
  breakOff?(state: State, out: Outbox): void;
  /** What a node still holds when nothing is due any more, in words; empty where it is idle. */
  remains?(state: State): readonly string[];
  /** Its state in words, for people who look into a run; the run itself never asks. */
  inWords?(state: State): readonly StateGroup[];
}
