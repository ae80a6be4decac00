import type { NodeId, NodeView, StateFact, StateGroup } from '../../sim-core/reading.ts';

/** A fact as it is, and as it was where that differs: null where it was not there. */
export interface ChangedFact extends Omit<StateFact, 'value'> {
  /** Null: it is no longer there. */
  readonly value: string | null;
  readonly was: string | null;
  readonly changed: boolean;
}

export interface ChangedGroup {
  readonly title: string;
  readonly peer: NodeId | null;
  readonly facts: readonly ChangedFact[];
}

/** What a node's state is after a record, each fact beside what it was before. */
export function changedGroups(before: NodeView, after: NodeView): ChangedGroup[] {
  const keys = new Map<string, StateGroup>();
  for (const group of [...after.groups, ...before.groups]) {
    if (!keys.has(keyOf(group))) keys.set(keyOf(group), group);
  }
  return [...keys].map(([key, { title, peer }]) => {
    const was = before.groups.find((group) => keyOf(group) === key)?.facts ?? [];
    const is = after.groups.find((group) => keyOf(group) === key)?.facts ?? [];
    return { title, peer, facts: changedFacts(named(was), named(is)) };
  });
}

function keyOf({ title, peer }: StateGroup): string {
  return `${title} ${peer ?? ''}`;
}

/** Several facts of one name are told apart by what they are about, or by their place. */
function named(facts: readonly StateFact[]): Map<string, StateFact> {
  const found = new Map<string, StateFact>();
  for (const fact of facts) {
    let name = `${fact.name} ${fact.subject ?? ''}`;
    while (found.has(name)) name += ' again';
    found.set(name, fact);
  }
  return found;
}

function changedFacts(
  was: ReadonlyMap<string, StateFact>,
  is: ReadonlyMap<string, StateFact>,
): ChangedFact[] {
  const facts = [...is].map(([name, fact]) => {
    const before = was.get(name)?.value ?? null;
    return { ...fact, was: before, changed: before !== fact.value };
  });
  const gone = [...was]
    .filter(([name]) => !is.has(name))
    .map(([, fact]) => ({ ...fact, value: null, was: fact.value, changed: true }));
  return [...facts, ...gone];
}

/** A running timer: started by this record, or running before it; or stopped or fired by it. */
export interface ChangedTimer {
  readonly timer: string;
  readonly firesAt: number;
  readonly change: 'starts' | 'runs' | 'ends';
}

export function changedTimers(before: NodeView, after: NodeView): ChangedTimer[] {
  const was = new Map(before.timers.map(({ timer, firesAt }) => [timer, firesAt]));
  const is = new Set(after.timers.map(({ timer }) => timer));
  return [
    ...after.timers.map(({ timer, firesAt }) => ({
      timer,
      firesAt,
      change: was.get(timer) === firesAt ? ('runs' as const) : ('starts' as const),
    })),
    ...before.timers
      .filter(({ timer }) => !is.has(timer))
      .map(({ timer, firesAt }) => ({ timer, firesAt, change: 'ends' as const })),
  ];
}
