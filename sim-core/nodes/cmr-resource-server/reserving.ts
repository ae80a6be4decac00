import type { Command, ConferencePorts, Reply } from '../../resource-control/control-message.ts';
import { answerTo } from '../../sdp/answer.ts';
import { makeSession } from '../../sdp/make-description.ts';
import { relocate } from '../../sdp/history.ts';
import { isOn, withDirection } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';
import { takePort, type CmrResourceServerState, type ServedCall } from './server-state.ts';

/** Ports and answers: what the server promises before it plays or mixes anything. */

/**
 * Ports for the ring, and what to say of it: an answer built from the client's offer
 * (DEL-GW-SRV-02), or an offer of its own (DEL-AS-SRV-02, DEL-AS-SRV-07).
 */
export function reserve(
  server: CmrResourceServerState,
  served: ServedCall,
  { resource, offer, direction }: Extract<Command, { kind: 'reserve' }>,
): Reply {
  const { config } = server;
  const held = config.resources.find((one) => one.name === resource);
  if (held === undefined) return { kind: 'refused', why: `no CMR Resource ${resource}` };
  const able = relocate(config.sdp, config.address, () => takePort(server));
  const isOfResource = ({ media }: MediaDescription) =>
    held.media.some((medium) => medium === media);
  const description =
    offer === null
      ? offerOf(able, isOfResource, direction)
      : answerTo(offer, able, { origin: able.origin, allow: isOfResource, direction });
  if (!description.media.some(isOn)) return { kind: 'refused', why: 'no codec in common' };
  served.reservation = { resource, able, local: description, remote: offer };
  served.playing = false;
  return { kind: 'reserved', description };
}

/** GAP-43: another answer for the ring at the same ports, built from another offer. */
export function renegotiate(
  { config }: CmrResourceServerState,
  { reservation }: ServedCall,
  { offer, direction }: Extract<Command, { kind: 'renegotiate' }>,
): Reply {
  if (reservation === null) return { kind: 'refused', why: 'nothing is reserved' };
  const { able, resource } = reservation;
  const held = config.resources.find(({ name }) => name === resource);
  const description = answerTo(offer, able, {
    origin: able.origin,
    allow: ({ media }) => (held?.media ?? []).some((medium) => medium === media),
    direction,
  });
  if (!description.media.some(isOn)) return { kind: 'refused', why: 'no codec in common' };
  return { kind: 'reserved', description };
}

/** All that this server can send of the resource. */
function offerOf(
  able: SessionDescription,
  isOfResource: (section: MediaDescription) => boolean,
  direction: 'mirror' | 'sendonly',
): SessionDescription {
  const media = able.media.filter(isOfResource);
  const sent = direction === 'mirror' ? media : media.map((one) => withDirection(one, direction));
  return makeSession(able.origin, able.sessionName, able.lines, sent);
}

/** CON-SRV-05: ports for both parties, and the resource as the one it rings would be offered it. */
export function allocateConference(server: CmrResourceServerState, served: ServedCall): Reply {
  const { config } = server;
  const towardsA = { audio: takePort(server), video: takePort(server) };
  const towardsB = { audio: takePort(server), video: takePort(server) };
  const ports: ConferencePorts = { address: config.address, towardsA, towardsB };
  served.conference = { ports, mixing: null };
  return { kind: 'conference allocated', ports, able: offered(server, served, ports) };
}

/** The resource's own media, sent only, at the conference's ports towards the client it rings. */
function offered(
  server: CmrResourceServerState,
  { leg, reservation }: ServedCall,
  ports: ConferencePorts,
): SessionDescription {
  const { config } = server;
  const held = config.resources.find((one) => one.name === reservation?.resource);
  const wanted = config.sdp.media.filter(({ media }) =>
    (held?.media ?? []).some((medium) => medium === media),
  );
  const media = wanted.map((section) => withDirection(section, 'sendonly'));
  const described = Object.freeze({ ...config.sdp, media: Object.freeze(media) });
  const towards = leg === 'Client-A' ? ports.towardsA : ports.towardsB;
  return relocate(described, config.address, ({ media: type }) => {
    return towards[type === 'video' ? 'video' : 'audio'];
  });
}
