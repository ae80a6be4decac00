import { parseSdp, type SdpReading } from '../../sdp/parse-sdp.ts';
import { fieldValue } from './fields.ts';
import { framingOf, type Framing } from './framing.ts';
import { behindLine, indexFields } from './index-message.ts';
import { sipLimits } from './limits.ts';
import { parameterValue } from './parameters.ts';
import type { FieldBlock, ParsedMessage } from './parsed-message.ts';
import { addFound, behindColumns, shown, type Found } from './problems.ts';
import type { MediaType } from './structured-values.ts';

/** A body, or a part of one (RFC 3261 §7.4, RFC 5621). */
export interface Content extends FieldBlock {
  readonly feed: string;
  /** Where it begins and ends in the text of the message. */
  readonly from: number;
  readonly to: number;
  /** Null where none is said. */
  readonly mediaType: MediaType | null;
  /** Lower case; what RFC 3261 §20.11 takes for granted where none is said. */
  readonly disposition: string;
  /** What an SDP body says, or what is wrong with it; null for other bodies. */
  readonly sdp: SdpReading | null;
  /** Parts of a multipart body, in order. */
  readonly parts: readonly Content[];
}

interface Reader {
  readonly message: ParsedMessage;
  readonly found: Found[] | null;
  partsLeft: number;
}

/** The body of a message with its parts, or null where it has none. */
export function contentOf(
  message: ParsedMessage,
  found: Found[] | null = null,
  { bodyAt, bodyEnd }: Framing = framingOf(message),
): Content | null {
  if (bodyAt >= bodyEnd) return null;
  const reader = { message, found, partsLeft: sipLimits.bodyPartsMost };
  const content = readContent(reader, message, bodyAt, bodyEnd, 0);
  if (found !== null && content.mediaType === null) {
    const says = 'a body without a Content-Type that says what it is';
    addFound(found, 'violation', bodyAt, bodyAt, says, 'RFC 3261 §20.15');
  }
  return content;
}

/** The bodies that are not multipart themselves, in order. */
export function leavesOf(content: Content | null): Content[] {
  if (content === null) return [];
  return content.parts.length === 0 ? [content] : content.parts.flatMap((part) => leavesOf(part));
}

/** The text of a body as people read it. */
export function contentText({ text, isOctets, feed, from, to }: Content): string {
  return shown({ text, isOctets, feed }, from, to);
}

function readContent(
  reader: Reader,
  { places }: FieldBlock,
  from: number,
  to: number,
  depth: number,
): Content {
  const { text, isOctets, feed } = reader.message;
  const block = { text, isOctets, places };
  const mediaType = fieldValue(block, 'Content-Type');
  const type = mediaType === null ? '' : `${mediaType.type}/${mediaType.subtype}`.toLowerCase();
  const isPlain = fieldValue(block, 'Content-Encoding') === null;
  const isSdp = type === 'application/sdp' && isPlain;
  const said = fieldValue(block, 'Content-Disposition')?.word.toLowerCase();
  const isMultipart = mediaType?.type.toLowerCase() === 'multipart' && isPlain;
  return {
    text,
    isOctets,
    places,
    feed,
    from,
    to,
    mediaType,
    disposition: said ?? (type === 'application/sdp' ? 'session' : 'render'),
    sdp: isSdp ? readSdp(reader, from, to) : null,
    parts: isMultipart ? readParts(reader, mediaType, from, to, depth) : [],
  };
}

/** The problems of a session description, in the lines of the message. */
function readSdp({ message, found }: Reader, from: number, to: number): SdpReading {
  const reading = parseSdp(shown(message, from, to));
  if (found === null || !('problems' in reading)) return reading;
  const lines = lineStarts(message, from, to);
  for (const { line, column, says } of reading.problems) {
    const lineAt = Math.min(lines[line - 1] ?? to, to);
    const at = Math.min(behindColumns(message, lineAt, column - 1), to);
    addFound(found, 'violation', at, at + 1, `the session description: ${says}`, 'RFC 8866 §5');
  }
  return reading;
}

/** Lines of SDP end in LF whatever those of the message do. */
function lineStarts({ text }: ParsedMessage, from: number, to: number): number[] {
  const starts = [from];
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** RFC 2046 §5.1.1, as RFC 5621 takes it over. */
function readParts(
  reader: Reader,
  mediaType: MediaType,
  from: number,
  to: number,
  depth: number,
): Content[] {
  const { found } = reader;
  const tell = (at: number, says: string): void => {
    if (found !== null) addFound(found, 'violation', at, at + 1, says, 'RFC 2046 §5.1.1');
  };
  const boundary = parameterValue(mediaType.parameters, 'boundary') ?? '';
  if (boundary === '') {
    tell(mediaType.offset, 'a multipart body needs a boundary; it is left in one piece');
    return [];
  }
  if (depth >= sipLimits.multipartDepthMost) {
    const most = sipLimits.multipartDepthMost;
    tell(
      from,
      `more than ${most} multipart bodies within one another; the rest is left in one piece`,
    );
    return [];
  }
  const { spans, isClosed } = partsBetween(reader, `--${boundary}`, from, to);
  if (spans.length === 0) tell(from, `no line --${boundary} begins a part`);
  else if (!isClosed) tell(to, `no line --${boundary}-- ends the last part`);
  const parts: Content[] = [];
  for (const span of spans) {
    if (reader.partsLeft === 0) {
      tell(span.from, `more than ${sipLimits.bodyPartsMost} body parts; the rest is not read`);
      break;
    }
    reader.partsLeft -= 1;
    parts.push(readPart(reader, span.from, span.to, depth, tell));
  }
  return parts;
}

function readPart(
  reader: Reader,
  from: number,
  to: number,
  depth: number,
  tell: (at: number, says: string) => void,
): Content {
  const { text, isOctets, feed } = reader.message;
  const places: number[] = [];
  const headEnd = indexFields(text, from, to, feed, places);
  if (headEnd < 0) {
    tell(from, `more than ${sipLimits.headerFieldsMost} header fields of a body part`);
    places.length = 0;
  }
  const bodyAt = headEnd < 0 ? to : Math.min(behindLine(text, headEnd, feed), to);
  if (headEnd >= to) tell(from, 'a body part needs an empty line behind its header fields');
  return readContent(reader, { text, isOctets, places }, bodyAt, to, depth + 1);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What lies between lines that begin with the boundary; text before and behind is for nobody. */
function partsBetween(
  { message }: Reader,
  dashes: string,
  from: number,
  to: number,
): { readonly spans: readonly Span[]; readonly isClosed: boolean } {
  const { feed } = message;
  // A piece of its own, so that no search runs on into what follows.
  const text = message.text.slice(from, to);
  const spans: Span[] = [];
  let partAt = -1;
  for (let at = text.indexOf(dashes); at >= 0; at = text.indexOf(dashes, at + dashes.length)) {
    const rest = at + dashes.length;
    const closes = text.startsWith('--', rest);
    const lineEnd = skipBlanks(text, closes ? rest + 2 : rest);
    const isAlone = lineEnd === text.length || '\r\n'.includes(text.charAt(lineEnd));
    if (!isAlone || (at > 0 && text.charAt(at - 1) !== feed)) continue;
    if (partAt >= 0) {
      spans.push({ from: from + partAt, to: from + beforeLineEnd(text, at, partAt, feed) });
    }
    if (closes || spans.length > sipLimits.bodyPartsMost) return { spans, isClosed: true };
    const next = text.indexOf(feed, rest);
    partAt = next < 0 ? text.length : next + 1;
  }
  if (partAt >= 0) spans.push({ from: from + partAt, to });
  return { spans, isClosed: false };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at += 1;
  return at;
}

/** The line end before a boundary belongs to the boundary. */
function beforeLineEnd(text: string, at: number, least: number, feed: string): number {
  let end = at;
  if (end > least && text.charAt(end - 1) === feed) end -= 1;
  if (end > least && feed === '\n' && text.charAt(end - 1) === '\r') end -= 1;
  return end;
}
