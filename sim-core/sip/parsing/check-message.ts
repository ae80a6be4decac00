import { endOfRun, isWhite, token } from './characters.ts';
import { contentOf } from './content.ts';
import { readingAt, readLine, rowAt } from './fields.ts';
import { framingOf } from './framing.ts';
import { checkRules } from './message-rules.ts';
import { field, fieldSize, type ParsedMessage } from './parsed-message.ts';
import { readUnknown } from './plain-values.ts';
import { addFound, quoted, shown, type Found } from './problems.ts';
import { cited } from './reading.ts';
import { startLineOf } from './start-line.ts';

/** Everything wrong with a message that could be cut into its parts, in no order. */
export function checkMessage(message: ParsedMessage): Found[] {
  const found: Found[] = [];
  checkLines(message, found);
  const start = startLineOf(message, found);
  const { places } = message;
  for (let at = 0; at < places.length; at += fieldSize) checkField(message, at, found);
  const content = contentOf(message, found, framingOf(message, found));
  checkRules(message, start, content, found);
  return found;
}

const clause = 'RFC 3261 §7';
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Line ends, and what stands before the start line. */
function checkLines(message: ParsedMessage, found: Found[]): void {
  const { text, startAt, headEnd, bodyAt, feed, isOctets } = message;
  if (startAt > 0) {
    const mark = isOctets ? 3 : 1;
    const hasMark = !isWhite(text.charCodeAt(0));
    const says = hasMark ? 'a byte order mark; SIP has none' : 'empty lines before the start line';
    const severity = hasMark ? 'malformed' : 'remark';
    addFound(found, severity, 0, hasMark ? mark : 1, says, hasMark ? clause : 'RFC 3261 §7.5');
  }
  if (headEnd >= text.length) {
    const says = 'no empty line behind the header fields; one must be there, even without a body';
    addFound(found, 'malformed', text.length, text.length, says, clause);
  }
  if (feed === '\r') {
    const says = 'lines end in CR alone; they end in CR and LF';
    addFound(found, 'malformed', message.startEnd, message.startEnd + 1, says, clause);
    return;
  }
  checkLineEnds(text, startAt, bodyAt, found);
}

/** In the head, no LF is without its CR, and no CR without its LF. */
function checkLineEnds(text: string, from: number, to: number, found: Found[]): void {
  let alone = 0;
  let first = -1;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) === carriageReturn) continue;
    alone += 1;
    if (first < 0) first = at;
  }
  if (first >= 0) {
    const lines = alone === 1 ? 'a line ends' : `${alone} lines end`;
    const says = `${lines} in LF alone; lines of the head end in CR and LF`;
    addFound(found, 'malformed', first, first + 1, says, clause);
  }
  const head = text.slice(from, to);
  for (let at = head.indexOf('\r'); at >= 0; at = head.indexOf('\r', at + 1)) {
    if (head.charCodeAt(at + 1) === lineFeed) continue;
    const says = 'a CR without LF; CR stands nowhere but in line ends';
    addFound(found, 'malformed', from + at, from + at + 1, says, 'RFC 3261 §25.1');
    return;
  }
}

function passOver(): void {}

/** The name, the colon, and the value by the rules of its name. */
function checkField(message: ParsedMessage, at: number, found: Found[]): void {
  const { places } = message;
  const from = places[at + field.at] ?? 0;
  const nameEnd = places[at + field.nameEnd] ?? 0;
  const valueAt = places[at + field.valueAt] ?? 0;
  const reading = readingAt(message, at, 'RFC 3261 §7.3.1', found);
  if (places[at + field.key] === 0) {
    const says = `a header field is name: value, but found ${cited(reading, from, nameEnd)}`;
    addFound(found, 'malformed', from, nameEnd, says, 'RFC 3261 §7.3.1');
    return;
  }
  const row = rowAt(message, at);
  checkName(message, from, nameEnd, valueAt, row !== null, found);
  if (row === null) readUnknown(reading);
  else readLine(message, at, row, found, passOver);
}

function checkName(
  message: ParsedMessage,
  from: number,
  nameEnd: number,
  valueAt: number,
  isKnown: boolean,
  found: Found[],
): void {
  const { text } = message;
  if (!isKnown && (from === nameEnd || endOfRun(text, from, nameEnd, token) < nameEnd)) {
    const isFold = isWhite(text.charCodeAt(from));
    const what = quoted(shown(message, from, Math.min(nameEnd, from + 120)));
    const says = isFold
      ? 'the line begins with white space, but there is no header field to continue'
      : `the name of a header field is a token, but found ${what}`;
    addFound(found, 'malformed', from, Math.max(nameEnd, from + 1), says, 'RFC 3261 §7.3.1');
  }
  for (let at = nameEnd; at < valueAt - 1; at += 1) {
    const isBreak = text.charAt(at) === '\n' || text.charAt(at) === '\r';
    if (!isBreak) continue;
    const says = 'a line break between the name of a header field and its colon';
    addFound(found, 'malformed', at, at + 1, says, 'RFC 3261 §25.1');
    return;
  }
}
