import type { StateFact, StateGroup } from '../../kernel/node.ts';
import type { MixingCell } from '../../kernel/trace-record.ts';
import { printGain } from '../../media/gain.ts';
import { sessionInWords } from '../../media/session-in-words.ts';
import type { CmrResourceServerState, Conference, ServedCall } from './server-state.ts';

/** The Resource Server's state for people: player, mixer, ports, streams. */
export function resourceServerInWords(server: CmrResourceServerState): StateGroup[] {
  const { calls, accepted, media } = server;
  const streams = sessionInWords(media);
  const waiting = accepted.map(({ command }) => ({
    name: 'Carries out',
    value: command.kind,
    subject: null,
  }));
  return [
    ...calls.map((call) => ({ title: `ring of ${call.leg}`, peer: null, facts: served(call) })),
    ...(waiting.length === 0 ? [] : [{ title: 'commands', peer: null, facts: waiting }]),
    ...(streams.length === 0 ? [] : [{ title: 'media', peer: null, facts: streams }]),
  ];
}

function served({ leg, reservation, playing, ended, conference }: ServedCall): StateFact[] {
  const state = playing ? 'plays' : ended ? 'played to its end' : 'silent';
  const what = reservation === null ? '' : ` ${reservation.resource}`;
  const facts: StateFact[] = [
    { name: 'Player', value: `${state}${what}`, subject: `player of ${leg}` },
  ];
  for (const { media, port } of reservation?.able.media ?? []) {
    facts.push({ name: `Port ${port}`, value: `${media} of the ring`, subject: null });
  }
  if (conference !== null) facts.push(...mixer(conference));
  return facts;
}

function mixer({ ports, mixing }: Conference): StateFact[] {
  const facts: StateFact[] = [
    { name: 'Mixer', value: mixing === null ? 'allocated, not mixing' : 'on', subject: 'mixing' },
  ];
  for (const [client, own] of [
    ['Client-A', ports.towardsA],
    ['Client-B', ports.towardsB],
  ] as const) {
    facts.push(
      { name: `Port ${own.audio}`, value: `audio towards ${client}`, subject: null },
      { name: `Port ${own.video}`, value: `video towards ${client}`, subject: null },
    );
  }
  for (const cell of mixing?.cells ?? []) facts.push(cellInWords(cell));
  return facts;
}

function cellInWords({ input, output, medium, gainPercent }: MixingCell): StateFact {
  const gain = medium === 'audio' ? printGain(gainPercent) : 'passes';
  return { name: `${input} → ${output}`, value: `${medium}, ${gain}`, subject: 'mixing' };
}
