import type { Outbox } from '../../kernel/node.ts';
import type { HeardSource, Medium } from '../../kernel/trace-record.ts';
import {
  adjustSending,
  endOf,
  streamsBetween,
  type WantedStream,
} from '../../media/media-session.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { CmrResourceServerState, Mixing, Reservation, ServedCall } from './server-state.ts';

/** Mixes for Client-A and merely forwards for Client-B (CON-SRV-09). */

/** Sends exactly what the calls now ask for; called whenever a command or a stream changes that. */
export function serveMedia(server: CmrResourceServerState, out: Outbox): void {
  const wanted: WantedStream[] = [];
  for (const served of server.calls) {
    const { conference, reservation } = served;
    if (conference?.mixing) wanted.push(...mixed(server, served, conference.mixing));
    else if (served.playing && reservation !== null) wanted.push(...ring(reservation));
  }
  adjustSending(server.media, wanted, server.config.addresses, out);
}

/** DEL-GW-SRV-05: the ring, from the reserved ports to where Client-A's offer wants its media. */
function ring({ offer, answer, resource }: Reservation): WantedStream[] {
  return streamsBetween(answer, offer, [{ source: resource, gainPercent: 100 }]);
}

/** The streams of each leg, with what the matrix lets its party hear and see of what is there. */
function mixed(server: CmrResourceServerState, served: ServedCall, mixing: Mixing): WantedStream[] {
  const { clientA, clientB, offeredToA, offeredToB, towardsA, towardsB } = mixing;
  const streams = [
    { output: clientA, wanted: streamsBetween(offeredToA, towardsA, []) },
    { output: clientB, wanted: streamsBetween(offeredToB, towardsB, []) },
  ];
  return streams.flatMap(({ output, wanted }) =>
    wanted.flatMap((stream) => {
      const sources = heard(server, served, mixing, output, stream.medium);
      return sources.length === 0 ? [] : [{ ...stream, sources }];
    }),
  );
}

/** The sources of one output that are there at this moment. */
function heard(
  server: CmrResourceServerState,
  served: ServedCall,
  mixing: Mixing,
  output: string,
  medium: Medium,
): HeardSource[] {
  const sources: HeardSource[] = [];
  for (const cell of mixing.cells) {
    if (cell.output !== output || cell.medium !== medium) continue;
    const isRing = cell.input === served.reservation?.resource;
    const there = isRing ? served.playing : arrives(server, mixing, cell.input, medium);
    if (there) sources.push({ source: cell.input, gainPercent: cell.gainPercent });
  }
  return sources;
}

/** Whether a party's stream reaches the port that was offered to it. */
function arrives(
  server: CmrResourceServerState,
  mixing: Mixing,
  party: string,
  medium: Medium,
): boolean {
  const offered = party === mixing.clientA ? mixing.offeredToA : mixing.offeredToB;
  return offered.media.some((section) => {
    if (section.media !== medium || !isOn(section)) return false;
    const end = endOf(section, offered);
    return server.media.arriving.some(
      ({ to }) => to.address === end?.address && to.port === end.port,
    );
  });
}
