import {
  isControl,
  isSip,
  type MessageView,
  type Micros,
  type NodeId,
  type Party,
  type TraceHeader,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import type { StateBand } from './layout/ladder-input.ts';
import { lifelineId } from './trace-arrows.ts';

type Phase = StateBand['phase'];

/** Where a leg's state is drawn at one node. */
interface Place {
  readonly node: NodeId;
  readonly side: StateBand['side'];
  readonly leg: StateBand['leg'];
  readonly party: Party;
}

/** The state of every dialog and of the resource, as bands on the lifelines. */
export function traceBands(
  header: TraceHeader,
  records: readonly TraceRecord[],
  views: readonly MessageView[],
): readonly StateBand[] {
  const bands: StateBand[] = [];
  for (const leg of ['A', 'B'] as const) {
    const invite = initialInvite(views, leg);
    if (invite === null) continue;
    for (const place of placesOf(header, leg)) {
      const phases = dialogPhases(records, views, invite, place);
      bands.push(...narrowed(phases, views, place));
    }
  }
  bands.push(...resourceBands(header, views));
  return bands;
}

function placesOf(header: TraceHeader, leg: 'A' | 'B'): Place[] {
  const places: Place[] = [];
  for (const node of header.nodes) {
    if (node.party === leg) places.push({ node: node.id, side: 'centre', leg, party: leg });
    if (node.party === 'S') {
      places.push({ node: node.id, side: leg === 'A' ? 'left' : 'right', leg, party: 'S' });
    }
  }
  return places;
}

function initialInvite(views: readonly MessageView[], leg: 'A' | 'B'): MessageView | null {
  return views.find((view) => view.leg === leg && view.text === 'INVITE') ?? null;
}

/** The phases one end of a leg goes through: what it sends or receives, and what it then says. */
function dialogPhases(
  records: readonly TraceRecord[],
  views: readonly MessageView[],
  invite: MessageView,
  place: Place,
): StateBand[] {
  const starts = invite.from === place.node ? invite.sentAt : arrivalOf(invite, records);
  if (!isSip(invite.packet) || starts === null) return [];
  const { callId } = invite.packet;
  const changes: { at: Micros; phase: Phase | null }[] = [{ at: starts, phase: 'calling' }];
  for (const record of records) {
    if (record.node !== place.node || record.kind !== 'note') continue;
    const { note } = record;
    if (note.kind !== 'state' || note.machine !== 'dialog' || note.subject !== callId) continue;
    changes.push({ at: record.at, phase: phaseOf(note.to) });
  }
  const refused = finalRefusal(views, records, invite, place);
  if (refused !== null) changes.push({ at: refused, phase: null });
  changes.sort((one, other) => one.at - other.at);
  return bandsBetween(changes, place);
}

function phaseOf(state: string): Phase | null {
  if (state === 'early' || state === 'confirmed') return state;
  return null;
}

function arrivalOf(view: MessageView, records: readonly TraceRecord[]): Micros | null {
  const first = view.received[0];
  return first === undefined ? null : (records[first - 1]?.at ?? null);
}

/** When this end sends or receives a final response that ends the call attempt. */
function finalRefusal(
  views: readonly MessageView[],
  records: readonly TraceRecord[],
  invite: MessageView,
  place: Place,
): Micros | null {
  for (const view of views) {
    const { packet } = view;
    if (!isSip(packet) || packet.kind !== 'response' || packet.status < 300) continue;
    if (view.leg !== invite.leg || packet.cseq.method !== 'INVITE') continue;
    if (!isSip(invite.packet) || packet.cseq.number !== invite.packet.cseq.number) continue;
    return view.from === place.node ? view.sentAt : arrivalOf(view, records);
  }
  return null;
}

const words: Readonly<Record<Party, Readonly<Record<Phase, string | null>>>> = {
  A: { calling: 'calling', early: 'early', confirmed: 'confirmed' },
  B: { calling: 'trying', early: 'early', confirmed: 'confirmed' },
  S: { calling: null, early: null, confirmed: null },
  R: { calling: null, early: null, confirmed: null },
};

/** Bands between changes of phase; null ends the last. */
function bandsBetween(
  changes: readonly { readonly at: Micros; readonly phase: Phase | null }[],
  place: Place,
): StateBand[] {
  const bands: StateBand[] = [];
  for (const [index, { at, phase }] of changes.entries()) {
    if (phase === null) return bands;
    if (changes[index - 1]?.phase === phase) continue;
    const next = changes.slice(index + 1).find((change) => change.phase !== phase);
    bands.push({
      lifeline: lifelineId(place.node),
      side: place.side,
      leg: place.leg,
      phase,
      word: words[place.party][phase],
      narrow: false,
      fromMicros: at,
      toMicros: next?.at ?? null,
    });
  }
  return bands;
}

/** Splits confirmed bands where a re-INVITE is open: until its final response, if there is one. */
function narrowed(
  bands: readonly StateBand[],
  views: readonly MessageView[],
  place: Place,
): StateBand[] {
  const spans = openReinvites(views, place).toSorted(
    (one, other) => one.fromMicros - other.fromMicros,
  );
  return bands.flatMap((band) => splitBand(band, spans));
}

/** While a request is open; null: nobody has answered it. */
interface OpenSpan {
  readonly fromMicros: Micros;
  readonly toMicros: Micros | null;
}

function openReinvites(views: readonly MessageView[], { node, leg }: Place): OpenSpan[] {
  const finals = finalResponses(views, node);
  const spans = new Map<string, OpenSpan>();
  for (const { packet, text, from, to, sentAt, arrivesAt, lost, leg: its } of views) {
    if (its !== leg || text !== 're-INVITE' || !isSip(packet)) continue;
    const isOwn = from === node;
    if (!isOwn && (to !== node || lost)) continue;
    const name = nameOf(packet);
    const key = `${from} ${name}`;
    if (spans.has(key)) continue;
    spans.set(key, {
      fromMicros: isOwn ? sentAt : arrivesAt,
      toMicros: (isOwn ? finals.arrived : finals.sent).get(name) ?? null,
    });
  }
  return [...spans.values()];
}

/** What a request and its responses have in common. */
function nameOf(packet: { readonly callId: string; readonly cseq: { readonly number: number } }) {
  return `${packet.callId} ${packet.cseq.number}`;
}

/** When a node first sent, and first got, the final response to each INVITE. */
function finalResponses(views: readonly MessageView[], node: NodeId) {
  const sent = new Map<string, Micros>();
  const arrived = new Map<string, Micros>();
  for (const { packet, from, to, sentAt, arrivesAt, lost } of views) {
    if (!isSip(packet) || packet.kind !== 'response') continue;
    if (packet.status < 200 || packet.cseq.method !== 'INVITE') continue;
    const name = nameOf(packet);
    if (from === node && !sent.has(name)) sent.set(name, sentAt);
    if (to === node && !lost && !arrived.has(name)) arrived.set(name, arrivesAt);
  }
  return { sent, arrived };
}

function splitBand(band: StateBand, spans: readonly OpenSpan[]): StateBand[] {
  if (band.phase !== 'confirmed') return [band];
  const ends = band.toMicros ?? Infinity;
  const pieces: StateBand[] = [];
  let rest = band;
  for (const { fromMicros, toMicros } of spans) {
    if (fromMicros < rest.fromMicros || fromMicros >= ends) continue;
    pieces.push({ ...rest, toMicros: fromMicros });
    const open: StateBand = { ...band, word: null, narrow: true, fromMicros };
    // Nobody has answered it by the time the dialog or the run ends.
    if (toMicros === null || toMicros > ends) return [...pieces, open];
    pieces.push({ ...open, toMicros });
    rest = { ...band, word: null, fromMicros: toMicros };
  }
  return [...pieces, rest];
}

/** What the Resource Server is told: reserved is hollow, playing half, mixing solid. */
function resourceBands(header: TraceHeader, views: readonly MessageView[]): StateBand[] {
  const node = header.nodes.find(({ party }) => party === 'R');
  if (node === undefined) return [];
  const place: Place = { node: node.id, side: 'centre', leg: 'R', party: 'R' };
  const changes: { at: Micros; phase: Phase | null }[] = [];
  for (const { packet, to, arrivesAt, received } of views) {
    if (to !== node.id || received.length === 0 || !isControl(packet)) continue;
    if (packet.form !== 'command') continue;
    const phase = commandPhase[packet.command.kind];
    if (phase !== undefined) changes.push({ at: arrivesAt, phase });
  }
  return bandsBetween(changes, place);
}

const commandPhase: Readonly<Partial<Record<string, Phase | null>>> = {
  reserve: 'calling',
  play: 'early',
  mix: 'confirmed',
  stop: null,
  release: null,
};
