import { milliseconds, zeroMicros } from '../../../sim-core/base/micros.ts';
import {
  instant,
  nodeId,
  type Input,
  type Outbox,
  type Packet,
} from '../../../sim-core/kernel/node.ts';
import type { Note } from '../../../sim-core/kernel/trace-record.ts';
import type { MediaPacket } from '../../../sim-core/media/media-packet.ts';
import { cmrClient } from '../../../sim-core/nodes/cmr-client/cmr-client.ts';
import type {
  CmrClientConfig,
  CmrClientState,
} from '../../../sim-core/nodes/cmr-client/client-state.ts';
import { besideTheSession } from '../../../sim-core/sdp/early-session.ts';
import { parseSdp } from '../../../sim-core/sdp/parse-sdp.ts';
import type { SessionDescription } from '../../../sim-core/sdp/session-description.ts';
import { bodyPart, makeRequest, makeResponse } from '../../../sim-core/sip/making-messages.ts';
import {
  isSip,
  type BodyPart,
  type Header,
  type Method,
  type SipRequest,
  type SipResponse,
} from '../../../sim-core/sip/message.ts';
import { timersOf } from '../../../sim-core/sip/timers.ts';

/** One terminal without a network: what it is told goes in, what it sends is kept. */

export function sdpOf(address: string, port: number, ...media: readonly string[]) {
  const lines = [`v=0`, `o=- 71 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'];
  (media.length === 0 ? ['audio'] : media).forEach((medium, index) => {
    lines.push(`m=${medium} ${port + 2 * index} RTP/AVP ${medium === 'audio' ? '0' : '34'}`);
  });
  const reading = parseSdp(`${lines.join('\n')}\n`);
  if (!('description' in reading)) throw new Error(reading.problems[0]?.says);
  return reading.description;
}

const own = '192.0.2.17';
const sdp = sdpOf(own, 50_000, 'audio', 'video');
const server = nodeId(1);

const usual: CmrClientConfig = {
  name: 'client-a',
  mark: 'client-a',
  identity: 'sip:alice@home1.example',
  address: own,
  port: 5060,
  timers: timersOf('rfc3261'),
  supported: ['100rel', 'early-session'],
  allow: ['INVITE', 'ACK', 'CANCEL', 'BYE', 'PRACK', 'UPDATE'],
  earlyMedia: false,
  earlyMediaGate: 'open',
  contactParameters: '',
  headers: { invite: [], provisional: [], success: [] },
  sdp,
  earlySession: { answers: 'accept', sdp: besideTheSession(sdp) },
  earlyTail: 'rfc',
  alerting: {
    after: { least: milliseconds(0), most: milliseconds(0) },
    reliable: true,
    withAnswer: false,
    progress: null,
    progressAgain: null,
    autoAnswer: false,
    repeats: true,
    supported: null,
    playsMedia: false,
  },
  calling: { offer: true, media: null, prackOffer: 'none' },
  ringback: 'until-media',
  sourceFilter: 'none',
  defects: [],
  jitterBuffer: milliseconds(0),
  packets: false,
  alertInfo: 'play',
  httpPlay: 'complete',
  reservation: null,
  reactions: [],
  responds: [],
  sessionTimer: null,
  nextHop: server,
  streamPeers: [],
  addresses: { '198.51.100.6': nodeId(2), '203.0.113.9': nodeId(3) },
};

export interface LoneClient {
  readonly state: CmrClientState;
  readonly sent: Packet[];
  readonly notes: Note[];
  /** The timers that run, in the order of their starting. */
  readonly timers: string[];
  tell(input: Input): void;
  hear(packet: Packet): void;
  /** The last SIP message it sent. */
  lastSent(): SipRequest | SipResponse;
  /** What its party hears now, by name. */
  hears(): string[];
}

export function loneClient(change: Partial<CmrClientConfig> = {}): LoneClient {
  const state = cmrClient.init(nodeId(0), { ...usual, ...change });
  const sent: Packet[] = [];
  const notes: Note[] = [];
  const timers: string[] = [];
  const out: Outbox = {
    send: (packet) => void sent.push(packet),
    startTimer(timer) {
      out.stopTimer(timer);
      timers.push(timer);
    },
    stopTimer(timer) {
      if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
    },
    now: () => zeroMicros,
    instant: () => instant(0),
    draw: (least) => least,
    expectUser: () => undefined,
    forgetUser: () => undefined,
    note: (note) => void notes.push(note),
  };
  const tell = (input: Input): void => {
    if (input.kind === 'timer') out.stopTimer(input.timer);
    cmrClient.handle(state, input, out);
  };
  return {
    state,
    sent,
    notes,
    timers,
    tell,
    hear: (packet) => tell({ kind: 'packet', from: server, packet }),
    lastSent() {
      const last = sent.findLast(isSip);
      if (last === undefined) throw new Error('it has sent nothing');
      return last;
    },
    hears: () => state.perceives.audio.map(({ source }) => source),
  };
}

/** A terminal that has dialled; gives its INVITE. */
export function calling(client: LoneClient): SipRequest {
  client.tell({ kind: 'user', action: { kind: 'dial', target: 'sip:bob@home2.example' } });
  const invite = client.lastSent();
  if (invite.kind !== 'request') throw new Error('no INVITE');
  return invite;
}

/** A response of the other end, with the To tag `peer`. */
export function answering(
  request: SipRequest,
  status: number,
  bodies: readonly BodyPart[] = [],
  headers: readonly Header[] = [],
): SipResponse {
  return makeResponse(request, status, 'peer', '<sip:s@198.51.100.5>', headers, bodies);
}

export function reliably(sequence: number, ...more: readonly string[]): Header[] {
  return [
    ['Require', ['100rel', ...more].join(', ')],
    ['RSeq', String(sequence)],
  ];
}

/** A request of the other end; without a To tag it begins a call. */
export function asking(
  method: Method,
  sequence: number,
  toTag: string | null,
  bodies: readonly BodyPart[] = [],
  headers: readonly Header[] = [],
): SipRequest {
  return makeRequest({
    method,
    requestUri: 'sip:alice@192.0.2.17:5060',
    via: [{ sentBy: '198.51.100.5:5060', branch: `z9hG4bK-peer-${method}-${sequence}` }],
    from: { uri: 'sip:bob@home2.example', tag: 'peer' },
    to: { uri: 'sip:alice@home1.example', tag: toTag },
    callId: 'peer-call-1',
    sequence,
    contact: '<sip:s@198.51.100.5>',
    headers,
    bodies,
  });
}

/** Streams of that source to a port of the terminal; without a source they end. */
export function media(port: number, source: string | null): MediaPacket {
  return {
    protocol: 'RTP',
    label: 'audio',
    medium: 'audio',
    stream: `to ${port}`,
    codec: 'PCMU',
    ssrc: port,
    csrc: [],
    payloadType: 0,
    clockRate: 8_000,
    packetTime: milliseconds(20),
    from: { address: '198.51.100.6', port: 40_000 },
    to: { address: own, port },
    sources: source === null ? [] : [{ source, gainPercent: 100 }],
  };
}

export function portsOf(description: SessionDescription | null): number[] {
  return description?.media.map(({ port }) => port) ?? [];
}

/** A terminal that has been called, has answered, and whose 200 was acknowledged; gives its tag. */
export function inCall(client: LoneClient, more: readonly Header[] = []): string | null {
  const offer = bodyPart('session', sdpOf('203.0.113.9', 30_000, 'audio', 'video'));
  const allow: Header = ['Allow', 'INVITE, ACK, BYE, UPDATE, PRACK'];
  client.hear(asking('INVITE', 1, null, [offer], [allow, ...more]));
  client.tell({ kind: 'timer', timer: 'own alert' });
  client.tell({ kind: 'user', action: { kind: 'answer' } });
  const { tag } = client.lastSent().to;
  client.hear(asking('ACK', 1, tag));
  return tag;
}
