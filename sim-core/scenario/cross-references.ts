import { limits } from '../kernel/limits.ts';
import { draftAtKey, draftAtValue, type Draft, type Path } from './drafts.ts';
import { nodeTimingDrafts } from './node-timing-references.ts';
import { proxyDrafts, targetsIn } from './proxy-references.ts';
import { readingLimits } from './reading-limits.ts';
import {
  areLinked,
  entriesAt,
  namesIn,
  unknownNode,
  unknownResource,
  type Names,
} from './scenario-names.ts';
import { valueAt } from './schema-paths.ts';
import { faultDrafts } from './fault-references.ts';
import { expectationDrafts, responseDrafts, scriptDrafts } from './script-references.ts';
import { isWrittenList, type WrittenDocument } from './yaml-document.ts';

/**
 * What no schema can say: names that refer to nothing, things that must be unique, parts that
 * contradict each other. Takes the file as written and passes over what the schema refuses.
 */
export function crossReferenceDrafts(document: WrittenDocument): Draft[] {
  const tooMany = limitDrafts(document);
  if (tooMany.length > 0) return tooMany;
  const names = namesIn(document);
  return [
    ...partyDrafts(names),
    ...uniqueDrafts(names),
    ...linkDrafts(names),
    ...deliveryDrafts(names),
    ...nodeTimingDrafts(names),
    ...proxyDrafts(names),
    ...faultDrafts(names),
    ...scriptDrafts(names),
    ...responseDrafts(names),
    ...expectationDrafts(names),
  ];
}

/** The parts that are compared with one another, and how many of them there may be. */
const counted: readonly (readonly [path: Path, most: number])[] = [
  [['nodes'], limits.nodesMost],
  [['links'], limits.linksMost],
  [['faults'], limits.faultsMost],
  [['script'], limits.actsMost],
  [['shows'], readingLimits.clausesMost],
  [['expect', 'verdicts'], readingLimits.clausesMost],
];

function limitDrafts(document: WrittenDocument): Draft[] {
  const drafts: Draft[] = [];
  for (const [path, most] of counted) {
    const value = valueAt(document.value, path);
    const count = isWrittenList(value) ? value.length : entriesAt(document, path).length;
    if (count <= most) continue;
    const says = `${count} entries are too many: at most ${most}`;
    drafts.push(draftAtKey(document, path, 'CMR1002', says));
  }
  return drafts;
}

/** One call: one calling client, one called client, one CMR Server between them. */
function partyDrafts(names: Names): Draft[] {
  const { document, nodes, clients, servers, resourceServers, proxies } = names;
  if (nodes.size === 0) return [];
  const drafts: Draft[] = [];
  const exactlyOne = (found: readonly string[], what: string): void => {
    if (found.length === 0) {
      drafts.push(draftAtKey(document, ['nodes'], 'CMR1011', `a scenario needs ${what}`));
    }
    for (const name of found.slice(1)) {
      const says = `a scenario has exactly ${what}, and ${found[0]} is it`;
      drafts.push(draftAtKey(document, ['nodes', name], 'CMR1011', says));
    }
  };
  // A party that is missing or misspelt is the schema's business.
  const parties = clients.map((name) => nodes.get(name)?.['party']);
  if (parties.every((party) => party === 'A' || party === 'B')) {
    exactlyOne(
      clients.filter((_, index) => parties[index] === 'A'),
      'one client of party A',
    );
    const called = clients.filter((_, index) => parties[index] === 'B');
    // Several ring at once where a proxy forks to them; the caller dials the first.
    const forked = targetsIn(names);
    const alone = called.filter((name, place) => place === 0 || !forked.has(name));
    exactlyOne(alone, 'one client of party B, or several behind a proxy');
  }
  const known = [...clients, ...servers, ...resourceServers, ...proxies];
  const rolesKnown = known.length === nodes.size;
  // Each party's operator may have one; the call goes through both.
  const [first = '', second = '', ...more] = servers;
  const chained = more.length === 0 && areLinked(document, first, second);
  const counted = chained ? [second] : servers;
  if (rolesKnown || servers.length > 1) {
    exactlyOne(counted, 'one cmr-server, or two with a link between them');
  }
  for (const name of resourceServers.slice(1)) {
    const says = `a scenario has at most one cmr-resource-server, and ${resourceServers[0]} is it`;
    drafts.push(draftAtKey(document, ['nodes', name], 'CMR1011', says));
  }
  return drafts;
}

function uniqueDrafts({ document, nodes }: Names): Draft[] {
  const drafts: Draft[] = [];
  for (const key of ['identity', 'address'] as const) {
    const owners = new Map<string, string>();
    for (const [name, node] of nodes) {
      const value = node[key];
      if (typeof value !== 'string') continue;
      const owner = owners.get(value.toLowerCase());
      if (owner === undefined) {
        owners.set(value.toLowerCase(), name);
        continue;
      }
      const says = `the ${key} ${value} is ${owner}'s already`;
      drafts.push(draftAtValue(document, ['nodes', name, key], 'CMR1009', says));
    }
  }
  return drafts;
}

function linkDrafts(names: Names): Draft[] {
  const { document } = names;
  const drafts: Draft[] = [];
  const pairs = new Map<string, string>();
  for (const [name] of entriesAt(document, ['links'])) {
    const path = ['links', name, 'between'];
    const ends = [0, 1].map((end) => valueAt(document.value, [...path, end]));
    for (const end of [0, 1]) {
      const draft = unknownNode(names, [...path, end]);
      if (draft !== null) drafts.push(draft);
    }
    if (!ends.every((end) => typeof end === 'string')) continue;
    if (ends[0] === ends[1]) {
      drafts.push(draftAtKey(document, path, 'CMR1011', `a link joins two nodes, not one`));
      continue;
    }
    const pair = ends.toSorted().join(' and ');
    const earlier = pairs.get(pair);
    if (earlier === undefined) pairs.set(pair, name);
    else {
      const says = `the link ${earlier} joins ${pair} already`;
      drafts.push(draftAtKey(document, ['links', name], 'CMR1009', says));
    }
  }
  return drafts;
}

/** Delivery needs a resource for each service, somebody who has it, and a way there. */
function deliveryDrafts(names: Names): Draft[] {
  const { nodes, servers } = names;
  const drafts: Draft[] = [];
  for (const server of servers) {
    const mode = nodes.get(server)?.['mode'] ?? 'gateway';
    for (const key of ['resource', 'ring-tone']) {
      if (nodes.get(server)?.[key] === undefined) continue;
      const draft = unknownResource(names, ['nodes', server, key]);
      if (draft !== null) drafts.push(draft);
    }
    if (typeof mode !== 'string' || !deliveringModes.has(mode)) continue;
    drafts.push(...resourceDrafts(names, server, mode), ...wayDrafts(names, server, mode));
  }
  return drafts;
}

const deliveringModes = new Set(['gateway', 'application-server', 'http', 'auto']);

function resourceDrafts({ document, nodes }: Names, server: string, mode: string): Draft[] {
  const services = valueAt(document.value, ['nodes', server, 'services']);
  const asked = isWrittenList(services) ? services : ['cmrbt'];
  const drafts: Draft[] = [];
  for (const [service, key] of [
    ['cmrbt', 'resource'],
    ['cmrt', 'ring-tone'],
  ] as const) {
    if (!asked.includes(service) || nodes.get(server)?.[key] !== undefined) continue;
    const says = `the key "${key}" is missing: mode ${mode} delivers one`;
    drafts.push(draftAtKey(document, ['nodes', server], 'CMR1005', says));
  }
  return drafts;
}

function wayDrafts({ document, resourceServers }: Names, server: string, mode: string): Draft[] {
  const [resourceServer] = resourceServers;
  if (resourceServer === undefined) {
    const says = `mode ${mode} needs a node of role cmr-resource-server`;
    return [draftAtKey(document, ['nodes', server], 'CMR1011', says)];
  }
  // In HTTP Mode the clients fetch the resource; the CMR Server only names it.
  if (mode === 'http' || areLinked(document, server, resourceServer)) return [];
  const says = `mode ${mode} needs a link between ${server} and ${resourceServer}`;
  return [draftAtKey(document, ['links'], 'CMR1011', says)];
}
