import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { addFault, readScenario } from '../../../sim-core/authoring.ts';
import {
  bundleOf,
  packBundle,
  replayBundle,
  textOfBundle,
  unpackBundle,
} from '../../../sim-core/experimenting.ts';
import { runScenario, startJudgedRun } from '../../../sim-core/index.ts';

const name = 'client-b-busy.cmr.yaml';
const text = readFileSync(`scenarios/gateway-mode/${name}`, 'utf8').replace(
  /links:\n/,
  'links: # with luck in it\n',
);

function bundled(faults: readonly string[], seed: number) {
  const { scenario } = readScenario(text.replace(/latency: 40ms/g, 'latency: 20ms..60ms'), name);
  if (scenario === null) throw new Error('the scenario can be read');
  let called = scenario;
  for (const sentence of faults) {
    const addition = addFault(called, sentence);
    if (addition.scenario === null) throw new Error(addition.problem.says);
    called = addition.scenario;
  }
  const judged = startJudgedRun(called, { engine: 'test', seed });
  judged.live.advance(Infinity);
  const file = { name, text: text.replace(/latency: 40ms/g, 'latency: 20ms..60ms'), faults };
  return bundleOf(judged.finish(), file, judged.live.chooser.log, ['looked at']);
}

describe('a run bundle', () => {
  const whole = bundled(['drop the 1st 486 of client-b'], 11);
  const bytes = packBundle(whole);

  it('comes back as it was, from the same bytes every time', () => {
    const read = unpackBundle(bytes);
    expect(read).toEqual({ bundle: whole, isIntact: true });
    expect(packBundle(whole)).toEqual(bytes);
    expect(whole.manifest.choices.length).toBeGreaterThan(5);
  });

  it('is made again to the record', () => {
    const replay = replayBundle(whole, 'test');
    expect(replay.kind).toBe('same');
  });

  it('is a scenario with its seed and faults in it, unless another seed made its choices', () => {
    const { scenario } = readScenario(textOfBundle(whole) ?? '', name);
    if (scenario === null) throw new Error('the scenario can be read');
    const { fingerprint } = runScenario(scenario, { engine: 'another' });
    expect(fingerprint).toBe(whole.manifest.fingerprint);
    const other = { ...whole, manifest: { ...whole.manifest, seed: 12 } };
    expect(replayBundle(other, 'test').kind).toBe('same');
    expect(textOfBundle(other)).toBeNull();
  });

  it('says at which record another run leaves it', () => {
    const records = whole.records.with(20, whole.records[20]?.replace('"at":', '"at":1') ?? '');
    const replay = replayBundle({ ...whole, records }, 'test');
    if (replay.kind !== 'diverged') throw new Error(replay.kind);
    expect(replay.says).toBe('diverged at record 21');
    expect(replay.kept).toBe(records[20]);
    expect(replay.made).toBe(whole.records[20]);
  });

  it.each([
    ['fingerprint', { fingerprint: '0000000000000' }],
    ['number of records', { records: 3 }],
    ['switches', { switches: {} }],
  ])('notices another %s', (what, other) => {
    const replay = replayBundle({ ...whole, manifest: { ...whole.manifest, ...other } }, 'test');
    expect(replay.kind === 'diverged' ? replay.says : replay.kind).toContain(what);
  });

  it('notices choices that are none', () => {
    const manifest = { ...whole.manifest, choices: whole.manifest.choices.map(() => 1) };
    const replay = replayBundle({ ...whole, manifest }, 'test');
    expect(replay.kind).toBe('diverged');
  });

  it('notices every flipped byte that says something', () => {
    const unnoticed: number[] = [];
    const original = unpackBundle(bytes).bundle;
    const asRead = JSON.stringify([original?.manifest, original?.scenario, original?.records]);
    for (let at = 0; at < bytes.length; at += 37) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x20;
      const read = unpackBundle(flipped);
      if (read.bundle === null) continue;
      expect(read.isIntact, `byte ${at}`).toBe(false);
      const { manifest, scenario, records } = read.bundle;
      // A byte of the zip file's own, or of people's notes, changes nothing of the run.
      const same = JSON.stringify([manifest, scenario, records]);
      if (same === asRead) continue;
      // A letter of a comment is no input either.
      const run = replayBundle(read.bundle, manifest.engine);
      if (run.kind === 'same' && scenario === whole.scenario) unnoticed.push(at);
    }
    const about = unnoticed.map((at) => String.fromCharCode(...bytes.slice(at - 20, at + 20)));
    // The file's name is told to people, and nothing follows from it.
    expect(about.filter((piece) => !/scenario"|engine"/.test(piece))).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array(), false],
    ['text', new TextEncoder().encode('apiVersion: ringscope/v1'), false],
    ['a zip file of nothing', new Uint8Array([0x50, 0x4b, 5, 6, ...Array(18).fill(0)]), true],
    ['half a bundle', bytes.slice(0, bytes.length / 2), true],
  ])('is not %s', (_what, other, isBundle) => {
    const read = unpackBundle(other);
    expect(read.bundle).toBeNull();
    if (read.bundle === null) expect(read.isBundle).toBe(isBundle);
  });
});
