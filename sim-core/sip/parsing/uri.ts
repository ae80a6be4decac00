import {
  alphanum,
  digit,
  endOfEscapedRun,
  endOfRun,
  findCode,
  isIn,
  isWord,
  schemeCharacter,
  uric,
} from './characters.ts';
import { cited, complain, cut, malformed, type Reading } from './reading.ts';
import { readSipUri, type SipUri } from './sip-uri.ts';
import { readTelUri, type TelUri } from './tel-uri.ts';

/** A URI of another scheme (RFC 3261 §25.1 `absoluteURI`). */
export interface OtherUri {
  readonly kind: 'other';
  /** As written: `'urn:service:sos'`. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** Lower case. */
  readonly scheme: string;
  /** Behind the colon. */
  readonly rest: string;
}

export type Uri = SipUri | TelUri | OtherUri;

/**
 * Reads the URI from `from` to `to`. What the grammar refuses is told; a URI is given even then,
 * as good as can be, but null where there is not even a scheme.
 */
export function readUri(reading: Reading, from: number, to: number): Uri | null {
  const { text } = reading;
  const colonAt = endOfRun(text, from, to, schemeCharacter);
  const isLetter = isIn(text.charCodeAt(from), alphanum) && !isIn(text.charCodeAt(from), digit);
  if (colonAt >= to || text.charAt(colonAt) !== ':' || !isLetter) {
    const what = from >= to ? 'nothing' : cited(reading, from, to);
    malformed(reading, from, Math.max(to, from + 1), `expected a URI, but found ${what}`);
    return null;
  }
  if (isWord(text, from, colonAt, 'sip')) return readSipUri(reading, 'sip', from, to);
  if (isWord(text, from, colonAt, 'sips')) return readSipUri(reading, 'sips', from, to);
  checkCharacters(reading, from, colonAt, to);
  if (isWord(text, from, colonAt, 'tel')) return readTelUri(reading, from, to);
  return readOtherUri(reading, from, colonAt, to);
}

/** RFC 3261 §25.1 `absoluteURI`, whatever its scheme makes of it. */
function checkCharacters(reading: Reading, from: number, colonAt: number, to: number): void {
  const { text } = reading;
  const stop = endOfEscapedRun(text, colonAt + 1, to, uric);
  if (stop < to) {
    const what = cited(reading, stop, stop + 1);
    malformed(reading, stop, stop + 1, `the character ${what} has no place in a URI`);
  } else if (colonAt + 1 === to) {
    malformed(reading, from, to, 'nothing follows the scheme of the URI');
  }
}

function readOtherUri(reading: Reading, from: number, colonAt: number, to: number): OtherUri {
  return {
    kind: 'other',
    text: cut(reading, from, to),
    offset: from,
    length: to - from,
    scheme: reading.text.slice(from, colonAt).toLowerCase(),
    rest: cut(reading, colonAt + 1, to),
  };
}

/** Notes a URI that holds header fields where RFC 3261 §19.1.1 table 1 has none. */
export function tellHeaders(
  reading: Reading,
  uri: Uri | null,
  where: string,
  severity: 'malformed' | 'violation',
): void {
  if (uri === null || uri.kind !== 'SIP' || uri.headers.length === 0) return;
  const at = findCode(reading.text, 0x3f, uri.offset, uri.offset + uri.length);
  const says = `header fields in the URI of ${where}; they may stand in a Contact alone`;
  complain(reading, severity, at, uri.offset + uri.length, says, 'RFC 3261 §19.1.1');
}
