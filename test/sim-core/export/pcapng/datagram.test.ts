import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { udpPacket } from '../../../../sim-core/export/pcapng/datagram.ts';
import { readDatagram } from './pcapng-reader.ts';

const port = fc.integer({ min: 1, max: 0xffff });
const ends = fc.oneof(
  ...[4, 16].map((length) => {
    const address = fc.uint8Array({ minLength: length, maxLength: length });
    return fc.tuple(address, address, port, port);
  }),
);

describe('an IP packet', () => {
  it('is what an independent reader finds, checksums included', () => {
    fc.assert(
      fc.property(
        ends,
        fc.nat(),
        fc.string({ unit: 'grapheme' }),
        (drawn, identification, text) => {
          const [source, target, sourcePort, targetPort] = drawn;
          const packet = udpPacket({
            from: { address: source, port: sourcePort },
            to: { address: target, port: targetPort },
            identification,
            payload: Buffer.from(text),
          });
          expect(readDatagram(Buffer.from(packet!))).toEqual({
            version: source.length === 4 ? 4 : 6,
            source: Buffer.from(source).toString('hex'),
            target: Buffer.from(target).toString('hex'),
            sourcePort,
            targetPort,
            identification: source.length === 4 ? identification % 0x1_0000 : null,
            text: Buffer.from(text).toString('utf8'),
          });
        },
      ),
    );
  });

  it('never has a UDP checksum of zero, which would mean none', () => {
    const zero = { address: new Uint8Array(4), port: 0 };
    // 17 + 10 of the pseudo-header and 10 of the UDP header: this payload makes the sum 0xffff.
    const payload = Uint8Array.of(0xff, 0xff - 17 - 10 - 10);
    const packet = udpPacket({ from: zero, to: zero, identification: 1, payload });
    expect(Buffer.from(packet!).readUInt16BE(26)).toBe(0xffff);
  });

  it('takes as much as its length field can say, and no byte more', () => {
    const from = (length: number) => ({ address: new Uint8Array(length).fill(1), port: 5060 });
    const packet = (family: number, length: number) =>
      udpPacket({
        from: from(family),
        to: from(family),
        identification: 1,
        payload: new Uint8Array(length).fill(0x78),
      });
    expect(packet(4, 65_507)).toHaveLength(65_535);
    expect(readDatagram(Buffer.from(packet(4, 65_507)!)).text).toHaveLength(65_507);
    expect(packet(4, 65_508)).toBeNull();
    expect(packet(16, 65_527)).toHaveLength(65_575);
    expect(readDatagram(Buffer.from(packet(16, 65_527)!)).text).toHaveLength(65_527);
    expect(packet(16, 65_528)).toBeNull();
  });
});
