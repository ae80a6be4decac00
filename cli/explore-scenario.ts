import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { visible } from '../sim-core/authoring.ts';
import {
  bundleOf,
  kindsOfEndings,
  packBundle,
  scenarioWithin,
  situationsOn,
  actsMost,
  witnessOf,
  type ExploreBounds,
  type KindOfWay,
  type Way,
} from '../sim-core/experimenting.ts';
import { printMilliseconds, type Scenario } from '../sim-core/index.ts';
import type { ExploreFlags } from './commands/explore.ts';
import { counted } from './counted.ts';
import type { Ending } from './exit-codes.ts';
import type { ExploreInputs } from './explore-answers.ts';
import { exploreInThreads, type Explored } from './explore-in-threads.ts';
import { writeWhole } from './output-file.ts';
import { fileSentence, Refusal } from './refusal.ts';
import { scenarioOf, wholeTextOf } from './run-files.ts';
import { readScenarioFile } from './scenario-files.ts';
import type { Terminal } from './terminal.ts';

/** Raised when a reader of the old shape could not read the new one. */
const exploreSchemaVersion = 2;

/** Where the witness of a kind was kept; null where it was not. */
type Witnesses = ReadonlyMap<Way, string>;

/** Explores, and ends as the gravest ending: failed where a clause is violated on some way. */
export async function exploreScenario(
  file: string,
  flags: ExploreFlags,
  terminal: Terminal,
): Promise<Ending> {
  const read = await readScenarioFile(file, terminal);
  const text = wholeTextOf(read, flags);
  const scenario = scenarioOf({ name: read.name, text });
  const bounds = boundsOf(scenario, flags);
  const engine = __RINGSCOPE_VERSION__;
  const inputs = { name: read.name, text, bounds, engine };
  const explored = await exploreInThreads(inputs, flags.jobs, terminal);
  const endings = kindsOfEndings(explored.judged);
  const situations = situationsOn(explored.judged);
  const witnesses =
    flags.bundles === undefined
      ? new Map<Way, string>()
      : await keepWays(scenario, inputs, [...endings, ...situations], flags.bundles);
  const counts = explored.explorer.counts();
  const isWhole = counts.complete && explored.judged.length === explored.ways;
  if (flags.json === true) {
    const { ways, judged } = explored;
    const told = (kinds: readonly KindOfWay[]): readonly object[] =>
      kinds.map((kind) => ({ ...kind, bundle: witnesses.get(kind.shortest) ?? null }));
    const whole = {
      schemaVersion: exploreSchemaVersion,
      engine,
      bounds,
      counts,
      ways,
      judged: judged.length,
      endings: told(endings),
      situations: told(situations),
    };
    terminal.out(`${JSON.stringify(whole)}\n`);
  } else {
    terminal.out(`${pageOf(explored, endings, situations, witnesses).join('\n')}\n`);
  }
  if (terminal.interrupted()) return 'interrupted';
  if (endings.some(({ violated }) => violated.length > 0)) return 'failed';
  return isWhole ? 'passed' : 'inconclusive';
}

function boundsOf(scenario: Scenario, flags: ExploreFlags): ExploreBounds {
  const acts: ExploreBounds['acts'][number][] = [];
  for (const node of scenario.nodes) {
    if (node.role !== 'cmr-client') continue;
    const { name: who } = node;
    if (node.party === 'A') acts.push({ who, does: { kind: 'cancel' } });
    else {
      acts.push({ who, does: { kind: 'answer' } });
      acts.push({ who, does: { kind: 'reject', status: 486 } });
    }
    acts.push({ who, does: { kind: 'hang up' } });
    acts.push({ who, does: { kind: 'update', offer: 'as-before' } });
  }
  if (acts.length > actsMost && flags.users !== undefined) {
    throw new Refusal('refused', `error: --users: ${acts.length} acts, at most ${actsMost}`);
  }
  return {
    losses: flags.maxLosses,
    duplicates: flags.maxDuplicates,
    corners: flags.latencyCorners === true,
    acts,
    actsMost: flags.users ?? 0,
    statesMost: flags.states,
    order: flags.depthFirst === true ? 'depth' : 'breadth',
  };
}

/** The shortest way to each kind as a bundle, once. */
async function keepWays(
  scenario: Scenario,
  { name, text, bounds, engine }: ExploreInputs,
  kinds: readonly KindOfWay[],
  folder: string,
): Promise<Witnesses> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Refusal('unavailable', `${visible(folder)}: ${fileSentence(error)}`);
  }
  const explored = scenarioWithin(scenario, bounds);
  const witnesses = new Map<Way, string>();
  for (const { shortest } of kinds) {
    if (witnesses.has(shortest)) continue;
    const witness = witnessOf({ name, text }, explored, bounds, shortest, engine);
    if (witness === null) continue;
    const { run, choices, text: changed } = witness;
    const shows = kinds.filter((kind) => kind.shortest === shortest).map(({ says }) => says);
    const kept = { name: path.basename(name), text: changed, faults: [] };
    const file = path.join(folder, `way-${run.fingerprint}.cmrrun`);
    await writeWhole(file, packBundle(bundleOf(run, kept, choices, shows)));
    witnesses.set(shortest, file);
  }
  return witnesses;
}

function pageOf(
  { explorer, judged, ways }: Explored,
  endings: readonly KindOfWay[],
  situations: readonly KindOfWay[],
  witnesses: Witnesses,
): string[] {
  const { distinct, generated, waiting, deepest, last, complete } = explorer.counts();
  const bounds = complete
    ? 'complete within these bounds'
    : `stopped with ${waiting} states not looked at: what they lead to is not known`;
  const gone =
    judged.length === ways
      ? `${counted(ways, 'way')} to go every step between them`
      : `${judged.length} of the ${ways} ways that go every step were judged`;
  return [
    `${distinct} distinct states of ${generated} generated, depth ${deepest}: ${bounds}`,
    `${counted(last, 'last state')}; ${gone}, and ${counted(endings.length, 'kind')} of ending:`,
    '',
    ...endings.flatMap((kind) => kindLines(kind, witnesses)),
    '',
    'What happens on some way:',
    '',
    ...situations.flatMap((kind) => kindLines(kind, witnesses)),
  ];
}

function kindLines({ says, count, shortest }: KindOfWay, witnesses: Witnesses): string[] {
  const acts = shortest.acts.map(({ who, does, when }) => {
    const instant = when.kind === 'at' ? ` at ${printMilliseconds(when.at)} ms` : '';
    return `${who} does ${does.kind}${instant}`;
  });
  const how = [`${shortest.depth} events`, ...acts].join(', ');
  const file = witnesses.get(shortest);
  const kept = file === undefined ? '' : `: ${visible(file)}`;
  return [`${String(count).padStart(6)}  ${says}`, `        shortest: ${how}${kept}`];
}
