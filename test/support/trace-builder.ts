import { clause } from '../../sim-core/base/clause-id.ts';
import { micros, type Micros } from '../../sim-core/base/micros.ts';
import { switchesOf, type SwitchName } from '../../sim-core/base/switches.ts';
import type { Packet, UserAction } from '../../sim-core/kernel/node.ts';
import type {
  Medium,
  Note,
  RecordNumber,
  TraceRecord,
} from '../../sim-core/kernel/trace-record.ts';
import type { Command, Reply } from '../../sim-core/resource-control/control-message.ts';
import type { SessionDescription } from '../../sim-core/sdp/session-description.ts';
import type { Method } from '../../sim-core/sip/message.ts';
import type { Party, TraceHeader } from '../../sim-core/trace/trace-header.ts';
import {
  addresses,
  commandPacket,
  mediaPacket,
  names,
  nodeId,
  replyPacket,
  sipPacket,
  type Common,
  type MediaMove,
  type Move,
  type SipMove,
  type Timing,
} from './trace-packets.ts';

/*
 * Traces written by hand: moves by name, at milliseconds of virtual time. A variant of a trace is
 * made by leaving out, changing or moving some of its moves before it is built.
 */

export interface BuiltTrace {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly endedAt: Micros;
  /** The record with which a move began: its departure, its note, its act. */
  record(name: string): RecordNumber;
  /** The record with which a packet arrived. */
  arrival(name: string): RecordNumber;
}

export type TraceBuilder = ReturnType<typeof traceBuilder>;

export function traceBuilder(switches: Partial<Record<SwitchName, string>> = {}) {
  const moves = new Map<string, Move>();
  const set: Record<string, string> = { ...switchesOf('literal', switches) };
  const delivery: { mode: TraceHeader['mode']; services: TraceHeader['services'] } = {
    mode: 'gateway',
    services: ['cmrbt'],
  };
  const roles: Record<Party, string> = {
    A: 'cmr-client',
    B: 'cmr-client',
    S: 'cmr-server',
    R: 'cmr-resource-server',
  };

  const add = (name: string, move: Move): void => {
    if (moves.has(name)) throw new Error(`two moves are called ${name}`);
    moves.set(name, move);
  };
  const known = (name: string): Move => {
    const move = moves.get(name);
    if (move === undefined) throw new Error(`no move is called ${name}`);
    return move;
  };

  const builder = {
    sip(from: Party, to: Party, what: Method | number, move: SipMove, name = `${from} ${what}`) {
      add(name, { kind: 'sip', what, from, to, move });
      return builder;
    },
    command(command: Command, move: Common, name: string = command.kind) {
      add(name, { kind: 'packet', from: 'S', to: 'R', packet: commandPacket(command, name), move });
      return builder;
    },
    reply(to: string, reply: Reply, move: Common) {
      const packet = replyPacket(known(to), to, reply);
      add(`${to} reply`, { kind: 'packet', from: 'R', to: 'S', packet, move });
      return builder;
    },
    rtp(from: Party, to: Party, medium: Medium, move: MediaMove, name: string) {
      add(name, { kind: 'packet', from, to, packet: mediaPacket(from, to, medium, move), move });
      return builder;
    },
    packet(from: Party, to: Party, packet: Packet, move: Common, name: string) {
      add(name, { kind: 'packet', from, to, packet, move });
      return builder;
    },
    hears(node: Party, medium: Medium, sources: readonly string[], at: number, name: string) {
      const heard = sources.map((source) => ({ source, gainPercent: 100 }));
      add(name, {
        kind: 'note',
        node,
        note: { kind: 'hears', medium, sources: heard },
        move: { at },
      });
      return builder;
    },
    note(node: Party, note: Note, at: number, name: string, cause?: string) {
      const move = cause === undefined ? { at } : { at, cause };
      add(name, { kind: 'note', node, note, move });
      return builder;
    },
    decision(chosen: 'continue' | 'stop', at: number, cause: string, name = 'decision') {
      const note: Note = {
        kind: 'decision',
        about: 'Continue',
        chosen,
        why: 'the operator allows it',
        clause: clause('CON-SRV-01'),
      };
      return builder.note('S', note, at, name, cause);
    },
    user(node: Party, action: UserAction, at: number, name: string) {
      add(name, { kind: 'user', node, action, move: { at } });
      return builder;
    },
    timer(node: Party, timer: string, at: number, name: string) {
      add(name, { kind: 'timer', node, timer, move: { at } });
      return builder;
    },
    /** Sets a switch, any name: the header carries what it is given. */
    reading(name: string, value: string) {
      set[name] = value;
      return builder;
    },
    /** How the CMR Server delivers, and what. */
    delivers(mode: TraceHeader['mode'], ...services: TraceHeader['services']) {
      delivery.mode = mode;
      delivery.services = services;
      return builder;
    },
    /** Lets another kind of node stand in a party's place. */
    role(party: Party, role: string) {
      roles[party] = role;
      return builder;
    },
    without(...gone: string[]) {
      for (const name of gone) {
        known(name);
        moves.delete(name);
      }
      return builder;
    },
    /** Only what begins before that instant happens. */
    until(at: number) {
      for (const [name, { move }] of moves) if (move.at >= at) moves.delete(name);
      return builder;
    },
    /** Changes a SIP message. */
    change(name: string, change: Partial<SipMove>) {
      const before = known(name);
      if (before.kind !== 'sip') throw new Error(`${name} is no SIP message`);
      moves.set(name, { ...before, move: { ...before.move, ...change } });
      return builder;
    },
    /** Changes a command, a reply or a stream. */
    changePacket(name: string, change: (packet: Packet) => Packet) {
      const before = known(name);
      if (before.kind !== 'packet') throw new Error(`${name} is no such packet`);
      moves.set(name, { ...before, packet: change(before.packet) });
      return builder;
    },
    /** Lets it happen at another time; a packet takes as long as before. */
    shift(name: string, at: number) {
      const before = known(name);
      moves.delete(name);
      moves.set(name, shifted(before, at));
      return builder;
    },
    sdpOf(name: string): SessionDescription {
      const move = known(name);
      if (move.kind !== 'sip' || !move.move.sdp) throw new Error(`${name} has no SDP`);
      return move.move.sdp;
    },
    build: (endedAt?: number): BuiltTrace => build(moves, headerOf(set, roles, delivery), endedAt),
  };
  return builder;
}

function shifted(before: Move, at: number): Move {
  const later = at - before.move.at;
  if (before.kind !== 'sip' && before.kind !== 'packet') {
    return { ...before, move: { ...before.move, at } };
  }
  const { arrives } = before.move;
  const move = { ...before.move, at, arrives: arrives === null ? null : arrives + later };
  return { ...before, move };
}

function headerOf(
  switches: Readonly<Record<string, string>>,
  roles: Readonly<Record<Party, string>>,
  delivery: Pick<TraceHeader, 'mode' | 'services'>,
): TraceHeader {
  const titles = {
    A: 'CMR Client-A',
    B: 'CMR Client-B',
    S: 'CMR Server',
    R: 'CMR Resource Server',
  };
  const parties: readonly Party[] = ['A', 'B', 'S', 'R'];
  return {
    schemaVersion: 1,
    engine: 'hand-made',
    scenario: 'hand-made',
    title: 'hand-made',
    seed: 1,
    profile: 'literal',
    ...delivery,
    switches,
    nodes: parties.map((party) => ({
      id: nodeId(party),
      name: names[party],
      title: titles[party],
      role: roles[party],
      party,
      address: addresses[party],
      jitterBuffer: micros(0),
    })),
    links: [],
  };
}

// --- Records ---------------------------------------------------------------------------------

/** A record to be, with what it names still called by its move. */
interface Draft {
  readonly at: number;
  readonly move: string;
  readonly phase: 'begins' | 'arrives';
  readonly cause: string | null;
  readonly node: Party;
  readonly make: (of: { cause: RecordNumber; sent: RecordNumber }) => RecordBody;
  /** For an arrival: which transmission of the move, from 0. */
  readonly copy: number;
}

type RecordBody = TraceRecord extends infer R
  ? R extends TraceRecord
    ? Omit<R, 'number' | 'cause' | 'at' | 'node'>
    : never
  : never;

function build(
  moves: ReadonlyMap<string, Move>,
  header: TraceHeader,
  endedAt?: number,
): BuiltTrace {
  const drafts = [...moves].flatMap(([name, move]) => draftsOf(name, move, moves));
  const ordered = drafts
    .map((draft, index) => ({ draft, index }))
    .sort((a, b) => a.draft.at - b.draft.at || a.index - b.index)
    .map(({ draft }) => draft);
  const begins = new Map<string, RecordNumber>();
  const arrives = new Map<string, RecordNumber>();
  const copies = new Map<string, RecordNumber>();
  const records = ordered.map((draft, index) => {
    const number = (index + 1) as RecordNumber;
    const { move, phase, copy } = draft;
    if (phase === 'begins') {
      if (!begins.has(move)) begins.set(move, number);
      copies.set(`${move} ${copy}`, number);
    } else {
      if (!arrives.has(move)) arrives.set(move, number);
      arrives.set(`${move} #${copy}`, number);
    }
    const sent = copies.get(`${move} ${copy}`) ?? number;
    const cause = causeOf(draft, begins, arrives, sent);
    return {
      number,
      cause,
      at: micros(draft.at * 1_000),
      node: nodeId(draft.node),
      ...draft.make({ cause, sent }),
    };
  });
  const last = records.at(-1)?.at ?? micros(0);
  return {
    header,
    records,
    endedAt: endedAt === undefined ? last : micros(endedAt * 1_000),
    record: (name) => numberOf(begins, name),
    arrival: (name) => numberOf(arrives, name),
  };
}

function numberOf(numbers: ReadonlyMap<string, RecordNumber>, name: string): RecordNumber {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`nothing in the trace is called ${name}`);
  return number;
}

function causeOf(
  { cause, phase }: Draft,
  begins: ReadonlyMap<string, RecordNumber>,
  arrives: ReadonlyMap<string, RecordNumber>,
  sent: RecordNumber,
): RecordNumber {
  if (phase === 'arrives') return sent;
  if (cause === null) return 0 as RecordNumber;
  return arrives.get(cause) ?? begins.get(cause) ?? (0 as RecordNumber);
}

function draftsOf(name: string, move: Move, moves: ReadonlyMap<string, Move>): Draft[] {
  const base = { move: name, phase: 'begins', copy: 0 } as const;
  switch (move.kind) {
    case 'note': {
      const { note, node } = move;
      const cause = move.move.cause ?? null;
      return [{ ...base, at: move.move.at, cause, node, make: () => ({ kind: 'note', note }) }];
    }
    case 'user': {
      const { action, node } = move;
      const make = () => ({ kind: 'user', action }) as const;
      return [{ ...base, at: move.move.at, cause: null, node, make }];
    }
    case 'timer': {
      const { timer, node } = move;
      const make = () => ({ kind: 'timer fired', timer }) as const;
      return [{ ...base, at: move.move.at, cause: null, node, make }];
    }
    default: {
      const packet = move.kind === 'sip' ? sipPacket(name, move, moves) : move.packet;
      const { from, to } = move;
      const first = { ...move.move, cause: move.move.cause ?? null };
      const again = (move.move.again ?? []).map((one) => ({ ...one, cause: one.cause ?? null }));
      return [first, ...again].flatMap((timing, copy) =>
        transmission(name, packet, from, to, timing, copy),
      );
    }
  }
}

function transmission(
  move: string,
  packet: Packet,
  from: Party,
  to: Party,
  timing: Timing & { readonly cause: string | null },
  copy: number,
): Draft[] {
  const { at, arrives, cause } = timing;
  const target = nodeId(to);
  const left = { at, move, phase: 'begins', cause, node: from, copy } as const;
  if (arrives === null) {
    const wouldArriveAt = micros((at + 40) * 1_000);
    const make = () =>
      ({ kind: 'dropped', packet, to: target, why: 'loss', wouldArriveAt }) as const;
    return [{ ...left, make }];
  }
  const arrivesAt = micros(arrives * 1_000);
  const sender = nodeId(from);
  return [
    { ...left, make: () => ({ kind: 'sent', packet, to: target, arrivesAt, againAt: null }) },
    {
      at: arrives,
      move,
      phase: 'arrives',
      cause: null,
      node: to,
      copy,
      make: ({ sent }) => ({ kind: 'received', packet, from: sender, sent }),
    },
  ];
}
