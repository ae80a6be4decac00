import type { Switches } from '../../../base/switches.ts';
import type { Outbox } from '../../../kernel/node.ts';
import type { SipRequest } from '../../../sip/message.ts';
import type { CmrServerConfig, DeliveryMode, Service, Subscriber } from '../call.ts';
import { chooseMode } from '../mode-choice.ts';
import type { Procedure } from '../procedure.ts';
import { applicationServerModeCmrbt } from './application-server-mode-cmrbt.ts';
import { applicationServerModeCmrt } from './application-server-mode-cmrt.ts';
import { continueCmrbt } from './continue-cmrbt.ts';
import { continueCmrt } from './continue-cmrt.ts';
import { continueCmrtMediaOnly } from './continue-cmrt-media-only.ts';
import { gatewayModeCmrbt } from './gateway-mode-cmrbt.ts';
import { gatewayModeCmrt } from './gateway-mode-cmrt.ts';
import { httpModeCmrbt } from './http-mode-cmrbt.ts';
import { httpModeCmrt } from './http-mode-cmrt.ts';
import { ringOfAnotherServer } from './ring-of-another-server.ts';

/**
 * Continue is for the modes in which the servers play (CON-GEN-03, CON-GEN-04). Of its two derived
 * flows the one that begins before the answer gives back what it has asked for, and then the other
 * one asks for its own.
 */
const byMode: Readonly<Record<DeliveryMode, Readonly<Record<Service, readonly Procedure[]>>>> = {
  'application-server': {
    cmrbt: [continueCmrbt, applicationServerModeCmrbt],
    cmrt: [continueCmrtMediaOnly, continueCmrt, applicationServerModeCmrt],
  },
  gateway: { cmrbt: [continueCmrbt, gatewayModeCmrbt], cmrt: [gatewayModeCmrt] },
  http: { cmrbt: [httpModeCmrbt], cmrt: [httpModeCmrt] },
};

export const procedures: readonly Procedure[] = [
  ringOfAnotherServer,
  continueCmrbt,
  applicationServerModeCmrbt,
  continueCmrt,
  continueCmrtMediaOnly,
  applicationServerModeCmrt,
  gatewayModeCmrbt,
  gatewayModeCmrt,
  httpModeCmrbt,
  httpModeCmrt,
];

/**
 * Which procedures a call follows, in the order in which they hear of things: Continue decides
 * (CON-SRV-01) before the delivery procedure acts on the same final response. The two services
 * know nothing of each other (GAP-46).
 */
export function proceduresFor(
  config: CmrServerConfig,
  invite: SipRequest,
  called: Subscriber,
  out: Outbox,
): readonly Procedure[] {
  const before = called.isBehindServer ? [ringOfAnotherServer] : [];
  return [...before, ...ownProcedures(config, invite, out)];
}

function ownProcedures(
  config: CmrServerConfig,
  invite: SipRequest,
  out: Outbox,
): readonly Procedure[] {
  if (config.resourceServer === null || config.services.length === 0) return [];
  const mode = chooseMode(config, invite, out);
  if (mode === null) return [];
  const followed = config.services.flatMap((service) => byMode[mode][service]);
  return followed.filter((one) => isRead(one, config.switches));
}

/** What no text has is followed only where a switch wants it (GAP-24, GAP-34). */
function isRead(one: Procedure, switches: Switches): boolean {
  if (one === gatewayModeCmrt) return switches['SW-GW-CMRT'] !== 'off';
  if (one === continueCmrt) return switches['SW-CMRT-CONT'] !== 'off';
  return one !== continueCmrtMediaOnly || switches['SW-CMRT-CONT'] === 'derived-D2';
}
