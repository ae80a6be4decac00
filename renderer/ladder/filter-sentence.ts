import { messageClasses, type MessageClass } from '../store/arrangement.ts';
import { listWords } from '../words/parties.ts';

const names: Readonly<Record<MessageClass, string>> = {
  'A leg': 'the A leg',
  'B leg': 'the B leg',
  control: 'control',
  media: 'media',
  resent: 'resent copies',
  lost: 'what is lost',
  '100 Trying': '100 Trying',
  steps: 'the steps',
  'offers and answers': 'offers and answers',
};

/** `'Hiding control and 100 Trying, 22 of 28 shown'`. */
export function filterSentence(
  hidden: readonly MessageClass[],
  shown: number,
  total: number,
): string {
  const listed = messageClasses.filter((kind) => hidden.includes(kind)).map((kind) => names[kind]);
  return `Hiding ${listWords(listed)}, ${shown} of ${total} shown`;
}
