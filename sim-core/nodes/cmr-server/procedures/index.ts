import type { CmrServerConfig } from '../call.ts';
import type { Procedure } from '../procedure.ts';
import { continueCmrbt } from './continue-cmrbt.ts';
import { gatewayModeCmrbt } from './gateway-mode-cmrbt.ts';

export const procedures: readonly Procedure[] = [continueCmrbt, gatewayModeCmrbt];

/**
 * Which procedures a call follows, in the order in which they hear of things: Continue decides
 * (CON-SRV-01) before the delivery procedure acts on the same final response.
 */
export function proceduresFor({ mode, resourceServer }: CmrServerConfig): readonly Procedure[] {
  return mode === 'gateway' && resourceServer !== null ? procedures : [];
}
