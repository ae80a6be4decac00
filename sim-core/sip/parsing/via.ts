import { trimWhite } from './characters.ts';
import type { HostKind } from './host.ts';
import {
  readParameters,
  type Parameter,
  type ParameterRule,
  type ParameterRules,
} from './parameters.ts';
import {
  complain,
  cut,
  endOfWord,
  endsWord,
  malformed,
  peek,
  readWanted,
  skip,
  take,
  type Reading,
} from './reading.ts';
import { readHostAndPort } from './sip-uri.ts';

/** One hop of a message (RFC 3261 §20.42). */
export interface ViaValue {
  /** `'SIP'`, `'2.0'` and `'UDP'` as written. */
  readonly protocol: string;
  readonly version: string;
  readonly transport: string;
  /** As written: `'host.example.com:5060'`. */
  readonly sentBy: string;
  /** An IPv6 address without its brackets. */
  readonly host: string;
  readonly hostKind: HostKind;
  readonly port: number | null;
  readonly parameters: readonly Parameter[];
  readonly offset: number;
  readonly length: number;
}

const viaRules: ParameterRules = new Map<string, ParameterRule>([
  ['ttl', 'time to live'],
  ['maddr', 'host'],
  ['received', 'address'],
  ['branch', 'token'],
  ['rport', 'digits or nothing'],
]);

const slash = 0x2f;
const colon = 0x3a;

/** `sent-protocol LWS sent-by *( SEMI via-params )`. Null where no protocol is to be seen. */
export function readVia(reading: Reading): ViaValue | null {
  const { text } = reading;
  const offset = reading.at;
  const protocol = readWanted(reading, 'a protocol as in SIP/2.0/UDP');
  if (protocol === null) return null;
  const version = readBehindSlash(reading, 'a protocol version');
  const transport = version === null ? null : readBehindSlash(reading, 'a transport');
  if (version === null || transport === null) return null;
  const protocolEnd = reading.at;
  skip(reading);
  if (reading.at === protocolEnd) {
    malformed(reading, protocolEnd, protocolEnd + 1, 'white space and a host follow the transport');
  }
  const hostAt = reading.at;
  const hostEnd = passSentBy(reading);
  const { host, hostKind, port } = readHostAndPort(reading, hostAt, hostEnd, true);
  const parameters = readParameters(reading, viaRules);
  const isOurs = protocol.toUpperCase() === 'SIP' && version === '2.0';
  if (!isOurs) {
    const says = `the hop speaks ${protocol}/${version}; this standard is SIP/2.0`;
    complain(reading, 'violation', offset, protocolEnd, says);
  }
  return {
    protocol,
    version,
    transport,
    sentBy: cut(reading, hostAt, hostEnd),
    host,
    hostKind,
    port,
    parameters,
    offset,
    length: trimWhite(text, offset, reading.at) - offset,
  };
}

function readBehindSlash(reading: Reading, what: string): string | null {
  if (take(reading, slash)) return readWanted(reading, what);
  malformed(reading, reading.at, endOfWord(reading), `expected / and ${what}`);
  return null;
}

/**
 * Passes `host [ COLON port ]`, which may have white space round its colon, and gives where it
 * ends.
 */
function passSentBy(reading: Reading): number {
  const { text } = reading;
  passWord(reading);
  const stop = reading.at;
  skip(reading);
  const isBeforeColon = peek(reading) === colon;
  const isBehindColon = text.charCodeAt(stop - 1) === colon;
  if (!isBeforeColon && !isBehindColon) {
    reading.at = stop;
    return stop;
  }
  if (isBeforeColon) {
    reading.at += 1;
    skip(reading);
  }
  passWord(reading);
  return reading.at;
}

function passWord(reading: Reading): void {
  while (reading.at < reading.end && !endsWord(reading.text.charCodeAt(reading.at))) {
    reading.at += 1;
  }
}
