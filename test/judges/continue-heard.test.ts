import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  pcapngOf,
  runScenario,
  wavOf,
  type HearsInterval,
  type Scenario,
} from '../../sim-core/index.ts';
import { shipped } from '../support/scenarios.ts';
import { asked, hasTools } from './judge-tools.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-heard-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What Client-A hears in a run, and the file with the sound of it. */
function heardIn(scenario: Scenario) {
  const run = runScenario(scenario, { engine: 'test' });
  const node = run.header.nodes.find(({ name }) => name === 'client-a');
  if (node === undefined) throw new Error('no client-a');
  const file = path.join(folder, 'heard.wav');
  writeFileSync(file, wavOf(run, node.id, null));
  const own = run.hears.filter((one) => one.node === node.id && one.medium === 'audio');
  return { run, file, own };
}

/** Measures a stretch of the sound, less 5 ms at either end, through a filter or without. */
function measured(file: string, from: number, to: number, ...filter: string[]) {
  const at = ['trim', String(from / 1e6 + 0.005), String((to - from) / 1e6 - 0.01)];
  const told = asked('sox', [file, '-n', ...at, ...filter, 'stats']);
  const figure = (name: string) =>
    Number(new RegExp(`${name}\\s+(\\S+)`).exec(told)?.[1]?.replace('-inf', '-999'));
  return { loudest: figure('Max level'), decibels: figure('RMS lev dB') };
}

const tone = ['sinc', '350-520'] as const;
const melody = ['sinc', '320-1500'] as const;
/** Client-B's voice has its fundamental there, and no melody has a note. */
const voice = ['sinc', '100-300'] as const;

describe('the Continue call of Application Server Mode, to an ear that is not ours', () => {
  it('rings back, plays the melody, falls silent (GAP-18), and has the melody under a voice', ({
    skip,
  }) => {
    if (!hasTools(['sox'], skip)) return;
    const { file, own } = heardIn(shipped('continue/c-04-application-server-mode'));
    const carrying = (...names: string[]) =>
      own
        .filter(({ sources }) => sources.map(({ source }) => source).join() === names.join())
        .reduce((a, b) => (b.toMicros - b.fromMicros > a.toMicros - a.fromMicros ? b : a));
    const level = ({ fromMicros, toMicros }: HearsInterval, band: readonly string[]) =>
      measured(file, fromMicros, toMicros, ...band).decibels;

    const ringback = carrying('ringback tone');
    expect(level(ringback, tone)).toBeGreaterThan(level(ringback, voice) + 20);
    const ring = carrying('melody');
    expect(level(ring, melody)).toBeGreaterThan(level(ring, voice) + 20);
    const mixture = carrying('melody', 'client-b');
    expect(level(mixture, voice)).toBeGreaterThan(level(ring, voice) + 20);

    const before = own[own.indexOf(mixture) - 1];
    expect(mixture.fromMicros - (before?.toMicros ?? 0)).toBe(80_000);
    expect(measured(file, before?.toMicros ?? 0, mixture.fromMicros).loudest).toBe(0);

    // Client-B draws breath there: the melody goes on under it, at a quarter of its loudness.
    const [from, to] = [8_000_000, 8_100_000];
    expect(measured(file, from, to, ...voice).decibels).toBeLessThan(-50);
    expect(measured(file, from, to, ...melody).decibels).toBeGreaterThan(-45);
  });

  it('has its ring as long in packets as in sound', ({ skip }) => {
    if (!hasTools(['sox', 'soxi', 'tshark'], skip)) return;
    const scenario: Scenario = {
      ...shipped('failures/f-02-rejected-while-ringing'),
      media: 'packets',
    };
    const { run, file, own } = heardIn(scenario);
    const capture = path.join(folder, 'run.pcapng');
    writeFileSync(capture, pcapngOf(run, 'omit').bytes);
    const table = asked('tshark', ['-r', capture, '-q', '-z', 'rtp,streams']);
    const [, first, last] = /^\s*([\d.]+)\s+([\d.]+)\s+198\.51\.100\.6\s/m.exec(table) ?? [];
    const ring = own.at(-1);
    const seconds = Number(asked('soxi', ['-D', file]));
    expect(seconds).toBeCloseTo((ring?.toMicros ?? 0) / 1e6, 3);
    // A packet carries 20 ms; the last ones are on their way when the refusal ends the ring.
    const inPackets = Number(last) - Number(first) + 0.02;
    const inSound = seconds - (ring?.fromMicros ?? 0) / 1e6;
    expect(inPackets - inSound).toBeGreaterThanOrEqual(0);
    expect(inPackets - inSound).toBeLessThan(0.041);
  });
});
