import { endOfRun, findCode, isIn, isWord, digit, phoneCharacter } from './characters.ts';
import { cited, complain, cut, type Reading } from './reading.ts';
import type { UriParameter } from './sip-uri.ts';

/** A telephone number as a URI (RFC 3966 §3). */
export interface TelUri {
  readonly kind: 'tel';
  /** As written: `'tel:+1-201-555-0123'`. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** As written, with its visual separators. */
  readonly number: string;
  /** Whether it begins with +; otherwise `phone-context` says where it holds. */
  readonly isGlobal: boolean;
  readonly parameters: readonly UriParameter[];
}

const clause = 'RFC 3966 §3';
const semicolon = 0x3b;

/** Reads the URI from `from` to `to`, which begins with `tel:`. */
export function readTelUri(reading: Reading, from: number, to: number): TelUri {
  const { text } = reading;
  const numberAt = from + 4;
  const numberEnd = findCode(text, semicolon, numberAt, to);
  const isGlobal = text.charAt(numberAt) === '+';
  const digitsAt = isGlobal ? numberAt + 1 : numberAt;
  const stop = endOfRun(text, digitsAt, numberEnd, phoneCharacter);
  if (stop < numberEnd || !hasDigit(text, digitsAt, numberEnd, isGlobal)) {
    const what = cited(reading, numberAt, numberEnd);
    const says = `a telephone number is digits with - . ( ) between them, but found ${what}`;
    complain(reading, 'violation', numberAt, Math.max(numberEnd, numberAt + 1), says, clause);
  }
  const parameters = readParameters(reading, numberEnd, to);
  const hasContext = parameters.some(({ name }) => isWord(name, 0, name.length, 'phone-context'));
  if (!isGlobal && !hasContext) {
    const says = 'a number without + needs ;phone-context=';
    complain(reading, 'violation', numberAt, numberEnd, says, clause);
  }
  return {
    kind: 'tel',
    text: cut(reading, from, to),
    offset: from,
    length: to - from,
    number: cut(reading, numberAt, numberEnd),
    isGlobal,
    parameters,
  };
}

/** A local number may be letters of a keypad alone (`phonedigit-hex`), a global one may not. */
function hasDigit(text: string, from: number, to: number, isGlobal: boolean): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const isSeparator = code === 0x2d || code === 0x2e || code === 0x28 || code === 0x29;
    if (isIn(code, digit) || (!isGlobal && !isSeparator)) return true;
  }
  return false;
}

function readParameters(reading: Reading, from: number, to: number): UriParameter[] {
  const { text } = reading;
  const parameters: UriParameter[] = [];
  let start = from;
  while (start < to) {
    const end = findCode(text, semicolon, start + 1, to);
    const equals = findCode(text, 0x3d, start + 1, end);
    const name = cut(reading, start + 1, equals);
    const value = equals < end ? cut(reading, equals + 1, end) : null;
    if (name === '' || value === '') {
      complain(reading, 'violation', start, end, 'a parameter is ;name or ;name=value', clause);
    }
    parameters.push({ name, value });
    start = end;
  }
  return parameters;
}
