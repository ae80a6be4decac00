import { nextVersion, withOrigin } from '../../sdp/history.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { isOn, refused } from '../../sdp/media-lines.ts';
import { hasPreconditions, withOwnStatus, withStatusOf } from '../../sdp/preconditions.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { Dialog } from '../../sip/dialog.ts';
import { bodyPart } from '../../sip/making-messages.ts';
import {
  headerTokens,
  hostPort,
  type BodyPart,
  type Disposition,
  type Header,
  type SipRequest,
  type Method,
} from '../../sip/message.ts';
import { infoDtmf } from '../../sip/info-dtmf.ts';
import { inviteServerOf } from '../../sip/sending.ts';
import {
  otherLeg,
  type CmrCall,
  type CmrServerConfig,
  type CmrServerState,
  type Leg,
} from './call.ts';

/** The two legs of a back-to-back user agent: each has its own dialog and its own o= line. */

export function dialogOn({ agent }: CmrServerState, call: CmrCall, leg: Leg): Dialog | null {
  return agent.dialogs[call.dialogs[leg]] ?? null;
}

/**
 * The dialog of a leg is the first one it gets, until another one is confirmed: behind Client-B's
 * address several terminals may ring, and one of them answers.
 */
export function rememberDialog(
  { agent }: CmrServerState,
  call: CmrCall,
  leg: Leg,
  dialog: Dialog | null,
): void {
  if (dialog === null) return;
  const known = agent.dialogs[call.dialogs[leg]];
  const confirmed = dialog.state === 'confirmed' && known?.state !== 'confirmed';
  if (known === undefined || confirmed) call.dialogs[leg] = agent.dialogs.indexOf(dialog);
}

/** The call and leg a Call-ID belongs to, or null. */
export function legOf(
  { calls }: CmrServerState,
  callId: string,
): { readonly call: CmrCall; readonly leg: Leg } | null {
  for (const call of calls) {
    if (call.callIds['Client-A'] === callId) return { call, leg: 'Client-A' };
    if (call.callIds['Client-B'] === callId) return { call, leg: 'Client-B' };
  }
  return null;
}

/**
 * A description as this leg's own history has it: the CMR Server's o= line, its version counted
 * on from what was sent there last (GAP-09, GAP-11, R-OA-14), and every m-line that was there
 * before, for an m-line never goes away (R-OA-13). An early session has an o= line of its own
 * (R-ES-01).
 */
export function inHistoryOf(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  description: SessionDescription,
  disposition: Disposition = 'session',
  dialog: Dialog | null = dialogOn(server, call, leg),
): SessionDescription {
  const previous = dialog?.offerAnswer[disposition].lastSent ?? null;
  const early = disposition === 'early-session';
  const said = early ? description : withStatusOfOther(server, call, leg, description);
  const first = withOrigin(withLinesOf(previous, said), {
    userName: server.config.mark,
    sessionId: `${server.calls.indexOf(call) + 1}0${early ? 1 : 0}${leg === 'Client-A' ? 1 : 2}`,
    version: 1,
    address: server.config.address,
  });
  return nextVersion(previous, first);
}

/** GAP-29: media of the Resource Server's keep what the other end says of its network. */
export function withStatusOfOther(
  server: CmrServerState,
  call: CmrCall,
  leg: Leg,
  description: SessionDescription,
): SessionDescription {
  if (server.config.switches['SW-PRECOND'] === 'off') return description;
  const other = dialogOn(server, call, otherLeg(leg))?.offerAnswer.session.remote ?? null;
  const silent = other === null || hasPreconditions(description);
  const said = silent ? description : withStatusOf(description, other);
  const exchange = dialogOn(server, call, leg)?.offerAnswer.session;
  const offer = leg === 'Client-A' ? (exchange?.pending ?? call.lastOfferOfClientA) : null;
  const answers =
    offer !== null && exchange?.state !== 'agreed' && exchange?.state !== 'offer sent';
  return answers ? withOwnStatus(said, offer) : said;
}

/** The description with the lines it lacks of the one before, switched off, below its own. */
function withLinesOf(
  previous: SessionDescription | null,
  description: SessionDescription,
): SessionDescription {
  const missing = previous?.media.slice(description.media.length) ?? [];
  if (missing.length === 0) return description;
  const media = Object.freeze([...description.media, ...missing.map(refused)]);
  return makeSession(description.origin, description.sessionName, description.lines, media);
}

/** An answer of the other leg, as one to this offer: exactly its lines (R-OA-06). */
export function asAnswerTo(
  offer: SessionDescription,
  answer: SessionDescription,
): SessionDescription {
  const lines = answer.media
    .slice(0, offer.media.length)
    .map((line, index) => (isOn(offer.media[index] ?? line) ? line : refused(line)));
  const lacking = offer.media.slice(lines.length).map(refused);
  const media = Object.freeze([...lines, ...lacking]);
  return makeSession(answer.origin, answer.sessionName, answer.lines, media);
}

/** Whether a PRACK of this server towards Client-B is not answered yet (R-UPD-12). */
export function prackIsOpen({ agent }: CmrServerState, call: CmrCall): boolean {
  const callId = call.callIds['Client-B'];
  return agent.transactions.some(
    ({ kind, request, state }) =>
      kind === 'non-INVITE client' &&
      request.method === 'PRACK' &&
      request.callId === callId &&
      (state === 'Trying' || state === 'Proceeding'),
  );
}

/** Whether a provisional response with a description still waits for Client-A's PRACK (GAP-06). */
export function waitsForPrack({ agent }: CmrServerState, call: CmrCall): boolean {
  const branch = call.branches['Client-A'];
  return agent.provisionals.some((one) => one.branch === branch && one.response.bodies.length > 0);
}

/**
 * Whether Client-A's INVITE carried no offer and nothing has offered since: the first reliable
 * response has to (RFC 3262 §5, R-OA-20).
 */
export function awaitsFirstOffer(server: CmrServerState, call: CmrCall): boolean {
  const state = dialogOn(server, call, 'Client-A')?.offerAnswer.session.state ?? 'nothing offered';
  return call.lastOfferOfClientA === null && state === 'nothing offered';
}

/** A body of the other leg as this leg has it. */
export function bodyIn(server: CmrServerState, call: CmrCall, leg: Leg, part: BodyPart): BodyPart {
  const { disposition, description } = part;
  return bodyPart(disposition, inHistoryOf(server, call, leg, description, disposition));
}

export function contactOf({ mark, address, port }: CmrServerConfig): string {
  return `<sip:${mark}@${hostPort(address, port)}>`;
}

/** The INVITE of leg A, or null when it is long over. */
function inviteOfClientA({ agent }: CmrServerState, call: CmrCall): SipRequest | null {
  return inviteServerOf(agent, call.branches['Client-A'])?.request ?? null;
}

export function inviteOfClientASupports(
  server: CmrServerState,
  call: CmrCall,
  tag: string,
): boolean {
  const invite = inviteOfClientA(server, call);
  return invite !== null && headerTokens(invite, 'Supported').includes(tag);
}

export function inviteOfClientAAllows(
  server: CmrServerState,
  call: CmrCall,
  method: Method,
): boolean {
  const invite = inviteOfClientA(server, call);
  return invite !== null && headerTokens(invite, 'Allow').includes(method.toLowerCase());
}

export function inviteOfClientARequires(
  server: CmrServerState,
  call: CmrCall,
  tag: string,
): boolean {
  const invite = inviteOfClientA(server, call);
  return invite !== null && headerTokens(invite, 'Require').includes(tag);
}

/**
 * Whether Client-A takes a multipart body. RFC 5621 §3.1 asks it of everybody; a terminal whose
 * Accept leaves it out is believed.
 */
export function acceptsMultipart(server: CmrServerState, call: CmrCall): boolean {
  const invite = inviteOfClientA(server, call);
  const accepted = invite === null ? [] : headerTokens(invite, 'Accept');
  if (accepted.length === 0) return true;
  const types = accepted.map((type) => type.split(';')[0]?.trim());
  return ['*/*', 'multipart/*', 'multipart/mixed'].some((type) => types.includes(type));
}

/** What the CMR Server says of itself in an INVITE, a response that makes a dialog, an UPDATE. */
export const capabilities: readonly Header[] = [
  ['Allow', 'INVITE, ACK, BYE, CANCEL, PRACK, UPDATE'],
  ['Supported', '100rel'],
];

const allowWithInfo: Header = ['Allow', 'INVITE, ACK, BYE, CANCEL, PRACK, UPDATE, INFO'];

/** The same towards Client-A, from whom a stop digit may come in an INFO (RFC 6086 §5.2). */
const capabilitiesWithInfo: readonly Header[] = [
  allowWithInfo,
  ...capabilities.slice(1),
  ['Recv-Info', infoDtmf],
];

/** What is listed on that leg, in a message that can list all of it. */
export function capabilitiesTowards({ config }: CmrServerState, leg: Leg): readonly Header[] {
  const takes = leg === 'Client-A' && config.stopDigit !== null;
  return takes ? capabilitiesWithInfo : capabilities;
}

/** What a provisional response lists: no Supported (R-MSG-18), and packages only if reliable. */
export function capabilitiesInProvisional(
  { config }: CmrServerState,
  reliably: boolean,
): readonly Header[] {
  if (config.stopDigit === null) return capabilities.slice(0, 1);
  return reliably ? [allowWithInfo, ['Recv-Info', infoDtmf]] : [allowWithInfo];
}

/** Header fields of one hop or one end, which a B2BUA does not carry over. */
const ownToEachLeg = new Set([
  'allow',
  'p-access-network-info',
  'p-early-media',
  'p-preferred-identity',
  'rack',
  'recv-info',
  'record-route',
  'require',
  'route',
  'rseq',
  'session-expires',
  'min-se',
  'supported',
]);

/** What of a message's header fields goes on to the other leg. */
export function endToEnd(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => !ownToEachLeg.has(name.toLowerCase()));
}
