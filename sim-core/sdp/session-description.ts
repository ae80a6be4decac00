/** RFC 8866 as values: what the simulator computes with, in wire order, frozen when made. */

/** An SDP line after its first letter and equals sign: `['a', 'ptime:20']`. */
export type SdpLine = readonly [type: string, value: string];

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** RFC 8866 §5.2. RFC 3264 §8: one party keeps it for a whole dialog, but for the version. */
export interface Origin {
  readonly userName: string;
  readonly sessionId: string;
  readonly version: number;
  readonly address: string;
}

/** One m= section. */
export interface MediaDescription {
  readonly media: string;
  /** 0: the stream is refused or not wanted (RFC 3264 §6). */
  readonly port: number;
  readonly protocol: string;
  /** Payload types, most wanted first. */
  readonly formats: readonly string[];
  /** Every line of the section after m=, in wire order, c= included. */
  readonly lines: readonly SdpLine[];
}

export interface SessionDescription {
  readonly origin: Origin;
  readonly sessionName: string;
  /** Every session-level line after s=, in wire order, c= and t= included. */
  readonly lines: readonly SdpLine[];
  readonly media: readonly MediaDescription[];
}

/** What a=rtpmap says of a payload type. */
export interface Encoding {
  readonly name: string;
  readonly clockRate: number;
  /** Channels, as printed: `'1'`; null where the line has none. */
  readonly parameters: string | null;
}
