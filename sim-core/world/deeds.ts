import { unreachable } from '../base/check.ts';
import type { Micros } from '../base/micros.ts';
import type {
  Instant,
  NodeId,
  Outbox,
  Packet,
  Span,
  TimerKey,
  UserAction,
} from '../kernel/node.ts';
import type { Note } from '../kernel/trace-record.ts';

/** Something a node asked its outbox, with the answer it got: what it did next hangs on that. */
export type Question =
  | { readonly kind: 'now'; readonly answer: Micros }
  /** Whether the instant is another one than when it last asked. */
  | { readonly kind: 'another instant'; readonly answer: boolean }
  | {
      readonly kind: 'draw';
      readonly least: number;
      readonly most: number;
      readonly answer: number;
    };

/** One thing that a node did with its outbox. */
export type Deed =
  | { readonly kind: 'send'; readonly packet: Packet; readonly to: NodeId }
  | {
      readonly kind: 'start timer';
      readonly timer: TimerKey;
      readonly after: Micros;
      readonly atMost: Micros;
    }
  | { readonly kind: 'stop timer'; readonly timer: TimerKey }
  | { readonly kind: 'expect user'; readonly action: UserAction; readonly after: Span }
  | { readonly kind: 'forget user' }
  | { readonly kind: 'note'; readonly note: Note }
  | Question;

export function isQuestion(deed: Deed): deed is Question {
  return 'answer' in deed;
}

/** Does for a node what it did before. Questions have to be asked instead. */
export function repeat(deed: Exclude<Deed, Question>, out: Outbox): void {
  switch (deed.kind) {
    case 'send':
      out.send(deed.packet, deed.to);
      return;
    case 'start timer':
      out.startTimer(deed.timer, deed.after, deed.atMost);
      return;
    case 'stop timer':
      out.stopTimer(deed.timer);
      return;
    case 'expect user':
      out.expectUser(deed.action, deed.after);
      return;
    case 'forget user':
      out.forgetUser();
      return;
    case 'note':
      out.note(deed.note);
      return;
    default:
      unreachable(deed);
  }
}

/** Remembers the instant at which a node last asked for it. */
export interface AskedAt {
  asked: Instant | null;
}

/** Asks the same again: gives the question with the answer of this time. */
export function askAgain(question: Question, out: Outbox, node: AskedAt): Question {
  switch (question.kind) {
    case 'now':
      return { kind: 'now', answer: out.now() };
    case 'another instant':
      return { kind: 'another instant', answer: isAnotherInstant(out, node) };
    case 'draw': {
      const { kind, least, most } = question;
      return { kind, least, most, answer: out.draw(least, most) };
    }
  }
}

export function isAnotherInstant(out: Outbox, node: AskedAt): boolean {
  const now = out.instant();
  const isAnother = now !== node.asked;
  node.asked = now;
  return isAnother;
}
