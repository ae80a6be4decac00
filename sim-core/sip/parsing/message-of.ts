import { freezeDeep } from '../../base/plain.ts';
import type {
  BodyPart,
  Disposition,
  Header,
  Method,
  NameAddr,
  OtherBody,
  SipMessage,
  SipMessageFields,
  Via,
} from '../message.ts';
import { endOfRun, token } from './characters.ts';
import { contentOf, contentText, type Content } from './content.ts';
import type { FieldName, FieldValue } from './field-table.ts';
import {
  fieldAt,
  fieldsNamed,
  fieldValues,
  headerFields,
  readingAt,
  type HeaderField,
} from './fields.ts';
import type { NameAddress } from './name-address.ts';
import { parameterValue } from './parameters.ts';
import { addFound, located, quoted, type Found, type SipProblem } from './problems.ts';
import { startLineOf } from './start-line.ts';
import { field, fieldSize, type ParsedMessage } from './parsed-message.ts';
import { readText } from './plain-values.ts';
import type { ViaValue } from './via.ts';

/** A message of the simulator's own, or why it cannot be one. */
export interface TypedReading {
  readonly message: SipMessage | null;
  readonly problems: readonly SipProblem[];
}

/** While a message is made: what stands in its way. */
interface Making {
  readonly parsed: ParsedMessage;
  readonly found: Found[];
}

/**
 * The message as the simulator's own value: what `printMessage` printed comes back as it was. A
 * message that holds more than such a value can, as a received parameter or a display name, gives
 * null and says what and where.
 */
export function messageOf(parsed: ParsedMessage): TypedReading {
  const making: Making = { parsed, found: [] };
  const made = make(making);
  const problems = located(making.found, parsed);
  const stands = making.found.some(({ severity }) => stops.has(severity));
  return { message: stands || made === null ? null : freezeDeep(made), problems };
}

const stops: ReadonlySet<Found['severity']> = new Set(['malformed', 'not held']);

function make(making: Making): SipMessage | null {
  const { parsed, found } = making;
  const start = startLineOf(parsed, found);
  const fields = makeFields(making);
  if (fields === null) return null;
  if (start.kind === 'response') {
    const { status, reason } = start;
    if (status === null) return null;
    if (reason.includes('\u{fffd}')) {
      notHeld(making, parsed.startAt, parsed.startEnd, 'octets that are no UTF-8 in the reason');
    }
    return { ...fields, kind: 'response', label: String(status), status, reason };
  }
  const method = methodNamed(start.method);
  if (method === null) {
    const allowed = Object.keys(methods).join(', ');
    notHeld(
      making,
      parsed.startAt,
      parsed.startEnd,
      `${quoted(start.method)} is none of ${allowed}`,
    );
  }
  const maxForwards = one(making, 'Max-Forwards');
  if (method === null || maxForwards === null) return null;
  const { uriText: requestUri } = start;
  return { ...fields, kind: 'request', label: method, method, requestUri, maxForwards };
}

/** The methods the simulator speaks, each once. */
const methods: Readonly<Record<Method, true>> = {
  INVITE: true,
  ACK: true,
  PRACK: true,
  UPDATE: true,
  INFO: true,
  BYE: true,
  CANCEL: true,
  OPTIONS: true,
};

function methodNamed(name: string): Method | null {
  return isMethod(name) ? name : null;
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name);
}

function notHeld({ found }: Making, from: number, to: number, says: string): void {
  addFound(found, 'not held', from, to, says, 'sim-core/sip/message.ts');
}

function makeFields(making: Making): Omit<SipMessageFields, 'label'> | null {
  const { parsed } = making;
  const from = party(making, 'From');
  const to = party(making, 'To');
  const callId = one(making, 'Call-ID');
  const cseq = sequence(making);
  const via = fieldValues(parsed, 'Via', making.found).map((hop) => viaOf(making, hop));
  const headers = otherHeaders(making);
  const { bodies, otherBodies } = bodiesOf(making);
  const contact = contactOf(making);
  if (from === null || to === null || callId === null || cseq === null) return null;
  const fields = {
    protocol: 'SIP',
    via,
    from,
    to,
    callId,
    cseq,
    contact,
    headers,
    bodies,
  } as const;
  return otherBodies.length === 0 ? fields : { ...fields, otherBodies };
}

/** The only value of a field that has to be there. */
function one<Name extends FieldName>(making: Making, name: Name): FieldValue<Name> | null {
  const { parsed, found } = making;
  const [first = null, second = null] = fieldValues(parsed, name, found);
  const at = parsed.startAt;
  if (first === null) notHeld(making, at, at, `there is no ${name} to be read`);
  if (second !== null) notHeld(making, at, at, `there is more than one ${name}`);
  return first;
}

function sequence(making: Making): SipMessageFields['cseq'] | null {
  const read = one(making, 'CSeq');
  if (read === null) return null;
  const { number, method: name, offset, length } = read;
  const method = methodNamed(name);
  if (method === null) {
    notHeld(making, offset, offset + length, `${quoted(name)} is no method of the simulator`);
    return null;
  }
  return { number, method };
}

function party(making: Making, name: 'From' | 'To'): NameAddr | null {
  const read: NameAddress | null = one(making, name);
  if (read === null) return null;
  const { displayName, parameters, offset, length } = read;
  if (displayName !== null) notHeld(making, offset, offset + length, `a display name in ${name}`);
  for (const { name: other, offset: at, length: long } of parameters) {
    if (other.toLowerCase() !== 'tag') notHeld(making, at, at + long, `the parameter ${other}`);
  }
  return { uri: read.uriText, tag: parameterValue(parameters, 'tag') };
}

function viaOf(making: Making, hop: ViaValue): Via {
  const { protocol, version, transport, sentBy, parameters, offset, length } = hop;
  const written = `${protocol}/${version}/${transport}`;
  const held = written === 'SIP/2.0/UDP' || written === 'SIP/2.0/TCP';
  if (!held) notHeld(making, offset, offset + length, `a hop over ${written}`);
  const branch = parameterValue(parameters, 'branch');
  if (branch === null) notHeld(making, offset, offset + length, 'a hop without a branch');
  for (const { name, offset: at, length: long } of parameters) {
    if (name.toLowerCase() !== 'branch') notHeld(making, at, at + long, `the parameter ${name}`);
  }
  const hopOf = { sentBy, branch: branch ?? '' };
  return transport === 'TCP' ? { ...hopOf, transport } : hopOf;
}

/** The values of all lines, as written; they must be ones. */
function contactOf({ parsed, found }: Making): string | null {
  fieldValues(parsed, 'Contact', found);
  const lines = fieldsNamed(parsed, 'Contact');
  return lines.length === 0 ? null : lines.map(({ value }) => value).join(', ');
}

/** Fields with a place of their own in a message. */
const ownFields = new Set<string>(['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact']);
const contentFields = new Set<string>(['Content-Length', 'Content-Type', 'Content-Disposition']);

function otherHeaders(making: Making): Header[] {
  const { parsed, found } = making;
  const headers: Header[] = [];
  for (let at = 0; at < parsed.places.length; at += fieldSize) {
    const read = fieldAt(parsed, at);
    const { canonicalName: name, value, offset, length } = read;
    const isOwn = ownFields.has(name) || (name === 'Max-Forwards' && parsed.kind === 'request');
    if (isOwn || contentFields.has(name)) continue;
    const isNamed = parsed.places[at + field.key] !== 0 && isToken(read.name);
    if (!isNamed) notHeld(making, offset, offset + length, 'a line that is no header field');
    else if (/^content-/i.test(name)) notHeldField(making, read);
    readText(readingAt(parsed, at, 'RFC 3261 §25.1', found));
    headers.push([spelling(read), value]);
  }
  return headers;
}

function isToken(name: string): boolean {
  return name !== '' && endOfRun(name, 0, name.length, token) === name.length;
}

/** As written, but never short: `k` is Supported. */
function spelling({ name, canonicalName }: HeaderField): string {
  return name.length === 1 ? canonicalName : name;
}

function notHeldField(making: Making, { name, offset, length }: HeaderField): void {
  notHeld(making, offset, offset + length, `the header field ${name}`);
}

interface Bodies {
  readonly bodies: BodyPart[];
  readonly otherBodies: OtherBody[];
}

function bodiesOf(making: Making): Bodies {
  const content = contentOf(making.parsed, making.found);
  const read: Bodies = { bodies: [], otherBodies: [] };
  if (content === null) return read;
  const { mediaType, parts, from } = content;
  if (parts.length === 0) {
    addPart(making, content, read);
    return read;
  }
  const type = `multipart/${mediaType?.subtype.toLowerCase() ?? ''}`;
  if (type !== 'multipart/mixed') notHeld(making, from, from + 1, `a body of type ${type}`);
  for (const part of parts) addPart(making, part, read);
  return read;
}

function addPart(making: Making, content: Content, read: Bodies): void {
  const { sdp, from, disposition, mediaType, parts } = content;
  if (content.places !== making.parsed.places) {
    for (const field of headerFields(content)) {
      if (!contentFields.has(field.canonicalName)) notHeldField(making, field);
    }
  }
  if (sdp === null) {
    if (parts.length > 0) notHeld(making, from, from + 1, 'a multipart body in another');
    else read.otherBodies.push(otherBody(content));
    return;
  }
  if ('problems' in sdp) {
    notHeld(making, from, from + 1, 'a body with problems');
    return;
  }
  if (!isDisposition(disposition)) {
    notHeld(making, from, from + 1, `a body of disposition ${quoted(disposition)}`);
    return;
  }
  if (read.otherBodies.length > 0) {
    notHeld(making, from, from + 1, 'a session description behind another body');
  }
  const said = fieldValues(content, 'Content-Disposition')[0] ?? null;
  const parameters = [...(mediaType?.parameters ?? []), ...(said?.parameters ?? [])];
  for (const { name, offset, length } of parameters) {
    notHeld(making, offset, offset + length, `the parameter ${name} of a body`);
  }
  read.bodies.push({ disposition, description: sdp.description });
}

function otherBody(content: Content): OtherBody {
  const [type] = fieldsNamed(content, 'Content-Type');
  const [disposition] = fieldsNamed(content, 'Content-Disposition');
  return {
    type: type?.value ?? 'application/octet-stream',
    disposition: disposition?.value ?? null,
    text: contentText(content),
  };
}

function isDisposition(word: string): word is Disposition {
  return word === 'session' || word === 'early-session';
}
