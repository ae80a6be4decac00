import type { Alteration } from '../kernel/altered-chooser.ts';
import { readDuration } from './units.ts';

/** The choice, or a sentence that says what is wrong with the text. */
export type ChoiceReading =
  { readonly alteration: Alteration } | { readonly alteration: null; readonly says: string };

const usage = 'it is the number of a choice, an equals sign and yes, no, a time or a number';

/** A choice as `--choice` takes it: `17=yes`, `17=no`, `3=23ms`, `8=210`. */
export function readChoice(text: string): ChoiceReading {
  const parts = /^([1-9][0-9]{0,8})=(.+)$/.exec(text);
  const choice = Number(parts?.[1]);
  const word = parts?.[2] ?? '';
  if (parts === null) return { alteration: null, says: `${usage}, as in 17=yes` };
  if (word === 'yes' || word === 'no') return { alteration: { choice, value: +(word === 'yes') } };
  if (/^[0-9]{1,15}$/.test(word)) return { alteration: { choice, value: Number(word) } };
  const read = readDuration(word);
  if (read.value !== null) return { alteration: { choice, value: read.value } };
  return { alteration: null, says: `${usage}, as in 17=yes or 3=23ms` };
}
