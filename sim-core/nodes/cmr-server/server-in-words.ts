import type { StateFact, StateGroup } from '../../kernel/node.ts';
import { agentInWords } from '../../sip/agent-in-words.ts';
import { legs, type CmrCall, type CmrServerState, type Ring } from './call.ts';

/** The CMR Server's state for people: each call with its procedures, then the legs. */
export function serverInWords({ calls, agent, commands }: CmrServerState): StateGroup[] {
  return [
    ...calls.map((call) => ({ title: 'call', peer: null, facts: callInWords(call) })),
    ...agentInWords(agent),
    ...(commands.length === 0
      ? []
      : [
          {
            title: 'commands',
            peer: null,
            facts: commands.map(({ message, repeats }) => ({
              name: message.label,
              value: repeats === 0 ? 'waits for its reply' : `sent ${repeats + 1} times, no reply`,
              subject: `control ${message.transaction}`,
            })),
          },
        ]),
  ];
}

function callInWords(call: CmrCall): StateFact[] {
  const facts: StateFact[] = call.following.map(({ procedure, step }) => ({
    name: procedure,
    value: step,
    subject: `procedure ${procedure}`,
  }));
  const say = (name: string, value: string | null): void => {
    if (value !== null) facts.push({ name, value, subject: null });
  };
  say('Decided', call.decision);
  for (const leg of legs) {
    say(`Ring of ${leg}`, ringInWords(call.rings[leg]));
    const place = call.places[leg].kind;
    say(`Media of ${leg}`, place === 'ring' ? 'from the ring' : `to the ${place}`);
    const offer = call.offers[leg];
    say(`Offer to ${leg}`, offer === null ? null : `${offer.method}, ${offer.state}`);
    const asked = call.asked[leg];
    say(`Offer of ${leg}`, asked === null ? null : `${asked.method}, waits for its answer`);
  }
  say('Kept back', call.kept === null ? null : `${call.kept.status} for ${call.kept.towards}`);
  say('Mixing', call.mixing);
  const owed = call.owedAcks;
  say('Owes', owed.length === 0 ? null : `ACK for CSeq ${owed.join(', ')}`);
  if (call.over) say('Over', 'no procedure acts any more');
  return facts;
}

function ringInWords(ring: Ring | null): string | null {
  if (ring === null) return null;
  if (ring.refused) return 'refused by the Resource Server';
  if (ring.ended) return 'played to its end';
  if (ring.ordered) return ring.unwanted ? 'ordered, not wanted any more' : 'ordered';
  return ring.description === null ? 'being reserved' : 'reserved';
}
