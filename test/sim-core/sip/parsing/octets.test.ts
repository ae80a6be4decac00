import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  decodeUtf8,
  encodeUtf8,
  octetsOfText,
  textOfOctets,
} from '../../../../sim-core/sip/parsing/octets.ts';

const octets = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
);

describe('octets as text', () => {
  it('keep every octet', () => {
    fc.assert(
      fc.property(octets, (given) => {
        const text = textOfOctets(given);
        expect(text).toHaveLength(given.length);
        expect(octetsOfText(text)).toEqual(given);
      }),
    );
    const many = Uint8Array.from({ length: 100_000 }, (_, index) => index & 0xff);
    expect(octetsOfText(textOfOctets(many))).toEqual(many);
  });

  it('are UTF-8 as the platform has it', () => {
    const platform = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = encodeUtf8(text);
        expect(written).toEqual(new TextEncoder().encode(text));
        expect(decodeUtf8(textOfOctets(written))).toBe(platform.decode(written));
      }),
    );
    fc.assert(
      fc.property(octets, (given) => {
        // The platform makes one U+FFFD of several octets that began well; we make one of each.
        const single = (text: string): string => text.replace(/\u{fffd}+/gu, '\u{fffd}');
        expect(single(decodeUtf8(textOfOctets(given)))).toBe(single(platform.decode(given)));
      }),
    );
  });
});
