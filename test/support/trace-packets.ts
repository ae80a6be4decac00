import { micros } from '../../sim-core/base/micros.ts';
import type { NodeId, Packet, UserAction } from '../../sim-core/kernel/node.ts';
import type { Medium, Note } from '../../sim-core/kernel/trace-record.ts';
import { ssrcOf, type MediaPacket } from '../../sim-core/media/media-packet.ts';
import type {
  Command,
  CommandMessage,
  Reply,
  ReplyMessage,
} from '../../sim-core/resource-control/control-message.ts';
import type {
  Direction,
  MediaDescription,
  SdpLine,
  SessionDescription,
} from '../../sim-core/sdp/session-description.ts';
import type {
  BodyPart,
  Header,
  Method,
  SipMessage,
  SipMessageFields,
  SipRequest,
} from '../../sim-core/sip/message.ts';
import type { Party } from '../../sim-core/trace/trace-header.ts';

/** The figure's four parties; their addresses are 10.0.0.1 (A), .2 (B), .3 (S) and .4 (R). */
const nodeIds: Readonly<Record<Party, number>> = { A: 0, B: 1, S: 2, R: 3 };
export const names: Readonly<Record<Party, string>> = {
  A: 'client-a',
  B: 'client-b',
  S: 'cmr-server',
  R: 'resource-server',
};
export const addresses: Readonly<Record<Party, string>> = {
  A: '10.0.0.1',
  B: '10.0.0.2',
  S: '10.0.0.3',
  R: '10.0.0.4',
};

export function nodeId(party: Party): NodeId {
  return nodeIds[party] as NodeId;
}

/** When a packet leaves and arrives, in ms; `arrives` null for a lost one. */
export interface Timing {
  readonly at: number;
  readonly arrives: number | null;
}

export interface Common extends Timing {
  /** The name of the move it follows from; of its second transmission: `'B 200 #1'`. */
  readonly cause?: string;
  /** Later transmissions of the same message. */
  readonly again?: readonly (Timing & { readonly cause?: string })[];
}

export interface SipMove extends Common {
  /** For a response: the name of the request it answers. */
  readonly answers?: string;
  /** For a request: its CSeq number; 1 without. */
  readonly cseq?: number;
  /** The request it belongs to, where that shares the branch: CANCEL, ACK of a refusal. */
  readonly like?: string;
  /** For a request outside a dialog. */
  readonly opens?: boolean;
  readonly sdp?: SessionDescription | null;
  readonly bodies?: readonly BodyPart[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whatever else is to be different: Via, Contact, tags, Max-Forwards. */
  readonly fields?: Partial<SipMessageFields & Pick<SipRequest, 'requestUri' | 'maxForwards'>>;
}

export interface MediaMove extends Common {
  readonly stream: string;
  readonly sources: readonly string[];
  readonly fromPort: number;
  readonly toPort: number;
  /** Its sender's own without. */
  readonly ssrc?: number;
  readonly csrc?: readonly number[];
}

export type Move =
  | { readonly kind: 'sip'; readonly what: Method | number; from: Party; to: Party; move: SipMove }
  | { readonly kind: 'packet'; from: Party; to: Party; packet: Packet; move: Common }
  | { readonly kind: 'note'; node: Party; note: Note; move: { at: number; cause?: string } }
  | { readonly kind: 'user'; node: Party; action: UserAction; move: { at: number } }
  | { readonly kind: 'timer'; node: Party; timer: string; move: { at: number } };

export function sipPacket(
  name: string,
  of: Extract<Move, { kind: 'sip' }>,
  moves: ReadonlyMap<string, Move>,
): SipMessage {
  const { what, from, to, move } = of;
  const leg = from === 'B' || to === 'B' ? 'b' : 'a';
  const fields = { ...dialogFields(leg, of), ...contents(move) };
  if (typeof what === 'string') {
    const branch = `z9hG4bK-${move.like ?? name}`;
    const cseq = { number: move.cseq ?? 1, method: what };
    const via = [{ sentBy: `${addresses[from]}:5060`, branch }];
    const requestUri = `sip:${addresses[to]}`;
    const common = { ...fields, via, cseq, label: what, maxForwards: 70, requestUri };
    return Object.freeze({ ...common, ...move.fields, kind: 'request', method: what });
  }
  const request = moves.get(move.answers ?? '');
  if (request?.kind !== 'sip' || typeof request.what !== 'string') {
    throw new Error(`${name} answers no request (${move.answers})`);
  }
  const number = move.cseq ?? request.move.cseq ?? 1;
  const branch = `z9hG4bK-${request.move.like ?? move.answers}`;
  const via = [{ sentBy: `${addresses[request.from]}:5060`, branch }];
  const cseq = { number, method: request.what };
  const common = { ...fields, via, cseq, label: String(what), status: what };
  const reason = reasons[what] ?? 'Reason';
  return Object.freeze({ ...common, ...move.fields, kind: 'response', reason });
}

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
};

/** Call-ID and tags: on leg A Client-A called, on leg B the CMR Server. */
function dialogFields(
  leg: 'a' | 'b',
  { what, from, to, move }: Extract<Move, { kind: 'sip' }>,
): Pick<SipMessageFields, 'protocol' | 'callId' | 'from' | 'to' | 'contact'> {
  const end = (party: Party) => ({ uri: `sip:${names[party]}@example`, tag: `${leg}-${party}` });
  // A response keeps From and To of its request.
  const [asking, asked] = typeof what === 'string' ? [from, to] : [to, from];
  const tagless = move.opens === true || what === 100;
  return {
    protocol: 'SIP',
    callId: `call-${leg}`,
    from: end(asking),
    to: tagless ? { ...end(asked), tag: null } : end(asked),
    contact: what === 'PRACK' ? null : `<sip:${addresses[from]}>`,
  };
}

function contents(move: SipMove): Pick<SipMessageFields, 'headers' | 'bodies'> {
  const headers: Header[] = Object.entries(move.headers ?? {});
  const given = move.sdp ? [{ disposition: 'session', description: move.sdp } as const] : [];
  return { headers, bodies: move.bodies ?? given };
}

export function commandPacket(command: Command, transaction: string): CommandMessage {
  return Object.freeze({
    protocol: 'resource control',
    label: command.kind,
    form: 'command',
    call: 'call-a',
    leg: 'Client-A',
    transaction: numberFor(transaction),
    command,
  });
}

export function replyPacket(of: Move, name: string, reply: Reply): ReplyMessage {
  if (of.kind !== 'packet') throw new Error(`${name} is no command`);
  const { command } = of.packet as CommandMessage;
  return Object.freeze({
    protocol: 'resource control',
    label: reply.kind === 'refused' ? 'refused' : 'ok',
    form: 'reply',
    call: 'call-a',
    leg: 'Client-A',
    transaction: numberFor(name),
    to: command.kind,
    reply,
  });
}

/** A transaction number of its own for every command's name. */
function numberFor(name: string): number {
  return Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

export function mediaPacket(from: Party, to: Party, medium: Medium, move: MediaMove): MediaPacket {
  return Object.freeze({
    protocol: 'RTP',
    label: medium,
    medium,
    stream: move.stream,
    codec: medium === 'audio' ? 'AMR-WB' : 'H264',
    from: { address: addresses[from], port: move.fromPort },
    to: { address: addresses[to], port: move.toPort },
    sources: move.sources.map((source) => ({ source, gainPercent: 100 })),
    ssrc: move.ssrc ?? ssrcOf({ address: addresses[from], port: move.fromPort }),
    csrc: move.csrc ?? [],
    payloadType: medium === 'audio' ? 96 : 99,
    clockRate: medium === 'audio' ? 16_000 : 90_000,
    packetTime: micros(medium === 'audio' ? 20_000 : 33_333),
  });
}

/** One m= section: `audioLine(4000, 'sendrecv')`. */
export function mediaLine(
  media: Medium,
  port: number,
  direction: Direction = 'sendrecv',
  formats: readonly string[] = media === 'audio' ? ['96', '101'] : ['99'],
  encodings: Readonly<Record<string, string>> = usualEncodings,
): MediaDescription {
  const maps: SdpLine[] = formats.map((format) => ['a', `rtpmap:${format} ${encodings[format]}`]);
  const lines: readonly SdpLine[] = [...maps, ['a', direction]];
  return { media, port, protocol: 'RTP/AVP', formats, lines };
}

const usualEncodings: Readonly<Record<string, string>> = {
  96: 'AMR-WB/16000',
  97: 'AMR/8000',
  99: 'H264/90000',
  101: 'telephone-event/16000',
};

/** A description; `origin` names its owner on that leg, `at` is where the media are received. */
export function session(
  origin: { readonly of: Party; readonly id: string; readonly version: number },
  at: string,
  media: readonly MediaDescription[],
): SessionDescription {
  const { of, id, version } = origin;
  return {
    origin: { userName: '-', sessionId: id, version, address: addresses[of] },
    sessionName: '-',
    lines: [
      ['c', `IN IP4 ${at}`],
      ['t', '0 0'],
    ],
    media,
  };
}
