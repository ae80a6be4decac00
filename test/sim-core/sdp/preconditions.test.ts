import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  areMet,
  asksToConfirm,
  hasPreconditions,
  reservedAtSender,
  withPreconditions,
  type Flow,
} from '../../../sim-core/sdp/preconditions.ts';
import { printSdp } from '../../../sim-core/sdp/print-sdp.ts';
import { description } from './arbitrary-description.ts';
import { parsed, terminalA } from './written-sdp.ts';

const none = { type: 'segmented', own: 'none', other: 'none', confirm: false } as const;
const flow = fc.constantFrom<Flow>('none', 'send', 'recv', 'sendrecv');
const mirror = { none: 'none', send: 'recv', recv: 'send', sendrecv: 'sendrecv' } as const;

describe('preconditions in a description', () => {
  it('say what is reserved on each side, and what has to be (RFC 3312 §5)', () => {
    const offer = withPreconditions(terminalA, { ...none, own: 'sendrecv', confirm: true });
    const lines = printSdp(offer).split('\r\n');
    const found = lines.filter((line) => /^a=(?:curr|des|conf):/.test(line));
    const streams = terminalA.media.filter(({ port }) => port > 0).length;
    expect(found.slice(0, found.length / streams)).toEqual([
      'a=curr:qos local sendrecv',
      'a=curr:qos remote none',
      'a=des:qos mandatory local sendrecv',
      'a=des:qos mandatory remote sendrecv',
      'a=conf:qos remote sendrecv',
    ]);
    expect(hasPreconditions(offer)).toBe(true);
    expect(asksToConfirm(offer)).toBe(true);
  });

  it('leave a stream alone that is off (R-PRE-08)', () => {
    const off = parsed(printSdp(terminalA).replaceAll(/^m=(\S+) \d+/gm, 'm=$1 0'));
    const asked = withPreconditions(off, none);
    expect(hasPreconditions(asked)).toBe(false);
    expect(reservedAtSender(asked)).toBeNull();
  });

  it('are written anew, never twice, and read back mirrored by the other end', () => {
    fc.assert(
      fc.property(
        description,
        flow,
        flow,
        fc.constantFrom('segmented', 'e2e'),
        (base, a, b, type) => {
          const first = withPreconditions(base, { type, own: a, other: 'none', confirm: false });
          const second = withPreconditions(first, { type, own: b, other: a, confirm: false });
          if (!hasPreconditions(second)) return;
          expect(reservedAtSender(first)).toBe(mirror[a]);
          expect(reservedAtSender(second)).toBe(mirror[b]);
          const count = (of: typeof first): number =>
            of.media.flatMap(({ lines }) => lines.filter(([, value]) => value.startsWith('curr:')))
              .length;
          expect(count(second)).toBe(count(first));
        },
      ),
    );
  });

  it('are met by both sides, each for its own access network, or together for the whole way', () => {
    expect(areMet('segmented', 'sendrecv', 'sendrecv')).toBe(true);
    expect(areMet('segmented', 'sendrecv', 'send')).toBe(false);
    expect(areMet('e2e', 'send', 'recv')).toBe(true);
    expect(areMet('e2e', 'send', 'send')).toBe(false);
  });
});
