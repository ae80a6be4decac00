import {
  alteredChance,
  choicesAround,
  journeyThrough,
  startJudgedRun,
  startRun,
  statesAround,
  unmetText,
  type AlteredChooser,
  type Journey,
  type JudgedRun,
  type Scenario,
} from '../../sim-core/index.ts';
import { findClause, type Run, type StatesAround } from '../../sim-core/reading.ts';
import { judgedBy } from '../store/library-store.ts';
import { noChanges } from '../store/changes.ts';
import type { FromSimulation, ToSimulation } from './protocol.ts';

const engine = __RINGSCOPE_VERSION__;

/** Events between two parts of a run: some two thousand records, so that the window stays quick. */
const eventsAtOnce = 700;

type Request = Exclude<ToSimulation, { kind: 'cancel' }>;

/** Requests that are not answered yet; one that is cancelled leaves early. */
const wanted = new Set<number>();
/** Those of them that nobody has begun to answer, in the order in which they came. */
const waiting: Request[] = [];
let serving = false;

self.addEventListener('message', (event: MessageEvent<ToSimulation>) => {
  const request = event.data;
  if (request.kind === 'cancel') {
    wanted.delete(request.id);
    return;
  }
  wanted.add(request.id);
  waiting.push(request);
  if (!serving) void serveAll();
});

/** One request after the other; whoever waits for a run is not kept waiting by judgements. */
async function serveAll(): Promise<void> {
  serving = true;
  for (let request = next(); request !== undefined; request = next()) {
    if (wanted.has(request.id)) await serve(request);
    await turn();
  }
  serving = false;
}

function next(): Request | undefined {
  const first = waiting.findIndex(({ kind }) => kind !== 'judge');
  return waiting.splice(Math.max(0, first), 1)[0];
}

async function serve(request: Request): Promise<void> {
  const { id } = request;
  try {
    const { changeProblem, leversOf, readText } = await import('./worker/read-text.ts');
    const changes = request.kind === 'judge' ? noChanges : request.changes;
    const read = readText(request.text, request.name, changes);
    if ('problems' in read) {
      answer({ id, kind: 'problems', problems: read.problems });
      return;
    }
    if (!wanted.has(id)) return;
    const { scenario, altered } = read;
    const seed = request.kind === 'judge' ? scenario.seed : (request.seed ?? scenario.seed);
    const chance = alteredChance(seed, altered);
    if (request.kind === 'states') {
      answer({ id, kind: 'states', states: statesIn(scenario, seed, chance, request) });
      return;
    }
    if (request.kind === 'choices') {
      const choices = choicesAround(scenario, seed, chance, request.record);
      answer({ id, kind: 'choices', choices });
      return;
    }
    const judged = startJudgedRun(scenario, { engine, seed, afterwards: chance });
    if (request.kind === 'judge') {
      judged.live.advance(Infinity);
      const { header, verdicts, ...rest } = judged.finish();
      const standing = standingOf({ verdicts, ...rest });
      answer({ id, kind: 'judged', title: header.title, standing, judged: judgedBy(verdicts) });
      return;
    }
    answer({ id, kind: 'begun', header: judged.header, levers: leversOf(scenario) });
    if (!(await stream(id, judged))) return;
    const unmet = chance.unmet();
    if (unmet === null) answer(endOf(id, judged.finish()));
    else answer({ id, kind: 'problems', problems: [changeProblem(unmetText(unmet))] });
  } catch (error) {
    answer({ id, kind: 'failed', says: error instanceof Error ? error.message : String(error) });
  } finally {
    wanted.delete(id);
  }
}

/** The run that was gone back in last, kept for the next record of it. */
let journeys: { readonly key: string; readonly journey: Journey } | null = null;

/** Events between two checkpoints, at least; a long run has some two hundred of them. */
const checkpointLeast = 64;
const checkpointsMost = 200;

function statesIn(
  scenario: Scenario,
  seed: number,
  chance: AlteredChooser,
  { name, text, changes, record }: Extract<ToSimulation, { kind: 'states' | 'choices' }>,
): StatesAround {
  const key = JSON.stringify([name, text, seed, changes]);
  if (journeys?.key !== key) {
    const live = startRun(scenario, { engine: '', observe: null, seed, afterwards: chance });
    live.advance(Infinity);
    const { recordCount } = live.world;
    const every = Math.max(checkpointLeast, Math.ceil(recordCount / checkpointsMost));
    journeys = { key, journey: journeyThrough(scenario, seed, live.chooser.log, every) };
  }
  return statesAround(journeys.journey, record);
}

/**
 * Runs in slices and sends what each made, with room between them for a cancellation to arrive.
 * @returns whether the run came to its end
 */
async function stream(id: number, { live, records }: JudgedRun): Promise<boolean> {
  let sent = 0;
  for (let slices = 1; ; slices += 1) {
    const isOver = live.advance(eventsAtOnce) !== null;
    const follows = !isOver ? 'more' : slices === 1 ? 'end' : 'judgement';
    answer({ id, kind: 'records', records: records.slice(sent), follows });
    sent = records.length;
    if (follows === 'end') return true;
    await turn();
    if (!wanted.has(id)) return false;
    if (isOver) return true;
  }
}

/** What a run came to; its records have been sent. */
function endOf(id: number, run: Run): FromSimulation {
  const { header: _header, records: _records, ...end } = run;
  const clauses = end.verdicts.flatMap(({ clause }) => findClause(clause) ?? []);
  return { id, kind: 'ended', end, clauses };
}

function standingOf(
  run: Pick<Run, 'verdicts' | 'expectations' | 'warnings'>,
): 'passes' | 'warns' | 'fails' {
  const fails =
    run.verdicts.some(({ verdict, level }) => verdict === 'violated' && level === 'error') ||
    run.expectations.some(({ met }) => !met);
  if (fails) return 'fails';
  const against = run.verdicts.some(
    ({ verdict, level }) => verdict === 'violated' && level === 'warning',
  );
  return against || run.warnings.length > 0 ? 'warns' : 'passes';
}

/** Lets messages in. A timer would be held back for milliseconds once it has gone off often. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

function answer(message: FromSimulation): void {
  self.postMessage(message);
}
