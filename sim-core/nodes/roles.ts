import type { NodeBehaviour } from '../kernel/node.ts';
import { cmrClient } from './cmr-client/cmr-client.ts';
import { cmrResourceServer } from './cmr-resource-server/cmr-resource-server.ts';
import { cmrServer } from './cmr-server/cmr-server.ts';

/** Role name → behaviour: the only registry. */
export const roles = {
  'cmr-client': cmrClient,
  'cmr-server': cmrServer,
  'cmr-resource-server': cmrResourceServer,
} as const;

export type RoleName = keyof typeof roles;

export const roleNames = Object.keys(roles) as RoleName[];

/** The behaviour as the kernel calls it, which knows no node's state. */
export function behaviourOf(role: RoleName): NodeBehaviour<unknown, unknown> {
  return roles[role] as NodeBehaviour<unknown, unknown>;
}
