import type { TraceView } from '../store/trace-store.ts';
import { arrowName } from '../words/message-sentence.ts';
import { arrowsOf } from './from-trace.ts';
import type { MessageId } from './layout/ladder-input.ts';

/** The sentence an arrow is known by, made when it is first asked for. */
export const messageNames: TraceView<(id: MessageId) => string> = ({ header }, view) => {
  const names = new Map<MessageId, string>();
  if (header === null) return (id) => id;
  const { arrows, messageOf } = view(arrowsOf);
  const textOf = new Map(arrows.map(({ id, text }) => [id, text]));
  return (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const message = messageOf.get(id);
    const text = textOf.get(id);
    if (message === undefined || text === undefined) return id;
    const name = arrowName({ ...message, text }, header);
    names.set(id, name);
    return name;
  };
};
