import type { NodeId } from '../kernel/node.ts';
import type { Disposition, Header, NameAddr, SipMessage, SipRequest } from './message.ts';
import { headerTokens, headerValue } from './message.ts';
import { newOfferAnswer, type OfferAnswer } from './offer-answer.ts';
import type { SessionTimer } from './session-timer.ts';

export type DialogState = 'early' | 'confirmed' | 'terminated';

/** RFC 3261 §12: a peer relation, named by Call-ID and two tags. */
export interface Dialog {
  readonly callId: string;
  readonly local: NameAddr;
  readonly remote: NameAddr;
  /** The next node towards the other end. */
  readonly peer: NodeId;
  /** This end sent the INVITE and so owns the Call-ID (RFC 3261 §14.1). */
  readonly initiator: boolean;
  /** CSeq number of the INVITE that made it. */
  readonly inviteSequence: number;
  state: DialogState;
  /** CSeq number of this end's last request. */
  localSequence: number;
  /** CSeq number of the other end's last request; null before its first. */
  remoteSequence: number | null;
  /** URI of the other end's Contact. */
  remoteTarget: string;
  /** URIs of the proxies that recorded their route, the nearest first (R-DLG-05). */
  routeSet: readonly string[];
  /** Methods the other end listed in Allow, lower case; empty while it has not said. */
  peerAllows: readonly string[];
  /** INFO packages the other end listed in Recv-Info, lower case (RFC 6086 §5). */
  peerTakes: readonly string[];
  readonly offerAnswer: Readonly<Record<Disposition, OfferAnswer>>;
  /** RSeq of the last provisional response taken in order; 0 before the first (R-PRK-11). */
  lastReliable: number;
  /** Header fields of a BYE that waits for the ACK (R-DLG-11); null where none waits. */
  byeWaits: readonly Header[] | null;
  /** CSeq number of the last INVITE of this end that a 2xx answered; 0 before the first. */
  lastSuccess: number;
  /** This end's Contact, as it said it. */
  localContact: string | null;
  /** Min-SE of the INVITE, which a 422 may have raised, in whole seconds; 0: it had none. */
  readonly leastInterval: number;
  /** RFC 4028; null: the session runs without limit. */
  sessionTimer: SessionTimer | null;
  /** How often its last re-INVITE or UPDATE was sent again after a refusal (R-REI-04). */
  retries: number;
  /** The ACKs sent to 2xx responses, to be sent again when the 2xx is (R-2XX-04). */
  readonly acks: SipRequest[];
}

/** The dialog an incoming request belongs to, or null. */
export function dialogOfRequest(dialogs: readonly Dialog[], request: SipRequest): Dialog | null {
  return dialogOf(dialogs, request.callId, request.to.tag, request.from.tag);
}

export function dialogOf(
  dialogs: readonly Dialog[],
  callId: string,
  localTag: string | null,
  remoteTag: string | null,
): Dialog | null {
  for (const one of dialogs) {
    if (one.callId !== callId || one.local.tag !== localTag) continue;
    if (one.remote.tag === remoteTag) return one;
  }
  return null;
}

/** The dialog a UAC gets from a response with a To tag (RFC 3261 §12.1.2). */
export function dialogOfUac(
  request: SipRequest,
  response: SipMessage,
  peer: NodeId,
  state: DialogState,
): Dialog {
  const sequence = request.cseq.number;
  return {
    ...dialogBetween(request.callId, response.from, response.to, peer, state, sequence),
    initiator: true,
    localContact: request.contact,
    leastInterval: Number(headerValue(request, 'Min-SE') ?? 0),
    localSequence: sequence,
    remoteSequence: null,
    remoteTarget: contactUri(response) ?? request.requestUri,
    routeSet: recordedRoute(response).reverse(),
    peerAllows: headerTokens(response, 'Allow'),
    peerTakes: headerTokens(response, 'Recv-Info'),
  };
}

/** The dialog a UAS gets with its own To tag (RFC 3261 §12.1.1). */
export function dialogOfUas(
  request: SipRequest,
  toTag: string,
  peer: NodeId,
  state: DialogState,
): Dialog {
  const sequence = request.cseq.number;
  const local = Object.freeze({ uri: request.to.uri, tag: toTag });
  return {
    ...dialogBetween(request.callId, local, request.from, peer, state, sequence),
    initiator: false,
    localSequence: 0,
    remoteSequence: sequence,
    remoteTarget: contactUri(request) ?? request.from.uri,
    routeSet: recordedRoute(request),
    peerAllows: headerTokens(request, 'Allow'),
    peerTakes: headerTokens(request, 'Recv-Info'),
  };
}

/** The URI between the angle brackets of Contact, or null. */
export function contactUri(message: SipMessage): string | null {
  if (message.contact === null) return null;
  const end = message.contact.indexOf('>');
  return message.contact.startsWith('<') && end > 0 ? message.contact.slice(1, end) : null;
}

/** The URIs of Record-Route in the order of the message (RFC 3261 §20.30). */
export function recordedRoute(message: SipMessage): string[] {
  return routeUris(message.headers, 'Record-Route');
}

/** The URIs between angle brackets in all lines of Record-Route or Route. */
export function routeUris(headers: readonly Header[], name: 'Record-Route' | 'Route'): string[] {
  const uris: string[] = [];
  for (const [given, value] of headers) {
    if (given !== name) continue;
    for (const [, uri] of value.matchAll(/<([^>]*)>/g)) if (uri !== undefined) uris.push(uri);
  }
  return uris;
}

/** Takes over what a later message says of the other end (target refresh, Allow, Recv-Info). */
export function refreshTarget(dialog: Dialog, message: SipMessage): void {
  dialog.remoteTarget = contactUri(message) ?? dialog.remoteTarget;
  const allows = headerTokens(message, 'Allow');
  if (allows.length > 0) dialog.peerAllows = allows;
  const takes = headerTokens(message, 'Recv-Info');
  if (takes.length > 0) dialog.peerTakes = takes;
}

function dialogBetween(
  callId: string,
  local: NameAddr,
  remote: NameAddr,
  peer: NodeId,
  state: DialogState,
  inviteSequence: number,
) {
  const offerAnswer = { session: newOfferAnswer(), 'early-session': newOfferAnswer() };
  const rest = {
    inviteSequence,
    offerAnswer,
    lastReliable: 0,
    lastSuccess: 0,
    retries: 0,
    localContact: null,
    leastInterval: 0,
    sessionTimer: null,
    byeWaits: null,
    acks: [],
  };
  return { callId, local, remote, peer, state, ...rest };
}
