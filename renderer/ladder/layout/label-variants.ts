import { BADGE, BADGE_WIDE, LABEL_TEXT_PX, PART_GAP, TAG_PADDING } from './dimensions.ts';
import type { LadderMessage, MeasureText } from './ladder-input.ts';
import type { LabelPart } from './ladder-layout.ts';
import { millisText } from './ruler-text.ts';

/** One way to word a label; part positions count from the label's left edge. */
export interface LabelVariant {
  readonly width: number;
  readonly parts: readonly LabelPart[];
  /** The words of all parts. */
  readonly words: string;
  /** What its wording costs: short text, dropped notes. */
  readonly cost: number;
}

const SHORT_TEXT_COST = 9;
const DROPPED_NOTES_COST = 2;

type PartWords = Pick<LabelPart, 'kind' | 'text' | 'tag'>;

/** What must be said beside the text: the sub-number in an instant, R1 +500, lost, ×2. */
function statusNotes(message: LadderMessage, subNumber: string | null): readonly string[] {
  const notes: string[] = subNumber === null ? [] : [subNumber];
  const { retransmission } = message;
  if (retransmission !== null) {
    const { number, afterMicros } = retransmission;
    const after = afterMicros === null ? '' : ` +${millisText(afterMicros)}`;
    notes.push(number === null ? 'again' : `R${number}${after}`);
  }
  if (message.journey.end === 'lost') notes.push('lost');
  if (message.duplicate) notes.push('×2');
  return notes;
}

/** Measures texts once each: the same few words label thousands of arrows. */
function rememberWidths(measure: MeasureText): MeasureText {
  const widths = { 400: new Map<string, number>(), 500: new Map<string, number>() };
  let sizePx = 0;
  return (text, px, weight) => {
    if (px !== sizePx) {
      widths[400].clear();
      widths[500].clear();
      sizePx = px;
    }
    const known = widths[weight].get(text);
    if (known !== undefined) return known;
    const width = measure(text, px, weight);
    widths[weight].set(text, width);
    return width;
  };
}

function partWidth({ kind, text }: PartWords, measure: MeasureText): number {
  switch (kind) {
    case 'badge':
      return text.length > 1 ? BADGE_WIDE : BADGE;
    case 'tag':
      return measure(text, LABEL_TEXT_PX, 500) + TAG_PADDING;
    case 'text':
      return measure(text, LABEL_TEXT_PX, 500);
    case 'note':
      return measure(text, LABEL_TEXT_PX, 400);
  }
}

function setParts(words: readonly PartWords[], measure: MeasureText, cost: number): LabelVariant {
  const parts: LabelPart[] = [];
  let x = 0;
  for (const word of words) {
    const width = partWidth(word, measure);
    parts.push({ kind: word.kind, text: word.text, x, width, tag: word.tag });
    x += width + PART_GAP;
  }
  const text = words.map((word) => word.text).join(' ');
  return { width: Math.max(0, x - PART_GAP), parts, words: text, cost };
}

function badgeOf(message: LadderMessage): readonly PartWords[] {
  return message.step === null ? [] : [{ kind: 'badge', text: String(message.step), tag: null }];
}

function tagsOf(message: LadderMessage): readonly PartWords[] {
  return message.tags.map(({ kind, text }) => ({ kind: 'tag', text, tag: kind }));
}

/** Full and short text, each with all notes, with those that must be said, and with none. */
function fullVariants(
  message: LadderMessage,
  status: readonly string[],
  measure: MeasureText,
): readonly LabelVariant[] {
  const choices: (readonly string[])[] = [[]];
  if (status.length > 0) choices.unshift(status);
  if (message.facts.length > 0) choices.unshift([...status, ...message.facts]);
  const badge = badgeOf(message);
  const tags = tagsOf(message);
  const variants: LabelVariant[] = [];
  for (const text of [message.text, message.shortText]) {
    if (text === null) continue;
    const short = text !== message.text;
    choices.forEach((notes, index) => {
      // Facts stand beside the full text only.
      if (short && index === 0 && message.facts.length > 0) return;
      const words: PartWords[] = [...badge, { kind: 'text', text, tag: null }, ...tags];
      for (const note of notes) words.push({ kind: 'note', text: note, tag: null });
      const cost = (short ? SHORT_TEXT_COST : 0) + (index > 0 ? DROPPED_NOTES_COST : 0);
      variants.push(setParts(words, measure, cost));
    });
  }
  return variants;
}

/** How one label can be worded. */
export interface LabelWording {
  /** Best first. */
  readonly variants: readonly LabelVariant[];
  /** What is left without room for any of them: badge and tags, if there are some. */
  readonly reduced: LabelVariant | null;
}

/**
 * Words labels, each different one once: the same few stand beside thousands of arrows.
 * @returns the wording of a message with its sub-number in a shared instant, or null for none
 */
export function labelWordings(
  measure: MeasureText,
): (message: LadderMessage, subNumber: string | null) => LabelWording {
  const known = new Map<string, LabelWording>();
  const widthOf = rememberWidths(measure);
  return (message, subNumber) => {
    const status = statusNotes(message, subNumber);
    const { text, shortText, step, tags, facts } = message;
    const tagKey = tags.map((tag) => `${tag.kind} ${tag.text}`).join('\n');
    const shortKey = shortText === null ? '' : `=${shortText}`;
    const key = [text, shortKey, step, tagKey, facts.join('\n'), status.join('\n')].join('\0');
    const former = known.get(key);
    if (former !== undefined) return former;
    const rest = [...badgeOf(message), ...tagsOf(message)];
    const wording: LabelWording = {
      variants: fullVariants(message, status, widthOf),
      reduced: rest.length === 0 ? null : setParts(rest, widthOf, 0),
    };
    known.set(key, wording);
    return wording;
  };
}
