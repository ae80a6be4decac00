/**
 * A reader of pcapng files that shares nothing with the writer: it goes byte by byte through the
 * draft's figures and throws at whatever does not add up.
 */
export interface ReadFile {
  readonly options: ReadOptions;
  /** What the section header says follows it. */
  readonly sectionLength: bigint;
  readonly interfaces: readonly ReadInterface[];
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly packets: readonly ReadPacket[];
  /** Block types in the order of the file. */
  readonly types: readonly number[];
}

export interface ReadInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly options: ReadOptions;
}

export interface ReadPacket {
  readonly on: number;
  /** Ticks of its interface since the epoch. */
  readonly ticks: bigint;
  readonly bytes: Buffer;
  readonly comments: readonly string[];
}

type ReadOptions = ReadonlyMap<number, readonly Buffer[]>;

export function readPcapng(content: Uint8Array): ReadFile {
  const file = Buffer.from(content);
  const blocks = blocksOf(file);
  const [header, ...rest] = blocks;
  if (header?.type !== 0x0a0d0d0a) throw new Error('the first block is no section header');
  const { body } = header;
  if (body.readUInt32LE(0) !== 0x1a2b3c4d) throw new Error('byte-order magic');
  if (body.readUInt16LE(4) !== 1 || body.readUInt16LE(6) !== 0) throw new Error('version');
  const sectionLength = body.readBigInt64LE(8);
  if (sectionLength !== BigInt(file.length - body.length - 12)) throw new Error('section length');
  return {
    options: optionsOf(body.subarray(16)),
    sectionLength,
    interfaces: ofType(rest, 1).map((one) => ({
      linkType: one.readUInt16LE(0),
      snapLength: one.readUInt32LE(4),
      options: optionsOf(one.subarray(8)),
    })),
    names: new Map(ofType(rest, 4).flatMap(namesOf)),
    packets: ofType(rest, 6).map(packetOf),
    types: blocks.map(({ type }) => type),
  };
}

export function texts(options: ReadOptions, code: number): string[] {
  return (options.get(code) ?? []).map((value) => value.toString('utf8'));
}

interface Block {
  readonly type: number;
  readonly body: Buffer;
}

function blocksOf(file: Buffer): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < file.length) {
    const length = file.readUInt32LE(at + 4);
    if (length % 4 !== 0 || length < 12) throw new Error(`block at ${at} is ${length} bytes long`);
    if (file.readUInt32LE(at + length - 4) !== length) throw new Error(`lengths differ at ${at}`);
    blocks.push({ type: file.readUInt32LE(at), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

function ofType(blocks: readonly Block[], type: number): Buffer[] {
  return blocks.filter((block) => block.type === type).map(({ body }) => body);
}

interface Field {
  readonly code: number;
  readonly value: Buffer;
}

/** Options or name records: code, length, value, zeros to the next word; code 0 ends them. */
function fieldsOf(body: Buffer): { readonly fields: readonly Field[]; readonly end: number } {
  const fields: Field[] = [];
  let at = 0;
  for (;;) {
    const [code, length] = [body.readUInt16LE(at), body.readUInt16LE(at + 2)];
    at += 4;
    if (code === 0) {
      if (length !== 0) throw new Error('an end that has a length');
      return { fields, end: at };
    }
    const next = at + Math.ceil(length / 4) * 4;
    if (body.subarray(at + length, next).some((byte) => byte !== 0)) throw new Error('padding');
    if (next > body.length) throw new Error('a field that leaves its block');
    fields.push({ code, value: body.subarray(at, at + length) });
    at = next;
  }
}

function optionsOf(body: Buffer): ReadOptions {
  const { fields, end } = fieldsOf(body);
  if (end !== body.length) throw new Error('something after the end of the options');
  const options = new Map<number, Buffer[]>();
  for (const { code, value } of fields) options.set(code, [...(options.get(code) ?? []), value]);
  return options;
}

function namesOf(body: Buffer): [address: string, names: readonly string[]][] {
  return fieldsOf(body).fields.map(({ code, value }) => {
    const addressLength = code === 1 ? 4 : 16;
    if (code > 2) throw new Error(`name record ${code}`);
    const names = value.subarray(addressLength).toString('utf8').split('\0');
    if (names.pop() !== '') throw new Error('a name without its end');
    return [value.subarray(0, addressLength).toString('hex'), names];
  });
}

function packetOf(body: Buffer): ReadPacket {
  const [captured, original] = [body.readUInt32LE(12), body.readUInt32LE(16)];
  if (captured !== original) throw new Error('a packet that is cut');
  const end = 20 + Math.ceil(captured / 4) * 4;
  return {
    on: body.readUInt32LE(0),
    ticks: (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8)),
    bytes: body.subarray(20, 20 + captured),
    comments: texts(optionsOf(body.subarray(end)), 1),
  };
}

export interface ReadDatagram {
  readonly version: 4 | 6;
  /** In hex. */
  readonly source: string;
  readonly target: string;
  readonly sourcePort: number;
  readonly targetPort: number;
  /** Of the IPv4 header; null in IPv6. */
  readonly identification: number | null;
  readonly text: string;
}

/** One UDP datagram in IP; throws where a length or a checksum is wrong. */
export function readDatagram(packet: Buffer): ReadDatagram {
  const version = packet.readUInt8(0) >> 4;
  if (version === 4) {
    if (packet.readUInt8(0) !== 0x45 || packet.readUInt16BE(2) !== packet.length)
      throw new Error('IPv4 lengths');
    if (packet.readUInt16BE(6) !== 0) throw new Error('a fragment');
    if (packet.readUInt8(9) !== 17) throw new Error('no UDP');
    if (onesSum(packet.subarray(0, 20)) !== 0xffff) throw new Error('IPv4 checksum');
    const [source, target] = [packet.subarray(12, 16), packet.subarray(16, 20)];
    const identification = packet.readUInt16BE(4);
    return { version, identification, ...readUdp(source, target, packet.subarray(20)) };
  }
  if (version !== 6) throw new Error(`IP version ${version}`);
  if (packet.readUInt16BE(4) !== packet.length - 40) throw new Error('IPv6 length');
  if (packet.readUInt8(6) !== 17) throw new Error('no UDP');
  const [source, target] = [packet.subarray(8, 24), packet.subarray(24, 40)];
  return { version, identification: null, ...readUdp(source, target, packet.subarray(40)) };
}

function readUdp(source: Buffer, target: Buffer, segment: Buffer) {
  if (segment.readUInt16BE(4) !== segment.length) throw new Error('UDP length');
  if (segment.readUInt16BE(6) === 0) throw new Error('no UDP checksum');
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(segment.length, 0);
  pseudo.writeUInt32BE(17, 4);
  const sum = onesSum(Buffer.concat([source, target, pseudo, segment]));
  if (sum !== 0xffff) throw new Error('UDP checksum');
  return {
    source: source.toString('hex'),
    target: target.toString('hex'),
    sourcePort: segment.readUInt16BE(0),
    targetPort: segment.readUInt16BE(2),
    text: segment.subarray(8).toString('utf8'),
  };
}

/** The ones' complement sum, with the carry added at once; 0xffff over data with its checksum. */
function onesSum(bytes: Buffer): number {
  let sum = 0;
  bytes.forEach((byte, index) => {
    sum += index % 2 === 0 ? byte << 8 : byte;
    if (sum > 0xffff) sum -= 0xffff;
  });
  return sum;
}
