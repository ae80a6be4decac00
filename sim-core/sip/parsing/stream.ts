import { agreedLength } from './framing.ts';
import { behindLine, contentEnd, indexFields, kindOfStart } from './index-message.ts';
import { sipLimits } from './limits.ts';
import { textOfOctets } from './octets.ts';

/**
 * A part of what a stream brought (RFC 3261 §18.3): a whole message; octets that are none, up to
 * the next line that could begin one; or the beginning of what is still to come.
 */
export type StreamPiece =
  | {
      readonly kind: 'message';
      readonly from: number;
      /** Where its header fields begin, and its body. */
      readonly fieldsAt: number;
      readonly bodyAt: number;
      readonly to: number;
    }
  | { readonly kind: 'noise'; readonly from: number; readonly to: number; readonly says: string }
  | {
      readonly kind: 'unfinished';
      readonly from: number;
      readonly wants: 'a start line' | 'header fields' | 'a body';
    };

/**
 * Cuts what a stream has brought so far into messages, each as long as its Content-Length says. A
 * message that does not say its length cannot be told from what follows it: its head is noise.
 */
export function splitStream(octets: Uint8Array): StreamPiece[] {
  const text = textOfOctets(octets);
  const pieces: StreamPiece[] = [];
  let at = 0;
  while (at < text.length) {
    const piece = nextPiece(text, at);
    pieces.push(piece);
    if (piece.kind === 'unfinished') break;
    at = piece.to;
  }
  return pieces;
}

function nextPiece(text: string, from: number): StreamPiece {
  const at = skipLineEnds(text, from);
  const feed = text.indexOf('\n', at);
  if (at === text.length || feed < 0)
    return { kind: 'unfinished', from: at, wants: 'a start line' };
  if (kindOfStart(text, at, contentEnd(text, at, feed)) === null) return noise(text, at);
  const places: number[] = [];
  const headEnd = indexFields(text, feed + 1, text.length, '\n', places);
  if (headEnd < 0) {
    const says = `more than ${sipLimits.headerFieldsMost} header fields`;
    return { kind: 'noise', from: at, to: places.at(-1) ?? text.length, says };
  }
  const bodyAt = behindLine(text, headEnd, '\n');
  if (headEnd === text.length || bodyAt > text.length) {
    return { kind: 'unfinished', from: at, wants: 'header fields' };
  }
  const length = agreedLength({ text, isOctets: true, places });
  if (length === null || length > sipLimits.messageMost) {
    const says =
      length === null
        ? 'no Content-Length that can be believed, which a stream needs'
        : `Content-Length is above ${sipLimits.messageMost}`;
    return { kind: 'noise', from: at, to: bodyAt, says };
  }
  const to = bodyAt + length;
  if (to > text.length) return { kind: 'unfinished', from: at, wants: 'a body' };
  return { kind: 'message', from: at, fieldsAt: feed + 1, bodyAt, to };
}

/** RFC 3261 §7.5: line ends before a start line are passed over; some keep the flow alive. */
function skipLineEnds(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '\r' || text.charAt(at) === '\n') at += 1;
  return at;
}

/** Whole lines up to the next that begins a message. */
function noise(text: string, from: number): StreamPiece {
  let to = from;
  for (let feed = text.indexOf('\n', to); feed >= 0; feed = text.indexOf('\n', to)) {
    if (kindOfStart(text, to, contentEnd(text, to, feed)) !== null) break;
    to = feed + 1;
  }
  return { kind: 'noise', from, to, says: 'no start line of SIP' };
}
