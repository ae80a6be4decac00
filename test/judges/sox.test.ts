import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runScenario, wavOf, type HearsInterval } from '../../sim-core/index.ts';
import { figure, shipped } from '../support/scenarios.ts';
import { asked, hasTools } from './judge-tools.ts';

const tools = ['sox', 'soxi'] as const;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringscope-wav-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody else's reader of the file, and its measurement of what is loud and what is silent. */
describe.each([
  ['the figure', figure()],
  ['the call whose ring stops', shipped('gateway-mode/ring-stops-at-the-answer')],
])('sox on the sound of %s', (_name, scenario) => {
  it.for(['client-a', 'client-b'])('%s: length and silences agree', (name, { skip }) => {
    if (!hasTools(tools, skip)) return;
    const run = runScenario(scenario, { engine: 'test' });
    const node = run.header.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`no ${name}`);
    const file = path.join(folder, 'heard.wav');
    writeFileSync(file, wavOf(run, node.id, null));
    const own = run.hears.filter((one) => one.node === node.id && one.medium === 'audio');
    const samples = Math.ceil((own.at(-1)?.toMicros ?? 0) / 125);
    expect(Number(asked('soxi', ['-s', file]))).toBe(samples);
    expect(asked('soxi', ['-r', file])).toBe('8000');
    expect(asked('soxi', ['-b', file])).toBe('16');
    for (const { fromMicros, toMicros, loud } of stretches(own)) {
      const at = ['trim', `${Math.ceil(fromMicros / 125)}s`, `=${Math.ceil(toMicros / 125)}s`];
      const amplitude = maximum(file, at);
      if (loud) expect(amplitude).toBeGreaterThan(0.01);
      else expect(amplitude).toBe(0);
    }
  });
});

/** Stretches in which something is heard, and those before and between them. */
function stretches(own: readonly HearsInterval[]) {
  const all: { fromMicros: number; toMicros: number; loud: boolean }[] = [];
  let at = 0;
  for (const { fromMicros, toMicros } of own) {
    if (fromMicros > at) all.push({ fromMicros: at, toMicros: fromMicros, loud: false });
    // A voice may draw its breath in a short stretch.
    if (toMicros - fromMicros > 500_000) all.push({ fromMicros, toMicros, loud: true });
    at = toMicros;
  }
  return all;
}

/** The highest sample of the file after those effects, 0 to 1. */
function maximum(file: string, effects: readonly string[]): number {
  const told = asked('sox', [file, '-n', ...effects, 'stats']);
  const line = told.split('\n').find((one) => one.startsWith('Max level'));
  return Number(line?.split(/\s+/).at(-1));
}
