import type { Micros } from './micros.ts';

/*
 * What judges look at is seen to. What a judge comes to follows from what it looked at, and from
 * nothing else: where that much of a run was so before, it comes to the same again, and need not be
 * asked (`conformance/remembering-judges.ts`). Everything a judge can reach notes by itself how far
 * away it is.
 */

/** How much of a run; each takes in the one before it. */
export const sights = {
  /** The SIP messages in their order, what they follow from, and which nodes were out. */
  messages: 0,
  /** And what else is said in its order: all but media, what is heard, and how timers ran. */
  signalling: 1,
  /** And all of that, and when everything happened. */
  all: 2,
} as const;

export type Sight = (typeof sights)[keyof typeof sights];

/** How far has been looked since it was asked last. Judges are asked one at a time. */
const looked: { far: Sight } = { far: sights.messages };

/** Told by whatever lies that far. */
export function look(far: Sight): void {
  if (far > looked.far) looked.far = far;
}

/** Does the work, and tells how far it looked. */
export function howFar(work: () => void): Sight {
  const before = looked.far;
  looked.far = sights.messages;
  work();
  const { far } = looked;
  if (before > far) looked.far = before;
  return far;
}

/** When it happened, to be told in a sentence: no verdict goes by that. */
export function atInWords(happening: { readonly at: Micros }): Micros {
  const before = looked.far;
  const { at } = happening;
  looked.far = before;
  return at;
}
