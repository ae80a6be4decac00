import { check } from '../base/check.ts';
import { hashText } from '../base/hash.ts';
import { micros, zeroMicros, type Micros } from '../base/micros.ts';
import { freezeDeep } from '../base/plain.ts';
import { switchesOf, type Switches } from '../base/switches.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import { nodeId, type NodeId, type Packet, type UserAction } from '../kernel/node.ts';
import type { Region } from '../kernel/trace-record.ts';
import type { AddressBook } from '../media/media-session.ts';
import { cornerRegion } from '../media/picture-region.ts';
import { linkModel, newLinkState, type LinkModel } from '../network/link.ts';
import { buildTopology } from '../network/topology.ts';
import type { CmrClientConfig, Reaction } from '../nodes/cmr-client/client-state.ts';
import type { CmrResourceServerConfig } from '../nodes/cmr-resource-server/server-state.ts';
import type { CmrServerConfig } from '../nodes/cmr-server/call.ts';
import type { ProxyConfig } from '../nodes/proxy/proxy-state.ts';
import { behaviourOf, roleNames } from '../nodes/roles.ts';
import { timersOf, type SipTimers } from '../sip/timers.ts';
import type { TraceHeader, TraceNode } from '../trace/trace-header.ts';
import type { Outage } from '../world/absence.ts';
import type { Behaving } from '../world/remembering.ts';
import {
  eventRanks,
  newNodeSlot,
  type ScheduledEvent,
  type Lending,
  type Machinery,
  type World,
} from '../world/world.ts';
import { keptForAlikeNodes } from './alike-nodes.ts';
import { traceNode } from './trace-node.ts';
import { faultRule } from './fault-words.ts';
import { printedLength } from './printed-length.ts';
import {
  contactUriOf,
  idOf,
  nextHopOf,
  nodeCalled,
  reachOf,
  servingServer,
  streamPeersOf,
} from './neighbours.ts';
import { readingLimits } from './reading-limits.ts';
import { readDuration } from './units.ts';
import type {
  ClientSetting,
  CmrServerSetting,
  LinkSetting,
  NodeSetting,
  OutageSetting,
  ProxySetting,
  ResourceServerSetting,
  Scenario,
} from './scenario.ts';

/** A world ready to be advanced, and what its readers must know. */
export interface BuiltWorld {
  readonly world: World;
  readonly machinery: Machinery;
  readonly header: TraceHeader;
}

/** What everything built from one scenario shares. */
interface Ground {
  readonly scenario: Scenario;
  readonly behaving: Behaving;
  readonly switches: Switches;
  readonly timers: SipTimers;
  readonly addresses: AddressBook;
}

/** The same, with what each node is made from. */
interface Settled extends Ground {
  readonly made: readonly MadeOfNode[];
}

/** What is made of a node's setting: its configuration, and what readers of records know of it. */
interface MadeOfNode {
  readonly config: ReturnType<typeof configOf>;
  readonly seen: TraceNode;
}

/**
 * Names become ids, roles behaviours, the script first events. Takes the engine's version,
 * readings other than the scenario's where there are some, and how nodes remember other runs.
 */
export function buildWorld(
  scenario: Scenario,
  seed: number,
  engine: string,
  lending: Lending,
  switches: Switches = switchesOf(scenario.profile, scenario.switches),
  behaving: Behaving = (behaviour) => behaviour,
): BuiltWorld {
  const timers = timersOf(switches['SW-TIMERS']);
  const addresses: Record<string, NodeId> = {};
  scenario.nodes.forEach(({ address }, index) => {
    addresses[address] = nodeId(index);
  });
  const bare = { scenario, behaving, switches, timers, addresses };
  const made = madeOfNodes(scenario, switches, (node, index) => ({
    config: freezeDeep(configOf(node, bare)),
    seen: freezeDeep(traceNode(node, index, scenario)),
  }));
  const ground = { ...bare, made };
  const world = emptyWorld(ground);
  schedule(world, scenario);
  const machinery = {
    behaviours: roleNames.map((role) => behaving(behaviourOf(role))),
    processing: scenario.nodes.map(({ processing, processingOf }) => ({
      usual: processing,
      byLabel: processingOf ?? null,
    })),
    outages: scenario.nodes.map(({ outages }) => (outages ?? []).map(outageOf)),
    newborn: (node: NodeId, life: number) => newborn(ground, node, life),
    sites: scenario.nodes.map(({ name }) => hashText(name)),
    topology: topologyOf(scenario),
    lending,
  };
  return { world, machinery, header: headerOf(ground, seed, engine) };
}

function emptyWorld(ground: Settled): World {
  const { scenario } = ground;
  return {
    now: zeroMicros,
    recordCount: 0,
    queue: new EventQueue<ScheduledEvent>(),
    nodes: scenario.nodes.map(({ role }, index) =>
      newNodeSlot(roleNames.indexOf(role), newborn(ground, nodeId(index), 1)),
    ),
    links: scenario.links.flatMap(() => [newLinkState(), newLinkState()]),
    ruleUses: scenario.faults.map(() => 0),
  };
}

/**
 * The state of a node at the beginning of a life. What it makes up later, branches and tags, must
 * be new to everybody who knew it before: its mark says which life it is.
 */
function newborn(ground: Settled, id: NodeId, life: number): unknown {
  const node = ground.scenario.nodes[id];
  const config = ground.made[id]?.config;
  check(node !== undefined && config !== undefined, 'a node of the scenario');
  const isMarked = life > 1 && 'mark' in config;
  const marked = isMarked ? { ...config, mark: `${config.mark}-${life}` } : config;
  return ground.behaving(behaviourOf(node.role)).init(id, freezeDeep(marked));
}

const madeOfNodes = keptForAlikeNodes<MadeOfNode>();

function outageOf(setting: OutageSetting): Outage {
  const { kind, at } = setting;
  if (kind === 'clock-jump') return { kind, from: at, by: setting.by };
  const length = setting.for;
  const until = micros(length === null ? readingLimits.durationMost * 2 : at + length);
  return { kind, from: at, until };
}

/** Outages, and acts at an instant of their own; the others are reactions of their node. */
function schedule(world: World, scenario: Scenario): void {
  scenario.nodes.forEach((node, index) => {
    for (const setting of node.outages ?? []) {
      const outage = outageOf(setting);
      const begins = { kind: 'outage', outage, edge: 'begins' } as const;
      world.queue.push(outage.from, eventRanks.start, index, 0, begins);
      const lasting = setting.kind === 'clock-jump' ? null : setting.for;
      if (outage.kind === 'clock-jump' || lasting === null) continue;
      const ends = { kind: 'outage', outage, edge: 'ends' } as const;
      world.queue.push(outage.until, eventRanks.start, index, 0, ends);
    }
  });
  for (const act of scenario.script) {
    if (act.when.kind !== 'at') continue;
    const action = freezeDeep(resolved(act.does, scenario));
    const node = idOf(scenario, act.who);
    world.queue.push(act.when.at, eventRanks.user, node, 0, { kind: 'user', action });
  }
}

function configOf(node: NodeSetting, ground: Ground) {
  switch (node.role) {
    case 'cmr-client':
      return clientConfig(node, ground);
    case 'cmr-server':
      return cmrServerConfig(node, ground);
    case 'cmr-resource-server':
      return resourceServerConfig(node, ground);
    case 'proxy':
      return proxyConfig(node, ground);
  }
}

function clientConfig(node: ClientSetting, ground: Ground): CmrClientConfig {
  const { scenario, switches, timers, addresses } = ground;
  const reactions: Reaction[] = [];
  for (const { who, when, does } of scenario.script) {
    if (who !== node.name || when.kind !== 'after') continue;
    reactions.push({ since: when.since, after: when.after, does: resolved(does, scenario) });
  }
  const type = switches['SW-PRECOND'];
  // RFC 3312 §11: preconditions go with reliable provisional responses and UPDATE.
  const reserves =
    type !== 'off' && node.supported.includes('100rel') && node.allow.includes('UPDATE');
  const { processing: _processing, party: _party, role: _role, ...capability } = node;
  return {
    ...capability,
    supported: reserves ? [...node.supported, 'precondition'] : node.supported,
    reservation: reserves ? { ...node.reservation, type } : null,
    mark: node.name,
    earlyTail: switches['SW-ES-TAIL'],
    sourceFilter: switches['SW-A-SOURCE-FILTER'],
    httpPlay: switches['SW-HTTP-PLAY'],
    timers,
    packets: scenario.media === 'packets',
    reactions,
    nextHop: nextHopOf(scenario, node),
    streamPeers: streamPeersOf(scenario, node.name),
    addresses,
  };
}

function cmrServerConfig(node: CmrServerSetting, ground: Ground): CmrServerConfig {
  const { scenario, switches, timers } = ground;
  const resourceServer = scenario.nodes.findIndex(({ role }) => role === 'cmr-resource-server');
  const serverNode = scenario.nodes[resourceServer];
  const subscribers = scenario.nodes.flatMap((other) => {
    if (other.role !== 'cmr-client') return [];
    const { name, identity } = other;
    return [{ name, identity, ...reachOf(scenario, node.name, other) }];
  });
  return {
    name: node.name,
    mark: node.name,
    address: node.address,
    port: node.port,
    timers,
    mode: modeOf(node, switches),
    services: node.services,
    resources: { 'Client-A': node.resource, 'Client-B': node.ringTone },
    mixedGainPercent: gainOf(scenario, node.resource),
    mixedRegion: regionOf(scenario, node.resource),
    policy: node.policy,
    switches: waitingForAlerting(switches),
    reservationWait: lengthOf(switches['SW-RS-WAIT']) ?? zeroMicros,
    earlyPreconditions: node.earlyPreconditions,
    stopDigit: node.stopDigit,
    continueBudget: lengthOf(switches['SW-CONT-BUDGET']),
    continueMost: lengthOf(switches['SW-CONT-MAX']),
    auditEvery: node.auditEvery,
    subscribers,
    streamPeers: streamPeersOf(scenario, node.name),
    resourceServer:
      serverNode?.role === 'cmr-resource-server'
        ? { node: nodeId(resourceServer), urls: urlsOf(serverNode) }
        : null,
    defects: node.defects,
  };
}

function urlsOf({ resources }: ResourceServerSetting): Readonly<Record<string, string>> {
  return Object.fromEntries(resources.map(({ name, url }) => [name, url]));
}

/** GAP-29: where preconditions are used, the ring waits for Client-B's 180 in any case. */
function waitingForAlerting(switches: Switches): Switches {
  return switches['SW-PRECOND'] === 'off' ? switches : { ...switches, 'SW-PLAY-GATE': 'alerting' };
}

function resourceServerConfig(
  node: ResourceServerSetting,
  ground: Ground,
): CmrResourceServerConfig {
  const { name, address, resources, sdp, refuses, capacity, defects } = node;
  const { addresses, scenario } = ground;
  const packets = scenario.media === 'packets';
  return { name, address, resources, sdp, refuses, capacity, defects, addresses, packets };
}

/** The length of time that a switch names; null where it names none. */
function lengthOf(value: string): Micros | null {
  return readDuration(value).value;
}

/** SW-MODE wins over what is configured (GAP-33), where anything is to be delivered. */
function modeOf({ mode }: CmrServerSetting, switches: Switches): CmrServerSetting['mode'] {
  if (mode === 'none') return mode;
  switch (switches['SW-MODE']) {
    case 'as-configured':
      return mode;
    case 'as':
      return 'application-server';
    case 'gw':
      return 'gateway';
    case 'auto':
    case 'http':
      return switches['SW-MODE'];
  }
}

function deliveryMode(scenario: Scenario, switches: Switches): TraceHeader['mode'] {
  const server = servingServer(scenario);
  return server === undefined ? 'none' : modeOf(server, switches);
}

function proxyConfig(node: ProxySetting, { scenario, timers, addresses }: Ground): ProxyConfig {
  const { name, address, port, ringTime, timerC, strips, defects } = node;
  const targets = node.targets.map((target) => {
    const setting = nodeCalled(scenario, target);
    const uri = setting.role === 'cmr-client' ? contactUriOf(setting) : null;
    return { node: idOf(scenario, target), uri };
  });
  const streamPeers = streamPeersOf(scenario, name);
  const habits = { ringTime, timerC, strips, defects };
  return { name, mark: name, address, port, timers, targets, ...habits, streamPeers, addresses };
}

/** Where the resource's picture goes beside another one; null where it gives way. */
function regionOf(scenario: Scenario, resource: string): Region | null {
  const held = scenario.nodes.flatMap((node) => {
    return node.role === 'cmr-resource-server' ? node.resources : [];
  });
  const { mixedPicture } = held.find(({ name }) => name === resource) ?? {};
  return mixedPicture === 'corner' ? cornerRegion : null;
}

/** How loud the resource is under the voices; full where nobody holds it. */
function gainOf(scenario: Scenario, resource: string): number {
  for (const node of scenario.nodes) {
    if (node.role !== 'cmr-resource-server') continue;
    const held = node.resources.find(({ name }) => name === resource);
    if (held !== undefined) return held.mixedGainPercent;
  }
  return 100;
}

/** What a datagram is on that link: its text, and the headers of UDP and IP before it. */
function octetsBetween(scenario: Scenario, [one]: LinkSetting['between']) {
  const { address } = nodeCalled(scenario, one);
  const headers = address.includes(':') ? 48 : 28;
  return (packet: Packet): number => printedLength(packet) + headers;
}

/** A link is one model for each direction, whose luck is their own. */
function topologyOf(scenario: Scenario) {
  const directed: { from: NodeId; to: NodeId; model: LinkModel }[] = [];
  for (const link of scenario.links) {
    const { name, between, bandwidth, latency, loss, duplicate, mayReorder } = link;
    const [one, other] = [idOf(scenario, between[0]), idOf(scenario, between[1])];
    const limit =
      bandwidth === undefined ? null : { ...bandwidth, octetsOf: octetsBetween(scenario, between) };
    const burst = link.burst ?? null;
    const isStream = link.transport === 'tcp';
    const rest = { latency, loss, burst, bandwidth: limit, duplicate, mayReorder, isStream };
    const there = linkModel({ ...rest, site: hashText(`${name} there`) });
    const back = linkModel({ ...rest, site: hashText(`${name} back`) });
    directed.push({ from: one, to: other, model: there }, { from: other, to: one, model: back });
  }
  const rules = scenario.faults.map((fault) => faultRule(fault, (name) => idOf(scenario, name)));
  return buildTopology(scenario.nodes.length, directed, rules);
}

function headerOf(
  { scenario, switches, made }: Settled,
  seed: number,
  engine: string,
): TraceHeader {
  return {
    schemaVersion: 1,
    engine,
    scenario: scenario.title,
    title: scenario.title,
    seed,
    profile: scenario.profile,
    mode: deliveryMode(scenario, switches),
    services: servingServer(scenario)?.services ?? [],
    switches: { ...switches },
    nodes: made.map(({ seen }) => seen),
    links: scenario.links.map(({ name, between }) => ({
      name,
      between: [idOf(scenario, between[0]), idOf(scenario, between[1])] as const,
    })),
  };
}

/** A user dials a person; the terminal puts that person's address of record on the wire. */
function resolved(action: UserAction, scenario: Scenario): UserAction {
  if (action.kind !== 'dial') return action;
  for (const node of scenario.nodes) {
    if (node.name === action.target && node.role === 'cmr-client') {
      return { kind: 'dial', target: node.identity };
    }
  }
  return action;
}
