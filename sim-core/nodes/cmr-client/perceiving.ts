import type { Outbox } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import { audibleStreams } from '../../media/jitter-buffer.ts';
import type { MediaPacket } from '../../media/media-packet.ts';
import { adjustSending, sameSources, streamsBetween } from '../../media/media-session.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { directionOf, isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { dialogOfCall, type CmrClientState } from './client-state.ts';
import { localRinging } from './local-ringing.ts';

/** Says in the trace what the party hears and sees, wherever it has changed. */
export function perceive(client: CmrClientState, out: Outbox): void {
  perceiveMedium(client, 'audio', out);
  perceiveMedium(client, 'video', out);
}

function perceiveMedium(client: CmrClientState, medium: Medium, out: Outbox): void {
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
  if (medium === 'audio') {
    const arrives = client.media.arriving.some(
      (packet) => packet.medium === 'audio' && renders(client, packet),
    );
    const tone = localRinging(client, arrives || sources.length > 0);
    if (tone !== null) sources.push(tone);
  }
  if (sameSources(client.perceives[medium], sources)) return;
  client.perceives[medium] = sources;
  out.note({ kind: 'hears', medium, sources });
}

/**
 * Whether a stream that arrives is played: to a port of a description this end has sent (an
 * offerer is ready as soon as the offer has left, R-OA-12), in a direction that lets it receive,
 * and before the answer only where P-Early-Media does not forbid it (R-PEM-08).
 */
function renders(client: CmrClientState, packet: MediaPacket): boolean {
  const { phase } = client;
  if (phase === 'over' || phase === 'idle') return false;
  // A telephone that rings plays its ring tone, and nothing else before its user answers.
  if (phase === 'invited' || phase === 'alerting') return false;
  if (packet.to.address !== client.config.address) return false;
  if (phase === 'hearing ringback' && isForbidden(client)) return false;
  const exchange = dialogOfCall(client)?.offerAnswer.session;
  const offered = exchange === undefined ? client.config.sdp : exchange.lastSent;
  return (
    listens(offered ?? null, packet) ||
    listens(exchange?.local ?? null, packet) ||
    listens(exchange?.state === 'offer sent' ? exchange.pending : null, packet)
  );
}

function isForbidden({ config, earlyMediaAuthorised }: CmrClientState): boolean {
  if (!config.earlyMedia || earlyMediaAuthorised === null) return false;
  return earlyMediaAuthorised === 'inactive' || earlyMediaAuthorised === 'recvonly';
}

function listens(description: SessionDescription | null, packet: MediaPacket): boolean {
  if (description === null) return false;
  return description.media.some((media) => {
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
  const { phase, media, config, speaksBy } = client;
  const exchange = dialogOfCall(client)?.offerAnswer.session;
  const silent = phase === 'invited' || phase === 'alerting' || phase === 'over';
  const local = silent ? null : (exchange?.local ?? null);
  const remote = silent ? null : (exchange?.remote ?? null);
  if (local === null || remote === null) {
    if (speaksBy === null) return;
    client.speaksBy = null;
    adjustSending(media, [], config.addresses, out);
    return;
  }
  if (speaksBy?.local === local && speaksBy.remote === remote) return;
  client.speaksBy = Object.freeze({ local, remote });
  const voice = [{ source: config.name, gainPercent: 100 }];
  const { defects, sdp, addresses } = config;
  const from = defects.includes('sends-on-refused-lines') ? withoutRefusals(local, sdp) : local;
  const wanted = streamsBetween(from, remote, voice);
  if (defects.includes('keeps-sending-directly')) wanted.push(...media.sending);
  adjustSending(media, wanted, addresses, out);
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
