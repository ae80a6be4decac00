import type { Micros } from '../../base/micros.ts';
import { concatenated, utf8Bytes, utf8BytesAtMost } from './bytes.ts';

/** The blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian. */
const blockTypes = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  nameResolution: 4,
  enhancedPacket: 6,
} as const;

const options = {
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  application: 4,
  timestampResolution: 9,
} as const;

const nameRecords = { end: 0, ipv4: 1, ipv6: 2 } as const;

/** Packets begin with their IPv4 or IPv6 header: no Ethernet, and so no invented MAC address. */
const linkTypeRawIp = 101;
/** Longer than any IP packet; what tcpdump writes, and every reader knows. */
const snapLength = 262_144;
/** Ten to the minus so many seconds. */
const microseconds = 6;
const twoTo32 = 0x1_0000_0000;
const optionLengthMost = 0xffff;

export interface Section {
  /** Name and version of the program that writes. */
  readonly application: string;
  readonly comment: string;
}

export interface InterfaceDescription {
  readonly name: string;
  readonly description: string;
}

export interface NamedAddress {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly name: string;
}

export interface CapturedPacket {
  /** Place of its interface among the interface descriptions, from 0. */
  readonly on: number;
  readonly at: Micros;
  readonly bytes: Uint8Array;
  readonly comment: string;
}

/** Takes the number of bytes of all blocks that follow in the section. */
export function sectionHeader({ application, comment }: Section, length: number): Uint8Array {
  const byteOrderMagic = 0x1a2b3c4d;
  const version1 = 1;
  return block(blockTypes.sectionHeader, [
    words(byteOrderMagic, version1, length % twoTo32, Math.floor(length / twoTo32)),
    textOption(options.comment, comment),
    textOption(options.application, application),
    endOfOptions,
  ]);
}

export function interfaceDescription(described: InterfaceDescription): Uint8Array {
  return block(blockTypes.interfaceDescription, [
    words(linkTypeRawIp, snapLength),
    textOption(options.interfaceName, described.name),
    textOption(options.interfaceDescription, described.description),
    field(options.timestampResolution, Uint8Array.of(microseconds)),
    endOfOptions,
  ]);
}

export function nameResolution(named: readonly NamedAddress[]): Uint8Array {
  const records = named.map(({ address, name }) =>
    field(
      address.length === 4 ? nameRecords.ipv4 : nameRecords.ipv6,
      concatenated([address, utf8Bytes(`${name}\0`)]),
    ),
  );
  return block(blockTypes.nameResolution, [...records, words(nameRecords.end)]);
}

export function enhancedPacket({ on, at, bytes, comment }: CapturedPacket): Uint8Array {
  const { length } = bytes;
  return block(blockTypes.enhancedPacket, [
    words(on, Math.floor(at / twoTo32), at % twoTo32, length, length),
    padded(bytes),
    textOption(options.comment, comment),
    endOfOptions,
  ]);
}

/** Type, length, body, length again. The body's parts are whole 32-bit words. */
function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = 12 + parts.reduce((sum, part) => sum + part.length, 0);
  return concatenated([words(type, length), ...parts, words(length)]);
}

function textOption(code: number, text: string): Uint8Array {
  return field(code, utf8BytesAtMost(text, optionLengthMost));
}

const endOfOptions = words(0);

/** An option or a name record: its code and length, 16 bits each, and its value. */
function field(code: number, value: Uint8Array): Uint8Array {
  return concatenated([words(code + value.length * 0x1_0000), padded(value)]);
}

/** With zeros up to the next 32-bit word. */
function padded(bytes: Uint8Array): Uint8Array {
  const over = bytes.length % 4;
  return over === 0 ? bytes : concatenated([bytes, new Uint8Array(4 - over)]);
}

/** Unsigned 32-bit words. */
function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setUint32(index * 4, value, true));
  return bytes;
}
