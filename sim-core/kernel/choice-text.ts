import { micros, printDuration, printMilliseconds } from '../base/micros.ts';
import type { UnmetAlteration } from './altered-chooser.ts';
import type { ChoicePoint } from './chooser.ts';

/** What a choice came to, as `--choice` takes it: `'yes'`, `'23ms'`, `'210'`. */
export function choiceText(point: ChoicePoint, value: number): string {
  switch (point) {
    case 'link loss':
    case 'link duplicate':
    case 'link state':
      return value === 1 ? 'yes' : 'no';
    case 'link latency':
    case 'user behaviour':
      return timeText(value);
    case 'standard':
      return String(value);
  }
}

/** As people would write it: `39.759ms`, `3.2s`, `12us`. */
function timeText(value: number): string {
  const length = micros(value);
  const isFine = value > 1_000 && value % 1_000 !== 0;
  return isFine ? `${printMilliseconds(length)}ms` : printDuration(length);
}

/** What a choice is about: `'whether a datagram is lost'`. */
export const choiceQuestions: Readonly<Record<ChoicePoint, string>> = {
  'link loss': 'whether a datagram is lost',
  'link latency': 'how long a link takes',
  'link duplicate': 'whether a datagram comes twice',
  'link state': 'whether a link turns to its other state',
  'user behaviour': 'how long somebody waits',
  standard: 'a number that a standard leaves to chance',
};

/** Why a choice cannot come out so, as a sentence for whoever asked for it. */
export function unmetText({ alteration, bounds }: UnmetAlteration): string {
  const name = `choice ${alteration.choice}`;
  if (bounds === null) return `the run makes no ${name}`;
  const { point, least, most } = bounds;
  const [from, to] = [choiceText(point, least), choiceText(point, most)];
  const between = from === 'no' ? 'yes or no' : `from ${from} to ${to}`;
  return `${name} is ${choiceQuestions[point]}: ${between}`;
}
