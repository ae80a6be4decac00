import type { NodeBehaviour } from '../kernel/node.ts';
import { cmrClient } from './cmr-client/cmr-client.ts';
import { cmrResourceServer } from './cmr-resource-server/cmr-resource-server.ts';
import { cmrServer } from './cmr-server/cmr-server.ts';
import { proxy } from './proxy/proxy.ts';

export type RoleName = 'cmr-client' | 'cmr-server' | 'cmr-resource-server' | 'proxy';

export const roleNames: readonly RoleName[] = [
  'cmr-client',
  'cmr-server',
  'cmr-resource-server',
  'proxy',
];

/**
 * Role name → behaviour: the only registry. The kernel knows no node's state, and gives each
 * behaviour only what it made itself.
 */
export function behaviourOf(role: RoleName): NodeBehaviour<unknown, unknown> {
  switch (role) {
    case 'cmr-client':
      return cmrClient;
    case 'cmr-server':
      return cmrServer;
    case 'cmr-resource-server':
      return cmrResourceServer;
    case 'proxy':
      return proxy;
  }
}
