import {
  bodyOf,
  headerValue,
  isControl,
  isMedia,
  isSip,
  type CommandMessage,
  type ControlMessage,
  type MediaPacket,
  type MessageView,
  type ReplyMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { sourceWords } from './media-sources.ts';
import { listWords, nodeOf, partyOf, proseName, sentenceCase } from './parties.ts';
import { millisText, millisWithUnit } from './times.ts';

/** One or two sentences in plain words: what this message does. */
export function messageSentence(message: MessageView, header: TraceHeader): string {
  return [
    ...resentWords(message, header),
    deedOf(message, header),
    ...fateWords(message, header),
  ].join(' ');
}

function deedOf(message: MessageView, header: TraceHeader): string {
  const { packet } = message;
  if (isSip(packet)) {
    return packet.kind === 'request'
      ? requestDeed(packet, message, header)
      : responseDeed(packet, message, header);
  }
  if (isControl(packet)) return controlDeed(packet);
  if (isMedia(packet)) return mediaDeed(packet, message, header);
  return `Carries ${packet.label}.`;
}

function resentWords(message: MessageView, header: TraceHeader): string[] {
  if (message.resent === 0) return [];
  const waiter = sentenceCase(proseName(header, message.from));
  return [`${waiter} sends it again (R${message.resent}), having heard nothing.`];
}

function fateWords(message: MessageView, header: TraceHeader): string[] {
  if (message.lost) return ['It is lost on the way.'];
  const receiver = sentenceCase(proseName(header, message.to));
  if (message.absorbed) return [`${receiver} already has it and absorbs this copy.`];
  if (message.againAt !== null) {
    return [`The network delivers it twice, again at ${millisWithUnit(message.againAt)}.`];
  }
  return [];
}

// Requests.

function requestDeed(request: SipRequest, message: MessageView, header: TraceHeader): string {
  const to = proseName(header, message.to);
  switch (request.method) {
    case 'INVITE':
      return request.to.tag === null
        ? inviteDeed(request, message, header)
        : reinviteDeed(request, message, header);
    case 'ACK':
      return ackDeed(message, header);
    case 'PRACK':
      return `Says that the reliable provisional response has arrived.`;
    case 'UPDATE':
      return updateDeed(request, message, header);
    case 'CANCEL':
      return 'Gives the call up before it is answered.';
    case 'BYE':
      return 'Ends the call.';
    case 'INFO':
    case 'OPTIONS':
      return `Sends ${to} ${request.method}, which changes neither call nor media.`;
  }
}

function inviteDeed(invite: SipRequest, message: MessageView, header: TraceHeader): string {
  const offers = bodyOf(invite, 'session') === null ? '' : ` and offers ${mediaWords(invite)}`;
  if (partyOf(header, message.from) !== 'A') {
    return `Passes the call on to ${proseName(header, message.to)}${offers}.`;
  }
  const early = headerValue(invite, 'P-Early-Media');
  const able = early === null ? '' : ' It can play early media.';
  return `Calls ${userOf(invite.requestUri)}${offers}.${able}`;
}

function reinviteDeed(reinvite: SipRequest, message: MessageView, header: TraceHeader): string {
  const to = proseName(header, message.to);
  if (bodyOf(reinvite, 'session') === null) return `Asks ${to} for a new offer.`;
  const place = `Moves ${to}’s media to ${placeWords(reinvite)}`;
  const media = mediaWords(reinvite);
  return message.step === 4 ? `${place}: ${media}, as A last offered.` : `${place}: ${media}.`;
}

function ackDeed(message: MessageView, header: TraceHeader): string {
  const to = proseName(header, message.to);
  switch (message.step) {
    case 2:
      return 'Acknowledges B’s answer at once, before A knows of it.';
    case 9:
      return 'Says that A has the 200. This is the cue to mix.';
    case 10:
      return 'Acknowledges B’s 200 to the re-INVITE, which was held back until A’s ACK.';
    default:
      return `Tells ${to} that its final response has arrived.`;
  }
}

function updateDeed(update: SipRequest, message: MessageView, header: TraceHeader): string {
  const to = proseName(header, message.to);
  if (bodyOf(update, 'session') === null) return `Updates the dialog with ${to}, without SDP.`;
  if (message.step === 6) {
    const media = `${mediaWords(update)}, at ${placeWords(update)}`;
    return `Offers ${to} the media B accepted plus the CMR media B did not: ${media}.`;
  }
  return `Offers ${to} new media for the session: ${mediaWords(update)}.`;
}

// Responses.

function responseDeed(response: SipResponse, message: MessageView, header: TraceHeader): string {
  if (response.status < 200) return provisionalDeed(response, message, header);
  if (response.status < 300) return successDeed(response, message, header);
  const from = sentenceCase(proseName(header, message.from));
  if (response.status === 487) return `${from} ends the INVITE: the call was cancelled.`;
  return `${from} declines the ${response.cseq.method}: ${response.status} ${response.reason}.`;
}

function provisionalDeed(response: SipResponse, message: MessageView, header: TraceHeader): string {
  if (response.status === 100) return 'Says that the INVITE has arrived, so that it is not resent.';
  const rings = response.status === 180 ? 'Says that B’s terminal rings' : 'Reports progress';
  if (bodyOf(response, 'session') === null) return `${rings}.`;
  const media = mediaWords(response);
  const clip =
    partyOf(header, message.from) === 'S' && headerValue(response, 'P-Early-Media') !== null;
  if (!clip) return `${rings}, and answers the offer already: ${media}.`;
  return `${rings}, and answers A’s offer for the clip: ${media}, at the Resource Server.`;
}

function successDeed(response: SipResponse, message: MessageView, header: TraceHeader): string {
  const from = sentenceCase(proseName(header, message.from));
  switch (response.cseq.method) {
    case 'INVITE':
      return inviteSuccessDeed(response, message, header);
    case 'PRACK':
      return 'Confirms the PRACK.';
    case 'UPDATE':
      return `${from} accepts the new media: ${mediaWords(response)}.`;
    case 'CANCEL':
      return 'Confirms the CANCEL; the INVITE gets its own answer.';
    case 'BYE':
      return 'Confirms that the call has ended.';
    case 'ACK':
    case 'INFO':
    case 'OPTIONS':
      return `${from} confirms the ${response.cseq.method}.`;
  }
}

function inviteSuccessDeed(
  response: SipResponse,
  message: MessageView,
  header: TraceHeader,
): string {
  const body = bodyOf(response, 'session');
  if (message.step === 5)
    return `B accepts and moves to the Resource Server: ${mediaWords(response)}.`;
  if (partyOf(header, message.from) === 'B') {
    return body === null
      ? 'B answers the call.'
      : `B answers the call with ${mediaWords(response)}.`;
  }
  return body === null
    ? 'Tells A that B has answered. No SDP: the media are settled already.'
    : `Tells A that B has answered, with ${mediaWords(response)}.`;
}

// The Resource Server.

function controlDeed(message: ControlMessage): string {
  switch (message.form) {
    case 'command':
      return commandDeed(message);
    case 'reply':
      return replyDeed(message);
    case 'notice':
      return 'Tells that the clip has come to its end.';
  }
}

function commandDeed(message: CommandMessage): string {
  const party = ringingParty(message.leg);
  switch (message.command.kind) {
    case 'reserve':
      return message.command.offer === null
        ? `Asks for ${message.command.resource}: ports, and an offer to make to ${party}.`
        : `Asks for ${message.command.resource}: ports, and an answer to ${party}’s offer.`;
    case 'renegotiate':
      return `Asks for an answer to ${party}’s new offer, for the clip as it plays.`;
    case 'play':
      return `Has the clip played to ${party} from now on.`;
    case 'stop':
      return 'Has the clip stopped.';
    case 'allocate conference':
      return 'Asks for a conference that can mix the clip into the call.';
    case 'mix':
      return 'Has clip and call mixed for A, and A’s media merely forwarded to B.';
    case 'release':
      return 'Gives the ports back.';
    case 'audit':
      return 'Asks for a sign of life.';
  }
}

function ringingParty(leg: CommandMessage['leg']): string {
  return leg === 'Client-A' ? 'A' : 'B';
}

function replyDeed(message: ReplyMessage): string {
  switch (message.reply.kind) {
    case 'reserved':
      return `The ports are reserved; here is what to tell ${ringingParty(message.leg)}.`;
    case 'conference allocated':
      return `The conference is there, at ${message.reply.ports.address}.`;
    case 'done':
      return `Done: ${message.to}.`;
    case 'refused':
      return `Refuses to ${message.to}: ${message.reply.why}.`;
  }
}

// Media.

function mediaDeed(packet: MediaPacket, message: MessageView, header: TraceHeader): string {
  const to = proseName(header, message.to);
  const place = `${packet.to.address}:${packet.to.port}`;
  if (packet.sources.length === 0) return `The ${packet.medium} towards ${to} ends here.`;
  const what = listWords(packet.sources.map((source) => sourceWords(source, header)));
  return `From here on ${to} is sent ${what} as ${packet.codec}, to ${place}.`;
}

// SDP in words.

/** `'audio and video'`, `'audio; video off'`, or `'no media'`. */
export function mediaWords(message: SipMessage): string {
  const session = bodyOf(message, 'session') ?? message.bodies[0]?.description ?? null;
  if (session === null) return 'no media';
  const on = session.media.filter(({ port }) => port !== 0).map(({ media }) => media);
  const off = session.media.filter(({ port }) => port === 0).map(({ media }) => media);
  const offWords = off.length === 0 ? '' : `, ${listWords(off)} off`;
  return (on.length === 0 ? 'no media' : listWords(on)) + offWords;
}

/** Where the body wants its media: `'10.0.0.9'`. */
function placeWords(message: SipMessage): string {
  const session = bodyOf(message, 'session');
  if (session === null) return 'its present place';
  const lines = [...session.lines, ...session.media.flatMap(({ lines: own }) => own)];
  const place = lines
    .find(([type]) => type === 'c')?.[1]
    .split(' ')
    .at(-1);
  return place === undefined ? 'its present place' : place;
}

function userOf(uri: string): string {
  return /^sips?:([^@;]+)@/.exec(uri)?.[1] ?? uri;
}

/** The name of an arrow for those who hear the ladder. */
export function arrowName(message: MessageView, header: TraceHeader): string {
  const step = message.step === null ? '' : `Step ${message.step}. `;
  const marks = message.marks.map(
    ({ side, number }) => `${side === 'O' ? 'offer' : 'answer'} ${number}`,
  );
  const body = marks.length === 0 ? '' : ` with ${listWords(marks)}`;
  const from = nodeOf(header, message.from).title;
  const to = nodeOf(header, message.to).title;
  const again = message.resent === 0 ? '' : `, resent ${message.resent}`;
  const fate = message.lost ? ', lost' : `, received ${millisText(message.arrivesAt)}`;
  const times = `sent ${millisText(message.sentAt)}${fate} milliseconds`;
  return `${step}${message.text}${body}${again}, ${from} to ${to}, ${times}.`;
}
