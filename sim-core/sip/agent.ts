import type { DefectName } from '../base/defects.ts';
import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';
import type { Dialog } from './dialog.ts';
import type { BodyPart, Header, OtherBody, SipRequest, SipResponse } from './message.ts';
import type { SessionTimerSetting } from './session-timer.ts';
import type { SipTimers } from './timers.ts';
import type { Transaction } from './transaction/transaction.ts';

/** What a user agent says of itself in one message. */
export interface Saying {
  readonly headers: readonly Header[];
  readonly bodies: readonly BodyPart[];
  /** Contact as printed, for the messages that must have one. */
  readonly contact: string | null;
  readonly otherBodies?: readonly OtherBody[];
}

/** A message that says no more than it must. */
export const sayingNothing: Saying = Object.freeze({
  headers: Object.freeze([]),
  bodies: Object.freeze([]),
  contact: null,
});

/** A provisional response sent reliably that waits for its PRACK (RFC 3262 §3). */
export interface UnacknowledgedProvisional {
  /** Branch of its INVITE. */
  readonly branch: string;
  readonly response: SipResponse;
  readonly sequence: number;
  retransmitAfter: Micros;
}

/** A 2xx to INVITE that waits for its ACK (RFC 3261 §13.3.1.4). */
export interface UnacknowledgedSuccess {
  /** Branch of its INVITE. */
  readonly branch: string;
  readonly peer: NodeId;
  readonly response: SipResponse;
  retransmitAfter: Micros;
}

/** A reliable provisional response that waits for the PRACK of the one before (R-PRK-05). */
export interface QueuedProvisional {
  /** Branch of its INVITE. */
  readonly branch: string;
  readonly status: number;
  readonly saying: Saying;
}

/** A re-INVITE or UPDATE that was refused for now, and is to be sent once more. */
export interface AwaitedRetry {
  /** Branch it had. */
  readonly branch: string;
  readonly request: SipRequest;
}

/** RFC 3261's layers of one node, as plain state: transactions, dialogs, what is repeated. */
export interface UserAgent {
  /** Leads its tags, branches and Call-IDs: `'a'`. */
  readonly mark: string;
  /** Host and port of its Via and Contact. */
  readonly sentBy: string;
  readonly host: string;
  readonly timers: SipTimers;
  /** Rules it is made to break; empty for every ordinary node. */
  readonly defects: readonly DefectName[];
  /** The same towards `streamPeers`. */
  readonly streamTimers: SipTimers;
  /** The neighbours it reaches over TCP. */
  readonly streamPeers: readonly NodeId[];
  /** Option tags it may be required to understand, lower case; null: any (R-MSG-10). */
  readonly understands: readonly string[] | null;
  /** What it wants of session timers; null: it does not support them. */
  readonly sessionTimer: SessionTimerSetting | null;
  transactions: Transaction[];
  dialogs: Dialog[];
  provisionals: UnacknowledgedProvisional[];
  queued: QueuedProvisional[];
  successes: UnacknowledgedSuccess[];
  retries: AwaitedRetry[];
  /** Branches of the refreshes it has sent by itself (RFC 4028 §7.4). */
  refreshes: string[];
  nextBranch: number;
  nextTag: number;
  nextCallId: number;
}

/**
 * What the transaction user hears of an input: at most one thing. Retransmissions, absorbed
 * copies, 100, and errors the dialog answers by itself never reach it.
 */
export type SipIndication =
  | {
      readonly kind: 'request';
      readonly request: SipRequest;
      readonly dialog: Dialog | null;
      /** To answer it; for a CANCEL, that of the INVITE it cancels. */
      readonly branch: string;
      readonly from: NodeId;
    }
  | {
      readonly kind: 'response';
      readonly response: SipResponse;
      readonly dialog: Dialog | null;
      readonly to: SipRequest;
      readonly branch: string;
    }
  | { readonly kind: 'ACK'; readonly ack: SipRequest; readonly dialog: Dialog }
  /** Timer B or F: as if a 408 had come (R-TX-04, R-TX-09). */
  | {
      readonly kind: 'no answer';
      readonly to: SipRequest;
      readonly dialog: Dialog | null;
      readonly branch: string;
    }
  /** The time to send a refused request once more has come (R-REI-04), if it is still wanted. */
  | {
      readonly kind: 'retry';
      readonly to: SipRequest;
      readonly dialog: Dialog;
      readonly branch: string;
    }
  /** Nobody has refreshed the session, or the refresh found it gone: it is to be ended. */
  | { readonly kind: 'session expired'; readonly dialog: Dialog }
  /** 64·T1 without PRACK (R-PRK-07) or ACK, of a 2xx (R-2XX-02) or a refusal (R-TX-11). */
  | {
      readonly kind: 'not acknowledged';
      readonly response: SipResponse;
      readonly dialog: Dialog | null;
      readonly branch: string;
    };
