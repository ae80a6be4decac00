import { describe, expect, it } from 'vitest';

import { micros, zeroMicros } from '../../../sim-core/base/micros.ts';
import { runScenario, type Run, type Scenario } from '../../../sim-core/index.ts';
import { instant, type Outbox } from '../../../sim-core/kernel/node.ts';
import {
  audibleStreams,
  bufferMedia,
  newJitterBuffer,
  playOut,
} from '../../../sim-core/media/jitter-buffer.ts';
import { newMediaSession } from '../../../sim-core/media/media-session.ts';
import { figure } from '../../support/scenarios.ts';
import { mediaPacket } from '../../support/trace-packets.ts';

/** One terminal's buffer, and the timers it runs. */
function listening(length = 60_000) {
  const session = newMediaSession(false);
  const buffer = newJitterBuffer(micros(length));
  const running: string[] = [];
  const out: Outbox = {
    send: () => {},
    startTimer: (timer, after) => {
      expect(after).toBe(length);
      running.push(timer);
    },
    stopTimer: (timer) => void running.splice(running.indexOf(timer), 1),
    now: () => zeroMicros,
    instant: () => instant(0),
    draw: (least) => least,
    expectUser: () => {},
    forgetUser: () => {},
    note: () => {},
  };
  let at = 0;
  return {
    arrives(
      stream: string,
      sources: readonly string[],
      more: { ssrc?: number; toPort?: number } = {},
    ) {
      at += 1;
      const ends = { fromPort: 1, toPort: more.toPort ?? 4_000 };
      const ssrc = more.ssrc ?? stream.length;
      const move = { stream, sources, at, arrives: at, ssrc, ...ends };
      bufferMedia(session, buffer, mediaPacket('R', 'A', 'audio', move), out);
    },
    /** The timer that has run longest fires. */
    fires() {
      const timer = running.shift();
      if (timer === undefined) throw new Error('no timer runs');
      expect(playOut(buffer, timer)).toBe(true);
    },
    waits: () => running.length,
    heard: () =>
      audibleStreams(session, buffer).map((one) => one.sources.map(({ source }) => source).join()),
  };
}

describe('a jitter buffer', () => {
  it('lets every change out in order, each when it has waited', () => {
    const ear = listening();
    ear.arrives('ring', ['ring']);
    expect(ear.heard()).toEqual([]);
    ear.arrives('ring', ['ring', 'client-b']);
    ear.fires();
    expect(ear.heard()).toEqual(['ring']);
    ear.fires();
    expect(ear.heard()).toEqual(['ring,client-b']);
    ear.arrives('ring', []);
    expect(ear.heard()).toEqual(['ring,client-b']);
    ear.fires();
    expect(ear.heard()).toEqual([]);
  });

  it('fills anew for another SSRC on the same way, and throws away what it had', () => {
    const ear = listening();
    ear.arrives('mix', ['ring'], { ssrc: 1 });
    ear.fires();
    ear.arrives('mix', ['ring', 'client-b'], { ssrc: 1 });
    ear.arrives('mix', ['client-b'], { ssrc: 2 });
    expect(ear.heard()).toEqual([]);
    expect(ear.waits()).toBe(1);
    ear.fires();
    expect(ear.heard()).toEqual(['client-b']);
  });

  it('what ends is heard out, unless another source has taken its port', () => {
    const ear = listening();
    ear.arrives('ring', ['ring'], { ssrc: 1 });
    ear.fires();
    ear.arrives('mixture', ['ring', 'client-b'], { ssrc: 2 });
    ear.arrives('ring', []);
    expect(ear.heard()).toEqual([]);
    ear.fires();
    expect(ear.heard()).toEqual(['ring,client-b']);
    ear.arrives('video', ['film'], { ssrc: 3, toPort: 4_002 });
    ear.arrives('mixture', []);
    expect(ear.heard()).toEqual(['ring,client-b']);
  });

  it('of no length lets everything through at once', () => {
    const ear = listening(0);
    ear.arrives('ring', ['ring']);
    expect(ear.heard()).toEqual(['ring']);
    expect(ear.waits()).toBe(0);
  });

  it('leaves other timers to their owner', () => {
    expect(playOut(newJitterBuffer(micros(1)), 'own alert')).toBe(false);
  });
});

describe('the figure through a jitter buffer at Client-A', () => {
  const withBuffer = (length: number): Scenario => ({
    ...figure(),
    nodes: figure().nodes.map((node) =>
      node.name === 'client-a' && node.role === 'cmr-client'
        ? { ...node, jitterBuffer: micros(length) }
        : node,
    ),
  });
  const run = (length: number): Run => runScenario(withBuffer(length), { engine: 'test' });
  const [direct, buffered] = [run(0), run(60_000)];

  it('hears everything so much later, and a gap of its length where the mixer takes over', () => {
    const changed = {
      ringStart: 60_000,
      contGap: 60_000,
      preAnswerLoss: 60_000,
      cutThroughBA: 60_000,
    };
    for (const [name, more] of Object.entries(changed)) {
      const metric = name as keyof typeof changed;
      expect((buffered.metrics[metric] ?? NaN) - (direct.metrics[metric] ?? NaN), name).toBe(more);
    }
  });

  it('changes no message and no instant of the signalling', () => {
    const signalling = ({ records }: Run) =>
      records.flatMap((record) =>
        record.kind === 'sent' && record.packet.protocol !== 'RTP'
          ? [`${record.at} ${record.packet.label}`]
          : [],
      );
    expect(signalling(buffered)).toEqual(signalling(direct));
  });

  it('plays no tone of its own while the buffer fills (R-EM-02)', () => {
    const tones = ({ hears }: Run) =>
      hears.filter(({ sources }) => sources.some(({ source }) => source === 'ringback tone'));
    expect(tones(buffered)).toEqual(tones(direct));
  });
});
