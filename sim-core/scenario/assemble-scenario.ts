import { clause } from '../base/clause-id.ts';
import { check } from '../base/check.ts';
import type { SessionDescription } from '../sdp/session-description.ts';
import type { Micros } from '../base/micros.ts';
import { metricTable } from '../conformance/metrics.ts';
import { clientSetting } from './client-setting.ts';
import { cmrResource } from './cmr-resource.ts';
import { readFaultSentence } from './fault-sentence.ts';
import type { ScenarioDocument } from './scenario-schema.ts';
import type { ScenarioSdp } from './scenario-sdp.ts';
import type {
  ExpectedRange,
  Expectations,
  FaultSetting,
  LinkSetting,
  NodeSetting,
  OutageSetting,
  ProxySetting,
  Scenario,
} from './scenario.ts';
import { scriptedAct } from './scripted-act.ts';
import { duration, occurrencesOf, taken } from './taken-quantities.ts';
import { never, type Ratio } from '../base/ratio.ts';
import { readBandwidth, readLikelihood, readSpan } from './units.ts';

/** Turns a document in which nothing is wrong into the value that worlds are built from. */
export function assembleScenario(
  written: ScenarioDocument,
  { descriptions, earlyDescriptions }: ScenarioSdp,
): Scenario {
  return {
    title: written.title,
    description: written.description,
    shows: written.shows.map(clause),
    seed: written.seed,
    until: duration(written.until),
    media: written.media,
    profile: written.profile,
    switches: written.switches,
    nodes: Object.entries(written.nodes).map(([name, node]) => {
      const sdp = descriptions.get(name) ?? null;
      return nodeSetting(name, node, sdp, earlyDescriptions.get(name) ?? null);
    }),
    links: Object.entries(written.links).map(([name, link]) => linkSetting(name, link)),
    faults: written.faults.map((fault) => faultSetting(fault, Object.keys(written.nodes))),
    script: written.script.map(scriptedAct),
    expect: expectations(written.expect),
  };
}

function optionalDuration(text: string | undefined): Micros | null {
  return text === undefined ? null : duration(text);
}

type WrittenNode = ScenarioDocument['nodes'][string];

function nodeSetting(
  name: string,
  node: WrittenNode,
  sdp: SessionDescription | null,
  earlySdp: SessionDescription | null,
): NodeSetting {
  const { address, port } = node;
  const always = { ...processingSetting(node.processing), ...outageSettings(node.outages) };
  if (node.role === 'cmr-server') {
    return {
      name,
      role: node.role,
      address,
      port,
      ...always,
      mode: node.mode,
      services: node.services,
      resource: node.resource ?? '',
      ringTone: node['ring-tone'] ?? '',
      policy: node.policy,
      earlyPreconditions: node['early-preconditions'],
      stopDigit: node['stop-digit'] ?? null,
      defects: node.defects,
      auditEvery: optionalDuration(node['audit-every']),
    };
  }
  if (node.role === 'proxy') return { ...proxySetting(name, node), ...always };
  check(sdp !== null, 'a session description passed and is not there');
  if (node.role === 'cmr-resource-server') {
    const resources = Object.entries(node.resources).map(([resource, setting]) =>
      cmrResource(resource, setting, address),
    );
    const { role, refuses, capacity = null, defects } = node;
    return { name, role, address, port, ...always, resources, sdp, refuses, capacity, defects };
  }
  return { ...clientSetting(name, node, sdp, earlySdp), ...always };
}

function proxySetting(
  name: string,
  node: Extract<WrittenNode, { role: 'proxy' }>,
): Omit<ProxySetting, 'processing'> {
  const { role, address, port, targets, strips, defects } = node;
  const written = node['ring-time'];
  const ringTime = written === undefined ? null : duration(written);
  const timerC = duration(node['timer-c']);
  return { name, role, address, port, targets, ringTime, timerC, strips, defects };
}

function processingSetting(
  written: WrittenNode['processing'],
): Pick<NodeSetting, 'processing' | 'processingOf'> {
  if (typeof written === 'string') return { processing: duration(written) };
  const { default: usual, ...kinds } = written;
  const entries = Object.entries(kinds).map(
    ([label, length]) => [label, duration(length)] as const,
  );
  return { processing: duration(usual ?? '10ms'), processingOf: Object.fromEntries(entries) };
}

function outageSettings(written: WrittenNode['outages']): Pick<NodeSetting, 'outages'> {
  if (written.length === 0) return {};
  const outages = written.map(({ kind, at: instant, for: length, by }): OutageSetting => {
    const at = duration(instant);
    if (kind === 'clock-jump') return { kind, at, by: duration(by ?? '0s') };
    return { kind, at, for: length === undefined ? null : duration(length) };
  });
  return { outages: outages.toSorted((a, b) => a.at - b.at) };
}

function linkSetting(name: string, link: ScenarioDocument['links'][string]): LinkSetting {
  return {
    name,
    between: link.between,
    latency: taken(readSpan(link.latency)),
    ...lossOf(link.loss),
    ...(link.transport === 'udp' ? {} : { transport: link.transport }),
    duplicate: likelihood(link.duplicate),
    mayReorder: link.reorder,
    ...(link.bandwidth === undefined
      ? {}
      : {
          bandwidth: {
            bitsPerSecond: taken(readBandwidth(link.bandwidth)),
            queue: duration(link.queue),
          },
        }),
  };
}

function lossOf(
  loss: ScenarioDocument['links'][string]['loss'],
): Pick<LinkSetting, 'loss' | 'burst'> {
  if (typeof loss !== 'object') return { loss: likelihood(loss) };
  const burst = {
    toBad: likelihood(loss['to-bad']),
    toGood: likelihood(loss['to-good']),
    whenBad: likelihood(loss['when-bad']),
    whenGood: likelihood(loss['when-good']),
  };
  return { loss: never, burst };
}

function likelihood(text: string | number): Ratio {
  return taken(readLikelihood(String(text)));
}

type WrittenFault = ScenarioDocument['faults'][number];

function faultSetting(fault: WrittenFault, nodes: readonly string[]): FaultSetting {
  if (typeof fault === 'string') {
    const reading = readFaultSentence(fault, nodes);
    check(reading.fault !== null, 'a fault sentence passed and cannot be read');
    return reading.fault;
  }
  const { drop, delay, duplicate } = fault;
  const rule = drop ?? delay ?? duplicate;
  check(rule !== undefined, 'a fault without a deed passed');
  let does: FaultSetting['does'] = { kind: 'drop' };
  if (delay !== undefined) does = { kind: 'delay', by: duration(delay.by) };
  if (duplicate !== undefined) does = { kind: 'duplicate', after: duration(duplicate.after) };
  return {
    does,
    message: String(rule.message),
    from: rule.from ?? null,
    to: rule.to ?? null,
    occurrences: occurrencesOf(rule),
  };
}

function expectations(written: ScenarioDocument['expect']): Expectations {
  const metrics: Record<string, ExpectedRange | null> = {};
  for (const name of Object.keys(metricTable)) {
    const value = written.metrics[name];
    if (value !== undefined) metrics[name] = expectedRange(value);
  }
  return {
    outcome: written.outcome ?? null,
    verdicts: written.verdicts,
    metrics,
    warnings: written.warnings ?? null,
  };
}

function expectedRange(value: string | number | null): ExpectedRange | null {
  if (value === null) return null;
  return typeof value === 'string' ? taken(readSpan(value)) : { least: value, most: value };
}
