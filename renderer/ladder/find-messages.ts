import { isSip, printMessage, type ClauseId, type MessageView } from '../../sim-core/reading.ts';
import type { TraceView } from '../store/trace-store.ts';
import type { FindTerm } from './find-query.ts';
import { arrowsOf } from './from-trace.ts';
import type { LadderMessage, MessageId } from './layout/ladder-input.ts';

/** What is known of a message that may be looked for. */
export interface Findable {
  readonly messageOf: ReadonlyMap<MessageId, MessageView>;
  readonly clausesOf: ReadonlyMap<MessageId, readonly ClauseId[]>;
  /** The message as it goes over the wire, in small letters. */
  readonly wireOf: (message: MessageId) => string;
}

/** A text this short would be found in every message. */
const wireTextLeast = 3;

/** The wire texts, each printed when it is first looked into. */
export const wireTexts: TraceView<(message: MessageId) => string> = (_trace, view) => {
  const { messageOf } = view(arrowsOf);
  const texts = new Map<MessageId, string>();
  return (id) => {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const packet = messageOf.get(id)?.packet;
    const text = packet === undefined || !isSip(packet) ? '' : printMessage(packet).toLowerCase();
    texts.set(id, text);
    return text;
  };
};

/** The messages of which every term is true, in the order of sending. */
export function findMessages(
  messages: readonly LadderMessage[],
  terms: readonly FindTerm[],
  findable: Findable,
): readonly MessageId[] {
  if (terms.length === 0) return [];
  const found: MessageId[] = [];
  let before: number | null = null;
  const ordered = messages.toSorted(
    (one, other) => one.sentMicros - other.sentMicros || one.number - other.number,
  );
  for (const message of ordered) {
    if (message.kind === 'reply') continue;
    const gapMicros = before === null ? 0 : message.sentMicros - before;
    before = message.sentMicros;
    if (terms.every((term) => isTrue(term, message, gapMicros, findable))) found.push(message.id);
  }
  return found;
}

function isTrue(
  term: FindTerm,
  message: LadderMessage,
  gapMicros: number,
  { messageOf, clausesOf, wireOf }: Findable,
): boolean {
  const packet = messageOf.get(message.id)?.packet;
  const sip = packet !== undefined && isSip(packet) ? packet : null;
  switch (term.kind) {
    case 'text':
      return isSaid(term.text, message, wireOf);
    case 'method':
      return sip?.cseq.method === term.method || packet?.label.toUpperCase() === term.method;
    case 'code':
      return (
        sip?.kind === 'response' && String(sip.status).startsWith(term.code.replaceAll('x', ''))
      );
    case 'step':
      return message.step === term.step;
    case 'clause':
      return (clausesOf.get(message.id) ?? []).some((one) => one.startsWith(term.clause));
    case 'before':
      return message.sentMicros < term.millis * 1000;
    case 'after':
      return message.sentMicros > term.millis * 1000;
    case 'gap':
      return gapMicros >= term.millis * 1000 && gapMicros > 0;
  }
}

function isSaid(
  text: string,
  { id, text: label, facts, tags }: LadderMessage,
  wireOf: Findable['wireOf'],
): boolean {
  const words = [label, ...facts, ...tags.map((tag) => tag.text)].join(' ').toLowerCase();
  return words.includes(text) || (text.length >= wireTextLeast && wireOf(id).includes(text));
}
