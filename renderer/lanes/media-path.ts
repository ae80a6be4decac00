import {
  isMedia,
  printGain,
  type MediaPacket,
  type Medium,
  type MessageView,
  type Micros,
  type MixingCell,
  type NodeId,
  type Party,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import type { MediaSource } from '../ladder/layout/ladder-input.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { firstFrom } from '../ladder/layout/marks.ts';
import type { Trace, TraceView } from '../store/trace-store.ts';
import { millisText } from '../words/times.ts';
import type { MediaPath } from './layout/media-path-input.ts';

/** A stream that is being received at the instant. */
interface Stream {
  readonly packet: MediaPacket;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly since: Micros;
}

/** What is sent and mixed from an instant on, until the next turn. */
export interface MediaTurn {
  readonly at: Micros;
  readonly streams: readonly Stream[];
  /** What the Resource Server mixes; null while it does not. */
  readonly mixing: { readonly cells: readonly MixingCell[]; readonly since: Micros } | null;
}

/** Whenever media take another path, ascending. */
export const mediaTurnsOf: TraceView<readonly MediaTurn[]> = (trace, view) => {
  const running = new Map<string, Stream>();
  const placeOf = new Map<string, number>();
  let mixing: MediaTurn['mixing'] = null;
  const turns: MediaTurn[] = [];
  for (const change of changesOf(trace, view(messagesOf))) {
    if (change.kind === 'mixing') {
      mixing = change.cells.length === 0 ? null : { cells: change.cells, since: change.at };
    } else {
      const { packet, from, to, at, place } = change;
      const key = `${from} ${packet.stream}`;
      // Of two that overtook one another the one that was sent later counts.
      if (place < (placeOf.get(key) ?? 0)) continue;
      placeOf.set(key, place);
      if (packet.sources.length === 0) running.delete(key);
      else running.set(key, { packet, from, to, since: at });
    }
    if (turns.at(-1)?.at === change.at) turns.pop();
    turns.push({ at: change.at, streams: [...running.values()], mixing });
  }
  return turns;
};

type MediaChange =
  | (Omit<Stream, 'since'> & {
      readonly kind: 'stream';
      readonly at: Micros;
      readonly place: number;
    })
  | { readonly kind: 'mixing'; readonly at: Micros; readonly cells: readonly MixingCell[] };

/** What arrives of media and what is mixed, in the order in which it happens. */
function changesOf({ header, records }: Trace, views: readonly MessageView[]): MediaChange[] {
  const changes: MediaChange[] = [];
  for (const [place, { packet, from, to, arrivesAt, lost }] of views.entries()) {
    if (!isMedia(packet) || lost) continue;
    changes.push({ kind: 'stream', packet, from, to, at: arrivesAt, place });
  }
  const server = header?.nodes.find(({ party }) => party === 'R')?.id;
  for (const record of records) {
    if (record.kind !== 'note' || record.node !== server || record.note.kind !== 'mixing') continue;
    changes.push({ kind: 'mixing', at: record.at, cells: record.note.cells });
  }
  return changes.toSorted((one, other) => one.at - other.at);
}

/** The turn that the media path has taken at an instant; undefined before the first. */
export function turnAt(turns: readonly MediaTurn[], playhead: Micros): MediaTurn | undefined {
  return turns[firstFrom(turns, ({ at }) => at, playhead + 1) - 1];
}

/**
 * The media path from a turn on. While the Resource Server mixes, its own note says who hears
 * whom; before that, what it sends says it.
 */
export function mediaPathOf(header: TraceHeader, turn: MediaTurn | undefined): MediaPath {
  const { streams, mixing } = turn ?? { streams: [], mixing: null };
  const partyOf = (id: NodeId): Party | null =>
    header.nodes.find((node) => node.id === id)?.party ?? null;
  const gains =
    mixing !== null
      ? mixing.cells.map((cell) => gainOfCell(cell, header))
      : streams.filter(({ from }) => partyOf(from) === 'R').flatMap((one) => gainsOf(one, header));
  const known = gains.filter((gain) => gain !== null);
  return {
    says: words(mixing?.since ?? null, streams, partyOf),
    ...matrix(known, mixing !== null),
    gains: known.map(({ input, output, gainPercent }) => ({
      input: `${input.owner} ${input.medium}`,
      output: `${output.party} ${output.medium}`,
      gainPercent,
    })),
    direct: streams.flatMap(({ from, to, packet }) => {
      const [one, other] = [partyOf(from), partyOf(to)];
      const ends = (one === 'A' && other === 'B') || (one === 'B' && other === 'A');
      return ends ? [{ from: one, to: other, medium: packet.medium }] : [];
    }),
    sending: (['A', 'B'] as const).filter((party) =>
      streams.some(({ from, to }) => partyOf(from) === party && partyOf(to) === 'R'),
    ),
  };
}

interface Gain {
  readonly input: { readonly owner: MediaSource; readonly medium: Medium };
  readonly output: { readonly party: 'A' | 'B'; readonly medium: Medium };
  readonly gainPercent: number;
}

function gainOfCell(cell: MixingCell, header: TraceHeader): Gain | null {
  const output = header.nodes.find(({ name }) => name === cell.output)?.party;
  if (output !== 'A' && output !== 'B') return null;
  const { medium, gainPercent } = cell;
  const input = { owner: ownerOf(cell.input, header), medium };
  return { input, output: { party: output, medium }, gainPercent };
}

function gainsOf({ packet, to }: Stream, header: TraceHeader): (Gain | null)[] {
  const party = header.nodes.find(({ id }) => id === to)?.party;
  if (party !== 'A' && party !== 'B') return [];
  const { medium } = packet;
  return packet.sources.map(({ source, gainPercent }) => ({
    input: { owner: ownerOf(source, header), medium },
    output: { party, medium },
    gainPercent,
  }));
}

function ownerOf(source: string, header: TraceHeader): MediaSource {
  const party = header.nodes.find(({ name }) => name === source)?.party;
  return party === 'A' || party === 'B' ? party : 'R';
}

const owners: Readonly<Record<MediaSource, Readonly<Record<Medium, string>>>> = {
  R: { audio: 'CMR audio', video: 'CMR video' },
  A: { audio: 'A mic', video: 'A camera' },
  B: { audio: 'B mic', video: 'B camera' },
};

const organs: Readonly<Record<Medium, string>> = { audio: 'ear', video: 'screen' };

/** While something is mixed the whole matrix; otherwise the rows and columns in use. */
function matrix(gains: readonly Gain[], whole: boolean): Pick<MediaPath, 'inputs' | 'outputs'> {
  const used = (owner: MediaSource, medium: Medium): boolean =>
    gains.some(({ input }) => input.owner === owner && input.medium === medium);
  const reached = (party: 'A' | 'B', medium: Medium): boolean =>
    gains.some(({ output }) => output.party === party && output.medium === medium);
  const inputs = (['R', 'A', 'B'] as const).flatMap((owner) =>
    (['audio', 'video'] as const)
      .filter((medium) => used(owner, medium) || (whole && medium === 'audio'))
      .map((medium) => ({ id: `${owner} ${medium}`, owner, medium, title: owners[owner][medium] })),
  );
  const outputs = (['A', 'B'] as const).flatMap((party) =>
    (['audio', 'video'] as const)
      .filter((medium) => reached(party, medium) || (whole && medium === 'audio'))
      .map((medium) => ({
        id: `${party} ${medium}`,
        party,
        medium,
        title: `${party} ${organs[medium]}`,
      })),
  );
  return { inputs, outputs };
}

function words(
  mixingSince: Micros | null,
  streams: readonly Stream[],
  partyOf: (id: NodeId) => Party | null,
): string {
  if (mixingSince !== null) return `mixing since ${millisText(mixingSince)}`;
  const played = streams.find(({ from }) => partyOf(from) === 'R');
  const direct = streams.find(({ from, to }) => partyOf(from) === 'B' && partyOf(to) === 'A');
  if (played !== undefined && direct !== undefined) {
    return `clip since ${millisText(played.since)}, B beside it since ${millisText(direct.since)}`;
  }
  if (played !== undefined) return `clip since ${millisText(played.since)}`;
  if (direct !== undefined) return `direct since ${millisText(direct.since)}`;
  return 'no media yet';
}

/** The matrix in sentences, for those who hear it. */
export function pathSentences(path: MediaPath): string[] {
  return path.outputs.map(({ id, title, medium }) => {
    const heard = path.gains.filter(({ output, gainPercent }) => output === id && gainPercent > 0);
    const what = heard.map(({ input, gainPercent }) => {
      const row = path.inputs.find((one) => one.id === input);
      return `${row?.title ?? input}${medium === 'audio' ? ` at ${printGain(gainPercent)}` : ''}`;
    });
    return `${title} gets ${what.length === 0 ? 'nothing' : what.join(' and ')}.`;
  });
}
