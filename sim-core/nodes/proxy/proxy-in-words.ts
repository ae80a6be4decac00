import type { StateGroup } from '../../kernel/node.ts';
import { agentInWords } from '../../sip/agent-in-words.ts';
import type { ProxyState } from './proxy-state.ts';

/** A proxy's state for people: what it has sent on and waits for, then its transactions. */
export function proxyInWords({ agent, contexts }: ProxyState): StateGroup[] {
  const sentOn = contexts.map(({ method, branches, waiting, answered }) => {
    const finals = branches.filter(({ status }) => status > 0).map(({ status }) => status);
    const said = finals.length === 0 ? 'no final response yet' : `got ${finals.join(', ')}`;
    const rest = waiting.length === 0 ? '' : `, ${waiting.length} not tried`;
    const value = `to ${branches.length}${rest}; ${said}${answered ? ', answered' : ''}`;
    return { name: `${method} sent on`, value, subject: null };
  });
  return [
    ...(sentOn.length === 0 ? [] : [{ title: 'forking', peer: null, facts: sentOn }]),
    ...agentInWords(agent),
  ];
}
