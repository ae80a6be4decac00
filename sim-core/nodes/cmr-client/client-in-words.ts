import type { StateFact, StateGroup } from '../../kernel/node.ts';
import type { HeardSource } from '../../kernel/trace-record.ts';
import { sessionInWords } from '../../media/session-in-words.ts';
import { agentInWords } from '../../sip/agent-in-words.ts';
import type { CmrClientState } from './client-state.ts';

/** A terminal's state for people: the call as its user has it, its legs, its media. */
export function clientInWords(client: CmrClientState): StateGroup[] {
  const { phase, onHold, answerWaits, perceives, reservation } = client;
  const call: StateFact[] = [
    { name: 'The call', value: onHold ? `${phase}, on hold` : phase, subject: null },
    { name: 'Hears', value: sounds(perceives.audio), subject: 'hears audio' },
    { name: 'Sees', value: sounds(perceives.video), subject: 'hears video' },
  ];
  if (answerWaits) {
    call.push({ name: 'Answer', value: 'waits for a PRACK', subject: null });
  }
  if (reservation !== null) {
    const value = `own ${reservation.own}, other ${reservation.other}`;
    call.push({ name: 'Reserved', value, subject: null });
  }
  const media = sessionInWords(client.media);
  return [
    { title: 'call', peer: null, facts: call },
    ...agentInWords(client.agent),
    ...(media.length === 0 ? [] : [{ title: 'media', peer: null, facts: media }]),
  ];
}

function sounds(sources: readonly HeardSource[]): string {
  if (sources.length === 0) return 'nothing';
  return sources
    .map(({ source, gainPercent }) => (gainPercent === 100 ? source : `${source} ${gainPercent} %`))
    .join(' and ');
}
