import type { TraceView } from '../store/trace-store.ts';
import { arrowName } from '../words/message-sentence.ts';
import { arrowsOf } from './from-trace.ts';
import type { MessageId } from './layout/ladder-input.ts';

/** The sentence every arrow is known by. */
export const messageNames: TraceView<ReadonlyMap<MessageId, string>> = ({ header }, view) => {
  const names = new Map<MessageId, string>();
  if (header === null) return names;
  const { arrows, messageOf } = view(arrowsOf);
  for (const { id, text } of arrows) {
    const message = messageOf.get(id);
    if (message !== undefined) names.set(id, arrowName({ ...message, text }, header));
  }
  return names;
};
