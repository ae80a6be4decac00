import type { NodeId } from '../../kernel/node.ts';
import { routeUris } from '../../sip/dialog.ts';
import type { Header, SipRequest } from '../../sip/message.ts';
import type { ProxyConfig, ProxyState, ProxyTarget } from './proxy-state.ts';

/** Where a request goes next, and with which Route (RFC 3261 §16.4 to §16.6). */
export interface Routing {
  readonly targets: readonly ProxyTarget[];
  /** Its header fields, without this proxy's own Route. */
  readonly headers: readonly Header[];
}

/** No target: nobody is known at that address. */
export function routingOf({ config, agent }: ProxyState, request: SipRequest): Routing {
  const routes = routeUris(request.headers, 'Route');
  const own = routes[0] !== undefined && hostPortOf(routes[0]) === agent.sentBy;
  const left = own ? routes.slice(1) : routes;
  const headers = own ? withRoutes(request.headers, left) : request.headers;
  const [next] = left;
  const named = nodeAt(config, next ?? request.requestUri);
  if (named !== null) return { targets: [{ node: named, uri: null }], headers };
  const known = next === undefined && request.to.tag === null ? config.targets : [];
  return { targets: known, headers };
}

/** The Record-Route of this proxy, which keeps it on the way of a dialog (§16.6 item 4). */
export function recordingRoute({ agent }: ProxyState, headers: readonly Header[]): Header[] {
  return [['Record-Route', `<sip:${agent.sentBy};lr>`], ...headers];
}

function withRoutes(headers: readonly Header[], routes: readonly string[]): Header[] {
  const rest = headers.filter(([name]) => name !== 'Route');
  return [...routes.map((uri): Header => ['Route', `<${uri}>`]), ...rest];
}

/** The node whose address a URI names, or null where it names a domain. */
function nodeAt({ addresses }: ProxyConfig, uri: string): NodeId | null {
  const address = hostPortOf(uri)
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
  return Object.hasOwn(addresses, address) ? (addresses[address] ?? null) : null;
}

/** `sip:b@192.0.2.2:5060;lr` → `192.0.2.2:5060`. */
function hostPortOf(uri: string): string {
  const rest = uri.replace(/^sips?:/, '').replace(/[;?].*$/, '');
  return rest.slice(rest.lastIndexOf('@') + 1);
}
