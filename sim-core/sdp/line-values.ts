import { parse } from 'sdp-transform';

import { isRtp } from './media-lines.ts';
import { printAddress } from './print-sdp.ts';
import type { Origin } from './session-description.ts';

/** What is wrong with a value: how many characters into it, and what. */
export interface ValueProblem {
  readonly at: number;
  readonly says: string;
}

/** The fields of an m= line. */
export interface MediaLine {
  readonly media: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
}

export type Reading<T> = { readonly value: T } | { readonly problem: ValueProblem };

/** Reads the value of an o= line (RFC 8866 §5.2). What is read prints as it stood. */
export function readOrigin(text: string): Reading<Origin> {
  const fields = fieldsOf(text);
  const problem = problemOfOrigin(fields);
  if (problem !== null) return { problem };
  const [userName = '', sessionId = '', version = '', , , address = ''] = fields.map(textOf);
  return { value: { userName, sessionId, version: Number(version), address } };
}

/** A party raises its version with every change: a million changes below what a number counts. */
const versionMost = Number.MAX_SAFE_INTEGER - 1_000_000;

const originFields = 'user name, session id, version, IN, IP4 or IP6, address';

function problemOfOrigin(fields: readonly Field[]): ValueProblem | null {
  if (fields.length !== 6) {
    return { at: 0, says: `o= has ${fields.length} fields; it takes 6: ${originFields}` };
  }
  const [userName, sessionId, version, network, addressType, address] = fields;
  if (!/^\S+$/.test(userName?.text ?? '')) return unexpected(userName, 'a user name or -');
  for (const [field, name] of [
    [sessionId, 'session id'],
    [version, 'version'],
  ] as const) {
    if (!/^\d+$/.test(field?.text ?? '')) return unexpected(field, `a numeric ${name}`);
    if (isBeyond64Bits(field?.text ?? '0')) return unexpected(field, `a ${name} of 64 bits`);
  }
  if (Number(version?.text) > versionMost) {
    return unexpected(version, `a version up to ${versionMost}, from which numbers still count on`);
  }
  if (String(Number(version?.text)) !== version?.text) {
    return unexpected(version, 'a version without leading zeros');
  }
  return problemOfAddress(network, addressType, address);
}

/** No number of less than 20 digits is. */
function isBeyond64Bits(digits: string): boolean {
  return digits.length >= 20 && BigInt(digits) >= 1n << 64n;
}

/** Where the address stands behind `IN IP4 ` and `IN IP6 `. */
const addressAt = 7;

/** Checks the value of a c= line (RFC 8866 §5.7); null when it is well formed. */
export function problemOfConnection(text: string): ValueProblem | null {
  const whole = text.slice(addressAt);
  if (isAddress(whole) && printAddress(whole) === text) return null;
  const fields = fieldsOf(text);
  const [network, addressType, place] = fields;
  if (fields.length !== 3) {
    return { at: 0, says: `c= has ${fields.length} fields; it takes 3: IN, IP4 or IP6, address` };
  }
  const [host = '', ...suffix] = (place?.text ?? '').split('/');
  const bare = { at: place?.at ?? 0, text: host };
  return (
    problemOfAddress(network, addressType, bare) ??
    problemOfSuffix(addressType?.text === 'IP4', suffix, place)
  );
}

/** RFC 8866 §5.7: /ttl and /count after an IP4 group, /count after an IP6 group. */
function problemOfSuffix(
  isIp4: boolean,
  suffix: readonly string[],
  address: Field | undefined,
): ValueProblem | null {
  const ttl = isIp4 ? suffix[0] : undefined;
  if (ttl !== undefined && !(/^\d{1,3}$/.test(ttl) && Number(ttl) <= 255)) {
    return unexpected(address, 'a time to live between 0 and 255 after the slash');
  }
  const count = isIp4 ? suffix[1] : suffix[0];
  if (count !== undefined && !/^[1-9]\d{0,4}$/.test(count)) {
    return unexpected(address, 'a number of addresses between 1 and 99999 after the slash');
  }
  return suffix.length > (isIp4 ? 2 : 1) ? unexpected(address, 'fewer slashes') : null;
}

function problemOfAddress(
  network: Field | undefined,
  addressType: Field | undefined,
  address: Field | undefined,
): ValueProblem | null {
  if (network?.text !== 'IN') return unexpected(network, 'IN');
  if (addressType?.text !== 'IP4' && addressType?.text !== 'IP6') {
    return unexpected(addressType, 'IP4 or IP6');
  }
  const host = address?.text ?? '';
  if (!isAddress(host)) return unexpected(address, 'an address or a host name');
  if (host.includes(':') !== (addressType.text === 'IP6')) {
    const wanted =
      addressType.text === 'IP6' ? 'an IPv6 address' : 'an IPv4 address or a host name';
    return unexpected(address, `${wanted} after ${addressType.text}`);
  }
  return null;
}

/** RFC 8866 §9: unicast-address, without looking further into IPv6 addresses. */
function isAddress(text: string): boolean {
  if (text.includes(':')) return /^[0-9A-Fa-f:.]{2,45}$/.test(text);
  if (!/^[\d.]+$/.test(text)) return /^[A-Za-z0-9_.-]{1,255}$/.test(text);
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => octet !== '' && Number(octet) <= 255);
}

/**
 * Reads the value of an m= line (RFC 8866 §5.14). What the grammar refuses here, sdp-transform may
 * still read, and the printed form proves that reading; it is asked for nothing else, because it
 * takes longer than the rest of a description.
 */
export function readMediaLine(text: string): Reading<MediaLine> {
  const fields = fieldsOf(text);
  const problem = problemOfMediaLine(fields);
  if (problem !== null) return mediaLineOfLibrary(text) ?? { problem };
  const [media = '', port = '', protocol = '', ...formats] = fields.map(textOf);
  return { value: { media, port: Number(port), protocol, formats } };
}

function mediaLineOfLibrary(text: string): Reading<MediaLine> | null {
  const read = parse(`m=${text}`).media[0];
  if (read?.type !== undefined && read.payloads !== undefined) {
    const { port, protocol } = read;
    const formats = String(read.payloads).split(' ');
    const value = { media: String(read.type), port, protocol: String(protocol), formats };
    const printed = `${value.media} ${port} ${value.protocol} ${value.formats.join(' ')}`;
    if (printed === text && isMediaLine(value)) return { value };
  }
  return null;
}

function isMediaLine({ media, port, protocol, formats }: MediaLine): boolean {
  return (
    media !== '' &&
    Number.isInteger(port) &&
    port <= 0xffff &&
    protocol !== '' &&
    formats.every((format) => format !== '' && (!isRtp(protocol) || isPayloadType(format)))
  );
}

function isPayloadType(format: string): boolean {
  if (format.length < 1 || format.length > 3) return false;
  for (let at = 0; at < format.length; at += 1) {
    const code = format.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return Number(format) <= 127;
}

/** RFC 8866 §9: token. */
const token = /^[!#$%&'*+.\w^`{|}~-]+$/;

function problemOfMediaLine(fields: readonly Field[]): ValueProblem | null {
  const [media, port, protocol, ...formats] = fields;
  const empty = fields.find((field) => field.text === '');
  if (empty !== undefined) return { at: empty.at, says: 'm= has a space too many' };
  if (fields.length < 4) {
    const says = `m= has ${fields.length} fields; it takes media, port, protocol and formats`;
    return { at: 0, says };
  }
  if (!token.test(media?.text ?? '')) return unexpected(media, 'a media type such as audio');
  if (port?.text.includes('/')) {
    return unexpected(port, 'one port: layered streams (RFC 8866 §5.14) are not carried here');
  }
  if (!/^(0|[1-9]\d{0,4})$/.test(port?.text ?? '') || Number(port?.text) > 0xffff) {
    return unexpected(port, 'a port between 0 and 65535');
  }
  if (!(protocol?.text ?? '').split('/').every((part) => token.test(part))) {
    return unexpected(protocol, 'a protocol such as RTP/AVP');
  }
  const isOverRtp = isRtp(protocol?.text ?? '');
  for (const format of formats) {
    if (isOverRtp) {
      if (!isPayloadType(format.text)) return unexpected(format, 'a payload type from 0 to 127');
    } else if (!token.test(format.text)) return unexpected(format, 'a format');
  }
  return null;
}

interface Field {
  readonly at: number;
  readonly text: string;
}

function textOf(field: Field): string {
  return field.text;
}

function fieldsOf(text: string): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    const space = text.indexOf(' ', at);
    if (space < 0) break;
    fields.push({ at, text: text.slice(at, space) });
    at = space + 1;
  }
  fields.push({ at, text: text.slice(at) });
  return fields;
}

function unexpected(field: Field | undefined, wanted: string): ValueProblem {
  const found = field === undefined || field.text === '' ? 'nothing' : `"${field.text}"`;
  return { at: field?.at ?? 0, says: `found ${found.slice(0, 60)} instead of ${wanted}` };
}
