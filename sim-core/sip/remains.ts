import type { UserAgent } from './agent.ts';

/** What a user agent still holds, in words: transactions, dialogs, responses that wait. */
export function remainsOfAgent(agent: UserAgent): string[] {
  const left = agent.transactions.map(({ kind, state }) => `${kind} transaction ${state}`);
  for (const { state } of agent.dialogs) {
    if (state !== 'terminated') left.push(`a dialog ${state}`);
  }
  if (agent.provisionals.length > 0) left.push('a reliable response without PRACK');
  if (agent.successes.length > 0) left.push('a 2xx without ACK');
  return left;
}
