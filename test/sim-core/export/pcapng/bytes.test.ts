import fc from 'fast-check';
import { expect, it } from 'vitest';

import { utf8Bytes, utf8BytesAtMost } from '../../../../sim-core/export/pcapng/bytes.ts';

const anyText = fc.string({ unit: 'binary' });

it('text becomes the UTF-8 that every other encoder makes of it', () => {
  const encoder = new TextEncoder();
  const halves = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        halves.map((units) => String.fromCharCode(...units)),
      ),
      (text) => {
        expect(utf8Bytes(text)).toEqual(encoder.encode(text));
      },
    ),
  );
});

it('text is cut between characters', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 30 }), (text, most) => {
      const cut = Buffer.from(utf8BytesAtMost(text, most)).toString('utf8');
      expect(text.startsWith(cut)).toBe(true);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
      expect(Buffer.byteLength(text.slice(0, cut.length + 2))).toBeGreaterThan(
        text.length === cut.length ? -1 : most,
      );
    }),
  );
});
