import { createRequire } from 'node:module';

/** Parsers of SIP and SDP by other people: judges, and company for the benchmarks. */

const require = createRequire(import.meta.url);

interface JsSipHeader {
  readonly branch?: string;
  readonly tag?: string;
}

interface JsSipMessage {
  readonly method?: string;
  readonly status_code?: number;
  readonly call_id?: string;
  readonly from_tag?: string;
  readonly to_tag?: string;
  readonly via_branch?: string;
  readonly cseq?: number;
  readonly body?: string;
  getHeaders(name: string): readonly string[];
  parseHeader(name: string): JsSipHeader | undefined;
  toString(): string;
}

interface JsSip {
  /** Undefined for what it does not take as a message. */
  parseMessage(text: string, agent: object): JsSipMessage | undefined;
}

interface SipAddress {
  readonly params: Readonly<Record<string, string | null>>;
}

interface SipMessage {
  readonly method?: string;
  readonly status?: number;
  readonly headers: {
    readonly from?: SipAddress;
    readonly to?: SipAddress;
    readonly via?: readonly SipAddress[];
    readonly cseq?: { readonly seq: number; readonly method: string };
    readonly 'call-id'?: string;
  };
  readonly content?: string;
}

interface SipPackage {
  /** Undefined for what it does not take as a message; some texts make it throw. */
  parse(text: string): SipMessage | undefined;
  stringify(message: SipMessage): string;
}

interface SipSdp {
  readonly o?: { readonly username: string; readonly id: string; readonly version: string };
  readonly m: readonly { readonly media: string; readonly port: number; readonly proto: string }[];
}

interface SipSdpPackage {
  parse(text: string): SipSdp;
}

export const jsSip = require('jssip/lib/Parser.js') as JsSip;
export const sip = require('sip') as SipPackage;
export const sipSdp = require('sip/sdp.js') as SipSdpPackage;

interface JsSipRequest {
  toString(): string;
}

interface JsSipMessages {
  readonly OutgoingRequest: { readonly prototype: JsSipRequest };
}

const { OutgoingRequest } = require('jssip/lib/SIPMessage.js') as JsSipMessages;

/**
 * A request as JsSIP is to send it: it joins header fields that are text already, and adds a few of
 * its own. It makes requests of its own user alone, so this one is put together from a text.
 */
export function jsSipRequest(text: string): JsSipRequest {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const [method, ruri] = start.split(' ');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    (headers[line.slice(0, colon)] ??= []).push(line.slice(colon + 1).trim());
  }
  const ua = { configuration: {}, contact: {} };
  const fields = { method, ruri, headers, body, ua, extraHeaders: [] };
  return Object.assign(Object.create(OutgoingRequest.prototype) as JsSipRequest, fields);
}
