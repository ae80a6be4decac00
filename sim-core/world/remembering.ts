import { clonePlain, fingerprint, freezeDeep, samePlain } from '../base/plain.ts';
import type { Input, Instant, NodeBehaviour, NodeId, Outbox } from '../kernel/node.ts';
import { askAgain, isQuestion, repeat, type Deed } from './deeds.ts';
import { newScribe, type Same, type Scribe } from './scribe.ts';

type Behaviour = NodeBehaviour<unknown, unknown>;

/**
 * Has nodes remember what they did in other runs. What a node does follows from its configuration,
 * from what it was told so far and from what its outbox answered: where all of that was so before,
 * the same deeds follow, and nobody has to work them out. Where it is something new, the node is
 * told its life once more and acts by itself from there on. The run is the same to the record;
 * only the state of a node cannot be looked into.
 */
export type Behaving = (behaviour: Behaviour) => Behaviour;

/** A node's life up to some moment: the last that it was told, what it did, what was before. */
interface Past {
  readonly before: Past | null;
  readonly input: Input | null;
  readonly deeds: readonly Deed[];
  readonly after: Past[];
}

/** Where the lives of all nodes of one place and configuration begin. */
interface Birth {
  readonly self: NodeId;
  readonly config: unknown;
  readonly past: Past;
}

/** The state of a node that remembers. */
interface Remembering {
  readonly birth: Birth;
  past: Past;
  /** What it is where it acts by itself; null as long as it did all of this before. */
  own: { readonly state: unknown; readonly scribe: Scribe } | null;
  asked: Instant | null;
}

/** Inputs that are remembered; with more of them it is begun anew, for memory is finite. */
const pastsMost = 50_000;

/** What all nodes of many runs remember together. */
interface Memory {
  pasts: number;
  births: Map<Behaviour, Birth[]>;
  same: Same;
}

export function remembering(): Behaving {
  const memory: Memory = { pasts: 0, births: new Map(), same: oneForAll() };
  const known = new Map<Behaviour, Behaviour>();
  return (behaviour) => {
    const before = known.get(behaviour);
    if (before !== undefined) return before;
    const fresh = withMemory(behaviour, memory);
    known.set(behaviour, fresh);
    return fresh;
  };
}

function withMemory(behaviour: Behaviour, memory: Memory): NodeBehaviour<Remembering, unknown> {
  return {
    role: behaviour.role,
    init: (self, config) => newborn(birthOf(memory, behaviour, self, config)),
    handle(node, input, out) {
      const done = node.own === null ? doAsBefore(node, input, out) : nothing;
      if (done !== null) actByItself(memory, behaviour, node, input, done, out);
    },
    breakOff(node, out) {
      behaviour.breakOff?.(ownOf(memory, behaviour, node).state, out);
    },
  };
}

function newborn(birth: Birth): Remembering {
  return { birth, past: birth.past, own: null, asked: null };
}

function birthOf(memory: Memory, behaviour: Behaviour, self: NodeId, config: unknown): Birth {
  if (memory.pasts >= pastsMost) {
    memory.pasts = 0;
    memory.births = new Map();
    memory.same = oneForAll();
  }
  let births = memory.births.get(behaviour);
  if (births === undefined) {
    births = [];
    memory.births.set(behaviour, births);
  }
  const known = births.find((one) => one.self === self && samePlain(one.config, config));
  if (known !== undefined) return known;
  const past = { before: null, input: null, deeds: [], after: [] };
  const birth = { self, config, past };
  births.push(birth);
  memory.pasts += 1;
  return birth;
}

const nothing: readonly Deed[] = [];

/**
 * Does what the node did on that input before. Gives null when that was all; otherwise what it has
 * done until an answer was another one than ever before.
 */
function doAsBefore(node: Remembering, input: Input, out: Outbox): readonly Deed[] | null {
  let done = nothing;
  for (const next of node.past.after) {
    if (!isSameInput(next.input, input) || !beginsWith(next.deeds, done)) continue;
    const until = repeatFrom(next.deeds, done, node, out);
    if (until === null) {
      node.past = next;
      return null;
    }
    done = until;
  }
  return done;
}

/** Repeats the deeds after those that are done; stops at another answer, and gives what is done. */
function repeatFrom(
  deeds: readonly Deed[],
  done: readonly Deed[],
  node: Remembering,
  out: Outbox,
): readonly Deed[] | null {
  for (let at = done.length; at < deeds.length; at += 1) {
    const deed = deeds[at]!;
    if (!isQuestion(deed)) {
      repeat(deed, out);
      continue;
    }
    const asked = askAgain(deed, out, node);
    if (asked.answer !== deed.answer) return [...deeds.slice(0, at), asked];
  }
  return null;
}

/** Up to the first answer that differs, deeds after the same input are the same. */
function beginsWith(deeds: readonly Deed[], done: readonly Deed[]): boolean {
  for (let at = 0; at < done.length; at += 1) {
    const [one, other] = [deeds[at], done[at]!];
    if (one === undefined) return false;
    if (isQuestion(one) && isQuestion(other) && one.answer !== other.answer) return false;
  }
  return true;
}

function isSameInput(one: Input | null, other: Input): boolean {
  switch (other.kind) {
    case 'packet':
      return (
        one?.kind === 'packet' && one.from === other.from && samePlain(one.packet, other.packet)
      );
    case 'timer':
      return one?.kind === 'timer' && one.timer === other.timer;
    case 'user':
      return one?.kind === 'user' && samePlain(one.action, other.action);
    case 'start':
      return one?.kind === 'start';
  }
}

/** Acts as the node itself, after what it has done already, and writes down what it does. */
function actByItself(
  memory: Memory,
  behaviour: Behaviour,
  node: Remembering,
  input: Input,
  done: readonly Deed[],
  out: Outbox,
): void {
  const { state, scribe } = ownOf(memory, behaviour, node);
  const deeds = scribe.listen(out, done, () => behaviour.handle(state, input, scribe.outbox));
  const past = { before: node.past, input, deeds, after: [] };
  node.past.after.push(past);
  node.past = past;
  memory.pasts += 1;
}

/** The node as it would be without memory: it is told its life once more where it has to be. */
function ownOf(memory: Memory, behaviour: Behaviour, node: Remembering) {
  if (node.own !== null) return node.own;
  const { self, config } = node.birth;
  const own = {
    state: behaviour.init(self, config),
    scribe: newScribe(node, memory.same),
  };
  const life: Past[] = [];
  for (let past = node.past; past.before !== null; past = past.before) life.push(past);
  for (const { input, deeds } of life.toReversed()) {
    if (input === null) continue;
    own.scribe.listen(null, deeds, () => behaviour.handle(own.state, input, own.scribe.outbox));
  }
  node.own = own;
  return own;
}

/** Equal values become one frozen value, by which it is easily seen that they are equal. */
function oneForAll(): Same {
  const byPrint = new Map<number, object[]>();
  return (value) => {
    const frozen = freezeDeep(clonePlain(value));
    const print = fingerprint(frozen, 1);
    const alike = byPrint.get(print);
    if (alike === undefined) {
      byPrint.set(print, [frozen]);
      return frozen;
    }
    for (const one of alike) if (isTheSame(one, frozen)) return one;
    alike.push(frozen);
    return frozen;
  };
}

function isTheSame<Value extends object>(one: object, other: Value): one is Value {
  return samePlain(one, other);
}
