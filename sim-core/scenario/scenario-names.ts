import { draftAtValue, type Draft, type Path } from './drafts.ts';
import { nearest } from './nearest.ts';
import { valueAt } from './schema-paths.ts';
import { isWrittenMap } from './yaml-document.ts';
import type { WrittenDocument, WrittenMap, WrittenValue } from './yaml-document.ts';

/** What the checks know of the file, also where the schema has found fault with it. */
export interface Names {
  readonly document: WrittenDocument;
  /** Every node as written. */
  readonly nodes: ReadonlyMap<string, WrittenMap>;
  readonly clients: readonly string[];
  readonly servers: readonly string[];
  readonly resourceServers: readonly string[];
  readonly proxies: readonly string[];
}

export function namesIn(document: WrittenDocument): Names {
  const nodes = new Map<string, WrittenMap>();
  for (const [name, node] of entriesAt(document, ['nodes'])) {
    if (isWrittenMap(node)) nodes.set(name, node);
  }
  const ofRole = (role: string): string[] =>
    [...nodes].filter(([, node]) => node['role'] === role).map(([name]) => name);
  return {
    document,
    nodes,
    clients: ofRole('cmr-client'),
    servers: ofRole('cmr-server'),
    resourceServers: ofRole('cmr-resource-server'),
    proxies: ofRole('proxy'),
  };
}

/** The entries of the map at that path; none where no map stands there. */
export function entriesAt(
  document: WrittenDocument,
  path: Path,
): readonly (readonly [string, WrittenValue])[] {
  const value = valueAt(document.value, path);
  return isWrittenMap(value) ? Object.entries(value) : [];
}

/** Whether a link joins the two. */
export function areLinked(document: WrittenDocument, one: string, other: string): boolean {
  return entriesAt(document, ['links']).some(([name]) => {
    const ends = [0, 1].map((end) => valueAt(document.value, ['links', name, 'between', end]));
    return ends.includes(one) && ends.includes(other);
  });
}

/** A name at that path that no node has; null where one does, or where no text stands there. */
export function unknownNode(names: Names, path: Path): Draft | null {
  if (names.nodes.size === 0) return null;
  return unknownName(names, path, [...names.nodes.keys()], 'the node');
}

/** A name at that path that no client has. A node of unknown role is the schema's business. */
export function unknownClient(names: Names, path: Path): Draft | null {
  const name = valueAt(names.document.value, path);
  if (typeof name !== 'string' || !names.nodes.has(name)) return unknownNode(names, path);
  const others = [...names.servers, ...names.resourceServers, ...names.proxies];
  if (!others.includes(name)) return null;
  const says = `${name} is no client: only clients have users`;
  const list = names.clients.length === 0 ? '' : `; there are ${names.clients.join(', ')}`;
  return draftAtValue(names.document, path, 'CMR1010', says + list);
}

/** A name at that path that no CMR Resource has. */
export function unknownResource(names: Names, path: Path): Draft | null {
  const known = names.resourceServers.flatMap((server) =>
    entriesAt(names.document, ['nodes', server, 'resources']).map(([resource]) => resource),
  );
  if (names.resourceServers.length === 0) return null;
  return unknownName(names, path, known, 'the CMR Resource');
}

function unknownName(
  names: Names,
  path: Path,
  known: readonly string[],
  what: string,
): Draft | null {
  const name = valueAt(names.document.value, path);
  if (typeof name !== 'string' || known.includes(name)) return null;
  const near = nearest(name, known);
  const list = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  const says = `${what} ${JSON.stringify(name)} is not in this file`;
  const whole = near === null ? `${says}; ${list}` : says;
  return draftAtValue(names.document, path, 'CMR1010', whole, near);
}
