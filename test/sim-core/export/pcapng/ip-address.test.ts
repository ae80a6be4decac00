import { isIPv4, isIPv6 } from 'node:net';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addressBytes, asIpv6 } from '../../../../sim-core/export/pcapng/ip-address.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the bytes of an address', () => {
  it.each([
    ['192.0.2.17', 'c0000211'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['1::', '00010000000000000000000000000000'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['2001:DB8:a::17', '20010db8000a00000000000000000017'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:198.51.100.5', '00000000000000000000ffffc6336405'],
    ['1:2:3:4:5:6:1.2.3.4', '00010002000300040005000601020304'],
  ])('of %s', (text, bytes) => {
    expect(hex(addressBytes(text))).toBe(bytes);
  });

  it('are those that the browser finds in the address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        if (text.includes(':')) {
          const canonical = (address: string) => new URL(`http://[${address}]/`).hostname;
          const written = hex(addressBytes(text)).replace(/(....)(?!$)/g, '$1:');
          expect(canonical(written)).toBe(canonical(text));
        } else {
          expect([...addressBytes(text)].join('.')).toBe(text);
        }
      }),
    );
  });

  it.each(['', '1.2.3', '1.2.3.256', '1.2.3.4.5', '1::2::3', ':::', '1:2:3:4:5:6:7', '12345::'])(
    'are not found in %j',
    (text) => {
      expect(isIPv4(text) || isIPv6(text)).toBe(false);
      expect(() => addressBytes(text)).toThrow('is an IP address');
    },
  );

  it('of IPv4 have a form in IPv6', () => {
    expect(hex(asIpv6(addressBytes('198.51.100.5')))).toBe('00000000000000000000ffffc6336405');
    expect(hex(asIpv6(addressBytes('::1')))).toBe(hex(addressBytes('::1')));
  });
});
