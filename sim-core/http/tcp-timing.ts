import { micros, seconds, type Micros } from '../base/micros.ts';

/** How long TCP takes over things. */

/** RFC 6298 §2.1: before a round trip is known. */
export const firstTimeout: Micros = seconds(1);

/** RFC 6298 §2.2 and §2.4: after the first round trip R, R + 4·R/2, and never below a second. */
export function retransmissionTimeout(roundTrip: number): Micros {
  return micros(Math.max(firstTimeout, 3 * roundTrip));
}

/** Patience of a terminal: to be connected, and then to hear the first of the response. */
export const connectPatience: Micros = seconds(10);
export const responsePatience: Micros = seconds(30);

/** How often a server sends the same thing again before it forgets the connection. */
export const repetitionsMost = 5;

/** How a body gets onto the wire. */
export interface Transfer {
  readonly octets: number;
  readonly bitsPerSecond: number;
  /** Begins with ten segments and doubles every round trip (RFC 5681, RFC 6928). */
  readonly slowStart: boolean;
  /** Somewhere in the middle nothing comes for so long. */
  readonly pause: Micros;
}

/** From the first octet of a body to its last, in µs, at the server. */
export function transferTime(transfer: Transfer, roundTrip: number): Micros {
  const { bitsPerSecond, slowStart, pause } = transfer;
  const onTheWire = (octets: number): number => Math.ceil((octets * 8_000_000) / bitsPerSecond);
  let left = transfer.octets;
  let window = slowStart ? initialWindow : Infinity;
  let waited = 0;
  // A window that takes a round trip or longer to send never runs out: its ACKs come in time.
  while (left > window && onTheWire(window) < roundTrip) {
    waited += roundTrip;
    left -= window;
    window *= 2;
  }
  return micros(waited + onTheWire(left) + pause);
}

/** RFC 6928: ten segments of 1460 octets. */
const initialWindow = 14_600;
