import type { TraceRecord } from '../../kernel/trace-record.ts';
import type { Ended, TraceHeader } from '../../trace/trace-header.ts';
import type { Oracle } from '../oracle.ts';
import type { ClauseVerdict } from '../verdict.ts';
import { watchCall, observeCall, type CallWatch } from './call-watch.ts';
import { cmrApplicationServerDelivery } from './cmr-application-server-delivery.ts';
import { cmrContinueFlow } from './cmr-continue-flow.ts';
import { cmrContinue } from './cmr-continue.ts';
import { cmrGatewayDelivery } from './cmr-gateway-delivery.ts';
import { cmrHttpDelivery } from './cmr-http-delivery.ts';

const onTheCall: readonly Oracle<CallWatch>[] = [
  cmrGatewayDelivery,
  cmrContinue,
  cmrContinueFlow,
  cmrApplicationServerDelivery,
  cmrHttpDelivery,
];

/** An oracle whose memory only it understands, as whoever runs it sees it. */
export interface Judge {
  observe(record: TraceRecord): void;
  verdicts(ended: Ended | null): ClauseVerdict[];
}

/** Every oracle, in the order in which its clauses are reported. */
export const oracles: readonly Oracle<unknown>[] = onTheCall;

/** All of them over one call: they look at the same messages, which are gathered only once. */
export function judgeOf(header: TraceHeader): Judge {
  const watch = watchCall(header);
  return {
    observe: (record) => observeCall(watch, record),
    verdicts: (ended) => onTheCall.flatMap((oracle) => oracle.verdicts(watch, ended)),
  };
}
