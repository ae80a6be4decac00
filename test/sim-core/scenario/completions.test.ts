import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { completionsAt, formatScenario, readScenario } from '../../../sim-core/authoring.ts';

/** What is offered where the text has a `|`. */
function offered(text: string): string[] {
  const offset = text.indexOf('|');
  const { options } = completionsAt(text.replace('|', ''), offset);
  return options.map(({ label }) => label);
}

const head = 'apiVersion: ringscope/v1\nbaseline: voice-call\ntitle: T\n';

describe('completion', () => {
  test('offers the keys of the format that are not there yet, with what they are for', () => {
    const keys = offered(`${head}sc|`);
    expect(keys).toContain('script');
    expect(keys).not.toContain('title');
    const { options, from } = completionsAt(`${head}sc`, head.length + 2);
    expect(from).toBe(head.length);
    expect(options.find(({ label }) => label === 'seed')?.insert).toBe('seed: ');
  });

  test('knows a node of the baseline by its role', () => {
    const keys = offered(`${head}nodes:\n  client-b:\n    al|\n`);
    expect(keys).toContain('alerting');
    expect(keys).not.toContain('services');
    expect(offered(`${head}nodes:\n  cmr-server:\n    |\n`)).toContain('services');
  });

  test('offers the keys within a list and within braces', () => {
    expect(offered(`${head}script:\n  - wh|\n`)).toContain('who');
    const inBraces = offered(`${head}script:\n  - { at: 0s, wh| }\n`);
    expect(inBraces).toContain('does');
    expect(inBraces).not.toContain('at');
  });

  test('offers the words of a value', () => {
    expect(offered(`${head}script:\n  - { at: 0s, does: | }\n`)).toContain('hang up');
    expect(offered(`${head}nodes:\n  cmr-server:\n    mode: |\n`)).toContain('gateway');
    expect(offered('apiVersion: ringscope/v1\nbaseline: |\n')).toEqual([
      'voice-call',
      'video-call',
    ]);
    expect(offered(`${head}nodes:\n  new-one:\n    role: |\n`)).toContain('cmr-client');
  });

  test('offers the names of nodes, and the ids of clauses', () => {
    expect(offered(`${head}script:\n  - { at: 0s, who: | }\n`)).toEqual(
      expect.arrayContaining(['client-a', 'client-b']),
    );
    expect(offered(`${head}shows: [|]\n`)).toContain('CON-SRV-05');
  });

  test('offers nothing where the rest is no YAML, and never throws', () => {
    expect(offered(`${head}nodes: [\n|`)).toEqual([]);
    for (let cut = 0; cut < 200; cut += 7) {
      expect(() => completionsAt(head.slice(0, cut), cut)).not.toThrow();
    }
  });
});

describe('format', () => {
  const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cmr.yaml'))
    .map((file) => readFileSync(path.join('scenarios', file), 'utf8'))
    .filter((_text, index) => index % 8 === 0);

  test('changes how a scenario looks, never what it says, and settles at once', () => {
    expect(files.length).toBeGreaterThan(10);
    for (const text of files) {
      const formatted = formatScenario(text);
      if (formatted === null) throw new Error(`not formatted: ${text.slice(0, 200)}`);
      expect(readScenario(formatted, 'a').scenario).toEqual(readScenario(text, 'a').scenario);
      expect(formatScenario(formatted)).toBe(formatted);
      const comments = (all: string) => all.match(/#.*$/gm)?.length ?? 0;
      expect(comments(formatted)).toBe(comments(text));
    }
  });

  test('leaves alone what is no YAML', () => {
    expect(formatScenario('a: [')).toBeNull();
    expect(formatScenario('')).toBeNull();
  });
});
