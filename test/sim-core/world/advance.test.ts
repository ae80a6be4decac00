import { describe, expect, it } from 'vitest';

import { micros, milliseconds, zeroMicros } from '../../../sim-core/base/micros.ts';
import { never } from '../../../sim-core/base/ratio.ts';
import { EventQueue } from '../../../sim-core/kernel/event-queue.ts';
import type { Input, NodeBehaviour, NodeId, Outbox } from '../../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../../sim-core/kernel/seeded-chooser.ts';
import type { TraceRecord } from '../../../sim-core/kernel/trace-record.ts';
import type { FaultRule } from '../../../sim-core/network/fault-rule.ts';
import { linkModel } from '../../../sim-core/network/link.ts';
import { buildTopology } from '../../../sim-core/network/topology.ts';
import { advancing } from '../../../sim-core/world/advance.ts';
import { noTimers } from '../../../sim-core/world/live-timers.ts';
import {
  copyWorld,
  type ScheduledEvent,
  type Lending,
  type World,
} from '../../../sim-core/world/world.ts';

const [left, right] = [0 as NodeId, 1 as NodeId];
type React = (input: Input, out: Outbox, state: { heard: string[] }) => void;

interface Bench {
  readonly world: World;
  readonly records: TraceRecord[];
  run(): void;
}

/** Two nodes, 40 ms apart, that take `processing` over a message. */
function bench(
  reacts: [React, React],
  setting: { processing?: number; rules?: FaultRule[]; lending?: Lending } = {},
): Bench {
  const latency = { least: milliseconds(40), most: milliseconds(40) };
  const model = linkModel({ site: 1, latency, loss: never, duplicate: never, mayReorder: false });
  const directed = [
    { from: left, to: right, model },
    { from: right, to: left, model },
  ];
  const world: World = {
    now: zeroMicros,
    recordCount: 0,
    queue: new EventQueue<ScheduledEvent>(),
    nodes: [0, 1].map((behaviour) => ({
      behaviour,
      state: { heard: [] as string[] },
      timers: noTimers(),
      lastMediaDeparture: zeroMicros,
    })),
    links: directed.map(() => ({ lastArrival: zeroMicros })),
    ruleUses: (setting.rules ?? []).map(() => 0),
  };
  for (const node of [left, right]) {
    world.queue.push(0, 0, node, 0, { kind: 'start' });
  }
  const records: TraceRecord[] = [];
  const machinery = {
    behaviours: reacts.map(behaviourOf),
    processing: [micros(setting.processing ?? 0), micros(setting.processing ?? 0)],
    sites: [1, 2],
    topology: buildTopology(2, directed, setting.rules ?? []),
    lending: setting.lending ?? ('in place' as const),
  };
  const observe = (record: TraceRecord): void => void records.push(record);
  const advance = advancing(world, machinery, new SeededChooser(1), observe);
  return {
    world,
    records,
    run() {
      while (advance() === 'advanced');
    },
  };
}

function behaviourOf(react: React): NodeBehaviour<unknown, unknown> {
  return {
    role: 'test',
    init: () => ({ heard: [] }),
    handle: (state, input, _now, out) => react(input, out, state as { heard: string[] }),
  };
}

const silent: React = () => undefined;
const ping = Object.freeze({ protocol: 'SIP', label: 'ping' } as const);

function line(record: TraceRecord): string {
  const what = 'packet' in record ? record.packet.label : 'timer' in record ? record.timer : '';
  return `${record.at / 1_000} ${record.node} ${record.kind} ${what}`.trim();
}

describe('advance', () => {
  it('carries a packet over its link and names each record’s cause', () => {
    const { records, run } = bench([
      (input, out) => {
        if (input.kind === 'start') out.send(ping, right);
      },
      silent,
    ]);
    run();
    expect(records.map(line)).toEqual(['0 0 sent ping', '40 1 received ping']);
    expect(records.map(({ number, cause }) => [number, cause])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('lets a reaction leave when the processing time has passed, timers with it', () => {
    const { records, run } = bench(
      [
        (input, out) => {
          if (input.kind === 'start') out.send(ping, right);
        },
        (input, out) => {
          if (input.kind !== 'packet') return;
          out.send(ping, left);
          out.startTimer('A', milliseconds(500));
        },
      ],
      { processing: 10_000 },
    );
    run();
    expect(records.map(line)).toEqual([
      '0 0 sent ping',
      '40 1 received ping',
      '40 1 timer started A',
      '50 1 sent ping',
      '90 0 received ping',
      '550 1 timer fired A',
    ]);
  });

  it('delivers a message before a timer that is due at the same instant (spec §5.2)', () => {
    const heard: string[] = [];
    const { run } = bench([
      (input, out) => {
        if (input.kind === 'start') out.startTimer('tie', milliseconds(40));
        else heard.push(input.kind);
      },
      (input, out) => {
        if (input.kind === 'start') out.send(ping, left);
      },
    ]);
    run();
    expect(heard).toEqual(['packet', 'timer']);
  });

  it('lets a restarted timer fire once, and a stopped one never', () => {
    const { records, run } = bench([
      (input, out) => {
        if (input.kind !== 'start') return;
        out.startTimer('again', milliseconds(10));
        out.startTimer('again', milliseconds(20));
        out.startTimer('never', milliseconds(5));
        out.stopTimer('never');
        out.stopTimer('unknown');
      },
      silent,
    ]);
    run();
    const fired = records.filter(({ kind }) => kind === 'timer fired');
    expect(fired.map(line)).toEqual(['20 0 timer fired again']);
  });

  it('drops, delays and doubles what a fault rule names, and says so', () => {
    const rules: FaultRule[] = (['drop', 'duplicate', 'delay'] as const).map((kind, index) => ({
      label: 'ping',
      from: left,
      to: right,
      occurrences: [index + 1],
      does:
        kind === 'drop'
          ? { kind }
          : kind === 'delay'
            ? { kind, by: milliseconds(100) }
            : { kind, after: milliseconds(3) },
    }));
    const { records, run } = bench(
      [
        (input, out) => {
          if (input.kind === 'start') for (let n = 0; n < 3; n += 1) out.send(ping, right);
        },
        silent,
      ],
      { rules },
    );
    run();
    expect(records.map(line)).toEqual([
      '0 0 dropped ping',
      '0 0 sent ping',
      '0 0 sent ping',
      '40 1 received ping',
      '43 1 received ping',
      '140 1 received ping',
    ]);
  });

  it('says that there is no link rather than inventing one', () => {
    const { records, run } = bench([
      (input, out) => {
        if (input.kind === 'start') out.send(ping, left);
      },
      silent,
    ]);
    run();
    expect(records[0]).toMatchObject({ kind: 'dropped', why: 'no link' });
  });

  it('does the same whether it lends a state or a copy of it', () => {
    const reacts: [React, React] = [
      (input, out, state) => {
        state.heard.push(input.kind);
        if (state.heard.length < 5) out.send(ping, right);
      },
      (input, out, state) => {
        state.heard.push(input.kind);
        if (input.kind === 'packet') out.send(ping, left);
      },
    ];
    const inPlace = bench(reacts);
    const copied = bench(reacts, { lending: 'copy' });
    inPlace.run();
    copied.run();
    expect(copied.records).toEqual(inPlace.records);
    expect(copied.world.nodes).toEqual(inPlace.world.nodes);
  });

  it('counts records alike whether or not anybody looks', () => {
    const { world, run } = bench([
      (input, out) => {
        if (input.kind === 'start') out.startTimer('A', milliseconds(1));
      },
      silent,
    ]);
    const twin = copyWorld(world);
    run();
    expect(world.recordCount).toBe(2);
    expect(twin.recordCount).toBe(0);
    expect(twin.queue.size).toBe(2);
  });
});
