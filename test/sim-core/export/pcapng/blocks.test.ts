import { expect, it } from 'vitest';

import {
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '../../../../sim-core/export/pcapng/blocks.ts';
import { micros } from '../../../../sim-core/index.ts';
import { readPcapng, texts } from './pcapng-reader.ts';

it('blocks hold instants beyond 32 bits, texts beyond ASCII, and comments beyond an option', () => {
  const content = Buffer.concat([
    interfaceDescription({ name: 'a', description: 'Küche ↔ 🔔' }),
    nameResolution([{ address: Uint8Array.of(192, 0, 2, 17), name: 'client-a' }]),
    ...[1, 2, 3, 4].map((length) =>
      enhancedPacket({
        on: 0,
        at: micros(86_400_000_000 + length),
        bytes: new Uint8Array(length).fill(length),
        comment: 'é'.repeat(40_000),
      }),
    ),
  ]);
  const section = sectionHeader({ application: 'ringscope 0', comment: '' }, content.length);
  const read = readPcapng(Buffer.concat([section, content]));
  expect(read.sectionLength).toBe(BigInt(content.length));
  expect(texts(read.interfaces[0]!.options, 3)).toEqual(['Küche ↔ 🔔']);
  expect(read.packets.map(({ ticks, bytes }) => [ticks, [...bytes]])).toEqual([
    [86_400_000_001n, [1]],
    [86_400_000_002n, [2, 2]],
    [86_400_000_003n, [3, 3, 3]],
    [86_400_000_004n, [4, 4, 4, 4]],
  ]);
  for (const { comments } of read.packets) expect(comments).toEqual(['é'.repeat(32_767)]);
});
