import type { Content } from './content.ts';
import type { FieldName, FieldRow } from './field-table.ts';
import { fieldValues, hasField, knownNameAt, readingAt, rowAt } from './fields.ts';
import { identifiersOf, type Identifiers } from './identifiers.ts';
import { parameter } from './parameters.ts';
import { field, fieldSize, type ParsedMessage } from './parsed-message.ts';
import { addFound, quoted, type Found } from './problems.ts';
import type { RequestLine, StatusLine } from './start-line.ts';

/** What the grammar leaves to the text: which fields a message holds, and what agrees with what. */
export function checkRules(
  message: ParsedMessage,
  start: RequestLine | StatusLine,
  content: Content | null,
  found: Found[],
): void {
  checkPresence(message, found);
  checkRepeated(message, found);
  checkSequence(message, start, found);
  const identifiers = identifiersOf(message);
  checkBranch(message, identifiers, found);
  checkTag(message, identifiers, found);
  checkDispositions(content, found);
}

const required: readonly FieldName[] = ['To', 'From', 'CSeq', 'Call-ID', 'Via'];

/** RFC 3261 §8.1.1 and §8.2.6.2. Max-Forwards came later than the RFC before. */
function checkPresence(message: ParsedMessage, found: Found[]): void {
  const { kind, startAt, startEnd } = message;
  const clause = kind === 'request' ? 'RFC 3261 §8.1.1' : 'RFC 3261 §8.2.6.2';
  for (const name of required) {
    if (hasField(message, name)) continue;
    const says = `no ${name} header field; every ${kind} has one`;
    addFound(found, 'violation', startAt, startEnd, says, clause);
  }
  if (kind === 'response' || hasField(message, 'Max-Forwards')) return;
  const says = 'no Max-Forwards header field; only RFC 2543 did without';
  addFound(found, 'remark', startAt, startEnd, says, clause);
}

/** RFC 3261 §7.3.1; Content-Length has its own rule. */
function checkRepeated(message: ParsedMessage, found: Found[]): void {
  const { places } = message;
  const seen = new Map<FieldRow<unknown>, number>();
  for (let at = 0; at < places.length; at += fieldSize) {
    const row = rowAt(message, at);
    if (row === null || row.form !== 'single') continue;
    const before = seen.get(row);
    if (before === undefined) {
      seen.set(row, at);
      continue;
    }
    const name = knownNameAt(message, at) ?? '';
    const isOther = valueText(message, at) !== valueText(message, before);
    if (name === 'Content-Length' && isOther) continue;
    const from = places[at + field.at] ?? 0;
    const says = `a second ${name} header field; there is one at most`;
    const to = places[at + field.valueEnd] ?? 0;
    addFound(found, 'violation', from, to, says, 'RFC 3261 §7.3.1');
  }
}

function valueText(message: ParsedMessage, place: number): string {
  const { at, end } = readingAt(message, place, '', null);
  return message.text.slice(at, end);
}

/** RFC 3261 §8.1.1.5: CSeq names the method of the request. */
function checkSequence(
  message: ParsedMessage,
  start: RequestLine | StatusLine,
  found: Found[],
): void {
  if (start.kind === 'response') return;
  for (const { method, offset, length } of fieldValues(message, 'CSeq')) {
    if (method === start.method) continue;
    const says = `CSeq says ${quoted(method)}, but the request is ${quoted(start.method)}`;
    addFound(found, 'malformed', offset, offset + length, says, 'RFC 3261 §8.1.1.5');
  }
}

const cookie = 'z9hG4bK';

/** RFC 3261 §8.1.1.7 and §17.2.3: transactions are told apart by the branch. */
function checkBranch(message: ParsedMessage, { branch }: Identifiers, found: Found[]): void {
  if (branch !== null && branch.length > cookie.length && branch.startsWith(cookie)) return;
  const [top = null] = fieldValues(message, 'Via');
  if (top === null) return;
  const { offset, length } = parameter(top.parameters, 'branch') ?? top;
  const isBare = branch === cookie;
  const says = isBare
    ? `the branch is ${cookie} and nothing behind it, so it tells no transaction apart`
    : `no branch that begins with ${cookie}; so did RFC 2543`;
  const severity = isBare ? 'violation' : 'remark';
  addFound(found, severity, offset, offset + length, says, 'RFC 3261 §8.1.1.7');
}

/** RFC 3261 §8.1.1.3 */
function checkTag(message: ParsedMessage, { fromTag }: Identifiers, found: Found[]): void {
  if (message.kind === 'response' || fromTag !== null) return;
  const [from = null] = fieldValues(message, 'From');
  if (from === null || parameter(from.parameters, 'tag') !== null) return;
  const says = 'From has no tag; only RFC 2543 did without';
  addFound(found, 'remark', from.offset, from.offset + from.length, says, 'RFC 3261 §8.1.1.3');
}

/** One offer or answer of a session in one message, and one of an early session. */
function checkDispositions(content: Content | null, found: Found[]): void {
  const seen = new Set<string>();
  for (const { disposition, from } of sessionsIn(content)) {
    if (seen.has(disposition)) {
      const says = `a second body of disposition ${disposition}; a message has one at most`;
      const clause = disposition === 'session' ? 'RFC 3261 §13.2.1' : 'RFC 3959 §4';
      addFound(found, 'violation', from, from + 1, says, clause);
    }
    seen.add(disposition);
  }
}

/** Bodies of sessions; of alternatives (RFC 5621 §6.2) one stands for all. */
function sessionsIn(content: Content | null): Content[] {
  if (content === null) return [];
  const { mediaType, disposition, parts } = content;
  const inner = parts.flatMap((part) => sessionsIn(part));
  if (mediaType?.subtype.toLowerCase() === 'alternative') return inner.slice(0, 1);
  const isSession = disposition === 'session' || disposition === 'early-session';
  return parts.length === 0 && isSession ? [content] : inner;
}
