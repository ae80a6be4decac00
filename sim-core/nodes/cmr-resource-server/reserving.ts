import type { Medium } from '../../kernel/trace-record.ts';
import type { ConferencePorts, Reply } from '../../resource-control/control-message.ts';
import { answerTo } from '../../sdp/answer.ts';
import { relocate } from '../../sdp/history.ts';
import { isOn, withDirection } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import { servedCall, takePort, type CmrResourceServerState } from './server-state.ts';

/** Ports and answers: what the server promises before it plays or mixes anything. */

/** DEL-GW-SRV-02: an answer for the ring, built from Client-A's offer. */
export function reserve(
  server: CmrResourceServerState,
  call: string,
  resource: string,
  offer: SessionDescription,
  direction: 'mirror' | 'sendonly',
): Reply {
  const { config } = server;
  const held = config.resources.find((one) => one.name === resource);
  if (held === undefined) return { kind: 'refused', why: `no CMR Resource ${resource}` };
  const able = relocate(config.sdp, config.address, () => takePort(server));
  const answer = answerTo(offer, able, {
    origin: able.origin,
    allow: ({ media }) => held.media.some((medium) => medium === media),
    direction,
  });
  if (!answer.media.some(isOn)) return { kind: 'refused', why: 'no codec in common' };
  const served = servedCall(server, call);
  served.reservation = { resource, offer, answer };
  served.playing = false;
  return { kind: 'reserved', answer };
}

/** CON-SRV-05: ports for both parties, and the resource as it would be offered at Client-A's. */
export function allocateConference(server: CmrResourceServerState, call: string): Reply {
  const { config } = server;
  const served = servedCall(server, call);
  const towardsA = { audio: takePort(server), video: takePort(server) };
  const towardsB = { audio: takePort(server), video: takePort(server) };
  const ports: ConferencePorts = { address: config.address, towardsA, towardsB };
  served.conference = { ports, mixing: null };
  return { kind: 'conference allocated', ports, able: offered(server, served.reservation, ports) };
}

/** The resource's own media, sent only, at the conference's ports towards Client-A. */
function offered(
  server: CmrResourceServerState,
  reservation: { readonly resource: string } | null,
  ports: ConferencePorts,
): SessionDescription {
  const { config } = server;
  const held = config.resources.find((one) => one.name === reservation?.resource);
  const wanted = config.sdp.media.filter(({ media }) =>
    (held?.media ?? []).some((medium) => medium === media),
  );
  const media = wanted.map((section) => withDirection(section, 'sendonly'));
  const described = Object.freeze({ ...config.sdp, media: Object.freeze(media) });
  return relocate(described, config.address, (section) => portFor(section.media, ports));
}

function portFor(media: string, ports: ConferencePorts): number {
  const medium: Medium = media === 'video' ? 'video' : 'audio';
  return ports.towardsA[medium];
}
