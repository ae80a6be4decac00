import {
  choiceText,
  type ChoiceMade,
  type MessageView,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { forkName } from './message-fault.ts';
import { directionWords, nodeOf, shortTitle } from './parties.ts';

/** A choice that chance made, for people. Values are as `--choice` takes them. */
export type ChosenWords = {
  /** Whose it was: `'INVITE, Client-A to Server'`, `'Client-B'`. */
  readonly who: string;
  /** What came of it: `'is lost'`, `'takes'`; a length of time or a number follows it. */
  readonly came: string;
  /** What else there was: `'likelihood 1/10'`, `'20ms to 40ms'`. */
  readonly bounds: string;
} & (
  | {
      readonly kind: 'yes or no';
      /** What it was not, as a button says it, and what a branch is called in which it is so. */
      readonly other: { readonly does: string; readonly value: string; readonly says: string };
    }
  | {
      readonly kind: 'value';
      readonly value: string;
      /** What a branch is called in which it has another value. */
      readonly says: (value: string) => string;
    }
);

/** What a yes and a no to each question are called. */
const answers = {
  'link loss': { yes: 'is lost', no: 'is not lost', toYes: 'Lose it', toNo: 'Let it arrive' },
  'link duplicate': {
    yes: 'comes twice',
    no: 'comes once',
    toYes: 'Let it come twice',
    toNo: 'Let it come once',
  },
  'link state': {
    yes: 'finds its link turned',
    no: 'finds its link as before',
    toYes: 'Turn the link',
    toNo: 'Leave the link',
  },
} as const;

/** @param message the message whose way it decided, if it was of one */
export function chosenWords(
  made: ChoiceMade,
  message: MessageView | null,
  header: TraceHeader,
): ChosenWords {
  const { point, from, to, value, least, most, likelihood } = made;
  const way = to === null ? '' : directionWords(header, from, to);
  const node = shortTitle(nodeOf(header, from).title);
  const name = to === null ? node : message === null ? `A packet, ${way}` : forkName(message);
  const who = to === null || message === null ? name : `${name}, ${way}`;
  switch (point) {
    case 'link loss':
    case 'link duplicate':
    case 'link state': {
      const { yes, no, toYes, toNo } = answers[point];
      const bounds = `likelihood ${likelihood?.numerator ?? 0}/${likelihood?.denominator ?? 1}`;
      const wasYes = value === 1;
      return {
        kind: 'yes or no',
        who,
        came: wasYes ? yes : no,
        bounds,
        other: {
          does: wasYes ? toNo : toYes,
          value: wasYes ? 'no' : 'yes',
          says: `${name} ${wasYes ? no : yes}`,
        },
      };
    }
    case 'link latency':
    case 'user behaviour':
    case 'standard': {
      const came = { 'link latency': 'takes', 'user behaviour': 'waits', standard: 'draws' }[point];
      return {
        kind: 'value',
        who,
        came,
        value: choiceText(point, value),
        bounds: `${choiceText(point, least)} to ${choiceText(point, most)}`,
        says: (now) => `${name} ${came} ${now}`,
      };
    }
  }
}
