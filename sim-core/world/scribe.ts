import { check } from '../base/check.ts';
import { instant, type Outbox } from '../kernel/node.ts';
import { isAnotherInstant, repeat, type AskedAt, type Deed, type Question } from './deeds.ts';

/** Gives the one value that stands for all that are equal to it. */
export type Same = <Value extends object>(value: Value) => Value;

/** An outbox that writes down the deeds of one node. */
export interface Scribe {
  readonly outbox: Outbox;
  /**
   * Listens while the node acts, and gives all that it does. The first of it may be done already:
   * that is only followed, with the answers there were, and the rest goes to `out`; without one
   * there is no rest.
   */
  listen(out: Outbox | null, done: readonly Deed[], act: () => void): readonly Deed[];
}

export function newScribe(node: AskedAt, same: Same): Scribe {
  let given: Outbox | null = null;
  let done: readonly Deed[] = [];
  let deeds: Deed[] = [];
  /** Instants have names of their own here, the same whenever they are. */
  let instants = 0;

  function toOutbox(): Outbox {
    check(given !== null, 'a node that does again just what it did');
    return given;
  }

  function tell(deed: Exclude<Deed, Question>): void {
    const before = done[deeds.length];
    if (before !== undefined) {
      check(before.kind === deed.kind, 'a node that does again what it did');
      deeds.push(before);
      return;
    }
    const told = withSame(deed, same);
    deeds.push(told);
    repeat(told, toOutbox());
  }

  function ask<Kind extends Question['kind']>(
    kind: Kind,
    anew: (out: Outbox) => QuestionOf<Kind>,
  ): QuestionOf<Kind> {
    const question = done[deeds.length] ?? anew(toOutbox());
    check(isOfKind(question, kind), 'a node that asks again what it asked');
    deeds.push(question);
    return question;
  }

  const outbox: Outbox = {
    now: () => ask('now', (out) => ({ kind: 'now', answer: out.now() })).answer,
    instant() {
      const { answer } = ask('another instant', (out) => {
        return { kind: 'another instant', answer: isAnotherInstant(out, node) };
      });
      if (answer) instants += 1;
      return instant(instants);
    },
    draw(least, most) {
      return ask('draw', (out) => ({ kind: 'draw', least, most, answer: out.draw(least, most) }))
        .answer;
    },
    send: (packet, to) => tell({ kind: 'send', packet, to }),
    startTimer: (timer, after, atMost = after) => {
      tell({ kind: 'start timer', timer, after, atMost });
    },
    stopTimer: (timer) => tell({ kind: 'stop timer', timer }),
    expectUser: (action, after) => tell({ kind: 'expect user', action, after }),
    forgetUser: () => tell({ kind: 'forget user' }),
    note: (note) => tell({ kind: 'note', note }),
  };
  return {
    outbox,
    listen(out, doneBefore, act) {
      given = out;
      done = doneBefore;
      deeds = [];
      act();
      check(deeds.length >= done.length, 'a node that does again all that it did');
      return deeds;
    },
  };
}

/** Packets and notes are those that stand for all that are equal. */
function withSame(deed: Exclude<Deed, Question>, same: Same): Exclude<Deed, Question> {
  switch (deed.kind) {
    case 'send':
      return { kind: 'send', packet: same(deed.packet), to: deed.to };
    case 'note':
      return { kind: 'note', note: same(deed.note) };
    default:
      return deed;
  }
}

type QuestionOf<Kind extends Question['kind']> = Extract<Question, { readonly kind: Kind }>;

function isOfKind<Kind extends Question['kind']>(deed: Deed, kind: Kind): deed is QuestionOf<Kind> {
  return deed.kind === kind;
}
