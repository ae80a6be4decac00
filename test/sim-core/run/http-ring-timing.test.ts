import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { withLatencies, withProcessing, told } from '../../support/scenarios.ts';
import { voiceCall } from '../../support/timed-calls.ts';

/** Spec §5.3, "ring start (HTTP, complete download)". */
describe('the ring of HTTP Mode', () => {
  const length = (most: number) => fc.integer({ min: 1, max: most });

  it('starts at d_B + d_A + 2p + connect RTT + GET RTT + 8·size/bandwidth', () => {
    fc.assert(
      fc.property(
        length(60_000),
        length(60_000),
        length(60_000),
        fc.nat(15_000),
        length(500),
        length(4_000),
        (dA, dB, mRA, p, kilobytes, kilobits) => {
          const file = `size: ${kilobytes}kB, bandwidth: ${kilobits}kbit/s`;
          const call = voiceCall(
            'until: 5000s',
            'nodes:',
            '  cmr-server: { mode: http }',
            `  resource-server: { resources: { melody: { ${file} } } }`,
            'script:',
            '  - { at: 0s, who: client-a, does: dial, target: client-b }',
          );
          const links = { a: dA, b: dB, 'media-a': mRA };
          const run = told(withProcessing(withLatencies(call, links), p));
          const [ringing] = run.messages('180 Ringing', 'client-b', 'cmr-server');
          const heard = run.records.find(
            ({ kind, ...record }) =>
              kind === 'note' &&
              'note' in record &&
              record.note.kind === 'hears' &&
              record.note.sources.some(({ source }) => source === 'melody'),
          );
          const connect = 2 * mRA;
          const get = 2 * mRA + p;
          const body = Math.ceil((kilobytes * 8_000_000) / kilobits);
          const started = (heard?.at ?? 0) - (ringing?.sentAt ?? 0);
          expect(started).toBe(dB + dA + 2 * p + connect + get + body);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is named by the URL that the resource has', () => {
    const url = 'http://198.51.100.6/rings/melody.3gp';
    const run = told(
      voiceCall(
        'nodes:',
        '  cmr-server: { mode: http }',
        `  resource-server: { resources: { melody: { url: ${url} } } }`,
      ),
    );
    const [get] = run.messages('GET', 'client-a', 'resource-server');
    expect(get?.facts).toEqual([url]);
    expect(run.messages('body', 'resource-server', 'client-a')).toHaveLength(1);
  });
});
