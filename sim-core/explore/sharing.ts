import type { FrontierQuestion, NumberedStep } from './frontier.ts';
import type { WayTree } from './way-tree.ts';

/** Who looks at which state. It decides nothing about what is found. */
export interface Sharing {
  readonly ownerOf: (state: number) => number;
  /** One more frontier, which has no state yet. */
  join(): void;
  /** A state that its finder met at that place of its answer, and nobody before. */
  found(state: number, from: number, mayPart: boolean): void;
  /** A state that was known when somebody met what follows from `from`. */
  knew(from: number): void;
  /** What every frontier is told and asked. */
  questions(expand: readonly number[]): readonly FrontierQuestion[];
}

interface Member {
  /** States that wait there. */
  waits: number;
  /** Told with the next question. */
  numbers: number[];
  steps: NumberedStep[];
  takeOver: number[];
  /** States to which it was told the way. */
  readonly knows: Set<number>;
}

function newMember(waits: number): Member {
  return { waits, numbers: [], steps: [], takeOver: [], knows: new Set() };
}

/** Begins with one frontier, which has the first state. */
export function sharingOf(tree: WayTree): Sharing {
  const members = [newMember(1)];
  const owner: number[] = [0];

  /** Where a way parts, another may go on: the one with the least to do. */
  function mostIdle(): number {
    let found = 0;
    for (const [at, { waits }] of members.entries()) if (waits < members[found]!.waits) found = at;
    return found;
  }

  function giveTo(member: Member, state: number): void {
    for (let at = state; at > 0 && !member.knows.has(at); at = tree.from[at]!) {
      member.knows.add(at);
      member.steps.push({ number: at, from: tree.from[at]!, step: tree.step[at]! });
    }
    member.takeOver.push(state);
  }

  return {
    ownerOf: (state) => owner[state]!,
    join() {
      members.push(newMember(0));
    },
    found(state, from, mayPart) {
      const by = owner[from]!;
      const to = mayPart ? mostIdle() : by;
      owner[state] = to;
      members[to]!.waits += 1;
      members[by]!.numbers.push(to === by ? state : -1);
      if (to !== by) giveTo(members[to]!, state);
    },
    knew(from) {
      members[owner[from]!]!.numbers.push(-1);
    },
    questions(expand) {
      return members.map((member, at) => {
        const mine = expand.filter((state) => owner[state] === at);
        const { numbers, steps, takeOver } = member;
        member.numbers = [];
        member.steps = [];
        member.takeOver = [];
        member.waits -= mine.length;
        return { numbers, steps, takeOver, expand: mine };
      });
    },
  };
}
