import { availableParallelism } from 'node:os';

import {
  explorerOf,
  placesOf,
  scenarioWithin,
  type Explorer,
  type JudgedWay,
  type Way,
} from '../sim-core/experimenting.ts';
import {
  exploreAnswers,
  type ExploreAnswer,
  type ExploreInputs,
  type ExploreQuestion,
} from './explore-answers.ts';
import { scenarioOf } from './run-files.ts';
import type { Terminal } from './terminal.ts';
import { startThread } from './threads.ts';
import { inTurn, thisThread, workInThreads, type ThreadPort } from './work-in-threads.ts';

/** What an exploration came to. */
export interface Explored {
  readonly explorer: Explorer;
  /** Ways that were gone to their end and judged, of so many that there are. */
  readonly judged: readonly JudgedWay[];
  readonly ways: number;
}

type Crew = ThreadPort<ExploreQuestion, ExploreAnswer>[];

/** A smaller exploration is done before another thread has started. */
const worthThreads = 3_000;

/** Ways that a thread judges at a time, and those that are judged at all. */
const waysAtOnce = 32;
const waysMost = 20_000;

/** What comes out does not depend on the number of threads. */
export async function exploreInThreads(
  inputs: ExploreInputs,
  jobs: number | undefined,
  terminal: Terminal,
): Promise<Explored> {
  const { bounds } = inputs;
  const scenario = scenarioWithin(scenarioOf(inputs), bounds);
  const explorer = explorerOf(placesOf(scenario, bounds), bounds);
  const crew: Crew = [thisThread(exploreAnswers(true))];
  try {
    await visitAll(explorer, inputs, crew, jobs ?? availableParallelism(), terminal);
    const ways: Way[] = [];
    let count = 0;
    for (const way of explorer.ways()) {
      count += 1;
      if (ways.length < waysMost) ways.push(way);
    }
    return { explorer, judged: await judgeAll(ways, inputs, crew, terminal), ways: count };
  } finally {
    await Promise.all(crew.map((thread) => thread.end()));
  }
}

async function visitAll(
  explorer: Explorer,
  inputs: ExploreInputs,
  crew: Crew,
  jobs: number,
  terminal: Terminal,
): Promise<void> {
  const tell = progressTeller(explorer, terminal);
  const { program } = terminal;
  const canShare = program !== null && inputs.bounds.order === 'breadth';
  for (let asks = explorer.ask(); asks !== null; asks = explorer.ask()) {
    const answers = await Promise.all(
      crew.map((thread, at) => thread.ask({ kind: 'expand', inputs, ask: asks[at]! })),
    );
    explorer.take(answers.flatMap(({ expanded }) => expanded ?? []));
    if (terminal.interrupted()) return;
    if (canShare && crew.length < jobs && explorer.counts().distinct >= worthThreads) {
      explorer.join();
      crew.push(startThread<ExploreQuestion, ExploreAnswer>(program, 'explore'));
    }
    tell();
  }
}

async function judgeAll(
  ways: readonly Way[],
  inputs: ExploreInputs,
  crew: Crew,
  terminal: Terminal,
): Promise<JudgedWay[]> {
  const questions = Array.from({ length: Math.ceil(ways.length / waysAtOnce) }, (_, at) => ({
    at,
    question: {
      kind: 'judge',
      inputs,
      ways: ways.slice(at * waysAtOnce, (at + 1) * waysAtOnce),
    } as const,
  }));
  const judged: (readonly JudgedWay[])[] = [];
  const threads = crew.map((thread) => ({
    ask: ({ question }: (typeof questions)[number]) => thread.ask(question),
    end: () => thread.end(),
  }));
  const take = ({ at }: (typeof questions)[number], answer: ExploreAnswer): void => {
    judged[at] = answer.judged;
  };
  await workInThreads(inTurn(questions), threads, take, terminal);
  return judged.flat();
}

/** Says every two seconds how far it is. */
function progressTeller(explorer: Explorer, terminal: Terminal): () => void {
  const begun = performance.now();
  let told = begun;
  return () => {
    const now = performance.now();
    if (now - told < 2_000) return;
    told = now;
    const { distinct, waiting, deepest } = explorer.counts();
    const rate = Math.round(distinct / ((now - begun) / 1_000));
    terminal.err(`${distinct} states, ${rate} a second, ${waiting} waiting, depth ${deepest}\n`);
  };
}
