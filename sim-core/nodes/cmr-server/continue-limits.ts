import type { Outbox, TimerKey } from '../../kernel/node.ts';
import type { CmrCall, CmrServerState } from './call.ts';
import { command } from './resource-control.ts';

/** How long Continue may take, and how long the ring may go on in the call (GAP-48, GAP-27). */

const budget = 'continue budget ';
const most = 'ring in call ';
const life = 'audit ';

/** From Client-B's answer on; nothing where SW-CONT-BUDGET sets no limit. */
export function startBudget({ config }: CmrServerState, call: CmrCall, out: Outbox): void {
  const { continueBudget } = config;
  if (continueBudget !== null) out.startTimer(`${budget}${call.id}`, continueBudget);
}

export function stopBudget(call: CmrCall, out: Outbox): void {
  out.stopTimer(`${budget}${call.id}`);
}

/** From the order to mix on; nothing where SW-CONT-MAX sets no limit. */
export function limitRing({ config }: CmrServerState, call: CmrCall, out: Outbox): void {
  const { continueMost } = config;
  if (continueMost !== null) out.startTimer(`${most}${call.id}`, continueMost);
}

/** While it mixes, the Resource Server is asked for a sign of life every now and then. */
export function keepAuditing({ config }: CmrServerState, call: CmrCall, out: Outbox): void {
  const { auditEvery } = config;
  if (auditEvery !== null) out.startTimer(`${life}${call.id}`, auditEvery);
}

export function audit(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (call.over || call.mixing === null) return;
  const waits = server.commands.some(
    ({ message }) => message.call === call.id && message.command.kind === 'audit',
  );
  const leg = call.conference?.leg ?? 'Client-A';
  if (!waits) command(server, call, leg, { kind: 'audit' }, out);
  keepAuditing(server, call, out);
}

export function stopContinueTimers(call: CmrCall, out: Outbox): void {
  out.stopTimer(`${budget}${call.id}`);
  out.stopTimer(`${most}${call.id}`);
  out.stopTimer(`${life}${call.id}`);
}

/** The call whose limit has passed, and which limit; null for any other timer. */
export function limitPassed(
  { calls }: CmrServerState,
  timer: TimerKey,
): { readonly call: CmrCall; readonly limit: 'budget' | 'most' | 'audit' } | null {
  for (const call of calls) {
    if (timer === `${budget}${call.id}`) return { call, limit: 'budget' };
    if (timer === `${most}${call.id}`) return { call, limit: 'most' };
    if (timer === `${life}${call.id}`) return { call, limit: 'audit' };
  }
  return null;
}
