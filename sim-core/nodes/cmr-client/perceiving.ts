import type { Outbox } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { audibleStreams } from '../../media/jitter-buffer.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import {
  adjustSending,
  sameSources,
  streamsBetween,
  type WantedStream,
} from '../../media/media-session.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { addressOf, directionOf, isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type { OfferAnswer } from '../../sip/offer-answer.ts';
import { dialogOfCall, firstOffer, type CmrClientState } from './client-state.ts';
import { mayHearEarly, maySendEarly } from './early-media.ts';
import { earlySessionIsOpen, earlySessionTag } from './early-session.ts';
import { localRinging } from './local-ringing.ts';
import { arrivesAtLeftPort, noteMoves } from './moved-media.ts';
import { earlySessionIsReserved, preconditionsMet } from './reserving.ts';

/** Says in the trace what the party hears and sees, wherever it has changed. */
export function perceive(client: CmrClientState, out: Outbox): void {
  noteMoves(client);
  if (client.earlyTail) {
    client.earlyTail = !client.media.arriving.some((packet) => rendersRegular(client, packet));
  }
  perceiveMedium(client, 'audio', out);
  perceiveMedium(client, 'video', out);
}

function perceiveMedium(client: CmrClientState, medium: Medium, out: Outbox): void {
  const rings = client.phase === 'invited' || client.phase === 'alerting';
  if (rings && client.silenced && medium === 'audio') {
    sayHeard(client, medium, [], out);
    return;
  }
  const sources: HeardSource[] = [];
  for (const packet of audibleStreams(client.media, client.buffer)) {
    if (packet.medium !== medium || !renders(client, packet)) continue;
    for (const source of packet.sources) {
      // Where one source comes twice, the stream that came last says how loud it is.
      const place = sources.findIndex((one) => one.source === source.source);
      if (place < 0) sources.push(source);
      else sources[place] = source;
    }
  }
  const arrives = client.media.arriving.some(
    (packet) => packet.medium === 'audio' && renders(client, packet),
  );
  const own = localRinging(client, medium, arrives || sources.length > 0);
  if (own !== null) sources.push(own);
  sayHeard(client, medium, sources, out);
}

function sayHeard(
  client: CmrClientState,
  medium: Medium,
  sources: readonly HeardSource[],
  out: Outbox,
): void {
  if (sameSources(client.perceives[medium], sources)) return;
  client.perceives[medium] = sources;
  out.note({ kind: 'hears', medium, sources });
}

/** Whether a stream that arrives is played. */
function renders(client: CmrClientState, packet: MediaPacket): boolean {
  if (packet.to.address !== client.config.address) return false;
  return rendersEarly(client, packet) || rendersRegular(client, packet);
}

/**
 * DEL-AS-CLI-03 and 06: at the ports of an early-session answer, from the moment it was sent.
 * P-Early-Media has no say there (R-ES-10), and the called party hears it while it rings.
 */
function rendersEarly(client: CmrClientState, packet: MediaPacket): boolean {
  if (!earlySessionIsOpen(client) || isDeaf(client)) return false;
  return client.agent.dialogs.some(({ state, offerAnswer }) => {
    return state !== 'terminated' && listens(offerAnswer[earlySessionTag].lastSent, packet);
  });
}

/**
 * At a port of a session description this end has sent (an offerer is ready as soon as the offer
 * has left, R-OA-12), in a direction that lets it receive, and before the answer only where
 * P-Early-Media does not forbid it (R-PEM-08).
 */
function rendersRegular(client: CmrClientState, packet: MediaPacket): boolean {
  const { phase, config } = client;
  if (phase === 'idle') return false;
  if (phase === 'over' && !config.defects.includes('hears-on-after-refusal')) return false;
  if (phase === 'in call' && config.defects.includes('goes-deaf-in-the-call')) return false;
  // A telephone that rings plays its ring tone, and nothing of the call before its user answers.
  const rings = phase === 'invited' || phase === 'alerting';
  if (rings && !config.alerting.playsMedia) return false;
  if (phase === 'hearing ringback' && isDeaf(client)) return false;
  const exchange = dialogOfCall(client)?.offerAnswer.session;
  if (!isFromPeer(client, exchange, packet)) return false;
  const rash = config.defects.includes('leaves-old-place-at-once');
  if (!rash && arrivesAtLeftPort(client, packet)) return true;
  const offered = exchange === undefined ? firstOffer(client) : exchange.lastSent;
  const pending = exchange?.state === 'offer sent' ? exchange.pending : null;
  const places = rash ? [offered] : [offered, exchange?.local ?? null, pending];
  return places.some((description) => {
    const line = description === null ? -1 : listeningLine(description, packet);
    return line >= 0 && (!client.isCaller || mayHearEarly(client, line));
  });
}

function isDeaf({ config }: CmrClientState): boolean {
  return config.defects.includes('ignores-early-media');
}

/** SW-A-SOURCE-FILTER: media from elsewhere than the agreed description says are not taken. */
function isFromPeer(
  { config }: CmrClientState,
  exchange: OfferAnswer | undefined,
  { from }: MediaPacket,
): boolean {
  const remote = exchange?.remote ?? null;
  if (config.sourceFilter === 'none' || remote === null) return true;
  return remote.media.some((media) => addressOf(media, remote) === from.address);
}

function listens(description: SessionDescription | null, packet: MediaPacket): boolean {
  return description !== null && listeningLine(description, packet) >= 0;
}

/** The place of the line to which the packet goes, and which lets this end receive; or −1. */
function listeningLine(description: SessionDescription, packet: MediaPacket): number {
  return description.media.findIndex((media) => {
    if (!isOn(media) || media.media !== packet.medium || media.port !== packet.to.port) {
      return false;
    }
    const direction = directionOf(media, description);
    return direction === 'sendrecv' || direction === 'recvonly';
  });
}

/**
 * Sends the party's voice and picture wherever the agreed descriptions let it: a caller from the
 * first answer on, a called party from the moment its user has answered.
 */
export function speak(client: CmrClientState, out: Outbox): void {
  const { media, config } = client;
  const pairs = agreedPairs(client);
  // The gate may have moved while the descriptions have not.
  const gated = client.authorised.length > 0 && client.phase !== 'in call';
  if (!gated && !client.wasGated && sameList(pairs, client.speaksBy)) return;
  client.wasGated = gated;
  client.speaksBy = Object.freeze(pairs);
  const voice = [{ source: config.name, gainPercent: 100 }];
  const { defects, sdp, addresses } = config;
  const wanted: WantedStream[] = [];
  for (let place = 0; place + 1 < pairs.length; place += 2) {
    const local = pairs[place]!;
    const from = defects.includes('sends-on-refused-lines') ? withoutRefusals(local, sdp) : local;
    const streams = streamsBetween(from, pairs[place + 1]!, voice);
    wanted.push(
      ...(place === 0 ? streams.filter((one) => passesGate(client, from, one)) : streams),
    );
  }
  // R-RTP-06: one way, where the last answer has them go.
  const silent = pairs.length === 0;
  if (!silent && defects.includes('keeps-sending-directly')) wanted.push(...media.sending);
  const odd = defects.includes('sends-unnamed-codec');
  const sent = odd ? wanted.map((one) => ({ ...one, codec: 'unnamed' })) : wanted;
  adjustSending(media, sent, addresses, out);
}

/** R-PEM-08: before the answer a caller sends only what is authorised. */
function passesGate(
  client: CmrClientState,
  local: SessionDescription,
  { from }: WantedStream,
): boolean {
  if (!client.isCaller || client.phase === 'in call') return true;
  return maySendEarly(
    client,
    local.media.findIndex(({ port }) => port === from.port),
  );
}

/**
 * Local before remote, of the session and then of the early sessions. With the 2xx the early media
 * of the session are its media (R-EM-01).
 */
function agreedPairs(client: CmrClientState): SessionDescription[] {
  const { phase, isCaller, agent, onHold } = client;
  const pairs: SessionDescription[] = [];
  if (onHold) return pairs;
  if (phase === 'invited' || phase === 'alerting' || phase === 'over') return pairs;
  const session = dialogOfCall(client)?.offerAnswer.session;
  const local = session?.local ?? null;
  const remote = session?.remote ?? null;
  // R-PRE-02: nothing flows before the preconditions are met.
  const flows = local !== null && remote !== null && preconditionsMet(client);
  if (flows) pairs.push(local, remote);
  if (!isCaller || phase === 'in call') return pairs;
  for (const dialog of agent.dialogs) {
    const { state, offerAnswer } = dialog;
    const early = offerAnswer[earlySessionTag];
    if (state === 'terminated' || early.local === null || early.remote === null) continue;
    if (!earlySessionIsReserved(client, dialog)) continue;
    pairs.push(early.local, early.remote);
  }
  return pairs;
}

function sameList(a: readonly SessionDescription[], b: readonly SessionDescription[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** The description with the lines it refuses as the terminal is able to have them. */
function withoutRefusals(
  description: SessionDescription,
  able: SessionDescription,
): SessionDescription {
  const media = description.media.map((line) => {
    if (isOn(line)) return line;
    return able.media.find((one) => one.media === line.media && isOn(one)) ?? line;
  });
  return makeSession(description.origin, description.sessionName, description.lines, media);
}
