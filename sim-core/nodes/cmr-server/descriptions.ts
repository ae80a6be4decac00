import type { Switches } from '../../base/switches.ts';
import type { MixingCell, Region } from '../../kernel/trace-record.ts';
import type { ConferencePorts } from '../../resource-control/control-message.ts';
import { relocate } from '../../sdp/history.ts';
import { directionOf, isOn, refused, withDirection, withPort } from '../../sdp/media-lines.ts';
import type { MediaDescription, SessionDescription } from '../../sdp/session-description.ts';

/** The session descriptions and mixing matrices that the CMR Server composes. */

/**
 * CON-SRV-06: the regular session media of Client-A's last offer, to be received and sent at the
 * Resource Server's ports towards Client-B. A line Client-A switched off stays off.
 */
export function regularMediaAt(
  lastOffer: SessionDescription,
  { address, towardsB }: ConferencePorts,
): SessionDescription {
  return relocate(lastOffer, address, ({ media }) => portOf(media, towardsB));
}

/**
 * GAP-05: the answer that Client-A is still owed, from Client-B's last answer and at the Resource
 * Server's ports towards Client-A; CMR media have no place in it, for it has the offer's lines.
 */
export function regularAnswerAt(
  lastAnswerOfB: SessionDescription,
  { address, towardsA }: ConferencePorts,
): SessionDescription {
  return relocate(lastAnswerOfB, address, ({ media }) => portOf(media, towardsA));
}

/**
 * CON-SRV-07 by the union of GAP-10: the regular media of Client-B's last answer, plus the CMR
 * media components apart from those used in it. Lines keep their places, for an m-line never
 * goes away (R-OA-13): a line Client-B accepted is mixed at the conference's port; another takes
 * the CMR component of its media type; components left over go below (R-OA-15), and whatever a
 * line keeps, it keeps with its payload types (R-OA-16).
 */
export function mixedMediaAt(
  previous: SessionDescription,
  lastAnswerOfB: SessionDescription,
  able: SessionDescription | null,
  { address, towardsA }: ConferencePorts,
  slot: Switches['SW-CONT-SLOT'],
): SessionDescription {
  const usedByB = new Set(lastAnswerOfB.media.filter(isOn).map(({ media }) => media));
  const components = able?.media.filter(isOn) ?? [];
  const left = components.filter((component) => !usedByB.has(component.media));
  const kept = previous.media.map((before, index): MediaDescription => {
    const regular = lastAnswerOfB.media[index];
    if (regular !== undefined && isOn(regular)) {
      const direction = directionOf(regular, lastAnswerOfB);
      const port = portOf(regular.media, towardsA);
      return withDirection(withPort(regular, port), mixDirection(direction));
    }
    const component = left.findIndex(({ media }) => media === before.media);
    if (component < 0 || slot === 'append-only') return refused(before);
    const [taken] = left.splice(component, 1);
    // A ring already on that line goes on from its own port; otherwise the resource's own line.
    return withDirection(isOn(before) ? before : (taken ?? before), 'sendonly');
  });
  const media = Object.freeze([...kept, ...left]);
  const together = Object.freeze({ ...previous, media });
  return relocate(together, address, (section) => section.port);
}

/** The ring as it may be mixed. */
export interface MixedRing {
  readonly resource: string;
  /** Its media; null where it is left out. */
  readonly able: SessionDescription | null;
  /** How loud it is under a voice. */
  readonly gainPercent: number;
  /** Where its picture goes while the parties see each other; null: it gives way to theirs. */
  readonly region: Region | null;
  readonly media: Switches['SW-CONT-MEDIA'];
}

/** CON-SRV-09: CMR and regular media for Client-A, regular media alone for Client-B. */
export function mixingMatrix(
  ring: MixedRing,
  clientA: string,
  clientB: string,
  answerOfA: SessionDescription,
  answerOfB: SessionDescription,
): MixingCell[] {
  const cells: MixingCell[] = [];
  for (const medium of ['audio', 'video'] as const) {
    const has = (description: SessionDescription) =>
      description.media.some((section) => section.media === medium && isOn(section));
    if (!has(answerOfA)) continue;
    const regular = has(answerOfB);
    const { resource: input, able, region } = ring;
    const mixable = (medium === 'audio' || region !== null) && ring.media === 'all';
    if (able !== null && has(able) && (mixable || !regular)) {
      const isLower = regular && medium === 'audio';
      const gainPercent = isLower ? ring.gainPercent : 100;
      const put = regular && medium === 'video' && region !== null ? { region } : {};
      cells.push({ input, output: clientA, medium, gainPercent, ...put });
    }
    if (!regular) continue;
    cells.push({ input: clientB, output: clientA, medium, gainPercent: 100 });
    cells.push({ input: clientA, output: clientB, medium, gainPercent: 100 });
  }
  return cells;
}

/** The other end's hold is passed on mirrored; otherwise both ways (spec §7, doubt 4). */
function mixDirection(ofB: ReturnType<typeof directionOf>) {
  if (ofB === 'sendonly') return 'sendonly';
  if (ofB === 'recvonly') return 'recvonly';
  return ofB === 'inactive' ? 'inactive' : 'sendrecv';
}

function portOf(media: string, ports: { readonly audio: number; readonly video: number }): number {
  return media === 'video' ? ports.video : ports.audio;
}
