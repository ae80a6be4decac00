import { micros, milliseconds, plus, seconds, zeroMicros, type Micros } from '../base/micros.ts';

/** RFC 3261 App. A Table 4 and RFC 6026: the values all others follow from. */
export interface SipTimers {
  readonly T1: Micros;
  readonly T2: Micros;
  readonly T4: Micros;
  /** 64·T1: Timers B, F, H, L, M, and how long an unacknowledged response is repeated. */
  readonly giveUp: Micros;
  /** At least 32 s whatever T1 is (§17.1.1.2). */
  readonly D: Micros;
  readonly I: Micros;
  readonly J: Micros;
  readonly K: Micros;
  /** Whether the transaction layer repeats what the transport may lose: Timers A, E and G. */
  readonly repeats: boolean;
}

export type TimerProfile = 'rfc3261' | 'ims-ue';

/** Spec §5.1: the RFC's values, or those a 3GPP terminal uses towards its network. */
export function timersOf(profile: TimerProfile): SipTimers {
  return profile === 'rfc3261'
    ? sipTimers(milliseconds(500), seconds(4), seconds(5))
    : sipTimers(seconds(2), seconds(16), seconds(17));
}

/** Takes T1, T2 and T4 in µs; everything else follows. */
export function sipTimers(T1: Micros, T2: Micros, T4: Micros): SipTimers {
  const giveUp = micros(64 * T1);
  const D = giveUp > seconds(32) ? giveUp : seconds(32);
  return Object.freeze({ T1, T2, T4, giveUp, D, I: T4, J: giveUp, K: T4, repeats: true });
}

/**
 * The same over a transport that loses nothing: a transaction repeats nothing and lingers for
 * nothing. A 2xx and a reliable provisional response are repeated there too (§13.3.1.4).
 */
export function overReliableTransport(timers: SipTimers): SipTimers {
  const none = { D: zeroMicros, I: zeroMicros, J: zeroMicros, K: zeroMicros };
  return Object.freeze({ ...timers, ...none, repeats: false });
}

/** Twice as long, but never longer than `most`: Timers E, G and the 2xx (§17.1.2.2, §13.3.1.4). */
export function doubledUpTo(length: Micros, most: Micros): Micros {
  const doubled = plus(length, length);
  return doubled < most ? doubled : most;
}
