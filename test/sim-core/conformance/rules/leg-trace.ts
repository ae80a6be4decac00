import type { Method } from '../../../../sim-core/sip/message.ts';
import { traceBuilder, type TraceBuilder } from '../../../support/trace-builder.ts';
import { addresses, mediaLine, session, type SipMove } from '../../../support/trace-packets.ts';

/** One message of leg A: who sends it, what it is, and what else there is to say of it. */
export type Step = readonly [
  from: 'A' | 'S',
  what: Method | number,
  more?: Partial<SipMove> & { readonly name?: string },
];

/**
 * A conversation of Client-A and the CMR Server, one message every 100 ms, each 40 ms under way.
 * Responses answer the other end's last request but PRACK and ACK, unless they say which.
 */
export function leg(...steps: readonly Step[]): TraceBuilder {
  const trace = traceBuilder();
  const lastRequest = { A: '', S: '' };
  const counts = { A: 0, S: 0 };
  let at = 0;
  for (const [from, what, more = {}] of steps) {
    at += 100;
    const { name = `${from} ${what}`, ...rest } = more;
    const to = from === 'A' ? 'S' : 'A';
    const request = typeof what === 'string';
    if (request && what !== 'ACK' && what !== 'CANCEL') counts[from] += 1;
    const fields = request ? { cseq: counts[from] } : { answers: lastRequest[to] };
    trace.sip(from, to, what, { at, arrives: at + 40, ...fields, ...rest }, name);
    if (request && what !== 'PRACK' && what !== 'ACK') lastRequest[from] = name;
    if (what === 'PRACK') lastRequest[from] = name;
  }
  return trace;
}

/** Capabilities that an INVITE lists. */
export const capable = {
  Supported: '100rel, early-session',
  Allow: 'INVITE, ACK, CANCEL, BYE, PRACK, UPDATE',
};

export const reliable = (sequence: number) => ({
  Require: '100rel',
  RSeq: String(sequence),
  Allow: 'INVITE, ACK, BYE, PRACK, UPDATE',
});

export const rack = (sequence: number) => ({ RAck: `${sequence} 1 INVITE` });

/** Descriptions of leg A: Client-A's at 4000, the CMR Server's at 6000. */
export function ofA(version = 1, ...media: Parameters<typeof mediaLine>[]) {
  const lines = media.length === 0 ? [mediaLine('audio', 4_000)] : media.map(line);
  return session({ of: 'A', id: '100', version }, addresses.A, lines);
}

export function ofS(version = 1, ...media: Parameters<typeof mediaLine>[]) {
  const lines = media.length === 0 ? [mediaLine('audio', 6_000)] : media.map(line);
  return session({ of: 'S', id: '700', version }, addresses.R, lines);
}

function line(of: Parameters<typeof mediaLine>) {
  return mediaLine(...of);
}

export const invite = (more: Partial<SipMove> = {}): Step => [
  'A',
  'INVITE',
  { opens: true, sdp: ofA(), headers: capable, ...more },
];

/** INVITE with an offer, a reliable 183 with the answer, its PRACK. */
export const answeredEarly: readonly Step[] = [
  invite(),
  ['S', 183, { answers: 'A INVITE', sdp: ofS(), headers: reliable(1) }],
  ['A', 'PRACK', { headers: rack(1) }],
  ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK' }],
];

export const answered: readonly Step[] = [
  ...answeredEarly,
  ['S', 200, { answers: 'A INVITE', headers: { Allow: 'UPDATE' } }],
  ['A', 'ACK', { cseq: 1 }],
];
