import { micros } from '../../base/micros.ts';
import type { NodeId } from '../../kernel/node.ts';
import { spokenName } from '../../trace/call-parties.ts';
import { ms as printWithUnit } from '../oracles/judgement.ts';
import type { Observation, SeenMessage } from './observation.ts';

/** The sentences of the rules: who sent what, when. Made only where something is told. */

export function who(seen: Observation, node: NodeId): string {
  return spokenName(seen.header, node);
}

/** At the beginning of a sentence: `The CMR Server`. */
export function Who(seen: Observation, node: NodeId): string {
  const name = who(seen, node);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `Client-A's INVITE`, `the CMR Server's 200 (UPDATE)`. */
export function named(seen: Observation, message: SeenMessage): string {
  return `${who(seen, message.from)}'s ${bare(message)}`;
}

/** The same at the beginning of a sentence. */
export function Named(seen: Observation, message: SeenMessage): string {
  return `${Who(seen, message.from)}'s ${bare(message)}`;
}

/** `INVITE`, `re-INVITE`, `200 (UPDATE)`. */
export function bare({ packet }: SeenMessage): string {
  if (packet.kind === 'response') return `${packet.status} (${packet.cseq.method})`;
  return packet.method === 'INVITE' && packet.to.tag !== null ? 're-INVITE' : packet.method;
}

/** A length of time in µs: `5 291 ms`, its thousands set off by a thin space. */
export function ms(length: number): string {
  return printWithUnit(micros(length));
}

/** `1 request`, `14 requests`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${several}`;
}
