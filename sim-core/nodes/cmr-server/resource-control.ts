import type { Outbox } from '../../kernel/node.ts';
import type { Command } from '../../resource-control/control-message.ts';
import type { CmrCall, CmrServerState } from './call.ts';

/** Sends a command to the CMR Resource Server and remembers that it waits for its reply. */
export function command(server: CmrServerState, call: CmrCall, wanted: Command, out: Outbox): void {
  const { resourceServer } = server.config;
  if (resourceServer === null) return;
  const transaction = server.nextCommand;
  server.nextCommand += 1;
  server.commands.push({ transaction, call: call.id, kind: wanted.kind });
  out.send(
    Object.freeze({
      protocol: 'resource control',
      label: wanted.kind,
      form: 'command',
      call: call.id,
      transaction,
      command: Object.freeze(wanted),
    }),
    resourceServer,
  );
}

/**
 * Ends the ring: `stop` where it plays (DEL-GW-SRV-06), `release` where ports are only kept
 * (GAP-36). A reservation still on its way is released when it arrives.
 */
export function freeRing(server: CmrServerState, call: CmrCall, out: Outbox): void {
  const { ring } = call;
  if (ring === null) return;
  if (ring.playing) command(server, call, { kind: 'stop' }, out);
  else if (ring.answer !== null) command(server, call, { kind: 'release' }, out);
  else return;
  call.ring = null;
}

export function freeConference(server: CmrServerState, call: CmrCall, out: Outbox): void {
  if (call.conference === null) return;
  call.conference = null;
  command(server, call, { kind: 'release' }, out);
}
