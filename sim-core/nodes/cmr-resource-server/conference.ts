import type { Outbox } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import {
  adjustSending,
  codecOf,
  endOf,
  receives,
  streamsBetween,
  type WantedStream,
} from '../../media/media-session.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { SessionDescription } from '../../sdp/session-description.ts';
import type {
  CmrResourceServerState,
  Conference,
  Mixing,
  Reservation,
  ServedCall,
} from './resource-server-state.ts';

/** Mixes for Client-A and merely forwards for Client-B (CON-SRV-09). */

/** Sends exactly what the calls now ask for; called whenever a command or a stream changes that. */
export function serveMedia(server: CmrResourceServerState, out: Outbox): void {
  const wanted: WantedStream[] = [];
  for (const served of server.calls) {
    const { conference, reservation } = served;
    if (conference?.mixing) wanted.push(...mixed(server, served, conference, conference.mixing));
    else if (served.playing && reservation !== null) wanted.push(...ring(reservation));
  }
  adjustSending(server.media, wanted, server.config.addresses, out);
}

/** DEL-GW-SRV-05: the ring, from the reserved ports to where Client-A's offer wants its media. */
function ring({ offer, answer, resource }: Reservation): WantedStream[] {
  return streamsBetween(answer, offer, [{ source: resource, gainPercent: 100 }]);
}

function mixed(
  server: CmrResourceServerState,
  served: ServedCall,
  conference: Conference,
  mixing: Mixing,
): WantedStream[] {
  const { towardsA, towardsB, address } = { ...conference.ports };
  const { clientA, clientB } = mixing;
  const wanted: WantedStream[] = [];
  for (const medium of ['audio', 'video'] as const) {
    const heardByA = heard(server, served, conference, mixing, clientA, medium);
    const ringPort = isMixed(mixing, medium) ? null : ringPortFor(served.reservation, medium);
    const portA = ringPort ?? towardsA[medium];
    wanted.push(...streamTo(mixing.towardsA, medium, { address, port: portA }, heardByA));
    const heardByB = heard(server, served, conference, mixing, clientB, medium);
    const portB = towardsB[medium];
    wanted.push(...streamTo(mixing.towardsB, medium, { address, port: portB }, heardByB));
  }
  return wanted;
}

/** The sources of one output that are there at this moment. */
function heard(
  server: CmrResourceServerState,
  served: ServedCall,
  conference: Conference,
  mixing: Mixing,
  output: string,
  medium: Medium,
): HeardSource[] {
  const sources: HeardSource[] = [];
  for (const cell of mixing.cells) {
    if (cell.output !== output || cell.medium !== medium) continue;
    const isRing = cell.input === served.reservation?.resource;
    const there = isRing ? served.playing : arrives(server, conference, mixing, cell.input, medium);
    if (there) sources.push({ source: cell.input, gainPercent: cell.gainPercent });
  }
  return sources;
}

/** Whether a party's stream reaches its own port of the conference. */
function arrives(
  server: CmrResourceServerState,
  { ports }: Conference,
  mixing: Mixing,
  party: string,
  medium: Medium,
): boolean {
  const port = (party === mixing.clientA ? ports.towardsA : ports.towardsB)[medium];
  return server.media.arriving.some(
    (packet) => packet.to.address === ports.address && packet.to.port === port,
  );
}

/** A CMR component beside the regular media is not mixed with them and keeps the ring's port. */
function isMixed({ cells, clientA, clientB }: Mixing, medium: Medium): boolean {
  return cells.some(
    (cell) => cell.output === clientA && cell.medium === medium && cell.input === clientB,
  );
}

function ringPortFor(reservation: Reservation | null, medium: Medium): number | null {
  const section = reservation?.answer.media.find((one) => one.media === medium && isOn(one));
  return section?.port ?? null;
}

function streamTo(
  description: SessionDescription,
  medium: Medium,
  from: { readonly address: string; readonly port: number },
  sources: readonly HeardSource[],
): WantedStream[] {
  const section = description.media.find((one) => one.media === medium && isOn(one));
  if (section === undefined || sources.length === 0 || !receives(section, description)) return [];
  const to = endOf(section, description);
  return to === null ? [] : [{ medium, codec: codecOf(section), from, to, sources }];
}
