import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import {
  bundleOf,
  kindsOfEndings,
  packBundle,
  runOfWay,
  startExploring,
  textOfWay,
  type EndingKind,
  type ExploreBounds,
  type Exploring,
} from '../sim-core/experimenting.ts';
import type { Scenario } from '../sim-core/index.ts';
import type { ExploreFlags } from './commands/explore.ts';
import type { Ending } from './exit-codes.ts';
import { writeWhole } from './output-file.ts';
import { fileSentence, Refusal } from './refusal.ts';
import { scenarioOf, textAsChanged } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Raised when a reader of the old shape could not read the new one. */
const exploreSchemaVersion = 1;

/** States between two looks at whether the user wants to stop. */
const statesAtOnce = 500;

/** Explores, and ends as the gravest ending: failed where a clause is violated on some way. */
export async function exploreScenario(
  file: string,
  flags: ExploreFlags,
  terminal: Terminal,
): Promise<Ending> {
  const read = await readScenarioFile(file, terminal);
  const text = textAsChanged(read, flags.set ?? []);
  const scenario = scenarioOf({ name: read.name, text });
  const bounds = boundsOf(scenario, flags);
  const exploring = startExploring(scenario, bounds);
  await visitAll(exploring, terminal);
  const engine = __RINGSCOPE_VERSION__;
  const kinds = kindsOfEndings(exploring, engine);
  const files =
    flags.bundles === undefined
      ? []
      : await keepWays(exploring, bounds, kinds, { name: read.name, text }, flags.bundles);
  const counts = exploring.counts();
  if (flags.json === true) {
    const shown = kinds.map((kind, at) => ({ ...kind, bundle: files[at] ?? null }));
    const whole = { schemaVersion: exploreSchemaVersion, engine, bounds, counts, endings: shown };
    terminal.out(`${JSON.stringify(whole)}\n`);
  } else {
    terminal.out(`${pageOf(exploring, kinds, files).join('\n')}\n`);
  }
  if (terminal.interrupted()) return 'interrupted';
  if (kinds.some(({ violated }) => violated.length > 0)) return 'failed';
  return counts.complete ? 'passed' : 'inconclusive';
}

function boundsOf(scenario: Scenario, flags: ExploreFlags): ExploreBounds {
  const acts: ExploreBounds['acts'][number][] = [];
  for (const node of flags.users === true ? scenario.nodes : []) {
    if (node.role !== 'cmr-client') continue;
    const { name: who } = node;
    if (node.party === 'A') acts.push({ who, does: { kind: 'cancel' } });
    else {
      acts.push({ who, does: { kind: 'answer' } });
      acts.push({ who, does: { kind: 'reject', status: 486 } });
    }
    acts.push({ who, does: { kind: 'hang up' } });
  }
  return {
    losses: flags.maxLosses,
    duplicates: flags.maxDuplicates,
    corners: flags.latencyCorners === true,
    acts,
    statesMost: flags.states,
    order: flags.depthFirst === true ? 'depth' : 'breadth',
  };
}

async function visitAll(exploring: Exploring, terminal: Terminal): Promise<void> {
  const begun = performance.now();
  let told = begun;
  while (exploring.visit(statesAtOnce)) {
    // A pause in which the wish to stop can be heard.
    await new Promise((resume) => setImmediate(resume));
    if (terminal.interrupted()) return;
    const now = performance.now();
    if (now - told < 2_000) continue;
    told = now;
    const { distinct, waiting, deepest } = exploring.counts();
    const rate = Math.round(distinct / ((now - begun) / 1_000));
    terminal.err(`${distinct} states, ${rate} a second, ${waiting} waiting, depth ${deepest}\n`);
  }
}

/** The shortest way to each kind of ending as a bundle; the files, in the order of the kinds. */
async function keepWays(
  exploring: Exploring,
  bounds: ExploreBounds,
  kinds: readonly EndingKind[],
  file: { readonly name: string; readonly text: string },
  folder: string,
): Promise<(string | null)[]> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
  const links = exploring.scenario.links.map(({ name }) => name);
  const files: (string | null)[] = [];
  for (const [at, { says, shortest }] of kinds.entries()) {
    const text = textOfWay(file.text, links, bounds, shortest);
    if (text === null) {
      files.push(null);
      continue;
    }
    const run = runOfWay(exploring, shortest, __RINGSCOPE_VERSION__);
    const kept = { name: path.basename(file.name), text, faults: [] };
    const bundle = bundleOf(run, kept, shortest.choices, [says]);
    const name = path.join(folder, `ending-${at + 1}-${run.fingerprint}.cmrrun`);
    await writeWhole(name, packBundle(bundle));
    files.push(name);
  }
  return files;
}

function pageOf(
  exploring: Exploring,
  kinds: readonly EndingKind[],
  files: readonly (string | null)[],
): string[] {
  const { distinct, generated, waiting, deepest, complete } = exploring.counts();
  const bounds = complete
    ? 'complete within these bounds'
    : `stopped with ${waiting} states not looked at: what they lead to is not known`;
  const lines = [
    `${distinct} distinct states of ${generated} generated, depth ${deepest}: ${bounds}`,
    `${exploring.endings.length} ways to end, of ${kinds.length} kinds:`,
    '',
  ];
  for (const [at, { says, count, shortest }] of kinds.entries()) {
    lines.push(`${String(count).padStart(6)}  ${says}`);
    const acts = shortest.acts.map(({ who, does, when }) => {
      const instant = when.kind === 'at' ? ` at ${when.at} us` : '';
      return `${who} does ${does.kind}${instant}`;
    });
    const how = [`${shortest.depth} events`, ...acts].join(', ');
    lines.push(`        shortest: ${how}${files[at] ? `: ${visible(files[at])}` : ''}`);
  }
  return lines;
}
