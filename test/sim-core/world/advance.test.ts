import { describe, expect, it } from 'vitest';

import { micros, milliseconds, zeroMicros } from '../../../sim-core/base/micros.ts';
import { never, ratio } from '../../../sim-core/base/ratio.ts';
import type { Chooser } from '../../../sim-core/kernel/chooser.ts';
import { EventQueue } from '../../../sim-core/kernel/event-queue.ts';
import type { Input, NodeBehaviour, NodeId, Outbox } from '../../../sim-core/kernel/node.ts';
import { SeededChooser } from '../../../sim-core/kernel/seeded-chooser.ts';
import type { TraceRecord } from '../../../sim-core/kernel/trace-record.ts';
import type { FaultRule } from '../../../sim-core/network/fault-rule.ts';
import { linkModel, newLinkState } from '../../../sim-core/network/link.ts';
import { buildTopology } from '../../../sim-core/network/topology.ts';
import { advancing } from '../../../sim-core/world/advance.ts';
import type { Absence, Outage } from '../../../sim-core/world/absence.ts';
import {
  copyWorld,
  newNodeSlot,
  type Processing,
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
  setting: {
    processing?: number;
    byLabel?: Processing['byLabel'];
    rules?: FaultRule[];
    outages?: Outage[][];
    lending?: Lending;
    chooser?: Chooser;
  } = {},
): Bench {
  const newborn = () => ({ heard: [] as string[] });
  const processing = {
    usual: micros(setting.processing ?? 0),
    byLabel: setting.byLabel ?? null,
  };
  const latency = { least: milliseconds(40), most: milliseconds(40) };
  const loss = setting.chooser === undefined ? never : ratio(1, 2);
  const model = linkModel({ site: 1, latency, loss, duplicate: never, mayReorder: false });
  const directed = [
    { from: left, to: right, model },
    { from: right, to: left, model },
  ];
  const world: World = {
    now: zeroMicros,
    recordCount: 0,
    queue: new EventQueue<ScheduledEvent>(),
    nodes: [0, 1].map((behaviour) => newNodeSlot(behaviour, newborn())),
    links: directed.map(newLinkState),
    ruleUses: (setting.rules ?? []).map(() => 0),
  };
  for (const node of [left, right]) {
    world.queue.push(0, 0, node, 0, { kind: 'start' });
  }
  const records: TraceRecord[] = [];
  const machinery = {
    behaviours: reacts.map(behaviourOf),
    processing: [processing, processing],
    outages: setting.outages ?? [[], []],
    newborn,
    sites: [1, 2],
    topology: buildTopology(2, directed, setting.rules ?? []),
    lending: setting.lending ?? ('in place' as const),
  };
  const observe = (record: TraceRecord): void => void records.push(record);
  const advance = advancing(world, machinery, setting.chooser ?? new SeededChooser(1), observe);
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
    handle: (state, input, out) => react(input, out, state as { heard: string[] }),
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

  it.each([
    ['a user', 'user'],
    ['its own pace', 'own alert'],
  ])('lets what %s has a node do leave behind what it still works on', (_what, by) => {
    const pong = Object.freeze({ protocol: 'SIP', label: 'pong' } as const);
    const { records, run } = bench(
      [
        (input, out) => {
          if (input.kind === 'start') out.send(ping, right);
        },
        (input, out) => {
          const action = { kind: 'cancel' } as const;
          const soon = { least: milliseconds(45), most: milliseconds(45) };
          if (input.kind === 'start' && by === 'user') out.expectUser(action, soon);
          else if (input.kind === 'start') out.startTimer(by, milliseconds(45));
          else out.send(input.kind === 'packet' ? ping : pong, left);
        },
      ],
      { processing: 10_000 },
    );
    run();
    const sent = records.filter(({ kind, node }) => kind === 'sent' && node === right);
    expect(sent.map(line)).toEqual(['50 1 sent ping', '50 1 sent pong']);
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
      means: ({ label }) => label === 'ping',
      eitherWay: false,
      during: null,
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

  it('lets nothing overtake what is late on a connection, whatever is lost behind it', () => {
    const command = (label: string) => Object.freeze({ protocol: 'resource control', label });
    const late: FaultRule = {
      means: ({ label }) => label === 'play',
      eitherWay: false,
      during: null,
      from: null,
      to: null,
      occurrences: [],
      does: { kind: 'delay', by: milliseconds(100) },
    };
    let atRisk = 0;
    const chooser: Chooser = {
      chance: (point) => point === 'link loss' && (atRisk += 1) === 2,
      between: (_point, _site, least) => least,
      log: [],
    };
    const { records, run } = bench(
      [
        (input, out) => {
          if (input.kind !== 'start') return;
          for (const label of ['play', 'play', 'release']) out.send(command(label), right);
        },
        silent,
      ],
      { rules: [late], chooser },
    );
    run();
    expect(records.map(line).slice(1)).toEqual([
      '0 0 dropped play',
      '0 0 sent release',
      '140 1 received play',
      '140 1 received release',
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

  it('takes as long over a message as its kind needs', () => {
    const { records, run } = bench(
      [
        (input, out) => {
          if (input.kind === 'start') out.send(ping, right);
        },
        (input, out) => {
          if (input.kind === 'packet') out.send(pong, left);
        },
      ],
      { processing: 10_000, byLabel: { ping: micros(3_000) } },
    );
    run();
    expect(records.map(line)).toContain('43 1 sent pong');
  });
});

const pong = Object.freeze({ protocol: 'SIP', label: 'pong' } as const);
const outage = (kind: Absence['kind'], from: number, until: number): Absence => ({
  kind,
  from: milliseconds(from),
  until: milliseconds(until),
});

describe('a node that is not there', () => {
  /** The left node sends a ping every 30 ms; the right one counts them and has a timer at 100. */
  function pinged(absence: Absence) {
    const heard: string[] = [];
    const one = bench(
      [
        (input, out) => {
          if (input.kind === 'start') out.startTimer('own 1', milliseconds(30));
          if (input.kind !== 'timer') return;
          out.send(ping, right);
          const next = Number(input.timer.slice(4)) + 1;
          if (next <= 4) out.startTimer(`own ${next}`, milliseconds(30));
        },
        (input, out, state) => {
          const at = one.world.now / 1_000;
          if (input.kind === 'start') out.startTimer('due at 100', milliseconds(100));
          state.heard.push(input.kind);
          if (input.kind === 'packet') heard.push(`${at} ping ${state.heard.length}`);
          if (input.kind === 'timer') heard.push(`${at} timer`);
        },
      ],
      { outages: [[], [absence]] },
    );
    for (const [edge, at] of [
      ['begins', absence.from],
      ['ends', absence.until],
    ] as const) {
      one.world.queue.push(at, 0, right, 0, { kind: 'outage', outage: absence, edge });
    }
    one.run();
    return { heard, records: one.records };
  }

  it('frozen, takes up what arrived and what was due when it goes on, and remembers', () => {
    const { heard, records } = pinged(outage('freeze', 80, 140));
    expect(heard).toEqual(['70 ping 2', '140 ping 3', '140 ping 4', '140 timer', '160 ping 6']);
    const notes = records.filter(({ kind }) => kind === 'note');
    expect(notes.map(({ at }) => at / 1_000)).toEqual([80, 140]);
  });

  it('crashed, loses what arrives, its timers and its memory, and begins anew', () => {
    const { heard, records } = pinged(outage('crash', 80, 140));
    // It begins once more at 140 ms, and so does its timer.
    expect(heard).toEqual(['70 ping 2', '160 ping 2', '240 timer']);
    const lost = records.filter((record) => record.kind === 'dropped');
    expect(lost.map(({ why, wouldArriveAt }) => [why, wouldArriveAt / 1_000])).toEqual([
      ['node down', 100],
      ['node down', 130],
    ]);
    expect(records.map(line)).toContain('80 1 timer stopped due at 100');
  });

  it('crashed, says nothing any more that it was about to say', () => {
    const absence = outage('crash', 50, 300);
    const one = bench(
      [
        (input, out) => {
          if (input.kind === 'start') out.send(ping, right);
        },
        (input, out) => {
          if (input.kind === 'packet') out.send(pong, left);
        },
      ],
      { processing: 20_000, outages: [[], [absence]] },
    );
    one.world.queue.push(absence.from, 0, right, 0, {
      kind: 'outage',
      outage: absence,
      edge: 'begins',
    });
    one.world.queue.push(absence.until, 0, right, 0, {
      kind: 'outage',
      outage: absence,
      edge: 'ends',
    });
    one.run();
    expect(one.records.map(line)).toEqual([
      '0 0 sent ping',
      '40 1 received ping',
      '50 1 note',
      '300 1 note',
    ]);
  });

  it('whose clock jumps has its timers fire that much earlier, at once where they were due', () => {
    const one = bench(
      [
        (input, out) => {
          if (input.kind !== 'start') return;
          for (const due of [30, 60, 200]) out.startTimer(`due at ${due}`, milliseconds(due));
          out.expectUser({ kind: 'answer' }, { least: milliseconds(70), most: milliseconds(70) });
        },
        silent,
      ],
      {},
    );
    const jump = { kind: 'clock-jump', from: milliseconds(40), by: milliseconds(50) } as const;
    one.world.queue.push(jump.from, 0, left, 0, { kind: 'outage', outage: jump, edge: 'begins' });
    one.run();
    const fired = one.records.filter(({ kind }) => kind === 'timer fired' || kind === 'user');
    expect(fired.map(line)).toEqual([
      '30 0 timer fired due at 30',
      '40 0 timer fired due at 60',
      '70 0 user',
      '150 0 timer fired due at 200',
    ]);
  });
});
