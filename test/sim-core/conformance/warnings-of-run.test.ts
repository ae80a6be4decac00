import { describe, expect, test } from 'vitest';

import type { Packet } from '../../../sim-core/kernel/node.ts';
import { callIn } from '../../../sim-core/conformance/oracles/call-picture.ts';
import { warningsOf } from '../../../sim-core/conformance/warnings-of-run.ts';
import type { TraceBuilder } from '../../support/trace-builder.ts';
import { continueCall, rejectedCall } from './reference-call.ts';
import { ring } from './reference-media.ts';

function warned(trace: TraceBuilder) {
  const built = trace.build();
  return {
    built,
    warnings: warningsOf(callIn(built.header, built.records, 'quiet'), built.records),
  };
}

const alone = (trace: TraceBuilder) => trace.without('B voice direct', 'B voice direct ends');

describe('W-2XX-RETX', () => {
  const slow = { dA: 100, dB: 100, dR: 10, p: 10 };

  test('says how often the 200 came and why, with the records', () => {
    const { built, warnings } = warned(alone(continueCall({}, slow)));
    const [warning] = warnings;
    expect(warnings).toHaveLength(1);
    expect(warning?.code).toBe('W-2XX-RETX');
    expect(warning?.says).toBe(
      'Client-B sent its 200 to the re-INVITE once more, because its ACK left 450 ms after it ' +
        'had arrived.',
    );
    const again = built.records.filter(
      (one) => one.kind === 'sent' && one.packet.label === '200' && one.node === 1,
    );
    expect(warning?.evidence).toEqual([
      built.record('B 200 re-INVITE'),
      again.at(-1)?.number,
      built.record('S ACK re-INVITE'),
    ]);
  });

  test('says so where the ACK never came', () => {
    const trace = alone(continueCall({}, slow)).without('S ACK re-INVITE');
    expect(warned(trace).warnings[0]?.says).toContain('the CMR Server sent no ACK for it');
  });

  test('is silent where nothing was sent again', () => {
    expect(warned(alone(continueCall())).warnings).toEqual([]);
  });
});

describe('W-DUAL-SOURCE', () => {
  test('two senders on one port of Client-A, for as long as both go on', () => {
    const { built, warnings } = warned(continueCall());
    expect(warnings).toEqual([
      {
        code: 'W-DUAL-SOURCE',
        evidence: [built.arrival('ring audio'), built.arrival('B voice direct')],
        says:
          'RTP of the Resource Server and Client-B arrived on port 4000 of Client-A at once, ' +
          'for 140 ms.',
      },
    ]);
  });

  test('different ports are different', () => {
    const elsewhere = { address: '10.0.0.1', port: 4_004 };
    const trace = continueCall().changePacket(
      'B voice direct',
      (packet) => ({ ...packet, to: elsewhere }) as Packet,
    );
    trace.without('B voice direct ends');
    expect(warned(trace).warnings).toEqual([]);
  });

  test('a stream that ends at the instant at which another begins is no overlap', () => {
    const trace = rejectedCall()
      .rtp(
        'R',
        'A',
        'audio',
        {
          at: 5_000,
          arrives: 5_040,
          stream: 'ring audio',
          sources: [],
          fromPort: 50_000,
          toPort: 4_000,
        },
        'ring ends',
      )
      .rtp(
        'B',
        'A',
        'audio',
        {
          at: 5_000,
          arrives: 5_040,
          stream: 'x',
          sources: ['client-b'],
          fromPort: 6_000,
          toPort: 4_000,
        },
        'voice',
      );
    expect(warned(trace).warnings).toEqual([]);
    const overlapping = rejectedCall()
      .rtp(
        'B',
        'A',
        'audio',
        {
          at: 4_990,
          arrives: 5_039,
          stream: 'x',
          sources: ['client-b'],
          fromPort: 6_000,
          toPort: 4_000,
        },
        'voice',
      )
      .rtp(
        'R',
        'A',
        'audio',
        {
          at: 5_000,
          arrives: 5_040,
          stream: 'ring audio',
          sources: [],
          fromPort: 50_000,
          toPort: 4_000,
        },
        'ring ends',
      );
    expect(warned(overlapping).warnings[0]?.says).toContain('for 1 ms');
  });

  test('a new stream of the same sender from the same port is one source', () => {
    const trace = rejectedCall().rtp(
      'R',
      'A',
      'audio',
      {
        at: 5_000,
        arrives: 5_040,
        stream: 'more',
        sources: [ring],
        fromPort: 50_000,
        toPort: 4_000,
      },
      'more',
    );
    expect(warned(trace).warnings).toEqual([]);
  });
});
