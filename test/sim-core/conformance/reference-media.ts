import type { MixingCell } from '../../../sim-core/kernel/trace-record.ts';
import { addresses, mediaLine, session } from '../../support/trace-packets.ts';

export const ring = 'beach-waves';
export const sdp = {
  offerOfA: session({ of: 'A', id: '100', version: 1 }, addresses.A, [
    mediaLine('audio', 4_000),
    mediaLine('video', 4_002),
  ]),
  ring: session({ of: 'S', id: '700', version: 1 }, addresses.R, [
    mediaLine('audio', 50_000),
    mediaLine('video', 50_002),
  ]),
  offerToB: session({ of: 'S', id: '800', version: 1 }, addresses.A, [
    mediaLine('audio', 4_000),
    mediaLine('video', 4_002),
  ]),
  answerOfB: session({ of: 'B', id: '200', version: 1 }, addresses.B, [
    mediaLine('audio', 6_000),
    mediaLine('video', 0, 'inactive'),
  ]),
  reinvite: session({ of: 'S', id: '800', version: 2 }, addresses.R, [
    mediaLine('audio', 50_020),
    mediaLine('video', 0, 'inactive'),
  ]),
  reanswerOfB: session({ of: 'B', id: '200', version: 2 }, addresses.B, [
    mediaLine('audio', 6_000),
    mediaLine('video', 0, 'inactive'),
  ]),
  able: session({ of: 'R', id: '900', version: 1 }, addresses.R, [
    mediaLine('audio', 50_010),
    mediaLine('video', 50_012, 'sendonly'),
  ]),
  update: session({ of: 'S', id: '700', version: 2 }, addresses.R, [
    mediaLine('audio', 50_010),
    mediaLine('video', 50_012, 'sendonly'),
  ]),
  updateDirect: session({ of: 'S', id: '700', version: 2 }, addresses.B, [
    mediaLine('audio', 6_000),
    mediaLine('video', 0, 'inactive'),
  ]),
  reanswerOfA: session({ of: 'A', id: '100', version: 2 }, addresses.A, [
    mediaLine('audio', 4_000),
    mediaLine('video', 4_002, 'recvonly'),
  ]),
  directAnswerOfA: session({ of: 'A', id: '100', version: 2 }, addresses.A, [
    mediaLine('audio', 4_000),
    mediaLine('video', 0, 'inactive'),
  ]),
};

export const ports = {
  address: addresses.R,
  towardsA: { audio: 50_010, video: 50_012 },
  towardsB: { audio: 50_020, video: 50_022 },
};

export function cell(input: string, output: string, medium: 'audio' | 'video'): MixingCell {
  return { input, output, medium, gainPercent: 100 };
}

export const cells: readonly MixingCell[] = [
  cell(ring, 'client-a', 'audio'),
  cell('client-b', 'client-a', 'audio'),
  cell(ring, 'client-a', 'video'),
  cell('client-a', 'client-b', 'audio'),
];
