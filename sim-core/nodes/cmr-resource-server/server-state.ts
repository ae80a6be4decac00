import type { DefectName } from '../../base/defects.ts';
import type { Micros } from '../../base/micros.ts';
import { httpPort } from '../../http/http-message.ts';
import { newHttpServer, type HttpServer, type ServedFile } from '../../http/serving.ts';
import type { Instant, NodeId } from '../../kernel/node.ts';
import type { Medium, MixingCell } from '../../kernel/trace-record.ts';
import { newMediaSession, type AddressBook, type MediaSession } from '../../media/media-session.ts';
import type {
  Command,
  ConferencePorts,
  Reply,
  ReplyMessage,
  RingingLeg,
} from '../../resource-control/control-message.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';

/** One CMR Resource as this server holds it. */
export interface HeldResource {
  readonly name: string;
  readonly media: readonly Medium[];
  /** How long it lasts, played once. */
  readonly duration: Micros;
  /** How it is handed out over HTTP. */
  readonly file: ServedFile;
}

export interface CmrResourceServerConfig {
  readonly name: string;
  readonly address: string;
  readonly resources: readonly HeldResource[];
  /** Its full capability; the ports it names are the first that are handed out. */
  readonly sdp: SessionDescription;
  readonly refuses: readonly Command['kind'][];
  /** How many rings and conferences it keeps at once; null: as many as come. */
  readonly capacity: number | null;
  /** Rules it is made to break (`base/defects.ts`). */
  readonly defects: readonly DefectName[];
  readonly addresses: AddressBook;
  /** Media travel packet by packet. */
  readonly packets: boolean;
}

/** Ports kept for one call's ring, and what was agreed about them. */
export interface Reservation {
  readonly resource: string;
  /** What this server can do at the ports it keeps. */
  readonly able: SessionDescription;
  /** What this server said of the ring, in an answer or in an offer. */
  readonly local: SessionDescription;
  /** What the client said; null while its answer is not known. */
  remote: SessionDescription | null;
}

/** Who hears whom in one call, and where each party is. */
export interface Conference {
  readonly ports: ConferencePorts;
  mixing: Mixing | null;
}

export interface Mixing {
  readonly clientA: string;
  readonly clientB: string;
  readonly offeredToA: SessionDescription;
  readonly offeredToB: SessionDescription;
  readonly towardsA: SessionDescription;
  readonly towardsB: SessionDescription;
  readonly cells: readonly MixingCell[];
}

/** All this server does for the ring of one leg of a call. */
export interface ServedCall {
  readonly call: string;
  readonly leg: RingingLeg;
  /** Who asked for it, and hears how it goes. */
  readonly askedBy: NodeId;
  reservation: Reservation | null;
  playing: boolean;
  /** It has come to its end, and does not loop. */
  ended: boolean;
  conference: Conference | null;
}

/** A command that is carried out when its processing time has passed. */
export interface AcceptedCommand {
  readonly call: string;
  readonly leg: RingingLeg;
  readonly from: NodeId;
  readonly command: Command;
  readonly reply: Reply;
  /** When it arrived. */
  readonly at: Instant;
}

/** Each CMR Server numbers its commands by itself, so that a number says nothing without it. */
export interface SentReply {
  readonly to: NodeId;
  readonly message: ReplyMessage;
}

export interface CmrResourceServerState {
  readonly config: CmrResourceServerConfig;
  readonly self: NodeId;
  readonly media: MediaSession;
  readonly http: HttpServer;
  readonly calls: ServedCall[];
  /** In the order of arrival; the timer `'own carry out'` of the first takes the first. */
  readonly accepted: AcceptedCommand[];
  /** The last replies, to be repeated to a command that arrives again. */
  replies: SentReply[];
  nextPort: number;
  nextCommand: number;
  nextNotice: number;
  /** SSRC and timestamp of the last key heard: its packets are many. */
  lastKey: string;
}

/** A copy of a command comes soon after it or never. */
export const repliesKept = 32;

export function newCmrResourceServer(
  self: NodeId,
  config: CmrResourceServerConfig,
): CmrResourceServerState {
  const ports = config.sdp.media.map(({ port }) => port).filter((port) => port > 0);
  return {
    config,
    self,
    media: newMediaSession(config.packets),
    http: newHttpServer(
      config.address,
      httpPort,
      config.resources.map(({ file }) => file),
    ),
    calls: [],
    accepted: [],
    replies: [],
    nextPort: ports[0] ?? 40_000,
    nextCommand: 1,
    nextNotice: 1,
    lastKey: '',
  };
}

/** What is done for that leg of the call; made when it is first asked for. */
export function servedCall(
  server: CmrResourceServerState,
  call: string,
  leg: RingingLeg,
  askedBy: NodeId,
): ServedCall {
  const known = server.calls.find((one) => one.call === call && one.leg === leg);
  if (known !== undefined) return known;
  const nothing = { reservation: null, playing: false, ended: false, conference: null };
  const fresh = { call, leg, askedBy, ...nothing };
  server.calls.push(fresh);
  return fresh;
}

/** An even port, as RTP has it (RFC 3550 §11). */
export function takePort(server: CmrResourceServerState): number {
  const port = server.nextPort;
  server.nextPort = port + 2 > 65_534 ? 10_000 : port + 2;
  return port;
}
