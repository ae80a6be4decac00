import { expect, it } from 'vitest';

import { micros } from '../../../../sim-core/base/micros.ts';
import { wavFile } from '../../../../sim-core/export/wav/wav-file.ts';
import { runScenario, wavOf } from '../../../../sim-core/index.ts';
import { figure } from '../../../support/scenarios.ts';

it('a WAV file is a 44-byte header and the samples, little-endian', () => {
  const bytes = wavFile(Int16Array.of(0, 1, -1, 32_124), 8_000);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    '524946462c000000' + // RIFF, 44 bytes follow
      '57415645666d7420' + // WAVEfmt
      '10000000' + // 16 bytes of format
      '01000100' + // linear PCM, one channel
      '401f0000803e0000' + // 8 000 samples, 16 000 bytes in a second
      '02001000' + // two bytes a sample, 16 bits
      '6461746108000000' + // data, 8 bytes
      '00000100ffff7c7d',
  );
});

it('begins with the run and ends with the last thing heard, or where it is told to', () => {
  const run = runScenario(figure(), { engine: 'test' });
  const listener = run.header.nodes.find(({ name }) => name === 'client-a');
  if (listener === undefined) throw new Error('no client-a');
  const last = run.hears.filter((one) => one.node === listener.id && one.medium === 'audio').at(-1);
  const bytes = wavOf(run, listener.id, null);
  expect(bytes.length).toBe(44 + 2 * Math.ceil((last?.toMicros ?? 0) / 125));
  expect(wavOf(run, listener.id, micros(20_000_001)).length).toBe(44 + 2 * 160_001);
  expect(wavOf(run, listener.id, null)).toEqual(bytes);
});
