import { fieldAt, fieldValue, readLine, rowAt } from '../../sim-core/sip/parsing/fields.ts';
import { identifiersOf } from '../../sim-core/sip/parsing/identifiers.ts';
import { indexMessage } from '../../sim-core/sip/parsing/index-message.ts';
import { messageOf } from '../../sim-core/sip/parsing/message-of.ts';
import { parseMessage } from '../../sim-core/sip/parsing/parse-message.ts';
import { fieldSize } from '../../sim-core/sip/parsing/parsed-message.ts';
import { startLineOf } from '../../sim-core/sip/parsing/start-line.ts';
import { printMessage } from '../../sim-core/sip/print-message.ts';
import { imsCall } from '../sim-core/sip/parsing/ims-call.ts';
import { jsSip, jsSipRequest, sip } from '../support/foreign-parsers.ts';
import { compare, printFigures, type Contender } from './measure.ts';

/** Keeps results alive, so that no work is optimised away. */
let sink = 0;

/**
 * Reading and writing SIP text: rates as ratios to a hand-written index with nothing round it, and
 * to two libraries, on the same messages in the same run.
 */
export function printParseFigures(): void {
  const octets = imsCall.map((text) => new TextEncoder().encode(text));
  const bytes = octets.reduce((sum, one) => sum + one.length, 0) / octets.length;
  printFigures(
    `SIP messages read, ${Math.round(bytes)} octets on average`,
    compare([
      over('bare index and identifiers (yardstick)', imsCall, bareIndex),
      over('line ends alone', imsCall, lineEnds),
      over('indexMessage', imsCall, (text) => indexMessage(text)?.places.length ?? 0),
      over('indexMessage and identifiersOf', imsCall, (text) => indexed(text)),
      over('the same, from octets', octets, (each) => indexed(each)),
      over('the same, read by fieldValue', imsCall, fullyRead),
      over('parseMessage: every field and body checked', imsCall, checked, 10_000),
      over('every field as a typed value, bodies left', imsCall, typed, 10_000),
      over('jssip', imsCall, readByJsSip, 1_000),
      over('sip', imsCall, readBySip, 10_000),
    ]),
  );
  printPrinting();
}

function over<Item>(
  name: string,
  items: readonly Item[],
  read: (item: Item) => number,
  count = 40_000,
): Contender {
  return {
    name,
    unit: 'messages/s',
    count,
    run(times) {
      for (let done = 0; done < times; done += 1) {
        const item = items[done % items.length];
        if (item !== undefined) sink = (sink + read(item)) | 0;
      }
    },
  };
}

function indexed(source: string | Uint8Array): number {
  const message = indexMessage(source);
  if (message === null) throw new Error('a message of the call cannot be read');
  const { callId, fromTag, toTag, branch, sequenceNumber } = identifiersOf(message);
  const length = (text: string | null): number => text?.length ?? 0;
  const tags = length(fromTag) + length(toTag);
  return length(callId) + tags + length(branch) + (sequenceNumber ?? 0);
}

/** The same identifiers by the readers of whole values. */
function fullyRead(source: string): number {
  const message = indexMessage(source);
  if (message === null) throw new Error('a message of the call cannot be read');
  const from = fieldValue(message, 'From');
  const to = fieldValue(message, 'To');
  const via = fieldValue(message, 'Via');
  const cseq = fieldValue(message, 'CSeq');
  const callId = fieldValue(message, 'Call-ID');
  const parameters = [from, to, via].map((value) => value?.parameters.length ?? 0);
  return (callId?.length ?? 0) + (cseq?.number ?? 0) + parameters.reduce((a, b) => a + b, 0);
}

/** What `sip` does: the start line and every header field read as values, whatever is in them. */
function typed(source: string): number {
  const message = indexMessage(source);
  if (message === null) throw new Error('a message of the call cannot be read');
  const values: unknown[] = [startLineOf(message)];
  for (let at = 0; at < message.places.length; at += fieldSize) {
    const row = rowAt(message, at);
    if (row === null) values.push(fieldAt(message, at));
    else readLine(message, at, row, null, (value) => values.push(value));
  }
  return values.length;
}

function checked(source: string): number {
  const { message, problems } = parseMessage(source, 'strict');
  if (message === null) throw new Error(problems.map(({ says }) => says).join('; '));
  return problems.length;
}

function lineEnds(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) lines += 1;
  return lines;
}

const offsets = new Int32Array(256);

/**
 * The yardstick of the research notes (P1): names and values of the head in one pass into a kept
 * array, then the five identifiers cut out by fixed spellings. It checks nothing and knows no
 * folds, compact forms or white space.
 */
function bareIndex(text: string): number {
  const count = bareScan(text);
  let from = '';
  let to = '';
  let branch = '';
  let callId = '';
  let sequence = 0;
  for (let at = 0; at < count; at += 3) {
    const key = offsets[at] ?? 0;
    const value = offsets[at + 1] ?? 0;
    const end = offsets[at + 2] ?? 0;
    if (key === keys.from) from = bareParameter(text, value, end, ';tag=');
    else if (key === keys.to) to = bareParameter(text, value, end, ';tag=');
    else if (key === keys.via) {
      if (branch === '') branch = bareParameter(text, value, end, 'branch=');
    } else if (key === keys.callId) callId = text.substring(value, end);
    else if (key === keys.cseq) sequence = Number.parseInt(text.substring(value, end), 10);
  }
  return from.length + to.length + branch.length + callId.length + sequence;
}

const keys = {
  from: bareKey('from'),
  to: bareKey('to'),
  via: bareKey('via'),
  callId: bareKey('call-id'),
  cseq: bareKey('cseq'),
};

function bareKey(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.length;
}

function bareScan(text: string): number {
  let at = text.indexOf('\r\n') + 2;
  let count = 0;
  for (;;) {
    const end = text.indexOf('\r\n', at);
    if (end === at || end < 0) return count;
    let colon = at;
    while (text.charCodeAt(colon) !== 0x3a) colon += 1;
    let value = colon + 1;
    while (text.charCodeAt(value) === 0x20) value += 1;
    const first = text.charCodeAt(at) | 0x20;
    const second = text.charCodeAt(at + 1) | 0x20;
    offsets[count] = (first << 16) | (second << 8) | (colon - at);
    offsets[count + 1] = value;
    offsets[count + 2] = end;
    count += 3;
    at = end + 2;
  }
}

function bareParameter(text: string, from: number, end: number, name: string): string {
  const at = text.indexOf(name, from);
  if (at < 0 || at >= end) return '';
  const start = at + name.length;
  let stop = start;
  for (; stop < end; stop += 1) {
    const code = text.charCodeAt(stop);
    if (code === 0x3b || code === 0x2c || code === 0x20 || code === 0x3e) break;
  }
  return text.substring(start, stop);
}

const agent = { configuration: {} };

function readByJsSip(text: string): number {
  return jsSip.parseMessage(text, agent)?.from_tag?.length ?? 0;
}

function readBySip(text: string): number {
  return sip.parse(text)?.headers.from?.params['tag']?.length ?? 0;
}

/** A message printed is kept, so each printing has a message of its own. */
function printPrinting(): void {
  const plain = imsCall.map((text) =>
    text
      .replaceAll(
        /;comp=sigcomp;rport=5060;received=203.0.113.7|"Alice A" (?=<sip:[^>]*>;tag)/g,
        '',
      )
      .replaceAll(/Min-SE: 90\r\n/g, ''),
  );
  const requests = plain.filter((text) => !text.startsWith('SIP/2.0'));
  const ours = requests.map((text) => {
    const parsed = indexMessage(text);
    const typed = parsed === null ? null : messageOf(parsed);
    if (typed === null || typed.message === null)
      throw new Error(typed?.problems.map(({ says }) => says).join('; '));
    return typed.message;
  });
  const theirs = requests.map((text) => {
    const read = sip.parse(text);
    if (read === undefined) throw new Error('sip does not read a request of the call');
    return read;
  });
  const ready = requests.map((text) => jsSipRequest(text));
  printFigures(
    'SIP requests written',
    compare([
      over('the printed text copied (yardstick)', requests, (text) => `${text}\n`.length),
      over('printMessage, never printed before', ours, (message) => {
        return printMessage(Object.freeze({ ...message })).length;
      }),
      over('sip', theirs, (message) => sip.stringify(message).length, 4_000),
      over('jssip, from header lines that are ready', ready, (one) => one.toString().length),
    ]),
  );
}
