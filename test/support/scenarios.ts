import { readFileSync } from 'node:fs';

import { addFault, readScenario, setInScenario } from '../../sim-core/authoring.ts';
import type { Micros } from '../../sim-core/base/micros.ts';
import type { TraceRecord } from '../../sim-core/kernel/trace-record.ts';
import { startRun, type LiveRun } from '../../sim-core/run/live-run.ts';
import type { FaultSetting, Scenario } from '../../sim-core/scenario/scenario.ts';
import type { MessageView } from '../../sim-core/trace/message-view.ts';
import type { TraceHeader } from '../../sim-core/trace/trace-header.ts';
import { viewMessages } from '../../sim-core/trace/view-messages.ts';

/** Reads a shipped scenario by its path below `scenarios/`, without `.cmr.yaml`. */
export function shipped(path: string): Scenario {
  const file = `scenarios/${path}.cmr.yaml`;
  const read = readScenario(readFileSync(file, 'utf8'), file);
  if (read.scenario === null) throw new Error(read.problems.map(({ says }) => says).join('\n'));
  return read.scenario;
}

/** Its text. */
export function shippedText(path: string): string {
  return readFileSync(`scenarios/${path}.cmr.yaml`, 'utf8');
}

/** The same, changed as the command line changes it: `--set` by path, and `--fault` sentences. */
export function shippedWith(
  path: string,
  settings: Readonly<Record<string, string>>,
  faults: readonly string[] = [],
): Scenario {
  const file = `scenarios/${path}.cmr.yaml`;
  let text = readFileSync(file, 'utf8');
  for (const [place, value] of Object.entries(settings)) {
    const set = setInScenario(text, place, value);
    if (set.text === null) throw new Error(set.says);
    text = set.text;
  }
  const { scenario, problems } = readScenario(text, file);
  if (scenario === null) throw new Error(problems.map(({ says }) => says).join('\n'));
  return faults.toReversed().reduce((one, sentence) => {
    const added = addFault(one, sentence);
    if (added.scenario === null) throw new Error(added.problem.says);
    return added.scenario;
  }, scenario);
}

export function figure(): Scenario {
  return shipped('continue/as-in-the-figure');
}

/** The scenario with other fixed one-way latencies, in µs, by the names of its links. */
export function withLatencies(
  scenario: Scenario,
  latencies: Readonly<Record<string, number>>,
): Scenario {
  const links = scenario.links.map((link) => {
    const latency = latencies[link.name] as Micros | undefined;
    return latency === undefined ? link : { ...link, latency: { least: latency, most: latency } };
  });
  return { ...scenario, links };
}

/** The scenario in which every node takes this long, in µs, over a message. */
export function withProcessing(scenario: Scenario, processing: number): Scenario {
  const nodes = scenario.nodes.map((node) => ({ ...node, processing: processing as Micros }));
  return { ...scenario, nodes };
}

export function withFaults(scenario: Scenario, ...faults: FaultSetting[]): Scenario {
  return { ...scenario, faults: [...scenario.faults, ...faults] };
}

/** "Drop every ACK from cmr-server": a fault for tests. */
export function drops(
  message: string,
  from: string | null,
  to: string | null = null,
  occurrences: readonly number[] = [],
): FaultSetting {
  return { does: { kind: 'drop' }, message, from, to, occurrences };
}

export interface Told {
  readonly live: LiveRun;
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
  readonly views: readonly MessageView[];
  /** Messages of that text between two nodes, in the order of sending. */
  messages(text: string, from: string, to: string): MessageView[];
}

/** Runs a scenario to its end and keeps every record. */
export function told(scenario: Scenario, seed?: number): Told {
  const records: TraceRecord[] = [];
  const observe = (record: TraceRecord): void => void records.push(record);
  const live = startRun(scenario, {
    engine: 'test',
    observe,
    ...(seed === undefined ? {} : { seed }),
  });
  live.advance(Infinity);
  const { header } = live;
  const views = viewMessages(header, records);
  const idOf = (name: string) => header.nodes.find((node) => node.name === name)?.id;
  return {
    live,
    header,
    records,
    views,
    messages: (text, from, to) =>
      views.filter(
        (view) => view.text === text && view.from === idOf(from) && view.to === idOf(to),
      ),
  };
}

/** Milliseconds from the first message to each of the others. */
export function offsets(messages: readonly MessageView[]): number[] {
  const first = messages[0]?.sentAt ?? 0;
  return messages.slice(1).map(({ sentAt }) => (sentAt - first) / 1_000);
}
