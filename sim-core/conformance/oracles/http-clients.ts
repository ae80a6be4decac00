import { httpHeader, type HttpMessage } from '../../http/http-message.ts';
import { isTcp, type TcpPacket } from '../../http/tcp-packet.ts';
import { answers, isRequest, statusOf, type CallPicture } from './call-picture.ts';
import {
  hasArrived,
  type Arrived,
  type Happening,
  type HearsSeen,
  type Passage,
  type SipPassage,
} from './call-watch.ts';
import {
  instant,
  missing,
  ms,
  notExercised,
  satisfied,
  violated,
  type Judgement,
} from './judgement.ts';
import { isHttpMode, urlsIn } from './named-ring.ts';

/** DEL-HTTP-CLI-01 to 04: what the two clients do in HTTP Mode. */

export type RungClient = 'Client-A' | 'Client-B';

type TcpPassage = Passage<TcpPacket>;

/** DEL-HTTP-CLI-01 and 03: one GET, for the URL that came, and after it came. */
export function judgeDownload(call: CallPicture, who: RungClient): Judgement {
  const lack = lackOfService(call, who);
  if (lack !== null) return notExercised(lack);
  const named = namingMessage(call, who);
  const gets = carriedBy(call, who, 'from').filter(({ packet }) => asks(packet.carries));
  const [first] = gets;
  if (first !== undefined && (named === null || first.sent.record < named.received.record)) {
    return violated(`${who} fetched a resource that nobody had named to it.`, first);
  }
  if (named === null) return notExercised(`No resource was named to ${who}.`);
  const [url = ''] = urlsIn(call, named);
  if (first === undefined) return withoutGet(call, who, named);
  const asked = urlAsked(first.packet);
  if (asked !== url) return violated(`${who} fetched ${asked} in place of ${url}.`, named, first);
  const again = gets.find((get, place) => place > 0 && !isRedirected(call, who, get));
  if (again !== undefined) {
    return violated(`${who} fetched the resource again (GAP-21).`, first, again);
  }
  return satisfied(`${who} asked for ${url} at ${instant(first.sent)}.`, named, first);
}

/** Nothing was asked for: by a terminal that does not know how to, or in want of a connection. */
function withoutGet(call: CallPicture, who: RungClient, named: Arrived<SipPassage>): Judgement {
  if (carriedOrNot(call, who).length > 0) {
    return notExercised(`${who} came to no connection with the Resource Server.`);
  }
  const end = endOfRinging(call, who);
  if (end !== null && end.at <= named.received.at) {
    return notExercised(`The ringing was over for ${who} when the URL came.`);
  }
  return notExercised(`${who} fetches nothing, and Alert-Info obliges nobody (R-ALI-01).`);
}

/** DEL-HTTP-CLI-02 and 04: played once it is there, until the final response or the answer. */
export function judgePlaying(call: CallPicture, who: RungClient): Judgement {
  const lack = lackOfService(call, who);
  if (lack !== null) return notExercised(lack);
  const head = carriedBy(call, who, 'to').find(({ packet }) => brings(packet.carries) !== null);
  const name = brings(head?.packet.carries ?? null);
  const heard = name === null ? [] : call.watch.hears.filter((one) => hears(call, who, one));
  const plays = heard.filter((one) => one.sources.some(({ source }) => source === name));
  const ready = name === null ? null : readyAt(call, who, head);
  const [start] = plays;
  const end = endOfRinging(call, who);
  if (start !== undefined) {
    if (ready === null || start.record < ready.record) {
      return violated(`${who} plays from ${instant(start)} what it has not got yet.`, head, start);
    }
    return judgeEnd(call, who, { start, heard, name: name ?? '', end, ready });
  }
  if (ready === null) {
    if (name === null || end === null) return notExercised(`${who} has got nothing to play.`);
    const says = `${who} had not got the whole resource at ${instant(end)}, and plays none of it.`;
    return satisfied(says, head, end);
  }
  const rings = beginsToRing(call, who);
  const due = rings !== null && rings.record > ready.record ? rings : ready;
  if (rings === null || (end !== null && end.at <= due.at)) {
    return notExercised(`The ringing was over for ${who} when the resource had come.`);
  }
  if (mediaArrived(call, who, due)) return notExercised(`${who} was given media of the call.`);
  if (silencedBy(call, who, due)) return notExercised(`${who} has turned its ringer off.`);
  return missing(call, due, `${who} does not play what it has fetched`, head);
}

interface Playing {
  readonly name: string;
  readonly ready: Happening;
  readonly start: HearsSeen;
  /** All that is said of the media it hears the ring in. */
  readonly heard: readonly HearsSeen[];
  readonly end: Happening | null;
}

/** No sound of it after the end; nor silence, or a tone, before it. */
function judgeEnd(call: CallPicture, who: RungClient, playing: Playing): Judgement {
  const { name, ready, start, heard, end } = playing;
  const ofMedium = heard.filter(({ medium }) => medium === start.medium);
  const has = (one: HearsSeen) => one.sources.some(({ source }) => source === name);
  const lapse = ofMedium.find((one) => one.record > start.record && !has(one));
  const until = lapse?.at ?? call.watch.last?.at ?? start.at;
  if (end !== null && until > end.at) {
    const says = `${who} plays the ring until ${ms(until)}, and it was to end at ${instant(end)}.`;
    return violated(says, start, end, lapse);
  }
  const late = ofMedium.find((one) => end !== null && one.record > end.record && has(one));
  if (late !== undefined) {
    return violated(`${who} plays the ring again at ${instant(late)}.`, start, end, late);
  }
  const early = lapse !== undefined && (end === null || lapse.at < end.at);
  const silenced = early && silencedBy(call, who, lapse);
  if (early && !silenced && !mediaArrived(call, who, lapse)) {
    return violated(`${who} stops playing at ${instant(lapse)}, while it rings.`, start, lapse);
  }
  const why = silenced ? ', when its user turned the ringer off' : '';
  const goesOn = lapse === undefined ? '' : ` until ${instant(lapse)}${why}`;
  return satisfied(`${who} plays the ring from ${instant(start)}${goesOn}.`, ready, start, lapse);
}

function lackOfService(call: CallPicture, who: RungClient): string | null {
  if (!isHttpMode(call)) return 'The CMR Server follows no HTTP Mode in this call.';
  const service = who === 'Client-A' ? 'cmrbt' : 'cmrt';
  if (call.header.services.includes(service)) return null;
  return who === 'Client-A'
    ? 'No ring-back tone is to be delivered.'
    : 'No ring tone is to be delivered.';
}

/** The first message that names a resource to that client and has reached it. */
function namingMessage(call: CallPicture, who: RungClient): Arrived<SipPassage> | null {
  const candidates =
    who === 'Client-B'
      ? [call.inviteB]
      : call.toA.filter((one) => answers(one, call.inviteA) && statusOf(one) < 200);
  let first: Arrived<SipPassage> | null = null;
  for (const one of candidates) {
    if (!hasArrived(one) || urlsIn(call, one).length === 0) continue;
    if (first === null || one.received.record < first.received.record) first = one;
  }
  return first;
}

function clientOf({ watch }: CallPicture, who: RungClient) {
  return who === 'Client-A' ? watch.parties.A?.id : watch.parties.B?.id;
}

/** Everything of TCP that the client has sent. */
function carriedOrNot(call: CallPicture, who: RungClient): TcpPassage[] {
  const client = clientOf(call, who);
  return call.watch.others.filter(isTcpPassage).filter(({ from }) => from === client);
}

/** What carries HTTP from the client, or what of it has reached the client. */
function carriedBy(call: CallPicture, who: RungClient, way: 'from' | 'to'): TcpPassage[] {
  const client = clientOf(call, who);
  return call.watch.others
    .filter(isTcpPassage)
    .filter((one) => one.packet.carries !== null && one[way] === client)
    .filter((one) => way === 'from' || one.received !== null);
}

function isTcpPassage(passage: Passage): passage is TcpPassage {
  return isTcp(passage.packet);
}

function asks(message: HttpMessage | null): boolean {
  return message?.kind === 'request';
}

/** The resource that the body of this response is, or null. */
function brings(message: HttpMessage | null): string | null {
  if (message?.kind !== 'response' || message.status !== 200) return null;
  return message.brings?.name ?? null;
}

function urlAsked({ carries }: TcpPacket): string {
  if (carries?.kind !== 'request') return '';
  return `http://${httpHeader(carries, 'Host') ?? ''}${carries.target}`;
}

/** Whether the Resource Server had sent the client elsewhere by then (RFC 9110 §15.4). */
function isRedirected(call: CallPicture, who: RungClient, get: TcpPassage): boolean {
  return carriedBy(call, who, 'to').some(({ packet, received }) => {
    if (packet.carries?.kind !== 'response' || received === null) return false;
    return received.record < get.sent.record && httpHeader(packet.carries, 'Location') !== null;
  });
}

/** SW-HTTP-PLAY: there is something to play with the whole body, or with its beginning. */
function readyAt(
  call: CallPicture,
  who: RungClient,
  head: TcpPassage | undefined,
): Happening | null {
  if (head === undefined) return null;
  if (call.header.switches['SW-HTTP-PLAY'] === 'progressive') return head.received;
  const body = carriedBy(call, who, 'to').find(
    ({ packet }) => packet.carries?.kind === 'body' && packet.to.port === head.packet.to.port,
  );
  return body?.received ?? null;
}

/** When the client begins to ring by itself: Client-A hears of the 180 that Client-B sends. */
function beginsToRing(call: CallPicture, who: RungClient): Happening | null {
  if (who === 'Client-B') {
    return call.fromB.find((one) => statusOf(one) === 180)?.sent ?? null;
  }
  const alerted = call.toA.find((one) => statusOf(one) === 180 && one.received !== null);
  return alerted?.received ?? null;
}

/** The final response, or whatever else ends the ringing for this client (GAP-22). */
function endOfRinging(call: CallPicture, who: RungClient): Happening | null {
  const [own, other] = who === 'Client-A' ? [call.fromA, call.toA] : [call.fromB, call.toB];
  const invite = who === 'Client-A' ? call.inviteA : call.inviteB;
  const ends = (one: SipPassage): boolean =>
    isRequest(one, 'CANCEL') ||
    isRequest(one, 'BYE') ||
    (answers(one, invite) && statusOf(one) >= 200);
  const learned = other.filter(ends).flatMap(({ received }) => received ?? []);
  const brought = own.filter(ends).map(({ sent }) => sent);
  return [...brought, ...learned].sort((a, b) => a.record - b.record)[0] ?? null;
}

/** R-EM-02: media of the call come before anything that a terminal plays by itself. */
function mediaArrived(call: CallPicture, who: RungClient, by: Happening): boolean {
  const client = clientOf(call, who);
  return call.watch.media.some(
    ({ packet, to, received }) =>
      to === client && received !== null && received.at <= by.at && packet.sources.length > 0,
  );
}

/** Whether the user of that client had turned its ringer off by then. */
function silencedBy(call: CallPicture, who: RungClient, by: Happening): boolean {
  const client = clientOf(call, who);
  return call.watch.silenced.some(({ node, record }) => node === client && record <= by.record);
}

function hears(call: CallPicture, who: RungClient, one: HearsSeen): boolean {
  return one.node === clientOf(call, who);
}
