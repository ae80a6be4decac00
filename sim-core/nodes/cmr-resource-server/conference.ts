import type { Outbox } from '../../kernel/node.ts';
import type { HeardSource, Medium, MixingCell } from '../../kernel/trace-record.ts';
import { ssrcOf } from '../../media/media-packet.ts';
import {
  adjustSending,
  endOf,
  streamsBetween,
  type WantedStream,
} from '../../media/media-session.ts';
import { isOn } from '../../sdp/media-lines.ts';
import type { CmrResourceServerState, Mixing, Reservation, ServedCall } from './server-state.ts';

/** Mixes for Client-A and merely forwards for Client-B (CON-SRV-09). */

/** RFC 3550 §5.1: as many as the header can list. */
const contributorsMost = 15;

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

/** DEL-GW-SRV-05: the ring, from the reserved ports to where the client wants its media. */
function ring({ local, remote, resource }: Reservation): WantedStream[] {
  if (remote === null) return [];
  return streamsBetween(local, remote, [{ source: resource, gainPercent: 100 }]);
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
      const cells = mixing.cells.filter(
        (cell) => cell.output === output && cell.medium === stream.medium,
      );
      const inputs = cells.flatMap((cell) => inputOf(server, served, mixing, cell) ?? []);
      if (inputs.length === 0) return [];
      return [{ ...stream, ...sourceOf(server, stream, cells.length > 1, inputs) }];
    }),
  );
}

/** What is there at this moment for one cell of the matrix. */
interface MixerInput extends HeardSource {
  readonly ssrc: number;
}

function inputOf(
  server: CmrResourceServerState,
  served: ServedCall,
  mixing: Mixing,
  cell: MixingCell,
): MixerInput | null {
  const { reservation } = served;
  const isRing = cell.input === reservation?.resource;
  const ssrc = isRing
    ? ringSource(served, reservation, cell.medium)
    : arriving(server, mixing, cell.input, cell.medium);
  if (ssrc === null) return null;
  const { input: source, gainPercent, region } = cell;
  return { source, gainPercent, ...(region === undefined ? {} : { region }), ssrc };
}

/**
 * A mixer sends under a name of its own and lists whom it mixes (R-RTP-01); where the matrix has
 * one input only, the server forwards, and the stream keeps its source's name (R-RTP-02).
 */
function sourceOf(
  { config: { defects } }: CmrResourceServerState,
  { ssrc: own }: WantedStream,
  mixes: boolean,
  inputs: readonly MixerInput[],
) {
  const sources = inputs.map(({ ssrc: _ssrc, ...source }): HeardSource => source);
  const first = inputs[0]?.ssrc ?? own;
  if (!mixes) {
    return { sources, ssrc: defects.includes('renames-what-it-forwards') ? own : first, csrc: [] };
  }
  const foreign = inputs.at(-1)?.ssrc ?? own;
  const ssrc = defects.includes('mixes-under-foreign-name') ? foreign : own;
  return { sources, ssrc, csrc: inputs.slice(0, contributorsMost).map((input) => input.ssrc) };
}

/** The ring's own SSRC, as it had it before anything was mixed; null while it is not played. */
function ringSource(
  { playing }: ServedCall,
  { local }: Reservation,
  medium: Medium,
): number | null {
  if (!playing) return null;
  const line = local.media.find((section) => section.media === medium);
  const end = line === undefined ? null : endOf(line, local);
  return ssrcOf(end ?? { address: medium, port: 0 });
}

/** The SSRC of a party's stream that reaches the port offered to it; null where none does. */
function arriving(
  server: CmrResourceServerState,
  mixing: Mixing,
  party: string,
  medium: Medium,
): number | null {
  const { clientA, clientB, offeredToA, offeredToB } = mixing;
  if (party !== clientA && party !== clientB) return null;
  const offered = party === clientA ? offeredToA : offeredToB;
  for (const section of offered.media) {
    if (section.media !== medium || !isOn(section)) continue;
    const end = endOf(section, offered);
    const stream = server.media.arriving.find(
      ({ to }) => to.address === end?.address && to.port === end.port,
    );
    if (stream !== undefined) return stream.ssrc;
  }
  return null;
}
