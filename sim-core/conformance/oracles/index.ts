import type { Oracle } from '../oracle.ts';
import type { ClauseVerdict } from '../verdict.ts';
import type { CallPicture } from './call-picture.ts';
import { cmrApplicationServerDelivery } from './cmr-application-server-delivery.ts';
import { cmrContinueFlow } from './cmr-continue-flow.ts';
import { cmrContinue } from './cmr-continue.ts';
import { cmrGatewayDelivery } from './cmr-gateway-delivery.ts';
import { cmrHttpDelivery } from './cmr-http-delivery.ts';

/** Every oracle, in the order in which its clauses are reported. */
export const oracles: readonly Oracle[] = [
  cmrGatewayDelivery,
  cmrContinue,
  cmrContinueFlow,
  cmrApplicationServerDelivery,
  cmrHttpDelivery,
];

/** All of them over one call, which was looked at only once. */
export function judgeCall(call: CallPicture): ClauseVerdict[] {
  return oracles.flatMap((one) => one.verdicts(call));
}
