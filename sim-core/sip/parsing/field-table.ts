import {
  numberField,
  readCallId,
  readCallIdOfList,
  readCSeq,
  readDate,
  readPlainToken,
  readProducts,
  readRAck,
  readText,
  readTimestamp,
  readVersion,
  signedMost,
  unsignedMost,
} from './plain-values.ts';
import type { Reading } from './reading.ts';
import {
  partyField,
  readAddress,
  readAuthentication,
  readAuthenticationInfo,
  readBracketedUri,
  readContact,
  readDisposition,
  readEarlyMedia,
  readEncoding,
  readLanguage,
  readMediaRange,
  readMediaType,
  readReason,
  readSecondsWithParameters,
  readWarning,
  routeField,
} from './structured-values.ts';
import { readVia } from './via.ts';

/**
 * How a field holds values: `list`, with commas between them and over several lines; `single`;
 * `line`, one to a line and several lines, which may not be joined (RFC 3261 §7.3.1).
 */
export type FieldForm = 'list' | 'single' | 'line';

/** A header field that this reader knows. */
export interface FieldRow<Value> {
  readonly form: FieldForm;
  /** RFC 3261 §7.3.3, or null. */
  readonly compact: string | null;
  /** `'RFC 3261 §20.14'` */
  readonly clause: string;
  /** Whether nothing at all may stand behind the colon. */
  readonly mayBeEmpty: boolean;
  readonly read: (reading: Reading) => Value | null;
}

type Read<Value> = (reading: Reading) => Value | null;

function list<Value>(clause: string, read: Read<Value>, compact: string | null = null) {
  return row('list', clause, read, compact, false);
}

function listOrNothing<Value>(clause: string, read: Read<Value>, compact: string | null = null) {
  return row('list', clause, read, compact, true);
}

function single<Value>(clause: string, read: Read<Value>, compact: string | null = null) {
  return row('single', clause, read, compact, false);
}

function singleOrNothing<Value>(clause: string, read: Read<Value>, compact: string | null = null) {
  return row('single', clause, read, compact, true);
}

function line<Value>(clause: string, read: Read<Value>) {
  return row('line', clause, read, null, false);
}

function row<Value>(
  form: FieldForm,
  section: string,
  read: Read<Value>,
  compact: string | null,
  mayBeEmpty: boolean,
): FieldRow<Value> {
  const clause = section.startsWith('§') ? `RFC 3261 ${section}` : section;
  return { form, compact, clause, mayBeEmpty, read };
}

const seconds = numberField({ least: 0, most: unsignedMost, beyond: 'violation' });
const hops = numberField({ least: 0, most: 255, beyond: 'violation' });
const octets = numberField({ least: 0, most: Number.MAX_SAFE_INTEGER, beyond: 'malformed' });
const responseNumber = numberField({ least: 1, most: signedMost, beyond: 'violation' });

/**
 * Every header field of RFC 3261 §20 and those of its extensions that CMR uses: how its value is
 * written, and where that stands. A name that is not here is read as text.
 */
export const fieldTable = {
  Accept: listOrNothing('§20.1', readMediaRange),
  'Accept-Encoding': listOrNothing('§20.2', readEncoding),
  'Accept-Language': listOrNothing('§20.3', readLanguage),
  'Alert-Info': list('§20.4', readBracketedUri),
  Allow: listOrNothing('§20.5', readPlainToken),
  'Authentication-Info': line('§20.6', readAuthenticationInfo),
  Authorization: line('§20.7', readAuthentication),
  'Call-ID': single('§20.8', readCallId, 'i'),
  'Call-Info': list('§20.9', readBracketedUri),
  Contact: list('§20.10', readContact, 'm'),
  'Content-Disposition': single('§20.11', readDisposition),
  'Content-Encoding': list('§20.12', readPlainToken, 'e'),
  'Content-Language': list('§20.13', readLanguage),
  'Content-Length': single('§20.14', octets, 'l'),
  'Content-Type': single('§20.15', readMediaType, 'c'),
  CSeq: single('§20.16', readCSeq),
  Date: single('§20.17', readDate),
  'Error-Info': list('§20.18', readBracketedUri),
  Expires: single('§20.19', seconds),
  From: single('§20.20', partyField('From'), 'f'),
  'In-Reply-To': list('§20.21', readCallIdOfList),
  'Max-Forwards': single('§20.22', hops),
  'Min-Expires': single('§20.23', seconds),
  'MIME-Version': single('§20.24', readVersion),
  'Min-SE': single('RFC 4028 §5', readSecondsWithParameters),
  Organization: singleOrNothing('§20.25', readText),
  'P-Asserted-Identity': list('RFC 3325 §9.1', readAddress),
  'P-Early-Media': listOrNothing('RFC 5009 §9', readEarlyMedia),
  'P-Preferred-Identity': list('RFC 3325 §9.2', readAddress),
  Priority: single('§20.26', readPlainToken),
  'Proxy-Authenticate': line('§20.27', readAuthentication),
  'Proxy-Authorization': line('§20.28', readAuthentication),
  'Proxy-Require': list('§20.29', readPlainToken),
  RAck: single('RFC 3262 §7.2', readRAck),
  Reason: list('RFC 3326 §2', readReason),
  'Record-Route': list('§20.30', routeField('Record-Route')),
  'Reply-To': single('§20.31', readAddress),
  Require: list('§20.32', readPlainToken),
  'Retry-After': single('§20.33', readSecondsWithParameters),
  Route: list('§20.34', routeField('Route')),
  RSeq: single('RFC 3262 §7.1', responseNumber),
  Server: single('§20.35', readProducts),
  'Session-Expires': single('RFC 4028 §4', readSecondsWithParameters, 'x'),
  Subject: singleOrNothing('§20.36', readText, 's'),
  Supported: listOrNothing('§20.37', readPlainToken, 'k'),
  Timestamp: single('§20.38', readTimestamp),
  To: single('§20.39', partyField('To'), 't'),
  Unsupported: list('§20.40', readPlainToken),
  'User-Agent': single('§20.41', readProducts),
  Via: list('§20.42', readVia, 'v'),
  Warning: list('§20.43', readWarning),
  'WWW-Authenticate': line('§20.44', readAuthentication),
};

/** The name of a header field whose values this reader knows. */
export type FieldName = keyof typeof fieldTable;

/** What one value of a field is. */
export type FieldValue<Name extends FieldName> =
  (typeof fieldTable)[Name] extends FieldRow<infer Value> ? Value : never;

/** Compact forms of fields that are read as text, so that they go by one name (IANA registry). */
export const otherCompactNames: readonly (readonly [compact: string, name: string])[] = [
  ['a', 'Accept-Contact'],
  ['b', 'Referred-By'],
  ['d', 'Request-Disposition'],
  ['j', 'Reject-Contact'],
  ['n', 'Identity-Info'],
  ['o', 'Event'],
  ['r', 'Refer-To'],
  ['u', 'Allow-Events'],
  ['y', 'Identity'],
];
