import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { importTable } from './import-table.ts';
import { root } from './source-files.ts';

/** The core's README is the truth about it: what it says of rooms and files is held against them. */
const readme = readFileSync(path.join(root, 'sim-core/README.md'), 'utf8');

/** What each room is for; a folder without a sentence here fails the test below. */
const purposes: Readonly<Record<string, string>> = {
  base: 'words the whole core shares: time, ratios, clause ids, switches, exact maths',
  kernel: 'time, chance and the contract of a node; knows no protocol',
  network: 'what lies between nodes: links, topology, fault rules',
  world: 'the machine room: the only place where time moves',
  sdp: 'RFC 8866 and the answers of RFC 3264',
  sip: 'RFC 3261 and its extensions, one file per figure or section',
  media: 'streams, as what is heard and seen',
  http: 'HTTP over TCP: a CMR Resource as a file, fetched and handed out',
  'resource-control': 'CMR Server ↔ CMR Resource Server, which the texts leave open',
  nodes: 'the parties of the figures; see neither links nor queue nor chance',
  trace: 'records made useful: recorder, fingerprint, views, text ladder',
  conformance: 'catalogue, oracles, metrics, warnings; imports no node',
  scenario: 'scenario files, and the world built from one',
  run: 'one run, forwards and backwards',
  soak: 'calls drawn by seed and disturbed in every way, and what must never be',
  compare: 'two runs beside each other, aligned by what their messages are for',
  why: 'how something came about: the records it follows from, as sentences',
  sound: 'what a party hears, as samples: melodies, tones and voices computed exactly',
  export: 'a run, for documents and other tools: ladders as text, JSON, pcapng, WAV',
  explore: 'every way a call can go within bounds: states, endings, situations',
  requirements: 'what ties clauses to code, scenarios, defects, readings: matrix, mutation, packs',
  lab: 'many runs of one scenario: sweeps, classes and boundaries; bundles; runs compared',
};

describe('sim-core/README.md', () => {
  test('lists the rooms that there are, with what each may import', () => {
    const rooms = readdirSync(path.join(root, 'sim-core'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(Object.keys(purposes).sort()).toEqual(rooms.sort());
    const table = readme.split('<!-- rooms -->')[1]?.split('<!-- /rooms -->')[0]?.trim();
    expect(cells(table ?? '')).toEqual(cells(roomTable()));
  });

  test('names files that exist', () => {
    const named = [...readme.matchAll(/`((?:sim-core|renderer|scenarios)\/[\w./-]+)`/g)];
    const missing = named.map(([, file]) => file ?? '').filter((file) => !existsSync(file));
    expect(named.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});

/** A table without its alignment, which a formatter may change. */
function cells(table: string): string[] {
  return table.split('\n').map((row) => row.replaceAll(/\s+\|/g, ' |').replaceAll(/-+/g, '---'));
}

function roomTable(): string {
  const rows = Object.entries(purposes).map(([room, purpose]) => {
    const row = importTable.find(({ place }) => place === `sim-core/${room}`);
    const may = (row?.mayImport ?? [])
      .map((place) => place.replace('sim-core/', ''))
      .filter((place) => place in purposes);
    const packages = (row?.packages ?? []).map((name) => `\`${name}\``);
    const list = [...may, ...packages].join(', ');
    return `| \`${room}\` | ${purpose} | ${list === '' ? '–' : list} |`;
  });
  return ['| room | what | may import |', '| --- | --- | --- |', ...rows].join('\n');
}
